using System.Collections.Immutable;
using System.Globalization;
using SynthesizeMe.Benchmarking.Tests.Runs;
using SynthesizeMe.Optimizers;
using SynthesizeMe.Testing;

namespace SynthesizeMe.Benchmarking.Tests.Tables;

public class BenchmarkTableTests
{
    [Fact]
    public void A_gain_is_paired_with_the_generic_judge_and_clustered_by_person()
    {
        // ann gains a half on each of two pairs, bob loses one on his only one; the third of ann's pairs was put to the method alone.
        MethodRow row = Row(
            [("ann", "1", 0.5), ("ann", "2", 0), ("bob", "1", 1)],
            [("ann", "1", 1), ("ann", "2", 0.5), ("ann", "3", 1), ("bob", "1", 0)]);

        Assert.Equal(new DifferenceFigures(0, -1, 0.5, 3), row.Difference);
        Assert.Equal(2.5 / 4, row.Accuracy);
        Assert.Equal((4, 2), (row.Pairs, row.Users));
    }

    [Fact]
    public void A_gain_of_one_person_alone_may_be_anything()
    {
        MethodRow row = Row([("ann", "1", 0.5)], [("ann", "1", 1)]);

        Assert.Equal(new DifferenceFigures(0.5, -1, 1, 1), row.Difference);
        Assert.Equal((0d, 1d), (row.Low, row.High));
    }

    [Fact]
    public void There_is_no_gain_over_a_judge_that_was_not_asked()
    {
        Assert.Null(Row([], [("ann", "1", 1)]).Difference);
        Assert.Null(Rows([("ann", "1", 1)], [])[0].Difference);
    }

    [Theory]
    [InlineData(0.5, 4, 0.75)]
    [InlineData(0.7, 2, 0.5)]
    [InlineData(0.9, 1, 1.0)]
    [InlineData(0.95, 1, 1.0)]
    public void A_method_abstains_where_it_is_less_sure(double confidence, int answered, double accuracy)
    {
        // Right and unsure, wrong and rather sure, right without saying how sure, right and unsure, and orders that disagree.
        ResultRecord[] results =
        [
            Result("method", "ann", "1", 1) with { Confidence = 0.6 },
            Result("method", "ann", "2", 0) with { Confidence = 0.8 },
            Result("method", "ann", "3", 1),
            Result("method", "bob", "4", 1) with { Confidence = 0.5 },
            Result("method", "bob", "5", 0.5) with { Confidence = 0.5 },
        ];

        MethodRow row = BenchmarkTables.Of(Run(results, ["method"], confidence)).Tables[0].Methods[0];

        Assert.Equal((answered / 5.0, accuracy), (row.Coverage, row.AnsweredAccuracy));
    }

    [Fact]
    public void A_method_that_never_says_how_sure_it_is_is_not_said_to_be_unsure_where_its_orders_disagree()
    {
        ResultRecord[] results =
        [
            Result("method", "ann", "1", 0.5) with { Confidence = 0.5 },
            Result("method", "ann", "2", 0.5) with { Confidence = 0.5 },
            Result("method", "ann", "3", 1),
        ];

        Assert.Null(BenchmarkTables.Of(Run(results, ["method"])).Tables[0].Methods[0].Coverage);
    }

    [Fact]
    public void Ids_of_two_data_sets_are_two_people()
    {
        ResultRecord[] results = [Result("generic", "1", "a", 1), Result("generic", "1", "a", 0) with { Data = "other" }];
        BenchmarkRun run = Run(results, ["generic"]);
        run = run with { Run = run.Run with { DataSets = [.. run.Run.DataSets, run.Run.DataSets[0] with { Name = "other" }] } };

        ImmutableArray<BenchmarkTable> tables = BenchmarkTables.Of(run).Tables;

        Assert.Equal(["people", "other", null], tables.Select(t => t.Data));
        Assert.Equal([1d, 0d, 0.5], tables.Select(t => t.Methods[0].Accuracy!.Value));
        Assert.Equal((2, 0d, 1d), (tables[2].Methods[0].Users, tables[2].Methods[0].Low, tables[2].Methods[0].High));
    }

    [Fact]
    public void Money_is_added_up_where_there_is_a_price()
    {
        ResultRecord[] results = [Result("generic", "ann", "1", 1), Result("generic", "ann", "2", 1)];
        results = [.. results.Select(r => r with { Spend = new(2, 300, 40) { Cost = 0.001m } })];

        MethodRow priced = BenchmarkTables.Of(Run(results, ["generic"])).Tables[0].Methods[0];
        BenchmarkRun free = Run(results, ["generic"]);
        MethodRow unpriced = BenchmarkTables.Of(free with { Run = free.Run with { Price = null } }).Tables[0].Methods[0];

        Assert.Equal((4, 600, 80, 0.002m), (priced.Calls, priced.InputTokens, priced.OutputTokens, priced.Cost));
        Assert.Null(unpriced.Cost);
    }

    [Fact]
    public void Money_is_not_known_where_the_tokens_of_a_call_are_not()
    {
        ResultRecord[] results = [Result("generic", "ann", "1", 1) with { Spend = new(2, 300, 40) { Cost = 0.001m } }, Result("generic", "ann", "2", 1) with { Spend = new(2, 150, 20) { UncountedCalls = 1 } }];

        MethodRow row = BenchmarkTables.Of(Run(results, ["generic"])).Tables[0].Methods[0];

        Assert.Equal((4, 1, 450, null), (row.Calls, row.UncountedCalls, row.InputTokens, row.Cost));
    }

    [Fact]
    public void Tables_are_written_as_markdown_and_json()
    {
        ResultRecord[] results =
        [
            Result("generic", "ann", "1", 1) with { Confidence = 0.9 },
            Result("generic", "bob", "2", 0) with { Confidence = 0.6, Spend = new(3, 100, 20) { Cost = 0.00012m } },
            Result("persona", "ann", "1", 1),
            Result("persona", "bob", "2", 0.5),
        ];
        BenchmarkRun run = Run(results, ["generic", "persona", "demos"]);
        run = run with
        {
            Run = run.Run with
            {
                Interrupted = "stopped | <b>.",
                Methods = run.Run.Methods.SetItem(2, run.Run.Methods[2] with { NotAvailable = ImmutableSortedDictionary<string, string>.Empty.Add("people", "no | reason") }),
            },
            Users = [.. Records.Full.Users],
        };

        BenchmarkTables tables = BenchmarkTables.Of(run);

        Snapshot.Match(tables.ToMarkdown(), extension: "md");
        Snapshot.Match(tables.ToJson(), extension: "json");
    }

    private static MethodRow Row((string User, string Pair, double Score)[] generic, (string User, string Pair, double Score)[] method) => Rows(generic, method)[1];

    private static ImmutableArray<MethodRow> Rows((string User, string Pair, double Score)[] generic, (string User, string Pair, double Score)[] method) =>
        BenchmarkTables.Of(Run(
            [.. generic.Select(r => Result("generic", r.User, r.Pair, r.Score)), .. method.Select(r => Result("method", r.User, r.Pair, r.Score))],
            ["generic", "method"])).Tables[0].Methods;

    private static ResultRecord Result(string method, string user, string pair, double score) => new()
    {
        Data = "people",
        User = user,
        Method = method,
        Pair = pair,
        Conversation = pair,
        Forward = score > 0 ? Said.First : Said.Second,
        Backward = score == 1 ? Said.Second : Said.First,
        Score = score,
        Spend = new(2, 20, 10) { Cost = 0 },
    };

    private static BenchmarkRun Run(ResultRecord[] results, string[] methods, double confidence = 0.7) => new(
        Records.Full.Run with
        {
            Interrupted = null,
            Price = new TokenPrice(1, 1),
            Settings = Records.Full.Run.Settings with { Confidence = confidence },
            Methods = [.. methods.Select(m => new RunMethod { Name = m, About = string.Create(CultureInfo.InvariantCulture, $"Method {m}."), NotAvailable = ImmutableSortedDictionary<string, string>.Empty })],
        },
        [],
        [.. results]);
}
