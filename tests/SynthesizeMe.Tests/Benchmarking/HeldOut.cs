using SynthesizeMe.Benchmarking;
using SynthesizeMe.Tests.Synthesis;

namespace SynthesizeMe.Tests.Benchmarking;

/// <summary>Measurements of scripted models.</summary>
internal static class HeldOut
{
    public static readonly HeldOutOptions AskOnce = new() { Synthesis = Fits.Published, MaxParallelUsers = 1 };

    /// <summary>So many people with eight pairs each, in eight conversations: 0 to 7, 10 to 17, and so on.</summary>
    public static PreferencePair[] People(int count) => [.. Enumerable.Range(0, count).SelectMany(u => Pairs.OfUser($"user {u}", 8, from: u * 10))];

    public static Task<HeldOutReport> MeasureAsync(
        this Model model,
        IReadOnlyList<PreferencePair> pairs,
        HeldOutOptions? options = null,
        IProgress<HeldOutProgress>? progress = null,
        CancellationToken? cancellationToken = null) =>
        new HeldOutEvaluation(model.Client, options ?? AskOnce).RunAsync(pairs, progress, cancellationToken ?? TestContext.Current.CancellationToken);

    /// <summary>All figures of a report as text.</summary>
    public static string Text(this HeldOutReport report) => string.Join('\n',
        report.Methods.Select(f => f.ToString())
            .Concat(report.Users.SelectMany(u => report.Of(u).Select(f => $"{u.UserId}: {f}").Prepend($"{u.UserId}: {u.Fit?.Judge.Method} {u.Skipped}")))
            .Append($"{report.Wanted} {report.FitUsage} {report.Interruption?.Message}"));

    public static MethodFigures Of(this IEnumerable<MethodFigures> figures, string name) => figures.Single(f => f.Name == name);
}
