using System.Text.Json;
using System.Text.Json.Nodes;

namespace SynthesizeMe.Cli.Tests;

public sealed class FitTests
{
    [Fact]
    public async Task A_fit_tells_what_was_chosen_and_saves_the_judge()
    {
        using var cli = new Cli();

        Outcome fit = await cli.RunAsync("fit", People.Sample, "--user", "chloe", "--output", cli["out"]);

        string file = cli[Path.Combine("out", "chloe.judge.json")];
        JudgeArtefact judge = await JudgeArtefact.LoadAsync(file, TestContext.Current.CancellationToken);
        Assert.Equal((0, ""), (fit.Code, fit.Error));
        Assert.StartsWith("chloe\n  method         ", fit.Out, StringComparison.Ordinal);
        foreach (string label in (string[])["validation     generic ", "demonstrations ", "persona        ", "spent          ", $"file           {file}"])
        {
            Assert.Contains($"\n  {label}", fit.Out, StringComparison.Ordinal);
        }

        Assert.Equal("chloe", judge.Provenance.UserId);
    }

    [Fact]
    public async Task All_users_are_fitted_and_json_is_all_there_is_on_the_standard_output()
    {
        using var cli = new Cli();

        Outcome fit = await cli.RunAsync("fit", People.Sample, "--all", "--output", cli["out"], "--json");

        JsonNode json = JsonNode.Parse(fit.Out)!;
        Assert.Equal((0, $"4 users fitted, 0 left out, in {cli["out"]}\n"), (fit.Code, fit.Error));
        Assert.Equal(["asha", "ben", "chloe", "dmitri"], json["fits"]!.AsArray().Select(f => f!["user"]!.GetValue<string>()));
        Assert.All(json["fits"]!.AsArray(), f => Assert.True(File.Exists(f!["file"]!.GetValue<string>())));
        Assert.Null(json["interrupted"]);
    }

    [Fact]
    public async Task The_same_seed_gives_the_same_bytes_at_any_parallel()
    {
        using var cli = new Cli();

        Outcome one = await cli.RunAsync("fit", People.Sample, "--all", "--output", cli["out"], "--json", "--seed", "3", "--parallel", "1", "--store", "none");
        string[] files = Directory.GetFiles(cli["out"], "*.judge.json");
        byte[][] bytes = [.. files.Select(File.ReadAllBytes)];
        Outcome eight = await cli.RunAsync("fit", People.Sample, "--all", "--output", cli["out"], "--json", "--seed", "3", "--parallel", "8", "--store", "none");

        Assert.Equal(one, eight);
        Assert.Equal(bytes, files.Select(File.ReadAllBytes));
    }

    [Fact]
    public async Task The_seed_decides()
    {
        using var cli = new Cli();

        Outcome zero = await cli.RunAsync("fit", People.Sample, "--all", "--output", cli["out"], "--json");
        Outcome one = await cli.RunAsync("fit", People.Sample, "--all", "--output", cli["out"], "--json", "--seed", "1");

        Assert.NotEqual(zero.Out, one.Out);
    }

    [Fact]
    public async Task Fewer_candidates_cost_fewer_calls()
    {
        using var cli = new Cli();
        string[] command = ["fit", People.Sample, "--user", "asha", "--output", cli["out"], "--json", "--effort", "published"];

        Outcome ten = await cli.RunAsync(command);
        Outcome two = await cli.RunAsync([.. command, "--candidates", "2"]);

        Assert.True(Calls(two) < Calls(ten));
    }

    [Fact]
    public async Task Less_effort_costs_fewer_calls()
    {
        using var cli = new Cli();
        var calls = new List<int>();
        foreach (string effort in (string[])["quick", "standard", "thorough"])
        {
            calls.Add(Calls(await cli.RunAsync("fit", People.Sample, "--user", "asha", "--output", cli["out"], "--json", "--effort", effort)));
        }

        Assert.Equal(calls.Order(), calls);
        Assert.Distinct(calls);
    }

    [Fact]
    public async Task Users_with_too_few_pairs_are_named_and_left_out()
    {
        using var cli = new Cli();
        string input = cli.Write("people.jsonl", [.. People.Terse("ada", 4), .. People.Terse("bob", 1)]);
        string few = cli.Write("few.jsonl", [.. People.Terse("ada", 1), .. People.Terse("bob", 1)]);

        Outcome some = await cli.RunAsync("fit", input, "--all", "--output", cli["out"], "--json");
        Outcome none = await cli.RunAsync("fit", few, "--all", "--output", cli["none"]);

        Assert.Equal(0, some.Code);
        Assert.Contains("warning: User 'bob' has one usable preference pair", some.Error, StringComparison.Ordinal);
        Assert.Equal("bob", JsonNode.Parse(some.Out)!["skipped"]![0]!["user"]!.GetValue<string>());
        Assert.Equal((1, ""), (none.Code, none.Out));
        Assert.Contains("0 users fitted, 2 left out", none.Error, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(cli["none"], "*.judge.json"));
    }

    [Theory]
    [InlineData("../../outside")]
    [InlineData("/etc/passwd")]
    [InlineData("..")]
    [InlineData("a/b")]
    public async Task An_id_never_leaves_the_output_directory(string user)
    {
        using var cli = new Cli();
        string input = cli.Write("people.jsonl", People.Terse(user, 4));
        string output = cli[Path.Combine("deep", "down", "out")];

        Outcome fit = await cli.RunAsync("fit", input, "--output", output, "--json");

        string file = Assert.Single(Directory.GetFiles(cli[""], "*.judge.json", SearchOption.AllDirectories));
        Assert.Equal(0, fit.Code);
        Assert.Equal(output, Path.GetDirectoryName(file));
        Assert.Equal(user, JsonDocument.Parse(fit.Out).RootElement.GetProperty("fits")[0].GetProperty("user").GetString());
    }

    [Fact]
    public async Task A_persona_that_the_chosen_judge_does_not_use_is_marked()
    {
        using var cli = new Cli();

        Outcome text = await cli.RunAsync("fit", People.Sample, "--all", "--output", cli["out"]);
        Outcome json = await cli.RunAsync("fit", People.Sample, "--all", "--output", cli["out"], "--json");

        int unused = JsonNode.Parse(json.Out)!["fits"]!.AsArray().Count(f =>
            f!["persona"] is not null && !f["method"]!.GetValue<string>().StartsWith("persona", StringComparison.Ordinal));
        Assert.Equal(unused, text.Out.Split("(not used by the chosen judge)").Length - 1);
    }

    private static int Calls(Outcome fit) => JsonNode.Parse(fit.Out)!["fits"]![0]!["calls"]!.GetValue<int>();
}
