using System.Globalization;
using System.Text.Json.Nodes;

namespace SynthesizeMe.Cli.Tests;

public sealed class StoreTests
{
    [Fact]
    public async Task A_fit_keeps_its_replies_beside_the_output_and_ends_the_same_without_a_call()
    {
        using var cli = new Cli();
        string[] command = ["fit", People.Sample, "--user", "asha", "--output", cli["out"]];
        using var model = new WatchedModel();
        cli.Model = model;
        Outcome first = await cli.RunAsync(command);
        byte[] judge = File.ReadAllBytes(cli[Path.Combine("out", "asha.judge.json")]);
        int paid = model.Calls;

        Outcome second = await cli.RunAsync(command);

        Assert.Equal((0, 0), (first.Code, second.Code));
        Assert.Equal(first, second);
        Assert.Equal(judge, File.ReadAllBytes(cli[Path.Combine("out", "asha.judge.json")]));
        Assert.True(paid > 0);
        Assert.Equal(paid, model.Calls);
        Assert.Equal(["asha.judge.json", "replies.sqlite", "replies.sqlite-tail"], Files(cli["out"]));
    }

    [Fact]
    public async Task Without_a_store_every_run_calls_the_model()
    {
        using var cli = new Cli();
        string[] command = ["fit", People.Sample, "--user", "asha", "--output", cli["out"], "--store", "none"];
        using var model = new WatchedModel();
        cli.Model = model;
        await cli.RunAsync(command);
        int once = model.Calls;

        await cli.RunAsync(command);

        Assert.Equal(2 * once, model.Calls);
        Assert.Equal(["asha.judge.json"], Files(cli["out"]));
    }

    [Fact]
    public async Task Fit_judge_and_evaluate_share_a_store_that_is_named()
    {
        using var cli = new Cli();
        string[] store = ["--store", cli[Path.Combine("deep", "mine.sqlite")]];
        string judge = await cli.FitAsync("asha");
        string[][] commands =
        [
            ["fit", People.Sample, "--user", "ben", "--output", cli["out"], .. store],
            ["judge", judge, "--context", cli.Write("q.txt", "Q"), "--first", cli.Write("a.txt", "A"), "--second", cli.Write("b.txt", "B"), .. store],
            ["evaluate", People.Sample, "--json", "--candidates", "2", .. store],
        ];
        var outcomes = new List<Outcome>();
        foreach (string[] command in commands)
        {
            outcomes.Add(await cli.RunAsync(command));
        }

        cli.Model = new WatchedModel(_ => Assert.Fail("The model is called."));
        foreach ((string[] command, Outcome outcome) in commands.Zip(outcomes))
        {
            Assert.Equal(0, outcome.Code);
            Assert.Equal(outcome, await cli.RunAsync(command));
        }

        Outcome stats = await cli.RunAsync(["replies", "stats", .. store, "--json"]);
        JsonNode json = JsonNode.Parse(stats.Out)!;
        Assert.Equal(json["misses"]!.GetValue<int>(), json["replies"]!.GetValue<int>());
        Assert.True(json["hits"]!.GetValue<int>() >= json["misses"]!.GetValue<int>());
    }

    [Fact]
    public async Task An_evaluation_keeps_what_it_pays_for_beside_the_input()
    {
        using var cli = new Cli();
        using var server = new LoopbackServer(LoopbackServer.Offline);
        string input = cli.Write("people.jsonl", People.Terse("ada", 6));
        string[] command = ["evaluate", input, "--model", "openai:m", "--endpoint", server.Address, "--candidates", "1", "--json"];

        Outcome first = await cli.RunAsync(command);
        int calls = server.Requests.Count;
        Outcome second = await cli.RunAsync(command);
        await cli.RunAsync("evaluate", cli.Write("free.jsonl", People.Terse("ada", 6)), "--candidates", "1");

        Assert.Equal((0, first), (first.Code, second));
        Assert.Equal(calls, server.Requests.Count);
        Assert.Equal(["free.jsonl", "people.jsonl", "people.replies.sqlite", "people.replies.sqlite-tail"], Files(cli[""]));
    }

    [Fact]
    public async Task A_budget_pays_only_for_what_is_not_in_the_store()
    {
        using var cli = new Cli();
        using var model = new WatchedModel();
        cli.Model = model;
        string[] command = ["fit", People.Sample, "--user", "asha", "--output", cli["out"]];
        Outcome all = await cli.RunAsync([.. command, "--store", "none"]);
        int needed = model.Calls;
        string half = (needed / 2).ToString(CultureInfo.InvariantCulture);

        var runs = new List<Outcome>();
        while (runs.Count < 10 && runs.LastOrDefault()?.Code != 0)
        {
            runs.Add(await cli.RunAsync([.. command, "--budget-calls", half]));
        }

        Assert.Equal(all.Out, runs[^1].Out);
        Assert.Equal(2 * needed, model.Calls);
        Assert.All(runs.SkipLast(1), run => Assert.Equal(3, run.Code));
        Assert.InRange(runs.Count, 2, 4);
    }

    [Fact]
    public async Task Ctrl_C_keeps_every_reply_that_was_there()
    {
        using var cli = new Cli();
        string[] command = ["fit", People.Sample, "--user", "asha", "--output", cli["out"], "--parallel", "1"];
        using var whole = new WatchedModel();
        cli.Model = whole;
        await cli.RunAsync([.. command, "--store", "none"]);
        using var stop = new CancellationTokenSource();
        using var interrupted = new WatchedModel(n =>
        {
            if (n == 30)
            {
                stop.Cancel();
            }
        });
        cli.Model = interrupted;

        Outcome stopped = await cli.StoppableAsync(command, stop.Token);
        using var resumed = new WatchedModel();
        cli.Model = resumed;
        Outcome finished = await cli.RunAsync(command);

        Assert.Equal((130, 0), (stopped.Code, finished.Code));
        Assert.Equal(whole.Calls, interrupted.Calls + resumed.Calls);
    }

    [Fact]
    public async Task A_broken_store_is_set_aside_with_a_warning()
    {
        using var cli = new Cli();
        string store = cli.Write("replies.sqlite", "nonsense");

        Outcome fit = await cli.RunAsync("fit", People.Sample, "--user", "asha", "--output", cli["out"], "--store", store);

        Assert.Equal((0, $"warning: {store}: the reply store was broken. It was moved to {store}.broken, and a new one is begun.\n"), (fit.Code, fit.Error));
        Assert.Equal("nonsense", File.ReadAllText($"{store}.broken"));
    }

    [Fact]
    public async Task What_is_no_store_is_bad_input_and_stays_as_it_is()
    {
        using var cli = new Cli();
        string input = cli.Write("people.jsonl", People.Terse("ada", 4));

        Outcome fit = await cli.RunAsync("fit", input, "--output", cli["out"], "--store", input);
        Outcome stats = await cli.RunAsync("replies", "stats", "--store", cli["nowhere.sqlite"]);

        Assert.Equal((1, ""), (fit.Code, fit.Out));
        Assert.StartsWith($"error: {input}: is not a reply store, or is damaged. It was left as it is", fit.Error, StringComparison.Ordinal);
        Assert.Equal(People.Terse("ada", 4), File.ReadAllLines(input));
        Assert.Equal((1, $"error: {cli["nowhere.sqlite"]}: there is no such file. Check the path.\n"), (stats.Code, stats.Error));
    }

    [Fact]
    public async Task No_key_is_in_the_store()
    {
        using var cli = new Cli();
        using var server = new LoopbackServer(LoopbackServer.Offline);
        cli.Environment["OPENAI_API_KEY"] = "sk-a-very-secret-key";
        string input = cli.Write("people.jsonl", People.Terse("ada", 4));
        Assert.Equal(0, (await cli.RunAsync("fit", input, "--output", cli["out"], "--model", "openai:m", "--endpoint", $"{server.Address}?key=sk-in-the-address", "--candidates", "1")).Code);

        string store = File.ReadAllText(cli[Path.Combine("out", "replies.sqlite")], System.Text.Encoding.Latin1);
        Outcome export = await cli.RunAsync("replies", "export", "--store", cli[Path.Combine("out", "replies.sqlite")]);

        Assert.NotEmpty(export.Out);
        Assert.All((string[])["sk-a-very", "sk-in-the", "Question 1?"], secret => Assert.DoesNotContain(secret, store + export.Out, StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_export_can_be_imported_into_another_store()
    {
        using var cli = new Cli();
        await cli.FitAsync("asha");
        string store = cli[Path.Combine("judges", "replies.sqlite")];

        Outcome export = await cli.RunAsync("replies", "export", "--store", store, "--output", cli["replies.jsonl"]);
        Outcome import = await cli.RunAsync("replies", "import", cli["replies.jsonl"], "--store", cli["copy.sqlite"]);
        Outcome again = await cli.RunAsync("replies", "export", "--store", cli["copy.sqlite"]);

        Assert.Equal((0, "", ""), (export.Code, export.Out, export.Error));
        Assert.Matches(@"^\d+ replies added to .*copy\.sqlite, 0 had been there\n$", import.Out);
        Assert.Equal(File.ReadAllText(cli["replies.jsonl"]), again.Out);
    }

    private static IEnumerable<string?> Files(string folder) => Directory.GetFiles(folder).Select(Path.GetFileName).Order(StringComparer.Ordinal);
}
