using System.Text.Json.Nodes;

namespace SynthesizeMe.Cli.Tests;

public sealed class DryRunTests
{
    [Theory]
    [InlineData("fit", "standard")]
    [InlineData("fit", "quick")]
    [InlineData("fit", "thorough")]
    [InlineData("fit", "published")]
    [InlineData("evaluate", "standard")]
    public async Task A_plan_calls_nobody_and_the_run_stays_within_it(string command, string effort)
    {
        using var cli = new Cli();
        using var model = new WatchedModel();
        cli.Model = model;
        string input = cli.Write("people.jsonl", await File.ReadAllLinesAsync(People.Sample, TestContext.Current.CancellationToken));
        string[] args = [command, input, "--effort", effort, "--json", .. command == "fit" ? ["--all", "--output", cli["out"], "--store", "none"] : Array.Empty<string>()];
        Outcome plan = await cli.RunAsync([.. args, "--dry-run"]);

        Assert.Equal((0, "", 0), (plan.Code, plan.Error, model.Calls));
        Assert.Equal([input], Directory.GetFileSystemEntries(cli[""]));

        Outcome run = await cli.RunAsync([.. args, "--record", "none"]);
        JsonNode json = JsonNode.Parse(plan.Out)!;
        Assert.Equal(0, run.Code);
        Assert.InRange(json["calls"]!.GetValue<int>(), model.Calls, 20 * model.Calls);
        Assert.Equal(["asha", "ben", "chloe", "dmitri"], json["users"]!.AsArray().Select(u => u!["user"]!.GetValue<string>()));
    }

    [Fact]
    public async Task The_worst_case_holds_for_one_conversation_and_for_replies_that_cannot_be_read_at_first()
    {
        using var cli = new Cli();
        string input = cli.Write("people.jsonl", Enumerable.Range(0, 6).Select(i => People.Line("ann", "One?", $"Short {i}.", $"A long and winding answer of many words, number {i}.")));
        foreach (string effort in (string[])["standard", "thorough", "published"])
        {
            using var model = new WatchedModel();
            cli.Model = model;
            JsonNode plan = JsonNode.Parse((await cli.RunAsync("fit", input, "--output", cli["out"], "--effort", effort, "--json", "--dry-run")).Out)!;
            Assert.Equal("leaving one out", plan["users"]![0]!["split"]!.GetValue<string>());

            await cli.RunAsync("fit", input, "--output", cli["out"], "--effort", effort, "--store", "none");

            Assert.InRange(model.Calls, 1, plan["calls"]!.GetValue<int>());
        }
    }

    [Fact]
    public async Task The_plan_says_people_pairs_split_stages_and_money()
    {
        using var cli = new Cli();
        cli.Environment["OPENAI_API_KEY"] = "k";
        string prices = cli.Write("prices.json", """{"currency": "USD", "prices": [{"model": "small*", "input": 1, "output": 2}]}""");
        string input = cli.Write("people.jsonl", [.. People.Terse("ann", 10), .. People.Terse("bob", 1)]);

        Outcome plan = await cli.RunAsync("fit", input, "--all", "--output", cli["out"], "--model", "openai:small", "--prices", prices, "--dry-run");
        JsonNode json = JsonNode.Parse((await cli.RunAsync("fit", input, "--all", "--output", cli["out"], "--model", "openai:small", "--prices", prices, "--dry-run", "--json")).Out)!;

        long input1 = json["inputTokens"]!.GetValue<long>();
        long output = json["outputTokens"]!.GetValue<long>();
        Assert.Equal((0, ""), (plan.Code, plan.Error));
        Assert.Contains("ann: 7 pairs to learn from, 3 to compare on (by conversation)", plan.Out, StringComparison.Ordinal);
        Assert.Contains("bob: User 'bob' has one usable preference pair", plan.Out, StringComparison.Ordinal);
        Assert.Contains("writing the persona", plan.Out, StringComparison.Ordinal);
        Assert.Contains(" USD at most.", plan.Out, StringComparison.Ordinal);
        Assert.Equal((input1 + (2 * output)) / 1_000_000m, json["cost"]!.GetValue<decimal>());
    }

    [Fact]
    public async Task Without_a_price_the_plan_says_that_the_cost_is_not_known()
    {
        using var cli = new Cli();

        Outcome plan = await cli.RunAsync("fit", People.Sample, "--user", "ben", "--output", cli["out"], "--model", "ollama:any", "--dry-run");

        Assert.Contains("What that costs is not known: name a file with --prices.", plan.Out, StringComparison.Ordinal);
    }
}
