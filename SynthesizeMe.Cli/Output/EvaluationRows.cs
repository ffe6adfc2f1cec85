using System.Globalization;
using SynthesizeMe.Benchmarking;
using SynthesizeMe.Optimizers;

namespace SynthesizeMe.Cli;

/// <summary>The tables of a measurement, row by row: what is shown, and what the run's record keeps.</summary>
internal static class EvaluationRows
{
    /// <summary>The method that is not one of its own.</summary>
    public const string Chosen = "chosen";

    private const double Biased = 0.2;

    /// <summary>Whether the order of the completions sways the model.</summary>
    public static bool IsBiased(MethodFigures method) => Math.Abs(method.PositionBias) > Biased;

    /// <summary>A row for each method.</summary>
    public static IEnumerable<RunRow> Methods(HeldOutReport report)
    {
        MethodFigures[] methods = [.. report.Methods];
        bool failed = methods.Any(m => m.Failures > 0);
        return methods.Select(m => new RunRow("methods",
        [
            new("method", Text: m.Name),
            Share("accuracy", m.Accuracy.Mean),
            new("95 % interval", Text: string.Create(CultureInfo.InvariantCulture, $"{m.Accuracy.Low * 100:0.0} to {m.Accuracy.High * 100:0.0}")),
            Count("pairs", m.Pairs),
            Count("inconsistent", m.Inconsistent),
            new("bias", m.PositionBias, string.Create(CultureInfo.InvariantCulture, $"{m.PositionBias:+0.00;-0.00;0.00}{(IsBiased(m) ? " biased" : "")}")),
            Count("calls", m.Usage.Calls),
            .. failed ? [Count("unreadable", m.Failures)] : Array.Empty<RunCell>(),
        ]));
    }

    /// <summary>A row for each person.</summary>
    public static IEnumerable<RunRow> Users(HeldOutReport report) => report.Measured.Select(user =>
    {
        ILookup<string, MethodFigures> figures = report.Of(user).ToLookup(m => m.Name);
        return new RunRow("users",
        [
            new("user", Text: PlainText.Excerpt(PreferenceInput.Name(user.UserId), 40)),
            Share("generic", figures["generic"].FirstOrDefault()?.Accuracy.Mean),
            Share("chosen", figures[Chosen].FirstOrDefault()?.Accuracy.Mean),
            Count("pairs", user.Of(null).Length),
            Count("fit calls", user.Fit!.Usage.Calls),
            new("method", Text: Figures.Name(user.Fit.Judge.Method)),
        ]);
    });

    private static RunCell Share(string column, double? value) => new(column, value is { } v && double.IsFinite(v) ? v : null, Figures.Percent(value));

    private static RunCell Count(string column, long value) => new(column, value, Figures.Count(value));
}
