using System.Text.Json.Nodes;
using SynthesizeMe.Optimizers;

namespace SynthesizeMe.Cli.Tests;

public sealed class RunsTests
{
    [Fact]
    public async Task A_fit_leaves_a_record_that_the_list_has()
    {
        using var cli = new Cli();
        Outcome fit = await cli.RunAsync("fit", People.Sample, "--user", "chloe", "--output", cli["out"], "--json");

        JsonNode run = Assert.Single(JsonNode.Parse((await cli.RunAsync("runs", "--in", cli["out"], "--json")).Out)!["runs"]!.AsArray())!;

        JsonNode chloe = JsonNode.Parse(fit.Out)!["fits"]![0]!;
        Assert.Equal(("fit", "offline", "done", 1), (Text(run["command"]), Text(run["model"]), Text(run["outcome"]), run["decided"]!.GetValue<int>()));
        Assert.Equal([People.Sample, "--user", "chloe", "--output", cli["out"], "--json"], run["arguments"]!.AsArray().Select(Text));
        Assert.Equal(chloe["calls"]!.GetValue<int>(), run["calls"]!.GetValue<int>());
        Assert.Equal(chloe["inputTokens"]!.GetValue<int>() + chloe["outputTokens"]!.GetValue<int>(), run["inputTokens"]!.GetValue<int>() + run["outputTokens"]!.GetValue<int>());
        Assert.Matches(@"  \d{8}-\d{6}-fit +done +offline +0 +1 ", (await cli.RunAsync("runs", "--in", cli[""])).Out);
    }

    [Theory]
    [InlineData("standard")]
    [InlineData("published")]
    public async Task The_winner_and_what_every_other_candidate_lost_by_are_told(string effort)
    {
        using var cli = new Cli();
        string file = await FitAsync(cli, "asha", effort);
        JudgeArtefact judge = await JudgeArtefact.LoadAsync(file, TestContext.Current.CancellationToken);

        Outcome show = await cli.RunAsync("runs", "show", "last", "--in", cli["judges"]);
        JsonNode decision = JsonNode.Parse((await cli.RunAsync("runs", "show", "last", "--in", cli["judges"], "--json")).Out)!["decisions"]![0]!;

        CandidateRecord[] others = [.. judge.Provenance.Candidates.Where(c => c.Stage == "final choice" && c.Name != judge.Method.ToString())];
        Assert.Contains($"asha: {judge.Method} was chosen", show.Out, StringComparison.Ordinal);
        Assert.NotEmpty(others);
        Assert.Equal(others.Select(c => c.Name), decision["why"]!.AsArray().Select(w => Text(w).Split(':')[0]));
        Assert.Equal(judge.Provenance.Candidates.Select(c => (c.Name, c.Score)), decision["candidates"]!.AsArray().Select(c => (Text(c!["name"]), c["score"]?.GetValue<double>())));
        Assert.All(others, c => Assert.Contains($"{c.Name}: ", show.Out, StringComparison.Ordinal));
        Assert.All(show.Out.Split('\n'), line => Assert.InRange(line.Length, 0, 110));
    }

    [Fact]
    public async Task A_benchmark_leaves_its_candidates_its_prompts_and_its_table()
    {
        using var cli = new Cli();
        string input = cli.Write("people.jsonl", [.. People.Terse("ann", 8), .. People.Terse("bob", 8)]);
        Outcome bench = await cli.RunAsync("bench", input, "--output", cli["bench"]);

        JsonNode run = JsonNode.Parse((await cli.RunAsync("runs", "show", "last", "--in", cli["bench"], "--json")).Out)!;
        Outcome show = await cli.RunAsync("runs", "show", "last", "--in", cli["bench"]);

        Assert.Equal(("bench", "done", 2), (Text(run["run"]!["command"]), Text(run["run"]!["outcome"]), run["run"]!["decided"]!.GetValue<int>()));
        Assert.True(run["run"]!["calls"]!.GetValue<int>() > 0);
        Assert.Contains("people: ann: ", show.Out, StringComparison.Ordinal);
        string[] row = bench.Out.Split('\n').First(l => l.TrimStart().StartsWith("generic", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        Assert.Contains(show.Out.Split('\n'), l => l.Split(' ', StringSplitOptions.RemoveEmptyEntries).SequenceEqual(row));
    }

    [Fact]
    public async Task The_tables_of_an_evaluation_are_rebuilt()
    {
        using var cli = new Cli();
        string input = cli.Write("people.jsonl", [.. People.Terse("ann", 8), .. People.Terse("bob", 8)]);
        Outcome evaluation = await cli.RunAsync("evaluate", input);

        Outcome show = await cli.RunAsync("runs", "show", "last", "--in", cli[""]);

        string[] lines = evaluation.Out.Split('\n');
        string[] tables = [.. lines.Where(l => l.StartsWith("  ", StringComparison.Ordinal) || l.StartsWith('─'))];
        Assert.True(tables.Length > 8);
        Assert.All(tables, line => Assert.Contains(line, show.Out.Split('\n')));
        Assert.True(Directory.Exists(cli["people.runs"]));
    }

    [Theory]
    [InlineData("evaluate")]
    [InlineData("bench")]
    public async Task A_person_is_recorded_as_soon_as_decided(string command)
    {
        using var cli = new Cli();
        string input = cli.Write("people.jsonl", [.. People.Terse("ann", 8), .. People.Terse("bob", 8)]);

        // Within a budget, one person after the other.
        await cli.RunAsync([command, input, "--effort", "quick", "--budget-calls", "1000", "--record", cli["runs"], .. command == "bench" ? ["--output", cli["out"]] : (string[])[]]);

        string[] lines = await File.ReadAllLinesAsync(Assert.Single(RunRecord.In(cli["runs"])), TestContext.Current.CancellationToken);
        int decided = Array.FindIndex(lines, l => l.Contains("\"event\":\"decision\"", StringComparison.Ordinal) && l.Contains("ann", StringComparison.Ordinal));
        int next = Array.FindIndex(lines, l => l.Contains("\"event\":\"stage\"", StringComparison.Ordinal) && l.Contains("bob", StringComparison.Ordinal));
        Assert.InRange(decided, 0, next);
    }

    [Fact]
    public async Task A_run_that_was_killed_is_listed_and_shows_how_far_it_came()
    {
        using var cli = new Cli();
        await FitAsync(cli, "ben", "quick");
        string path = Assert.Single(RunRecord.In(cli[Path.Combine("judges", "runs")]));
        string text = await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(path, text[..(text.IndexOf("\"event\":\"candidate\"", StringComparison.Ordinal) + 9)], TestContext.Current.CancellationToken);

        Outcome list = await cli.RunAsync("runs", "--in", cli["judges"]);
        Outcome show = await cli.RunAsync("runs", "show", "last", "--in", cli["judges"]);

        Assert.Contains("unfinished", list.Out, StringComparison.Ordinal);
        Assert.Equal((0, ""), (show.Code, show.Error));
        Assert.Contains("it was killed, or it goes on; the record's last line was cut", show.Out, StringComparison.Ordinal);
        Assert.Contains("ben: not decided; it had come to: ", show.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("fit")]
    [InlineData("evaluate")]
    [InlineData("bench")]
    public async Task A_run_whose_key_was_missing_has_failed(string command)
    {
        using var cli = new Cli();
        string input = cli.Write("people.jsonl", People.Terse("ann", 8));

        Outcome run = await cli.RunAsync([command, input, "--model", "openai:m", "--record", cli["runs"], .. command == "evaluate" ? (string[])[] : ["--output", cli["out"]]]);
        Outcome list = await cli.RunAsync("runs", "--in", cli["runs"]);
        Outcome show = await cli.RunAsync("runs", "show", "last", "--in", cli["runs"]);

        Assert.Equal(3, run.Code);
        Assert.Contains(" failed ", list.Out, StringComparison.Ordinal);
        Assert.Contains("openai:m needs a key", show.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task How_a_run_failed_is_in_its_record()
    {
        using var cli = new Cli();
        await cli.RunAsync("fit", People.Sample, "--user", "ben", "--output", cli["out"], "--budget-calls", "1");

        JsonNode run = JsonNode.Parse((await cli.RunAsync("runs", "--in", cli["out"], "--json")).Out)!["runs"]![0]!;

        Assert.Equal("failed", Text(run["outcome"]));
        Assert.Contains("--budget-calls", Text(run["reason"]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Keys_and_credentials_are_in_no_record()
    {
        using var cli = new Cli { Model = new WatchedModel() };
        cli.Environment["OPENAI_API_KEY"] = "verysecret";
        string[] args = ["fit", People.Sample, "--user", "ben", "--output", cli["out"], "--model", "openai:verysecret", "--effort", "quick",
            "--endpoint", "http://me:password@localhost:1/v1?api-key=inquery"];

        Assert.Equal(0, (await cli.RunAsync(args)).Code);

        string record = await File.ReadAllTextAsync(Assert.Single(RunRecord.In(cli[Path.Combine("out", "runs")])), TestContext.Current.CancellationToken);
        Assert.Contains("http://localhost:1/v1", record, StringComparison.Ordinal);
        Assert.All((string[])["password", "inquery", "verysecret"], secret => Assert.DoesNotContain(secret, record, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_users_id_names_no_file()
    {
        using var cli = new Cli();
        string input = cli.Write("people.jsonl", People.Terse("../../evil", 6));

        await cli.RunAsync("fit", input, "--output", cli["out"], "--effort", "quick");

        Assert.Matches(@"^\d{8}-\d{6}-fit\.run\.jsonl$", Path.GetFileName(Assert.Single(Directory.GetFiles(cli[Path.Combine("out", "runs")]))));
    }

    [Fact]
    public async Task Records_go_where_they_are_told_to_or_nowhere()
    {
        using var cli = new Cli();

        await cli.RunAsync("fit", People.Sample, "--user", "ben", "--output", cli["out"], "--effort", "quick", "--record", "none");
        await cli.RunAsync("fit", People.Sample, "--user", "ben", "--output", cli["out"], "--effort", "quick", "--record", cli["here"]);

        Assert.False(Directory.Exists(cli[Path.Combine("out", "runs")]));
        Assert.Single(RunRecord.In(cli["here"]));
    }

    [Fact]
    public async Task A_run_from_the_store_says_that_nothing_was_paid()
    {
        using var cli = new Cli();
        await FitAsync(cli, "ben", "quick");
        await FitAsync(cli, "ben", "quick");

        JsonArray runs = JsonNode.Parse((await cli.RunAsync("runs", "--in", cli["judges"], "--json")).Out)!["runs"]!.AsArray();

        Assert.Equal(2, runs.Count);
        Assert.Equal((runs[0]!["calls"]!.GetValue<int>(), 0), (runs[1]!["calls"]!.GetValue<int>(), runs[1]!["paid"]!.GetValue<int>()));
        Assert.Equal(runs[0]!["calls"]!.GetValue<int>(), runs[0]!["paid"]!.GetValue<int>());
    }

    [Theory]
    [InlineData("2", "fits 2 runs")]
    [InlineData("nothing", "there is no run 'nothing'")]
    [InlineData("../judges/runs/2", "there is no run '../judges/runs/2'")]
    public async Task An_id_that_names_no_run_is_bad_input(string id, string message)
    {
        using var cli = new Cli();
        await FitAsync(cli, "ben", "quick");
        await FitAsync(cli, "asha", "quick");

        Outcome show = await cli.RunAsync("runs", "show", id, "--in", cli["judges"]);

        Assert.Equal(ExitCodes.BadInput, show.Code);
        Assert.Contains(message, show.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_damaged_record_is_warned_of_and_the_others_are_listed()
    {
        using var cli = new Cli();
        await FitAsync(cli, "ben", "quick");
        await File.WriteAllTextAsync(cli[Path.Combine("judges", "runs", "20000101-000000-fit.run.jsonl")], "no record\n", TestContext.Current.CancellationToken);

        Outcome list = await cli.RunAsync("runs", "--in", cli["judges"]);

        Assert.Contains("is no line of a run's record", list.Error, StringComparison.Ordinal);
        Assert.Contains("done", list.Out, StringComparison.Ordinal);
    }

    private static async Task<string> FitAsync(Cli cli, string user, string effort)
    {
        Outcome fit = await cli.RunAsync("fit", People.Sample, "--user", user, "--output", cli["judges"], "--effort", effort);
        Assert.Equal((0, ""), (fit.Code, fit.Error));
        return cli[Path.Combine("judges", $"{user}.judge.json")];
    }

    private static string Text(JsonNode? node) => node!.GetValue<string>();
}
