using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;

namespace SynthesizeMe.Benchmarks;

/// <summary>One measured time.</summary>
/// <param name="Row">What was done.</param>
/// <param name="Column">Who did it.</param>
/// <param name="Microseconds">The median time of one operation.</param>
/// <param name="Bytes">What it allocated, where that is known.</param>
/// <param name="Place">The place of the row in the table.</param>
internal sealed record Figure(string Row, string Column, double Microseconds, long? Bytes = null, int Place = 0);

/// <summary>All figures side by side, in Markdown that is aligned for reading: each time, and how many times ours it is.</summary>
internal static class Table
{
    public static IEnumerable<Figure> Figures(Summary summary)
    {
        foreach (BenchmarkReport report in summary.Reports)
        {
            if (report.ResultStatistics is { } statistics)
            {
                BenchmarkCase benchmark = report.BenchmarkCase;
                string pattern = benchmark.Descriptor.Categories.Single();
                string row = pattern;
                foreach (var parameter in benchmark.Parameters.Items)
                {
                    row = row.Replace($"{{{parameter.Name}}}", Convert.ToString(parameter.Value, CultureInfo.InvariantCulture), StringComparison.Ordinal);
                }

                string column = benchmark.Descriptor.WorkloadMethodDisplayInfo.Trim('\'');
                yield return new(row, column, statistics.Median / 1000, report.GcStats.GetBytesAllocatedPerOperation(benchmark), Rows.Order.IndexOf(pattern));
            }
        }
    }

    public static string Markdown(IReadOnlyCollection<Figure> figures)
    {
        var lines = new List<ImmutableArray<string>> { (ImmutableArray<string>)["what", "ours", "allocated", .. Rows.Others, "to reach"] };
        foreach (IGrouping<string, Figure> row in figures.GroupBy(f => f.Row).Where(r => r.Any(IsOurs)).OrderBy(r => r.First(IsOurs).Place))
        {
            Figure ours = row.First(IsOurs);
            lines.Add(
            [
                row.Key, Time(ours.Microseconds), $"{ours.Bytes:#,0} B",
                .. Rows.Others.Select(c => row.FirstOrDefault(f => f.Column == c) is { } other ? Beside(other, ours) : ""),
                Rows.Target(row.Key),
            ]);
        }

        int[] widths = [.. Enumerable.Range(0, lines[0].Length).Select(c => lines.Max(l => l[c].Length))];
        lines.Insert(1, [.. widths.Select(w => new string('-', w))]);
        var text = new StringBuilder();
        foreach (ImmutableArray<string> line in lines)
        {
            text.Append("| ").AppendJoin(" | ", line.Select((cell, c) => c == 0 ? cell.PadRight(widths[c]) : cell.PadLeft(widths[c]))).Append(" |\n");
        }

        return text.ToString();
    }

    private static bool IsOurs(Figure figure) => figure.Column == Rows.Ours;

    private static string Beside(Figure other, Figure ours) => string.Create(
        CultureInfo.InvariantCulture, $"{Time(other.Microseconds)} ({Short(other.Microseconds / ours.Microseconds)} ×)");

    private static string Time(double microseconds) => $"{Short(microseconds)} µs";

    /// <summary>Two digits that count, without an exponent.</summary>
    private static string Short(double number) => number switch
    {
        >= 100 => number.ToString("#,0", CultureInfo.InvariantCulture),
        >= 10 => number.ToString("0.#", CultureInfo.InvariantCulture),
        >= 1 => number.ToString("0.##", CultureInfo.InvariantCulture),
        _ => number.ToString("0.###", CultureInfo.InvariantCulture),
    };
}
