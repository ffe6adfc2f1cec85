using Spectre.Console;
using SynthesizeMe.Benchmarking;

namespace SynthesizeMe.Cli;

/// <summary>Writes what a curation kept for a person to read.</summary>
internal static class CurationText
{
    /// <summary>Writes it.</summary>
    public static void Write(Screen screen, CurationResult result, string output, string report)
    {
        var table = new Table { Border = TableBorder.Simple };
        foreach (string column in (string[])["step", "pairs kept", "dropped", "users kept", "dropped", "unreadable", "calls"])
        {
            table.AddColumn(column, c => c.NoWrap().Padding(1, 0, 0, 0).Alignment(table.Columns.Count == 0 ? Justify.Left : Justify.Right));
        }

        foreach (CurationStep step in result.Steps)
        {
            table.AddRow(new[]
            {
                step.Name,
                Figures.Count(step.KeptPairs),
                Figures.Count(step.DroppedPairs),
                Figures.Count(step.KeptUsers),
                Figures.Count(step.DroppedUsers),
                Figures.Count(step.Unreadable),
                Figures.Count(step.Usage.Calls),
            }.Select(c => new Text(c)));
        }

        screen.Draw(table);
        foreach (CurationStep step in result.Steps)
        {
            foreach ((string reason, int count) in step.Reasons)
            {
                screen.Line($"{step.Name}: {Figures.Count(count, "pair")} dropped: {reason}");
            }
        }

        screen.Line();
        screen.Line($"Kept {Figures.Count(result.Pairs.Length, "pair")} of {Figures.Count(result.Steps[^1].KeptUsers, "user")}: "
            + $"{Figures.Count(result.Count(DataSplit.Train))} train, {Figures.Count(result.Count(DataSplit.Validation))} val, {Figures.Count(result.Count(DataSplit.Test))} test; in {output}");
        screen.Line($"Spent: {Figures.Spent(result.Usage)}; the report is in {report}");
    }
}
