using System.Globalization;
using Spectre.Console;
using SynthesizeMe.Benchmarking;
using SynthesizeMe.Optimizers;

namespace SynthesizeMe.Cli;

/// <summary>Writes the tables of a benchmark for a person to read.</summary>
internal static class BenchText
{
    /// <summary>Writes them.</summary>
    public static void Write(Screen screen, BenchmarkTables tables)
    {
        foreach (BenchmarkTable table in tables.Tables)
        {
            if (table.Users == 0)
            {
                continue;
            }

            string pairs = Figures.Count(table.Methods.Max(m => m.Pairs), "test pair");
            screen.Line($"{PlainText.OneLine(table.Data ?? "all data")}: {Figures.Count(table.Users, "user")}, {pairs}; model {tables.Model}, seed {tables.Seed.ToString(CultureInfo.InvariantCulture)}");
            screen.Line();
            screen.Draw(Draw(table));
            screen.Line();
            if (table.IntervalNote is { } note)
            {
                screen.Line(note);
            }

            foreach (MethodRow row in table.Methods.Where(m => m.NotAvailable is not null))
            {
                screen.Line($"Not available: {row.Name}: {PlainText.OneLine(row.NotAvailable!)}");
            }

            if (!table.Chosen.IsEmpty)
            {
                IEnumerable<string> chosen = table.Chosen.OrderByDescending(c => c.Value).ThenBy(c => c.Key, StringComparer.Ordinal).Select(c => $"{c.Key} {Figures.Count(c.Value)}");
                screen.Line($"Chosen: {string.Join(", ", chosen)}");
                screen.Line($"Spent on fits: {Figures.Count(table.Fit.Calls, "call")}, {Figures.Count(table.Fit.InputTokens + table.Fit.OutputTokens, "token")}{Money(table.Fit.Cost)}");
            }

            screen.Line();
        }

        screen.Line("Accuracy and shares in percent, with 95 % intervals. Gain: over the generic judge on the same pairs, in points.");
        screen.Line($"Agree: both orders name the same. Sure: where a method is at least {Percent(tables.Confidence)} % sure; right: its accuracy there.");
    }

    /// <summary>The rows of a table, as they are shown and as the run's record keeps them.</summary>
    public static IEnumerable<RunRow> Rows(BenchmarkTable table)
    {
        bool failed = table.Methods.Any(m => m.Failures > 0);
        return table.Methods.Where(m => m.NotAvailable is null).Select(row => new RunRow(table.Data ?? "all data",
        [
            new("method", Text: row.Name),
            new("accuracy", row.Accuracy, $"{Percent(row.Accuracy)} ({Percent(row.Low)} to {Percent(row.High)})"),
            new("gain", row.Difference?.Mean, Gain(row.Difference)),
            new("agree", row.Consistency, Percent(row.Consistency)),
            new("bias", row.PositionBias, string.Create(CultureInfo.InvariantCulture, $"{row.PositionBias:+0.00;-0.00;0.00}")),
            new("sure", row.Coverage, Percent(row.Coverage)),
            new("right", row.AnsweredAccuracy, Percent(row.AnsweredAccuracy)),
            new("calls", row.Calls, Figures.Count(row.Calls)),
            .. failed ? [new("unreadable", row.Failures, Figures.Count(row.Failures))] : Array.Empty<RunCell>(),
        ]));
    }

    private static Table Draw(BenchmarkTable table)
    {
        RunRow[] shown = [.. Rows(table)];
        var rows = new Table { Border = TableBorder.Simple };
        foreach (RunCell column in shown.FirstOrDefault()?.Cells ?? [])
        {
            rows.AddColumn(column.Column, c => c.NoWrap().Padding(1, 0, 0, 0).Alignment(rows.Columns.Count == 0 ? Justify.Left : Justify.Right));
        }

        foreach (RunRow row in shown)
        {
            rows.AddRow(row.Cells.Select(c => new Text(c.Text!)));
        }

        return rows;
    }

    private static string Gain(DifferenceFigures? difference) => difference is null
        ? ""
        : string.Create(CultureInfo.InvariantCulture, $"{difference.Mean * 100:+0.0;-0.0;0.0} ({difference.Low * 100:+0.0;-0.0;0.0} to {difference.High * 100:+0.0;-0.0;0.0})");

    private static string Percent(double? share) => share is { } value ? string.Create(CultureInfo.InvariantCulture, $"{value * 100:0.0}") : "-";

    private static string Money(decimal? cost) => cost is > 0 and var amount ? string.Create(CultureInfo.InvariantCulture, $", {amount:0.00##} in money") : "";
}
