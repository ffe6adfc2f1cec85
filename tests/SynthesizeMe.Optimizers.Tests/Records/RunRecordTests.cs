using System.Collections.Immutable;
using System.Text;

namespace SynthesizeMe.Optimizers.Tests.Records;

public sealed class RunRecordTests : IDisposable
{
    private static readonly RunStarted Started = new(
        "fit", ["people.jsonl", "--user", "Zoë"], "offline", 7, "abc", "0.1.0", new DateTimeOffset(2026, 11, 24, 14, 17, 2, TimeSpan.Zero));

    private static readonly ImmutableArray<RunEvent> Everything =
    [
        new RunStage("Zoë", "judging training pairs", 20),
        new RunCall("00ff", Paid: true, 100, 20),
        new RunCall(null, Paid: false, 0, 0, "HttpRequestException"),
        new RunCandidate("Zoë", "reasoning", "all", "Evaluated", 0.75, 3, 2, 10) { ExpectedGain = 0.0125 },
        new RunCandidate("Zoë", "reasoning", "subset 1", "NotEvaluated", null, 3, 2, 0),
        new RunDecision("Zoë", "final choice", "Demos", "The score.", 5, 4.5, 4, 30, 3000, 400, ["A note \"with\" quotes\nand lines."], null),
        new RunRow("methods", [new("method", Text: "generic"), new("accuracy", 0.5, "50.0 %")]),
        new RunFinished(RunOutcome.Done, null, new DateTimeOffset(2026, 11, 24, 14, 18, 0, TimeSpan.Zero)),
    ];

    private readonly string _folder = Directory.CreateTempSubdirectory("synthesizeme-runs-").FullName;

    [Fact]
    public void What_is_written_is_read()
    {
        RunRecord run = RunRecord.Read(Write());

        Assert.Equal(("20261124-141702-fit", 1, false, RunOutcome.Done), (run.Started.Id, run.Started.Schema, run.IsCut, run.Outcome));
        Assert.Equal(Started.Arguments, run.Started.Arguments);
        Assert.Equal(Everything.Select(Show), run.Events.Select(Show));
    }

    [Fact]
    public void A_record_that_is_cut_anywhere_in_its_last_line_still_reads()
    {
        string path = Write();
        byte[] whole = File.ReadAllBytes(path);
        int last = Array.LastIndexOf(whole, (byte)'\n', whole.Length - 2) + 1;
        for (int length = last; length < whole.Length; length++)
        {
            File.WriteAllBytes(path, whole[..length]);

            RunRecord run = RunRecord.Read(path);

            Assert.Equal((Everything.Length - 1, length > last, RunOutcome.Unfinished), (run.Events.Length, run.IsCut, run.Outcome));
        }
    }

    [Fact]
    public void A_line_is_in_the_file_as_soon_as_it_was_written()
    {
        using RunWriter writer = RunWriter.Create(_folder, Started);
        writer.Append(Everything[0]);

        Assert.Single(RunRecord.Read(writer.Path).Events);
    }

    [Fact]
    public void Runs_that_begin_in_the_same_second_have_records_of_their_own()
    {
        using RunWriter one = RunWriter.Create(_folder, Started);
        using RunWriter two = RunWriter.Create(_folder, Started);

        Assert.Equal(("20261124-141702-fit", "20261124-141702-fit-2"), (one.Started.Id, two.Started.Id));
        Assert.Equal([one.Path, two.Path], RunRecord.In(_folder));
    }

    [Fact]
    public void Many_threads_write_whole_lines()
    {
        string path;
        using (RunWriter writer = RunWriter.Create(_folder, Started))
        {
            path = writer.Path;
            Parallel.For(0, 500, i => writer.Append(new RunStage("x", new string('a', i), i)));
        }

        Assert.Equal(Enumerable.Range(0, 500), RunRecord.Read(path).Events.Cast<RunStage>().Select(s => s.Total).Order());
    }

    [Fact]
    public void A_search_writes_its_stages_when_they_begin()
    {
        string path;
        using (RunWriter writer = RunWriter.Create(_folder, Started))
        {
            path = writer.Path;
            IProgress<OptimizationEvent> stages = writer.Stages("asha");
            stages.Report(new(OptimizationPhase.Bootstrapping, 1, 4));
            stages.Report(new(OptimizationPhase.Bootstrapping, 2, 4));
            stages.Report(new(OptimizationPhase.Validating, 1, 9));
        }

        Assert.Equal([new RunStage("asha", "Bootstrapping", 4), new RunStage("asha", "Validating", 9)], RunRecord.Read(path).Events);
    }

    [Theory]
    [InlineData("{}", "(3)")]
    [InlineData("{\"event\":\"unheard of\"}", "(3)")]
    [InlineData("no JSON", "(3)")]
    [InlineData("{\"event\":\"stage\",\"total\":1}", "(3)")]
    public void A_damaged_line_before_the_last_is_named(string line, string place)
    {
        string path = Write();
        string[] lines = File.ReadAllLines(path);
        lines[2] = line;
        File.WriteAllText(path, string.Join('\n', lines) + "\n");

        Assert.Contains(path + place, Assert.Throws<RunRecordException>(() => RunRecord.Read(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_record_of_a_newer_version_says_so()
    {
        string path = Write();
        File.WriteAllText(path, File.ReadAllText(path).Replace("\"schema\":1", "\"schema\":2", StringComparison.Ordinal));

        Assert.Contains("newer version (0.1.0)", Assert.Throws<RunRecordException>(() => RunRecord.Read(path)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{\"event\":\"started\"")]
    [InlineData("{\"event\":\"stage\",\"subject\":\"\",\"stage\":\"\",\"total\":1}\n")]
    public void What_does_not_begin_like_a_record_is_none(string text)
    {
        string path = Path.Combine(_folder, "x" + RunWriter.Extension);
        File.WriteAllText(path, text);

        Assert.Contains("is no record of a run", Assert.Throws<RunRecordException>(() => RunRecord.Read(path)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("../fit")]
    [InlineData("a/b")]
    [InlineData("Fit")]
    public void A_command_that_could_be_a_path_is_refused(string command) =>
        Assert.Throws<ArgumentException>(() => RunWriter.Create(_folder, Started with { Command = command }));

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string Write()
    {
        using RunWriter writer = RunWriter.Create(_folder, Started);
        foreach (RunEvent happened in Everything)
        {
            writer.Append(happened);
        }

        return writer.Path;
    }

    /// <summary>Arrays of records are equal by reference only.</summary>
    private static string Show(RunEvent happened) => happened switch
    {
        RunRow row => $"{row.Table}: {string.Join(", ", row.Cells)}",
        RunDecision decision => new StringBuilder().Append(decision with { Notes = [] }).AppendJoin('|', decision.Notes).ToString(),
        _ => happened.ToString(),
    };
}
