using System.Text.Json.Nodes;
using SynthesizeMe.Testing;

namespace SynthesizeMe.Cli.Tests;

public sealed class EvaluateTests
{
    private static readonly string[] MethodKeys =
        ["name", "accuracy", "low", "high", "pairs", "inconsistent", "positionBias", "calls", "inputTokens", "outputTokens", "failures"];

    [Fact]
    public async Task Json_has_the_methods_over_all_and_for_each_user()
    {
        using var cli = new Cli();

        Outcome evaluation = await cli.RunAsync("evaluate", People.Sample, "--json");

        JsonNode json = JsonNode.Parse(evaluation.Out)!;
        Assert.Equal((0, ""), (evaluation.Code, evaluation.Error));
        Assert.Equal(4, json["users"]!.GetValue<int>());
        Assert.Equal(["generic", "history", "persona", "demos", "persona+demos", "chosen"], Names(json["methods"]!));
        Assert.All(json["methods"]!.AsArray(), m =>
        {
            Assert.Equal(MethodKeys, m!.AsObject().Select(p => p.Key));
            Assert.InRange(m["accuracy"]!.GetValue<double>(), m["low"]!.GetValue<double>(), m["high"]!.GetValue<double>());
            Assert.InRange(m["high"]!.GetValue<double>(), 0, 1);
        });
        Assert.Equal(["asha", "ben", "chloe", "dmitri"], json["perUser"]!.AsArray().Select(u => u!["user"]!.GetValue<string>()));
        Assert.All(json["perUser"]!.AsArray(), u =>
        {
            Assert.Contains(u!["chosen"]!.GetValue<string>(), Names(u["methods"]!));
            Assert.True(u["fitCalls"]!.GetValue<int>() > 0);
        });
        Assert.Equal(json["fitCalls"]!.GetValue<int>(), json["perUser"]!.AsArray().Sum(u => u!["fitCalls"]!.GetValue<int>()));
        Assert.Null(json["interrupted"]);
    }

    [Fact]
    public async Task The_same_seed_gives_the_same_bytes_at_any_parallel()
    {
        using var cli = new Cli();

        Outcome one = await cli.RunAsync("evaluate", People.Sample, "--json", "--parallel", "1", "--seed", "5");
        Outcome eight = await cli.RunAsync("evaluate", People.Sample, "--json", "--parallel", "8", "--seed", "5");

        Assert.Equal(one, eight);
    }

    [Fact]
    public async Task Text_has_a_table_of_methods_and_one_of_users()
    {
        using var cli = new Cli();

        Outcome evaluation = await cli.RunAsync("evaluate", People.Sample);

        Assert.StartsWith("4 users, 40 test pairs; model offline, seed 0\n", evaluation.Out, StringComparison.Ordinal);
        Assert.Matches(@"\n  method +accuracy +95 % interval +pairs +inconsistent +bias +calls\n", evaluation.Out);
        Assert.Matches(@"\n  persona\+demos +\d+\.\d % +\d+\.\d to \d+\.\d +40 +\d+ ", evaluation.Out);
        Assert.Matches(@"\n  dmitri +\d+\.\d % +\d+\.\d % +10 ", evaluation.Out);
        Assert.Contains("The intervals of fewer than 6 people are too narrow to tell of others.", evaluation.Out, StringComparison.Ordinal);
        Assert.Matches(@"\nChosen: \S+ \d", evaluation.Out);
        Assert.Matches(@"\nSpent on fits: [\d,]+ calls, [\d,]+ tokens; on tests: ", evaluation.Out);
        Assert.All(evaluation.Out.Split('\n'), line => Assert.Equal(line.TrimEnd(), line));
    }

    [Fact]
    public async Task A_judge_that_always_says_first_scores_half_and_is_called_biased()
    {
        using var cli = new Cli { Model = new ScriptedChatClient(Biased.Answer) };

        Outcome text = await cli.RunAsync("evaluate", People.Sample);
        Outcome json = await cli.RunAsync("evaluate", People.Sample, "--json");

        Assert.Contains("Biased by position: generic", text.Out, StringComparison.Ordinal);
        Assert.Matches(@"generic +50\.0 % .* \+1\.00 biased ", text.Out);
        JsonNode generic = JsonNode.Parse(json.Out)!["methods"]![0]!;
        Assert.Equal((0.5, 1.0, 40), (generic["accuracy"]!.GetValue<double>(), generic["positionBias"]!.GetValue<double>(), generic["inconsistent"]!.GetValue<int>()));
    }

    [Fact]
    public async Task The_test_fraction_decides_how_many_pairs_are_tested_on()
    {
        using var cli = new Cli();

        Outcome evaluation = await cli.RunAsync("evaluate", People.Sample, "--json", "--test-fraction", "0.2");

        Assert.Equal(16, JsonNode.Parse(evaluation.Out)!["methods"]![0]!["pairs"]!.GetValue<int>());
    }

    [Fact]
    public async Task The_people_of_the_sample_are_predicted_better_than_by_the_generic_judge()
    {
        using var cli = new Cli();

        Outcome evaluation = await cli.RunAsync("evaluate", People.Sample, "--json", "--test-fraction", "0.33");

        JsonNode[] methods = [.. JsonNode.Parse(evaluation.Out)!["methods"]!.AsArray().Select(m => m!)];
        Assert.True(methods[^1]["accuracy"]!.GetValue<double>() > methods[0]["accuracy"]!.GetValue<double>() + 0.15);
    }

    [Fact]
    public async Task Users_that_cannot_be_measured_are_named()
    {
        using var cli = new Cli();
        string input = cli.Write("people.jsonl", [.. People.Terse("ada", 6), .. People.Terse("bob", 1)]);
        string few = cli.Write("few.jsonl", People.Terse("bob", 1));

        Outcome some = await cli.RunAsync("evaluate", input, "--json");
        Outcome none = await cli.RunAsync("evaluate", few);

        Assert.Equal(0, some.Code);
        Assert.Contains("warning: user 'bob' is left out: ", some.Error, StringComparison.Ordinal);
        Assert.Equal("bob", JsonNode.Parse(some.Out)!["skipped"]![0]!["user"]!.GetValue<string>());
        Assert.Equal((1, ""), (none.Code, none.Out));
        Assert.Contains("no user can be measured", none.Error, StringComparison.Ordinal);
    }

    private static IEnumerable<string> Names(JsonNode methods) => methods.AsArray().Select(m => m!["name"]!.GetValue<string>());
}
