using SynthesizeMe.Signatures;

namespace SynthesizeMe.Tests.Synthesis;

/// <summary>Fits of scripted models.</summary>
internal static class Fits
{
    /// <summary>The paper's search, without second asks: what a fit is here if nothing else is said.</summary>
    public static readonly SynthesisOptions Published = With(FitEffort.Published);

    /// <summary>A fit of some effort, without second asks.</summary>
    public static SynthesisOptions With(FitEffort effort) => new() { Effort = effort, Predict = new PredictOptions { MaxReasks = 0 } };

    public static Task<Fit> FitAsync(
        this Model model,
        IReadOnlyList<PreferencePair> pairs,
        SynthesisOptions? options = null,
        IProgress<FitProgress>? progress = null,
        CancellationToken? cancellationToken = null) =>
        new PersonaSynthesizer(model.Client, options ?? Published).FitAsync(pairs, progress, cancellationToken ?? TestContext.Current.CancellationToken);

    /// <summary>The pairs of a judge's demonstrations.</summary>
    public static int[] ShownBy(PersonalizedJudge judge) => [.. judge.Demos.Select(d => d switch
    {
        Demo<JudgePreference> plain => Item(plain.Value.Conversation),
        Demo<JudgePreferenceForPersona> informed => Item(informed.Value.Conversation),
        _ => throw new InvalidOperationException(),
    })];

    private static int Item(Conversation context) =>
        int.Parse(context.Turns[0].Text.Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture);
}
