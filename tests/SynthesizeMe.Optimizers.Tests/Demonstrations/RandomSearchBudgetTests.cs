using Microsoft.Extensions.Time.Testing;
using SynthesizeMe.Signatures;

namespace SynthesizeMe.Optimizers.Tests;

public class RandomSearchBudgetTests
{
    private static readonly BootstrapFewShotWithRandomSearch<Choice> Search = new() { Metric = Pairs.Right, Candidates = 3, MaxBootstrappedDemos = 2 };

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task No_limit_on_calls_is_exceeded_and_every_call_is_accounted_for()
    {
        int needed = (await RunAsync(Judge.Lucky(2, .6), new Budget())).Usage.Calls;
        for (int calls = 0; calls <= needed; calls++)
        {
            var judge = Judge.Lucky(2, .6);
            var budget = new Budget { Calls = calls };

            OptimizationResult<Choice> result = await RunAsync(judge, budget);

            Assert.True(judge.Calls <= calls);
            Assert.Equal(judge.Calls, result.Usage.Calls);
            Assert.Equal(result.Usage, budget.Spent);
            Assert.Equal(calls < needed, result.Stopped is not null);
        }
    }

    [Fact]
    public async Task A_limit_on_calls_stops_at_the_same_place_at_any_MaxParallel()
    {
        for (int calls = 0; calls < 40; calls++)
        {
            OptimizationResult<Choice>[] results = [await RunAsync(1), await RunAsync(8)];

            Assert.Equal(Describe(results[0]), Describe(results[1]));

            Task<OptimizationResult<Choice>> RunAsync(int maxParallel) => (Search with { MaxParallel = maxParallel }).OptimizeAsync(
                Judge.Lucky(2, .6).OutOfOrder(), Pairs.Of(6), Pairs.Of(4, from: 100), new Budget { Calls = calls }, cancellationToken: Ct);
        }
    }

    [Fact]
    public async Task A_budget_spent_in_bootstrapping_says_so_and_keeps_what_was_found()
    {
        var judge = Judge.Perfect();

        OptimizationResult<Choice> result = await RunAsync(judge, new Budget { Calls = 1 });

        Assert.Equal("The budget does not allow another training example.", result.Stopped);
        Assert.Single(result.Verified);
        Assert.Equal(["zero-shot", "labelled", "bootstrap"], result.Candidates.Select(c => c.Name));
        Assert.Equal("bootstrap", result.Best.Name);
        Assert.Single(Pairs.DemosOf(result.Best.State), d => d.Verified);
        Assert.Equal(CandidateStatus.NotEvaluated, result.Best.Status);
    }

    [Fact]
    public async Task A_round_of_validation_that_the_budget_does_not_allow_is_not_begun()
    {
        var judge = Judge.Perfect();

        OptimizationResult<Choice> result = await (Search with { Candidates = 0 }).OptimizeAsync(
            judge.Program, Pairs.Of(2), Pairs.Of(8, from: 100), new Budget { Calls = 2 + 4 + 3 }, cancellationToken: Ct);

        Assert.Equal("The budget does not allow the next round of validation.", result.Stopped);
        Assert.Equal(2 + 4, judge.Calls);
        Assert.All(result.Candidates, c => Assert.Equal(CandidateStatus.NotEvaluated, c.Status));
        Assert.Equal([2, null, 2], result.Candidates.Select(c => c.Evaluation?.Results.Length));
    }

    [Fact]
    public async Task The_best_of_what_was_tried_is_returned()
    {
        var judge = new Judge(q => q.Item < 100 || q.Shown.Length == 0 ? q.Good : q.Bad);

        OptimizationResult<Choice> result = await (Search with { Candidates = 0 }).OptimizeAsync(
            judge.Program, Pairs.Of(2), Pairs.Of(8, from: 100), new Budget { Calls = 2 + 6 }, cancellationToken: Ct);

        Assert.NotNull(result.Stopped);
        Assert.Equal(("zero-shot", 1), (result.Best.Name, result.Best.Score));
    }

    [Fact]
    public async Task A_limit_on_tokens_is_never_exceeded()
    {
        for (int tokens = 0; tokens < 40_000; tokens += 2_500)
        {
            var judge = Judge.Lucky(2, .6);
            var budget = new Budget { Tokens = tokens, AssumedOutputTokens = 100 };

            OptimizationResult<Choice> result = await RunAsync(judge, budget);

            Assert.True(budget.Spent.TotalTokenCount <= tokens);
            Assert.Equal(budget.Spent, result.Usage);
        }
    }

    [Fact]
    public async Task A_deadline_in_the_middle_ends_the_search()
    {
        var clock = new FakeTimeProvider();
        var budget = new Budget { Deadline = clock.GetUtcNow().AddMinutes(10), Time = clock };
        var judge = new Judge(q =>
        {
            clock.Advance(TimeSpan.FromMinutes(1));
            return q.Good;
        });

        OptimizationResult<Choice> result = await (Search with { MaxParallel = 1 }).OptimizeAsync(
            judge.Program, Pairs.Of(4), Pairs.Of(8, from: 100), budget, cancellationToken: Ct);

        Assert.Equal(10, judge.Calls);
        Assert.Equal(10, result.Usage.Calls);
        Assert.NotNull(result.Stopped);
    }

    [Fact]
    public async Task The_program_that_is_returned_is_not_bound_by_the_budget()
    {
        OptimizationResult<Choice> result = await RunAsync(Judge.Perfect(), new Budget { Calls = 1 });

        Assert.Equal(Side.First, (await result.Program.PredictAsync(Pairs.One(200, Side.First).Value.ToInputs(), Ct)).Value.Preferred);
    }

    private static Task<OptimizationResult<Choice>> RunAsync(Judge judge, Budget budget) =>
        Search.OptimizeAsync(judge.Program, Pairs.Of(6), Pairs.Of(4, from: 100), budget, cancellationToken: Ct);

    private static string Describe(OptimizationResult<Choice> r) =>
        $"{r.Best.Name} {r.Usage} {r.Stopped} {string.Join(' ', r.Verified.Select(v => v.Example))} "
        + string.Join(' ', r.Candidates.Select(c => $"{c.Name} {c.Status} {c.Score} {ProgramStateJson.Write(c.State)}"));
}
