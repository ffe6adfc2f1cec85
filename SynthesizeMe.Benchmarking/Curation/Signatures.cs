using System.ComponentModel.DataAnnotations;
using SynthesizeMe.Signatures;

namespace SynthesizeMe.Benchmarking;

/// <summary>
/// You see a conversation between a person and an assistant, up to the point where the assistant answers. Say how much the best answer depends on who asks.
/// 1: one answer is best for everyone, as with a fact, a sum or a translation. 2: hardly. 3: people would prefer answers of another length, tone or focus.
/// 4: people with other values, habits or knowledge would prefer answers with another content. 5: it is all a matter of taste, opinion or circumstances.
/// First say in one or two sentences what sensible people could differ about.
/// </summary>
[Signature]
public partial record RateQueryPersonalizability(
    [Input("The conversation up to the answer.")] Conversation Conversation,
    [Output("How much the best answer depends on who asks, from 1 to 5."), Range(1, 5)] int Rating);

/// <summary>
/// You see a conversation and two ways in which the assistant could go on. Say how likely it is that sensible people disagree about which of the two is
/// better. 1: nearly everyone prefers the same one, since the other is wrong, broken, off the point or the same. 2: most do. 3: many would prefer the
/// other for its length, tone or focus. 4: it depends on the person's values, habits or knowledge. 5: both are equally good, each for other people.
/// First say in one or two sentences what sets the two apart. The order of the completions means nothing.
/// </summary>
[Signature]
public partial record RateResponseDifference(
    [Input("The conversation up to the answer.")] Conversation Conversation,
    [Input("The first completion.")] string FirstCompletion,
    [Input("The second completion.")] string SecondCompletion,
    [Output("How likely people disagree about which is better, from 1 to 5."), Range(1, 5)] int Rating);
