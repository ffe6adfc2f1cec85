using System.Text.Json.Nodes;

namespace SynthesizeMe.Cli.Tests;

/// <summary>The whole benchmark over HTTP, with OpenAI's own client, against a table that was worked out by hand from the script of the judge.</summary>
public sealed class BenchOverHttpTests
{
    private const string Methods = "longer,length-rule,direct,generic,history,persona,demos,persona+demos,chosen,rubric,self-consistency";
    private const string Prices = """{"prices": [{"model": "m", "input": 1, "output": 2}]}""";

    /// <summary>
    /// ann's four scores and bob's four, how many of the eight pairs have both orders for one completion, answers that named the first and the second, the
    /// pairs with a confidence of 0.7 and their scores, calls, unreadable orders.
    /// </summary>
    private static readonly Dictionary<string, Row> Table = new()
    {
        ["longer"] = new([1, 1, 1, 1], [0.5, 0.5, 0.5, 0.5], 4, 0, 4, 4, 4, 4, 0, 0),
        ["length-rule"] = new([1, 1, 1, 1], [0.5, 0.5, 0.5, 0.5], 4, 0, 4, 4, 4, 4, 0, 0),
        ["direct"] = new([0.5, 0.5, 0.5, 0.5], [0.5, 0.5, 0.5, 0.5], 0, 8, 16, 0, 0, 0, 16, 0),
        ["generic"] = new([1, 0, 0.5, 1], [1, 0, 0, 0.5], 6, 1, 8, 7, 3, 1, 17, 1),
        ["history"] = new([1, 1, 1, 1], [0, 0, 0, 0], 8, 0, 8, 8, 4, 0, 16, 0),
        ["persona"] = new([1, 1, 1, 1], [1, 1, 0, 0], 8, 0, 8, 8, 8, 6, 16, 0),
        ["demos"] = new([1, 1, 1, 1], [1, 1, 1, 1], 8, 0, 8, 8, 4, 4, 16, 0),
        ["persona+demos"] = new([0, 0, 0, 0], [0, 0, 0, 0], 8, 0, 8, 8, 4, 0, 16, 0),
        ["chosen"] = new([1, 1, 1, 1], [1, 0, 0, 0.5], 7, 0, 7, 8, 7, 5, 17, 1),
        ["rubric"] = new([1, 1, 1, 1], [0.5, 0.5, 0.5, 0.5], 4, 0, 4, 4, 4, 4, 24, 0),
        ["self-consistency"] = new([1, 1, 1, 1], [1, 0, 1, 0.5], 7, 0, 7, 8, 6, 5, 51, 1),
    };

    [Fact]
    public async Task The_table_is_right_to_the_last_digit()
    {
        using var judge = new ScriptedJudge();
        using var cli = new Cli();

        Outcome bench = await cli.RunAsync(Command(cli, judge));

        Assert.True(bench.Code == 0, bench.Error);
        JsonNode table = JsonNode.Parse(bench.Out)!["tables"]!.AsArray().Single()!;
        Assert.Equal(("people", 2), (table["data"]!.GetValue<string>(), table["users"]!.GetValue<int>()));
        Assert.Equal("""{"generic":1,"persona":1}""", table["chosen"]!.ToJsonString());
        Assert.Equal(Table.Keys, table["methods"]!.AsArray().Select(m => m!["name"]!.GetValue<string>()));
        Assert.All(table["methods"]!.AsArray(), m => Assert.Equal(Table[m!["name"]!.GetValue<string>()].Expected(Table["generic"]), Row.Of(m)));
        Assert.True(judge.Failed > 20, $"{judge.Failed} requests failed.");
    }

    [Fact]
    public async Task Every_reply_is_paid_for_once()
    {
        using var judge = new ScriptedJudge();
        using var cli = new Cli();

        Outcome first = await cli.RunAsync(Command(cli, judge));
        int answered = judge.Answered;
        Outcome again = await cli.RunAsync(Command(cli, judge));

        JsonNode table = JsonNode.Parse(first.Out)!["tables"]![0]!;
        int fits = table["fit"]!["calls"]!.GetValue<int>();

        // The chosen judge was not asked again.
        int tests = table["methods"]!.AsArray().Where(m => m!["name"]!.GetValue<string>() != "chosen").Sum(m => m!["calls"]!.GetValue<int>());
        Assert.InRange(answered, tests, fits + tests);
        Assert.Equal((first.Out, answered), (again.Out, judge.Answered));
    }

    private static string[] Command(Cli cli, ScriptedJudge judge) =>
    [
        "bench", cli.Write("people.jsonl", ScriptedJudge.Lines), "--methods", Methods, "--output", cli["out"], "--samples", "3", "--json", "--effort", "published",
        "--model", "openai:m", "--endpoint", judge.Address, "--prices", cli.Write("prices.json", Prices),
    ];

    /// <summary>A row of the table as numbers that can be counted on the fingers.</summary>
    private sealed record Row(
        double[] Ann, double[] Bob, int Consistent, int Inconsistent, int First, int Second, int Answered, double AnsweredScore, int Calls, int Failures)
    {
        public string Expected(Row generic)
        {
            double ann = Ann.Sum() / 4;
            double bob = Bob.Sum() / 4;
            double overAnn = Ann.Zip(generic.Ann, (own, other) => own - other).Sum() / 4;
            double overBob = Bob.Zip(generic.Bob, (own, other) => own - other).Sum() / 4;
            return Text(
                (Ann.Sum() + Bob.Sum()) / 8,
                Math.Min(ann, bob),
                Math.Max(ann, bob),
                Inconsistent,
                Consistent / 8.0,
                First + Second == 0 ? 0 : (double)(First - Second) / (First + Second),
                Answered / 8.0,
                Answered == 0 ? null : AnsweredScore / Answered,
                ReferenceEquals(this, generic) ? null : (overAnn + overBob) / 2,
                ReferenceEquals(this, generic) ? null : Math.Min(overAnn, overBob),
                ReferenceEquals(this, generic) ? null : Math.Max(overAnn, overBob),
                Calls,
                Calls * 10,
                Calls * 5,
                Calls * 0.00002m,
                Failures);
        }

        public static string Of(JsonNode m) => Text(
            m["accuracy"]!.GetValue<double>(),
            m["low"]!.GetValue<double>(),
            m["high"]!.GetValue<double>(),
            m["inconsistent"]!.GetValue<int>(),
            m["consistency"]!.GetValue<double>(),
            m["positionBias"]!.GetValue<double>(),
            m["coverage"]!.GetValue<double>(),
            m["answeredAccuracy"]?.GetValue<double>(),
            m["difference"]?["mean"]!.GetValue<double>(),
            m["difference"]?["low"]!.GetValue<double>(),
            m["difference"]?["high"]!.GetValue<double>(),
            m["calls"]!.GetValue<int>(),
            m["inputTokens"]!.GetValue<long>(),
            m["outputTokens"]!.GetValue<long>(),
            m["cost"]!.GetValue<decimal>(),
            m["failures"]!.GetValue<int>());

        private static string Text(
            double accuracy, double low, double high, int inconsistent, double consistency, double bias, double coverage, double? answered,
            double? gain, double? gainLow, double? gainHigh, int calls, long input, long output, decimal cost, int failures) => FormattableString.Invariant(
                $"accuracy {accuracy:R} {low:R} {high:R}, inconsistent {inconsistent}, consistency {consistency:R}, bias {bias:R}, answered {coverage:R} {answered:R}, gain {gain:R} {gainLow:R} {gainHigh:R}, {calls} calls, {input} {output} tokens, {cost / 1.0000000m} money, {failures} failures");
    }
}
