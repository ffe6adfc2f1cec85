using System.Runtime.Serialization;
using SynthesizeMe.Signatures;

namespace SynthesizeMe;

/// <summary>Which of two completions a person prefers.</summary>
public enum Preference
{
    /// <summary>The first completion.</summary>
    [EnumMember(Value = "First")]
    First,

    /// <summary>The second completion.</summary>
    [EnumMember(Value = "Second")]
    Second,
}

/// <summary>
/// One person is talking with an assistant. You see the conversation so far and two ways in which the assistant could go on.
/// Decide which of the two this person prefers. In your reasoning, first name one to three things that such a person may care about,
/// then weigh both completions by them. The order of the completions means nothing. Where earlier choices of this person are shown,
/// let them guide you before your own taste does.
/// </summary>
[Signature]
public partial record JudgePreference(
    [Input("The conversation that leads up to the completions.")] Conversation Conversation,
    [Input("The first completion.")] string FirstCompletion,
    [Input("The second completion.")] string SecondCompletion,
    [Output("The completion this person prefers.")] Preference Preference);

/// <summary>
/// One person is talking with an assistant. You know something about this person, and you see the conversation so far and two ways in
/// which the assistant could go on. Decide which of the two this person prefers. In your reasoning, first name what the persona says
/// that bears on this choice, then weigh both completions by it; where it says nothing, use the earlier choices that are shown, and
/// your own taste last. The order of the completions means nothing.
/// </summary>
[Signature]
public partial record JudgePreferenceForPersona(
    [Input("What is known about this person's preferences.", OmitFromDemos = true)] string Persona,
    [Input("The conversation that leads up to the completions.")] Conversation Conversation,
    [Input("The first completion.")] string FirstCompletion,
    [Input("The second completion.")] string SecondCompletion,
    [Output("The completion this person prefers.")] Preference Preference);

/// <summary>One choice of a person, as <see cref="SynthesizePersona"/> reads it.</summary>
/// <param name="Conversation">What was said before.</param>
/// <param name="Preferred">The completion that the person preferred.</param>
/// <param name="Other">The completion that the person did not prefer.</param>
/// <param name="Reasoning">Reasoning that predicted the choice; <see langword="null"/> where no reasoning did.</param>
public sealed record Judgement(Conversation Conversation, string Preferred, string Other, string? Reasoning);

/// <summary>
/// You see choices that one person made between two completions of an assistant. Some come with reasoning that predicted the choice before
/// it was known. Write a persona: what this person values in an answer and what puts them off, in content, in style and in manner,
/// so that somebody who reads only the persona can predict the next choice. Say how strong each preference is. Keep to what several choices
/// bear out or one shows clearly, give choices that general taste would not have predicted special weight, and do not guess who the
/// person is. Write a short paragraph in the third person, at most 200 words.
/// </summary>
[Signature]
public partial record SynthesizePersona(
    [Input("The choices, each with the completion that was preferred and the other one.")] IReadOnlyList<Judgement> Judgements,
    [Output("The persona.")] string Persona);
