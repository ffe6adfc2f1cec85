using System.Globalization;
using SynthesizeMe.Benchmarking;
using SynthesizeMe.Signatures;

namespace SynthesizeMe.Cli;

/// <summary>Writes a measurement for a person to read.</summary>
internal static class EvaluationText
{
    /// <summary>Writes it.</summary>
    public static void Write(Screen screen, HeldOutReport report, string model)
    {
        UserOutcome[] users = [.. report.Measured];
        int pairs = users.Sum(u => u.Of(null).Length);
        screen.Line($"{Figures.Count(users.Length, "user")}, {Figures.Count(pairs, "test pair")}; model {model}, seed {report.Seed.ToString(CultureInfo.InvariantCulture)}");
        screen.Line();
        screen.Draw(RowTable.Of(EvaluationRows.Methods(report)));
        screen.Line();
        screen.Draw(RowTable.Of(EvaluationRows.Users(report)));
        screen.Line();
        if (Statistics.NoteOnIntervals(users.Length) is { } note)
        {
            screen.Line(note);
        }

        IEnumerable<string> chosen = users
            .GroupBy(u => u.Fit!.Judge.Method)
            .OrderByDescending(g => g.Count())
            .ThenBy(g => g.Key)
            .Select(g => $"{Figures.Name(g.Key)} {Figures.Count(g.Count())}");
        screen.Line($"Chosen: {string.Join(", ", chosen)}");
        screen.Line($"Spent on fits: {Figures.Spent(report.FitUsage)}; on tests: {Figures.Spent(report.Methods.Where(m => m.Name != EvaluationRows.Chosen).Aggregate(default(Usage), (sum, m) => sum + m.Usage))}");
        string[] biased = [.. report.Methods.Where(m => EvaluationRows.IsBiased(m)).Select(m => m.Name)];
        if (biased.Length > 0)
        {
            screen.Line($"Biased by position: {string.Join(", ", biased)}. Trust these accuracies less: the order of the completions sways the model.");
        }
    }
}
