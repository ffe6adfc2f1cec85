using System.Globalization;
using System.Text;

namespace SynthesizeMe.Benchmarking;

/// <summary>Writes tables as Markdown.</summary>
internal static class TableMarkdown
{
    private const string All = "all data";

    public static string Of(BenchmarkTables tables)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"Model {tables.Model}, seed {tables.Seed}. Accuracy in percent with its 95 % interval, which draws whole people again; a pair whose two orders disagree counts one half. ")
            .Append("The gain is over the generic judge, on the same pairs, in points. ")
            .Append(CultureInfo.InvariantCulture, $"Answered: the share of the pairs on which a method is at least {Percent(tables.Confidence)} % sure, and its accuracy on those. ")
            .Append("Position bias runs from -1 (always the second completion) to 1. Calls, tokens and money are those of the test.\n");
        if (tables.Interrupted is { } interrupted)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n**Not finished:** {Cell(interrupted)}\n");
        }

        foreach (BenchmarkTable table in tables.Tables)
        {
            Write(text, table);
        }

        return text.ToString();
    }

    private static void Write(StringBuilder text, BenchmarkTable table)
    {
        bool priced = table.IsPriced;
        text.Append(CultureInfo.InvariantCulture, $"\n## {Cell(table.Data ?? All)}\n\n{Count(table.Users, "user")}");
        if (table.Unfinished > 0)
        {
            text.Append(CultureInfo.InvariantCulture, $", {table.Unfinished} more unfinished");
        }

        if (!table.Skipped.IsEmpty)
        {
            text.Append(CultureInfo.InvariantCulture, $", {table.Skipped.Length} left out");
        }

        text.Append('.').Append(table.IntervalNote is { } note ? $" {note}" : "").Append("\n\n| method | accuracy | gain | consistent | position bias | answered | right of those | pairs | calls | tokens |").Append(priced ? " money |" : "").Append(" unreadable |\n");
        text.Append("|---|---|---|---|---|---|---|---|---|---|").Append(priced ? "---|" : "").Append("---|\n");
        foreach (MethodRow row in table.Methods.Where(m => m.NotAvailable is null))
        {
            text.Append(CultureInfo.InvariantCulture, $"| {row.Name} | {Percent(row.Accuracy)} ({Percent(row.Low)} to {Percent(row.High)}) | {Gain(row.Difference)} | {Percent(row.Consistency)} | ")
                .Append(CultureInfo.InvariantCulture, $"{row.PositionBias:+0.00;-0.00;0.00} | {Percent(row.Coverage)} | {Percent(row.AnsweredAccuracy)} | {row.Pairs} | {row.Calls} | {row.InputTokens + row.OutputTokens} |")
                .Append(priced ? $" {Money(row.Cost)} |" : "")
                .Append(CultureInfo.InvariantCulture, $" {row.Failures} |\n");
        }

        foreach (MethodRow row in table.Methods.Where(m => m.NotAvailable is not null))
        {
            text.Append(CultureInfo.InvariantCulture, $"\nNot available: {row.Name}: {Cell(row.NotAvailable!)}.\n");
        }

        if (!table.Chosen.IsEmpty)
        {
            text.Append(CultureInfo.InvariantCulture, $"\nChosen: {string.Join(", ", table.Chosen.OrderByDescending(c => c.Value).ThenBy(c => c.Key, StringComparer.Ordinal).Select(c => $"{c.Key} {c.Value}"))}. ")
                .Append(CultureInfo.InvariantCulture, $"Fits: {Count(table.Fit.Calls, "call")}, {Count(table.Fit.InputTokens + table.Fit.OutputTokens, "token")}")
                .Append(priced ? $", {Money(table.Fit.Cost)} in money.\n" : ".\n");
        }
    }

    private static string Gain(DifferenceFigures? difference) => difference is null
        ? ""
        : string.Create(CultureInfo.InvariantCulture, $"{difference.Mean * 100:+0.0;-0.0;0.0} ({difference.Low * 100:+0.0;-0.0;0.0} to {difference.High * 100:+0.0;-0.0;0.0})");

    private static string Percent(double? share) => share is { } value ? string.Create(CultureInfo.InvariantCulture, $"{value * 100:0.0}") : "";

    private static string Money(decimal? cost) => cost is { } known ? string.Create(CultureInfo.InvariantCulture, $"{known:0.00##}") : "not known";

    private static string Count(long count, string noun) => string.Create(CultureInfo.InvariantCulture, $"{count} {noun}{(count == 1 ? "" : "s")}");

    /// <summary>Text of unknown origin that can neither end a cell nor begin anything.</summary>
    private static string Cell(string text) =>
        string.Join(' ', text.Split(['\n', '\r'], StringSplitOptions.RemoveEmptyEntries)).Replace("\\", "\\\\", StringComparison.Ordinal).Replace("|", "\\|", StringComparison.Ordinal)
            .Replace("<", "&lt;", StringComparison.Ordinal).TrimEnd('.');
}
