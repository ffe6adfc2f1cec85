using System.ComponentModel.DataAnnotations;
using SynthesizeMe.Signatures;

namespace SynthesizeMe;

/// <summary>What a completion is scored by.</summary>
/// <param name="Quality">A quality that this person wants of an answer to this request, in a few words.</param>
/// <param name="Weight">How much it counts for this person here: from 1 (hardly) to 10 (above all).</param>
public sealed record Criterion(string Quality, [property: Range(1, 10)] int Weight);

/// <summary>How much two completions have of a quality.</summary>
/// <param name="Quality">The quality, as the rubric names it.</param>
/// <param name="First">The first completion's points: from 1 (nothing of it) to 10 (all that could be wished).</param>
/// <param name="Second">The second completion's points, likewise.</param>
public sealed record CriterionScore(string Quality, [property: Range(1d, 10d)] double First, [property: Range(1d, 10d)] double Second);

/// <summary>
/// One person is talking with an assistant. You see what is known of the person, some of their earlier choices, and the conversation so far.
/// Before any answer is there, write the rubric by which this person would compare two answers to the last message: three to eight qualities,
/// each in a few words that can be checked against a text, with a weight. Take what this request calls for and what this person values beyond
/// what most people do, in content, in style and in manner; give what only this person cares about a weight as large as the evidence for it.
/// </summary>
[Signature]
public partial record WriteRubric(
    [Input("What is known about this person's preferences.")] string? Persona,
    [Input("Earlier choices of this person, each with the completion that was preferred and the other one.")] IReadOnlyList<Judgement> Judgements,
    [Input("The conversation that leads up to the answers.")] Conversation Conversation,
    [Output("The qualities and their weights.")] IReadOnlyList<Criterion> Rubric);

/// <summary>
/// One person is talking with an assistant. You see the conversation so far, two ways in which the assistant could go on, and the rubric by
/// which this person compares them. Give both completions points for every quality of the rubric, in its order, each quality by itself.
/// The order of the completions means nothing.
/// </summary>
[Signature]
public partial record ScoreByRubric(
    [Input("The qualities and their weights.")] IReadOnlyList<Criterion> Rubric,
    [Input("The conversation that leads up to the completions.")] Conversation Conversation,
    [Input("The first completion.")] string FirstCompletion,
    [Input("The second completion.")] string SecondCompletion,
    [Output("The points, one entry for each quality of the rubric.")] IReadOnlyList<CriterionScore> Scores);
