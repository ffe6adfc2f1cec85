using Microsoft.Extensions.AI;
using SynthesizeMe.Signatures;

namespace SynthesizeMe.Tests.Judging;

/// <summary>Judges made by hand.</summary>
internal static class Judges
{
    public const string Persona = "This person likes short answers and dislikes bullet points.";

    public static readonly Conversation Eggs = new(
        new Turn(ChatRole.User, "How long do eggs boil?"),
        new Turn(ChatRole.Assistant, "Hard or soft?"),
        new Turn(ChatRole.User, "Soft."));

    public const string First = "Six minutes.";

    public const string Second = "- Bring water to the boil.\n- Wait six minutes.";

    /// <summary>A labelled demonstration, then one with verified reasoning.</summary>
    public static readonly Demo[] PlainDemos =
    [
        new Demo<JudgePreference>(new JudgePreference(Conversation.FromUser("What is a lathe?"), "A machine that turns.", "Let me explain at length.", Preference.First)),
        new Demo<JudgePreference>(
            new JudgePreference(Conversation.FromUser("Name a fruit."), "Certainly! Here is a list of fruit.", "Pear.", Preference.Second),
            "Such a person may care for brevity. The second is brief.",
            Verified: true),
    ];

    public static readonly Demo[] InformedDemos =
    [
        .. PlainDemos.Cast<Demo<JudgePreference>>().Select(d => new Demo<JudgePreferenceForPersona>(
            new JudgePreferenceForPersona(Persona, d.Value.Conversation, d.Value.FirstCompletion, d.Value.SecondCompletion, d.Value.Preference),
            d.Reasoning,
            d.Verified)),
    ];

    public static readonly JudgeArtefact Generic = new() { Method = JudgeMethod.Generic };

    public static readonly JudgeArtefact OfDemos = new() { Method = JudgeMethod.Demos, Demos = [.. PlainDemos] };

    public static readonly JudgeArtefact OfPersona = new() { Method = JudgeMethod.Persona, Persona = Persona };

    public static readonly JudgeArtefact OfPersonaAndDemos = new()
    {
        Method = JudgeMethod.PersonaAndDemos,
        Persona = Persona,
        Demos = [.. InformedDemos],
        Reliability = new Reliability(5, 4.5, 4, 4),
        Provenance = new JudgeProvenance
        {
            UserId = "ann",
            ModelId = "scripted-1",
            DataFingerprint = "00ff",
            Seed = 7,
            Usage = new Usage(120, 34_567, 890),
            Cost = 0.0125m,
            Candidates = [new CandidateRecord("reasoning", "zero-shot", "Evaluated", 0.6, 0, 0, 10), new CandidateRecord("final choice", "Persona", "NotEvaluated", null, 0, 0, 0)],
            Notes = ["A note with \"quotes\", <angles> and é."],
            LibraryVersion = "0.1.0",
        },
    };

    /// <summary>An artefact by the name of its method.</summary>
    public static JudgeArtefact Of(JudgeMethod method) => method switch
    {
        JudgeMethod.Generic => Generic,
        JudgeMethod.Demos => OfDemos,
        JudgeMethod.Persona => OfPersona,
        JudgeMethod.PersonaAndDemos => OfPersonaAndDemos,
        JudgeMethod.History => new() { Method = JudgeMethod.History, Demos = [PlainDemos[0]] },
        _ => throw new ArgumentOutOfRangeException(nameof(method)),
    };

    public static TheoryData<JudgeMethod> Methods => [.. Enum.GetValues<JudgeMethod>()];
}
