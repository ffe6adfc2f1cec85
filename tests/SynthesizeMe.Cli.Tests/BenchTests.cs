using System.Diagnostics;
using System.Text.Json.Nodes;
using SynthesizeMe.Benchmarking;

namespace SynthesizeMe.Cli.Tests;

public sealed class BenchTests
{
    private static readonly string[] Files = ["report.html", "results.jsonl", "run.json", "table.json", "table.md", "users.jsonl"];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_offline_model_has_figures_for_every_method_that_the_data_allow()
    {
        using var cli = new Cli();

        Outcome bench = await cli.RunAsync("bench", People.Sample, "--output", cli["out"]);

        Assert.True(bench.Code == 0, bench.Error);
        Assert.StartsWith("people: 4 users, 40 test pairs; model offline, seed 0\n", bench.Out, StringComparison.Ordinal);
        Assert.Contains("Not available: demographics: the data do not describe the people\n", bench.Out, StringComparison.Ordinal);
        Assert.Equal(Files, Directory.GetFiles(cli["out"]).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        BenchmarkRun run = await BenchmarkRun.ReadAsync(cli["out"], Ct);
        string[] methods = [.. run.Run.Methods.Select(m => m.Name)];
        Assert.Equal(["demographics"], methods.Except(run.Results.Select(r => r.Method)));
        Assert.All(run.Results.GroupBy(r => r.Method), m => Assert.Equal(40, m.Count()));
        Assert.Equal(methods.Length * 40, run.Results.Length + 40);
        Assert.All(run.Users, u => Assert.NotNull(u.Fit!.Persona));
    }

    [Fact]
    public async Task The_same_command_gives_the_same_bytes_at_any_parallel()
    {
        using var cli = new Cli();

        Outcome one = await cli.RunAsync("bench", People.Sample, "--output", cli["one"], "--parallel", "1", "--seed", "5", "--json");
        Outcome many = await cli.RunAsync("bench", People.Sample, "--output", cli["many"], "--parallel", "16", "--seed", "5", "--json");

        Assert.Equal((0, 0, one.Out), (one.Code, many.Code, many.Out));
        Assert.All(Files.Where(f => f is not ("run.json" or "report.html")), file => Assert.Equal(File.ReadAllText(Path.Combine(cli["one"], file)), File.ReadAllText(Path.Combine(cli["many"], file))));
        Assert.Equal(one.Out, File.ReadAllText(Path.Combine(cli["one"], "table.json")));
    }

    [Fact]
    public async Task No_two_data_sets_have_the_same_name()
    {
        using var cli = new Cli();
        string copy = cli.Write("other (2).jsonl", People.Terse("asha", 6));
        string other = cli.Write("other.jsonl", People.Terse("ben", 6));
        string third = cli.Write("third/other.jsonl", People.Terse("chloe", 6));

        Outcome bench = await cli.RunAsync("bench", copy, other, third, "--methods", "longer", "--output", cli["out"], "--json");

        Assert.Equal(["other (2)", "other", "other (3)", null], JsonNode.Parse(bench.Out)!["tables"]!.AsArray().Select(t => t!["data"]?.GetValue<string>()));
    }

    [Fact]
    public async Task A_choice_that_two_files_have_is_not_counted_twice()
    {
        using var cli = new Cli();
        string one = cli.Write("one.jsonl", [.. People.Terse("asha", 6), .. People.Terse("ben", 6)]);
        string two = cli.Write("two.jsonl", [.. People.Terse("chloe", 6), .. People.Terse("ben", 6)]);

        Outcome shared = await cli.RunAsync("bench", one, two, "--methods", "longer", "--output", cli["out"]);
        Outcome same = await cli.RunAsync("bench", one, one, "--methods", "longer", "--output", cli["out"]);

        Assert.Equal((1, $"error: {two} has a pair of ben that {one} has, too. Give each choice in one file.\n"), (shared.Code, shared.Error));
        Assert.Equal((1, $"error: {one} is named twice.\n"), (same.Code, same.Error));
        Assert.False(Directory.Exists(cli["out"]));
    }

    [Fact]
    public async Task Several_files_give_a_table_each_and_one_over_all()
    {
        using var cli = new Cli();
        string other = cli.Write("other.jsonl", People.Terse("asha", 6));
        string third = cli.Write("third/other.jsonl", People.Terse("ben", 6));

        Outcome bench = await cli.RunAsync("bench", People.Sample, other, third, "--methods", "longer, length-rule", "--output", cli["out"], "--json");

        JsonNode[] tables = [.. JsonNode.Parse(bench.Out)!["tables"]!.AsArray().Select(t => t!)];
        Assert.Equal(["people", "other", "other (2)", null], tables.Select(t => t["data"]?.GetValue<string>()));
        Assert.Equal([4, 1, 1, 6], tables.Select(t => t["users"]!.GetValue<int>()));
        Assert.Equal([40, 3, 3, 46], tables.Select(t => t["methods"]![0]!["pairs"]!.GetValue<int>()));
        Assert.Equal(["longer", "length-rule"], tables[0]["methods"]!.AsArray().Select(m => m!["name"]!.GetValue<string>()));
        Assert.Equal(0, tables[1]["methods"]![0]!["accuracy"]!.GetValue<double>());
        Assert.Equal(1, tables[1]["methods"]![1]!["accuracy"]!.GetValue<double>());
    }

    [Fact]
    public async Task A_sample_draws_users_by_the_seed()
    {
        using var cli = new Cli();

        string[][] drawn = await Task.WhenAll(Enumerable.Range(0, 8).Select(async seed =>
        {
            string folder = cli[$"out{seed}"];
            await cli.RunAsync("bench", People.Sample, "--methods", "longer", "--sample", "2", "--seed", $"{seed % 4}", "--output", folder);
            return (await BenchmarkRun.ReadAsync(folder, Ct)).Users.Select(u => u.User).ToArray();
        }));

        Assert.All(drawn, d => Assert.Equal(2, d.Length));
        Assert.Equal(drawn[..4], drawn[4..]);
        Assert.True(drawn.Select(d => string.Join(' ', d)).Distinct().Count() > 1);
    }

    [Fact]
    public async Task A_dry_run_calls_nothing_and_foresees_at_least_what_is_called()
    {
        using var model = new WatchedModel();
        using var cli = new Cli { Model = model };

        Outcome dry = await cli.RunAsync("bench", People.Sample, "--dry-run", "--json");
        int before = model.Calls;
        await cli.RunAsync("bench", People.Sample, "--output", cli["out"]);

        JsonNode json = JsonNode.Parse(dry.Out)!;
        Assert.Equal((0, 4, 40), (before, json["users"]!.GetValue<int>(), json["testPairs"]!.GetValue<int>()));
        Assert.InRange(model.Calls, 500, json["calls"]!.GetValue<long>());
        Assert.Equal([cli["out"]], Directory.GetFileSystemEntries(Path.GetDirectoryName(cli["out"])!));
    }

    [Fact]
    public async Task Ctrl_C_leaves_tables_of_who_was_finished_and_the_same_command_goes_on()
    {
        using var counted = new WatchedModel();
        using var whole = new Cli { Model = counted };
        Outcome straight = await whole.RunAsync("bench", People.Sample, "--output", whole["out"], "--store", whole["replies.sqlite"], "--parallel", "1", "--json");
        using var stop = new CancellationTokenSource();
        var clock = new Stopwatch();
        using var interrupted = new WatchedModel(n =>
        {
            if (n == counted.Calls * 3 / 5)
            {
                clock.Start();
                stop.Cancel();
            }
        });
        using var cli = new Cli { Model = interrupted };
        string[] command = ["bench", People.Sample, "--output", cli["out"], "--store", cli["replies.sqlite"], "--parallel", "1", "--json"];

        Outcome stopped = await cli.StoppableAsync(command, stop.Token);
        TimeSpan waited = clock.Elapsed;
        BenchmarkRun part = await BenchmarkRun.ReadAsync(cli["out"], Ct);
        using var resumed = new WatchedModel();
        cli.Model = resumed;
        Outcome rest = await cli.RunAsync(command);

        Assert.Equal((130, 0), (stopped.Code, rest.Code));
        Assert.InRange(waited, TimeSpan.FromTicks(1), TimeSpan.FromSeconds(5));
        int finished = part.Users.Length;
        Assert.InRange(finished, 1, 3);
        Assert.Contains($"error: stopped.\nThe tables are about the {finished} of 4 users that were finished; the same command goes on from there.\n", stopped.Error, StringComparison.Ordinal);
        Assert.Equal(("stopped.", 4 - finished), (part.Run.Interrupted, part.Run.DataSets[0].Unfinished));
        Assert.Equal(part.Users.Select(u => u.User), part.Results.Select(r => r.User).Distinct());
        Assert.Equal("stopped.", JsonNode.Parse(stopped.Out)!["interrupted"]!.GetValue<string>());
        Assert.Equal(straight.Out, rest.Out);

        // The call that was under way is made again, and no other.
        Assert.InRange(interrupted.Calls + resumed.Calls, counted.Calls, counted.Calls + 1);

        // What needs everyone's fits had to wait, and says so.
        Assert.All(part.Users, u => Assert.Equal(["reward+persona"], u.NotAvailable.Keys));
        IEnumerable<ResultRecord> known = (await BenchmarkRun.ReadAsync(cli["out"], Ct)).Results.Where(r => r.Method != "reward+persona");
        Assert.Equal(part.Results.AsEnumerable(), known.Take(part.Results.Length));
    }

    [Fact]
    public async Task A_run_that_is_stopped_early_leaves_the_results_of_one_that_was_not()
    {
        using var stop = new CancellationTokenSource();
        using var cli = new Cli();
        string[] command = ["bench", People.Sample, "--methods", "generic,longer", "--output", cli["out"], "--store", "none", "--parallel", "1"];

        await cli.RunAsync(command);
        string[] before = [.. Files.Select(f => File.ReadAllText(Path.Combine(cli["out"], f)))];
        cli.Model = new WatchedModel(n =>
        {
            if (n == 3)
            {
                stop.Cancel();
            }
        });
        Outcome stopped = await cli.StoppableAsync(command, stop.Token);

        Assert.Equal(130, stopped.Code);
        Assert.Equal(before, Files.Select(f => File.ReadAllText(Path.Combine(cli["out"], f))));
        Assert.Contains($"{cli["out"]} keeps the results of an earlier run, which has more", stopped.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_that_measures_nobody_leaves_the_results_of_one_that_did()
    {
        using var cli = new Cli();
        await cli.RunAsync("bench", People.Sample, "--methods", "longer", "--output", cli["out"]);
        string before = File.ReadAllText(cli["out/results.jsonl"]);

        Outcome nobody = await cli.RunAsync("bench", cli.Write("one.jsonl", People.Terse("ada", 1)), "--methods", "longer", "--output", cli["out"]);

        Assert.Equal(1, nobody.Code);
        Assert.Contains("keeps the results of an earlier run, which has more", nobody.Error, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllText(cli["out/results.jsonl"]));
    }

    [Fact]
    public async Task A_prompt_that_the_provider_refuses_costs_no_more_than_its_answer()
    {
        string refused = People.Terse("ada", 8).Last();
        string text = JsonNode.Parse(refused)!["context"]![0]!["content"]!.GetValue<string>();
        using var server = new LoopbackServer(r => r.Body.Contains(text, StringComparison.Ordinal)
            ? new Response(400, """{"error": {"code": "content_filter", "message": "The response was filtered."}}""")
            : LoopbackServer.Offline(r));
        using var cli = new Cli();

        Outcome bench = await cli.RunAsync(
            "bench", cli.Write("people.jsonl", People.Terse("ada", 8)), "--methods", "generic,longer", "--output", cli["out"], "--model", "openai:m", "--endpoint", server.Address, "--json");

        Assert.True(bench.Code == 0, bench.Error);
        BenchmarkRun run = await BenchmarkRun.ReadAsync(cli["out"], Ct);
        ResultRecord[] failed = [.. run.Results.Where(r => r.ForwardFailure is not null)];
        Assert.Equal($"openai:m at {server.Address}/ refuses this prompt: its content is filtered (400).", Assert.Single(failed).ForwardFailure);
        Assert.Equal(4, run.Results.Count(r => r.Method == "generic"));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Where_a_model_does_not_report_all_tokens_nobody_says_what_it_cost(int every)
    {
        int asked = 0;
        using var server = new LoopbackServer(r =>
        {
            JsonNode reply = JsonNode.Parse(LoopbackServer.Offline(r).Body)!;
            if (Interlocked.Increment(ref asked) % every == 0)
            {
                reply.AsObject().Remove("usage");
            }

            return new Response(200, reply.ToJsonString());
        });
        using var cli = new Cli();

        Outcome bench = await cli.RunAsync(
            "bench", cli.Write("people.jsonl", People.Terse("ada", 8)), "--methods", "generic,chosen", "--output", cli["out"], "--model", "openai:m", "--endpoint", server.Address,
            "--prices", cli.Write("prices.json", """{"prices": [{"model": "m", "input": 1, "output": 2}]}"""));

        Assert.Equal(0, bench.Code);
        Assert.Contains("warning: the model did not report the tokens of some calls", bench.Error, StringComparison.Ordinal);
        Assert.Contains("The model did not report the tokens of some calls, so there is no figure in money.", File.ReadAllText(cli["out/report.html"]), StringComparison.Ordinal);
        Assert.DoesNotContain("money |", File.ReadAllText(cli["out/table.md"]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_arguments_are_kept_without_credentials()
    {
        // A key that was given in the place of a model's name.
        using var cli = new Cli { Model = new WatchedModel(), Environment = { ["OPENAI_API_KEY"] = "sk-secret-0123456789" } };

        await cli.RunAsync(
            "bench", People.Sample, "--methods", "longer", "--output", cli["out"], "--model=openai:sk-secret-0123456789", "--endpoint", "http://me:secret@localhost:1/v1?key=secret");

        BenchmarkRun run = await BenchmarkRun.ReadAsync(cli["out"], Ct);
        Assert.Equal([People.Sample, "--methods", "longer", "--output", cli["out"], "--model", "openai:***", "--endpoint", "http://localhost:1/v1"], run.Run.Arguments);
        Assert.DoesNotContain("secret", string.Concat(Directory.GetFiles(cli["out"], "*", SearchOption.AllDirectories).Select(File.ReadAllText)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_spent_budget_leaves_tables_of_who_was_finished()
    {
        using var cli = new Cli();

        Outcome bench = await cli.RunAsync("bench", People.Sample, "--output", cli["out"], "--budget-calls", "700", "--json");

        Assert.Equal(3, bench.Code);
        Assert.Contains("Raise --budget-calls to go further.\nThe tables are about the ", bench.Error, StringComparison.Ordinal);
        Assert.InRange(JsonNode.Parse(bench.Out)!["tables"]![0]!["unfinished"]!.GetValue<int>(), 1, 3);
    }

    [Fact]
    public async Task Users_that_cannot_be_measured_are_named()
    {
        using var cli = new Cli();
        string input = cli.Write("people.jsonl", [.. People.Terse("ada", 6), .. People.Terse("bob", 1)]);
        string few = cli.Write("few.jsonl", People.Terse("bob", 1));

        Outcome some = await cli.RunAsync("bench", input, "--methods", "longer", "--output", cli["some"]);
        Outcome none = await cli.RunAsync("bench", few, "--methods", "longer", "--output", cli["none"]);

        Assert.Equal(0, some.Code);
        Assert.Contains("warning: user 'bob' of people is left out: ", some.Error, StringComparison.Ordinal);
        Assert.Equal((1, ""), (none.Code, none.Out));
        Assert.Contains("no user can be measured", none.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--methods telepathy --output out", "'telepathy' is not a method; use all, or some of random, longer, ")]
    [InlineData("--methods , --output out", "',' is not a method")]
    [InlineData("--methods longer", "bench needs a directory for its results; name one with --output DIR, or use --dry-run")]
    [InlineData("--confidence 0.4 --output out", "--confidence takes a number from 0.5 to 1")]
    [InlineData("--test-fraction 1 --output out", "--test-fraction takes a number between 0 and 1")]
    [InlineData("--sample 0 --output out", "--sample takes a number from 1")]
    [InlineData("--output out --embeddings ollama:m --embeddings-endpoint x", "--embeddings-endpoint is not an http or https address")]
    [InlineData("--output out --embeddings-endpoint http://x", "--embeddings-endpoint has no meaning for the offline model; name the server's model, as in --embeddings openai:NAME")]
    [InlineData("--samples 0 --output out", "--samples takes a number from 1")]
    public async Task What_makes_no_sense_is_explained(string line, string message)
    {
        using var cli = new Cli();

        Outcome bench = await cli.RunAsync(["bench", People.Sample, .. line.Replace(" out", $" {cli["out"]}", StringComparison.Ordinal).Split(' ')]);

        Assert.Equal((2, ""), (bench.Code, bench.Out));
        Assert.Contains(message, bench.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(cli["out"]));
    }
}
