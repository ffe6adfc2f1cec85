using SynthesizeMe.Offline;
using SynthesizeMe.Signatures;

namespace SynthesizeMe.Tests.Offline;

/// <summary>Questions, and answers to them in styles that people may like or dislike.</summary>
internal static class Tastes
{
    private static readonly string[] Topics = ["eggs", "lathes", "tides", "bread", "clocks", "maps", "bees", "chess", "rain", "glass"];

    public static Conversation Question(int topic) => Conversation.FromUser($"What should I know about {Topics[topic]}?");

    public static string Short(int topic) => $"The main thing about {Topics[topic]} is to take them one at a time.";

    public static string Long(int topic) =>
        $"There is much to say about {Topics[topic]}, and it pays to begin with the history. Early writers described {Topics[topic]} in great detail, "
        + "and their accounts still guide us. Later generations added careful measurements and compared what they found with older records. "
        + $"Today most books on {Topics[topic]} open with a survey of these sources before they turn to practice. "
        + "In practice three matters deserve attention: the material, the season and the tools. The material decides what can be done at all. "
        + "The season decides when to begin. The tools decide how fast the work goes and how well it lasts. "
        + $"Whoever keeps these three in view will seldom go wrong with {Topics[topic]}.";

    public static string Prose(int topic) =>
        $"Begin with the material, since {Topics[topic]} depend on it. Then look at the season. Finally choose the tools with care.";

    public static string Bullets(int topic) =>
        $"- Begin with the material, since {Topics[topic]} depend on it\n- Then look at the season\n- Finally choose the tools with care.";

    /// <summary>Choices of a person who prefers one style to another, in a prompt's terms.</summary>
    public static Demo[] Demos(Func<int, string> liked, Func<int, string> disliked, int count = 8) => [.. Enumerable.Range(0, count).Select(i =>
        new Demo<JudgePreference>(i % 2 == 0
            ? new JudgePreference(Question(i), liked(i), disliked(i), Preference.First)
            : new JudgePreference(Question(i), disliked(i), liked(i), Preference.Second)))];

    public static PersonalizedJudge Told(params Demo[] demos) => new(new JudgeArtefact { Method = JudgeMethod.Demos, Demos = [.. demos] }, new OfflineModel());

    public static PersonalizedJudge Told(string persona, params Demo<JudgePreferenceForPersona>[] demos) =>
        new(new JudgeArtefact { Method = JudgeMethod.PersonaAndDemos, Persona = persona, Demos = [.. demos] }, new OfflineModel());

    public static Demo<JudgePreferenceForPersona>[] With(this Demo[] demos, string persona) => [.. demos.Cast<Demo<JudgePreference>>().Select(d =>
        new Demo<JudgePreferenceForPersona>(new(persona, d.Value.Conversation, d.Value.FirstCompletion, d.Value.SecondCompletion, d.Value.Preference)))];

    /// <summary>The persona that the offline model writes of a person with these choices.</summary>
    public static async Task<string> PersonaOfAsync(Func<int, string> liked, Func<int, string> disliked, int count = 8) =>
        (await SynthesizePersona.Predict(new OfflineModel()).PredictAsync(
            [.. Enumerable.Range(0, count).Select(i => new Judgement(Question(i), liked(i), disliked(i), Reasoning: null))],
            TestContext.Current.CancellationToken)).Value.Persona;

    /// <summary>The completion that a judge prefers, in both orders.</summary>
    public static async Task<string?> PreferredAsync(this PersonalizedJudge judge, string one, string other, int topic = 9)
    {
        Verdict verdict = await judge.CompareAsync(Question(topic), one, other, TestContext.Current.CancellationToken);
        return verdict.Preferred switch { Preference.First => one, Preference.Second => other, _ => null };
    }

    /// <summary>Why the judge prefers what it prefers.</summary>
    public static async Task<string> ReasoningAsync(this PersonalizedJudge judge, string one, string other, int topic = 9) =>
        (await judge.AskAsync(Question(topic), one, other, swapped: false, TestContext.Current.CancellationToken)).Reasoning!;
}
