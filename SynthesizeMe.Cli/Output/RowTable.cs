using System.Globalization;
using Spectre.Console;
using SynthesizeMe.Optimizers;

namespace SynthesizeMe.Cli;

/// <summary>Draws the rows of one table.</summary>
internal static class RowTable
{
    /// <summary>Words stand to the left, figures to the right; the method that was chosen stands out.</summary>
    public static Table Of(IEnumerable<RunRow> rows)
    {
        var table = new Table { Border = TableBorder.Simple };
        RunRow[] all = [.. rows];
        string[] columns = [.. all.SelectMany(r => r.Cells).Select(c => c.Column).Distinct(StringComparer.Ordinal)];
        foreach (string column in columns)
        {
            bool words = column is "method" or "user" || table.Columns.Count == 0;
            table.AddColumn(column, c => c.NoWrap().Padding(1, 0, 0, 0).Alignment(words ? Justify.Left : Justify.Right));
        }

        foreach (RunRow row in all)
        {
            Style style = row.Cells is [{ Text: EvaluationRows.Chosen }, ..] ? new Style(decoration: Decoration.Bold) : Style.Plain;
            table.AddRow(columns.Select(column => new Text(Shown(row.Cells.FirstOrDefault(c => c.Column == column)), style)));
        }

        return table;
    }

    /// <summary>A row of a table of its own, of words.</summary>
    public static RunRow Row(params (string Column, string Text)[] cells) => new("", [.. cells.Select(c => new RunCell(c.Column, Text: c.Text))]);

    private static string Shown(RunCell? cell) => cell?.Text ?? cell?.Value?.ToString(CultureInfo.InvariantCulture) ?? "";
}
