using System.Globalization;
using Spectre.Console;
using SynthesizeMe.Benchmarking;
using SynthesizeMe.Signatures;

namespace SynthesizeMe.Cli;

/// <summary>Writes a measurement for a person to read.</summary>
internal static class EvaluationText
{
    private const double Biased = 0.2;
    private const string Chosen = "chosen";

    /// <summary>Writes it.</summary>
    public static void Write(Screen screen, HeldOutReport report, string model)
    {
        UserOutcome[] users = [.. report.Measured];
        int pairs = users.Sum(u => u.Of(null).Length);
        screen.Line($"{Figures.Count(users.Length, "user")}, {Figures.Count(pairs, "test pair")}; model {model}, seed {report.Seed.ToString(CultureInfo.InvariantCulture)}");
        screen.Line();
        screen.Draw(Methods(report));
        screen.Line();
        screen.Draw(Users(report, users));
        screen.Line();
        IEnumerable<string> chosen = users
            .GroupBy(u => u.Fit!.Judge.Method)
            .OrderByDescending(g => g.Count())
            .ThenBy(g => g.Key)
            .Select(g => $"{Figures.Name(g.Key)} {Figures.Count(g.Count())}");
        screen.Line($"Chosen: {string.Join(", ", chosen)}");
        screen.Line($"Spent on fits: {Figures.Spent(report.FitUsage)}; on tests: {Figures.Spent(report.Methods.Where(m => m.Name != Chosen).Aggregate(default(Usage), (sum, m) => sum + m.Usage))}");
        string[] biased = [.. report.Methods.Where(m => Math.Abs(m.PositionBias) > Biased).Select(m => m.Name)];
        if (biased.Length > 0)
        {
            screen.Line($"Biased by position: {string.Join(", ", biased)}. Trust these accuracies less: the order of the completions sways the model.");
        }
    }

    private static Table Methods(HeldOutReport report)
    {
        Table table = New("method", "accuracy", "95 % interval", "pairs", "inconsistent", "bias", "calls");
        bool failed = report.Methods.Any(m => m.Failures > 0);
        if (failed)
        {
            table.AddColumn("unreadable", c => c.RightAligned());
        }

        foreach (MethodFigures m in report.Methods)
        {
            string bias = string.Create(CultureInfo.InvariantCulture, $"{m.PositionBias:+0.00;-0.00;0.00}{(Math.Abs(m.PositionBias) > Biased ? " biased" : "")}");
            List<string> cells =
            [
                m.Name,
                Figures.Percent(m.Accuracy.Mean),
                string.Create(CultureInfo.InvariantCulture, $"{m.Accuracy.Low * 100:0.0} to {m.Accuracy.High * 100:0.0}"),
                Figures.Count(m.Pairs),
                Figures.Count(m.Inconsistent),
                bias,
                Figures.Count(m.Usage.Calls),
            ];
            if (failed)
            {
                cells.Add(Figures.Count(m.Failures));
            }

            table.AddRow(cells.Select(c => new Text(c, m.Name == Chosen ? new Style(decoration: Decoration.Bold) : Style.Plain)));
        }

        return table;
    }

    private static Table Users(HeldOutReport report, UserOutcome[] users)
    {
        Table table = New("user", "generic", "chosen", "pairs", "fit calls", "method");
        foreach (UserOutcome user in users)
        {
            ILookup<string, MethodFigures> figures = report.Of(user).ToLookup(m => m.Name);
            table.AddRow(new[]
            {
                PlainText.Excerpt(PreferenceInput.Name(user.UserId), 40),
                Figures.Percent(figures["generic"].FirstOrDefault()?.Accuracy.Mean),
                Figures.Percent(figures[Chosen].FirstOrDefault()?.Accuracy.Mean),
                Figures.Count(user.Of(null).Length),
                Figures.Count(user.Fit!.Usage.Calls),
                Figures.Name(user.Fit.Judge.Method),
            }.Select(c => new Text(c)));
        }

        table.Columns[^1].Alignment = Justify.Left;
        return table;
    }

    private static Table New(params string[] columns)
    {
        var table = new Table { Border = TableBorder.Simple };
        foreach (string column in columns)
        {
            table.AddColumn(column, c => c.NoWrap().Padding(1, 0, 0, 0).Alignment(table.Columns.Count == 0 ? Justify.Left : Justify.Right));
        }

        return table;
    }
}
