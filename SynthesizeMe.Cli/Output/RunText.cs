using System.Globalization;
using SynthesizeMe.Optimizers;

namespace SynthesizeMe.Cli;

/// <summary>Writes records of runs for a person to read.</summary>
internal static class RunText
{
    private const int LabelWidth = 10;

    /// <summary>A line a run.</summary>
    public static void WriteList(Screen screen, IReadOnlyList<RunSummary> runs) => screen.Draw(RowTable.Of(runs.Select(r => RowTable.Row(
        ("run", r.Id),
        ("outcome", r.Outcome),
        ("model", PlainText.Excerpt(r.Model, 40)),
        ("seed", r.Seed.ToString(CultureInfo.InvariantCulture)),
        ("decided", Figures.Count(r.Decided)),
        ("prompts", Figures.Count(r.Calls)),
        ("paid", Figures.Count(r.Paid)),
        ("tokens paid", Figures.Count(r.InputTokens + r.OutputTokens))))));

    /// <summary>Everything that a record tells.</summary>
    public static void Write(Screen screen, RunDocument document)
    {
        RunSummary run = document.Run;
        screen.Line(run.Id);
        Row(screen, "command", $"synthesizeme {string.Join(' ', run.Arguments.Prepend(run.Command))}");
        Row(screen, "model", $"{run.Model}, seed {run.Seed.ToString(CultureInfo.InvariantCulture)}");
        Row(screen, "data", run.Data);
        Row(screen, "ended", Ended(run, document.IsCut));
        Row(screen, "spent", $"{Figures.Count(run.Calls, "prompt")}, {Figures.Count(run.Paid)} of them paid, with {Figures.Count(run.InputTokens + run.OutputTokens, "token")}");
        Row(screen, "record", run.File);
        foreach (DecisionDocument decision in document.Decisions)
        {
            screen.Line();
            Write(screen, decision);
        }

        foreach (IGrouping<string, RunStage> open in document.Open.GroupBy(s => s.Subject, StringComparer.Ordinal))
        {
            screen.Line();
            screen.Line($"{PlainText.OneLine(PreferenceInput.Name(open.Key))}: not decided; it had come to: {open.Last().Stage}");
        }

        foreach (IGrouping<string, RunRow> table in document.Rows.GroupBy(r => r.Table, StringComparer.Ordinal))
        {
            screen.Line();
            screen.Draw(RowTable.Of(table));
        }
    }

    private static void Write(Screen screen, DecisionDocument document)
    {
        RunDecision decision = document.Decision;
        screen.Line($"{PlainText.OneLine(PreferenceInput.Name(decision.Subject))}: {decision.Winner} was chosen");
        Row(screen, "score", $"{decision.Score.ToString("0.##", CultureInfo.InvariantCulture)} of {Figures.Count(decision.Pairs, "pair")}, {Figures.Count(decision.Consistent)} of them alike in both orders");
        Row(screen, "rule", decision.Rule);
        foreach (string reason in document.Why)
        {
            Row(screen, "why", reason);
        }

        Row(screen, "took", $"{Figures.Count(decision.Calls, "call")}, {Figures.Count(decision.Input + decision.Output, "token")}");
        foreach (string note in decision.Notes)
        {
            Row(screen, "note", note);
        }

        foreach (IGrouping<string, RunCandidate> stage in document.Candidates.GroupBy(c => c.Stage, StringComparer.Ordinal))
        {
            screen.Line();
            screen.Draw(Candidates(stage));
        }
    }

    private static Spectre.Console.Table Candidates(IGrouping<string, RunCandidate> stage) => RowTable.Of(stage.Select(c => RowTable.Row(
        (stage.Key, PlainText.Excerpt(c.Name, 34)),
        ("status", PlainText.Excerpt(c.Status, 26)),
        ("score", Figures.Percent(c.Score)),
        ("gain", c.ExpectedGain is { } gain ? (gain * 100).ToString("+0.00;-0.00;0.00", CultureInfo.InvariantCulture) : "-"),
        ("verified", Figures.Count(c.Verified)),
        ("labelled", Figures.Count(c.Labelled)),
        ("calls", Figures.Count(c.Calls)))));

    private static string Ended(RunSummary run, bool isCut)
    {
        string how = run.Ended is null ? "it was killed, or it goes on" : run.Outcome;
        string after = run.Ended is { } ended ? string.Create(CultureInfo.InvariantCulture, $", after {(ended - run.Started).TotalSeconds:0.0} s") : "";
        return $"{how}{after}{(isCut ? "; the record's last line was cut, and left out" : "")}{(run.Reason is { } reason ? $": {reason}" : "")}";
    }

    private static void Row(Screen screen, string label, string text)
    {
        foreach (string line in PlainText.Wrap(text.Trim(), screen.TextWidth - LabelWidth - 3))
        {
            screen.Line($"  {label.PadRight(LabelWidth)} {line}");
            label = "";
        }
    }
}
