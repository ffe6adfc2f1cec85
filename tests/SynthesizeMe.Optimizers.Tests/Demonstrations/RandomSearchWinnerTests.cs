using SynthesizeMe.Signatures;

namespace SynthesizeMe.Optimizers.Tests;

public class RandomSearchWinnerTests
{
    private static readonly BootstrapFewShotWithRandomSearch<Choice> Search = new() { Metric = Pairs.Right, Candidates = 6 };

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_highest_validation_score_wins()
    {
        // Whoever is shown pair 3 is right on everything; the others are right on half.
        var judge = new Judge(q => q.Shown.Contains(3) || q.Item < 100 || q.Item % 2 == 0 ? q.Good : q.Bad);

        OptimizationResult<Choice> result = await RunAsync(
            Search with { Candidates = 16, MaxBootstrappedDemos = 1, MaxLabeledDemos = 0 }, judge);

        Assert.Equal(1, result.Best.Score);
        Assert.Equal([3], Pairs.DemosOf(result.Best.State).Select(d => Pairs.ItemOf(d.Value)));
        Assert.Equal(result.Best.State, result.Program.State);
    }

    [Fact]
    public async Task A_tie_prefers_verified_demos()
    {
        OptimizationResult<Choice> result = await RunAsync(Search, Judge.Perfect());

        Assert.All(result.Candidates.Where(c => c.Status == CandidateStatus.Evaluated), c => Assert.Equal(1, c.Score));
        Assert.Equal("bootstrap", result.Best.Name);
        Assert.Equal(4, Pairs.DemosOf(result.Best.State).Count(d => d.Verified));
    }

    [Fact]
    public async Task A_tie_without_verified_demos_prefers_more_demos()
    {
        OptimizationResult<Choice> result = await RunAsync(Search, Judge.Hopeless());

        Assert.Equal(0, result.Best.Score);
        Assert.Equal("labelled", result.Best.Name);
    }

    [Fact]
    public async Task A_tie_of_equal_evidence_prefers_the_earlier_candidate()
    {
        OptimizationResult<Choice> result = await RunAsync(Search with { MaxBootstrappedDemos = 1, MaxLabeledDemos = 0 }, Judge.Perfect());

        Assert.Equal("bootstrap", result.Best.Name);
    }

    [Fact]
    public async Task A_better_score_beats_more_evidence()
    {
        var judge = new Judge(q => q.Item < 100 || q.Shown.Length == 0 ? q.Good : q.Bad);

        OptimizationResult<Choice> result = await RunAsync(Search, judge);

        Assert.Equal(("zero-shot", 1), (result.Best.Name, result.Best.Score));
    }

    [Fact]
    public async Task A_perfect_judge_keeps_its_reasoning()
    {
        OptimizationResult<Choice> result = await RunAsync(Search, Judge.Perfect());

        Assert.All(Pairs.DemosOf(result.Best.State).Where(d => d.Verified), d => Assert.Equal($"because of {Pairs.ItemOf(d.Value)}", d.Reasoning));
        ChatPrompt prompt = ((ChainOfThought<Choice>)result.Program).Render(Pairs.One(9, Side.First).Value.ToInputs());
        Assert.Contains("[[ ## reasoning ## ]]\nbecause of 1", prompt.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_judge_that_always_says_first_scores_a_half_in_both_orders()
    {
        OptimizationResult<Choice> result = await Search.OptimizeAsync(
            new Judge(_ => Side.First).Program, Pairs.BothOrders(6), Pairs.BothOrders(4, from: 100), cancellationToken: Ct);

        Assert.Equal(.5, result.Best.Score);
        Assert.All(result.Candidates.Where(c => c.Status == CandidateStatus.Evaluated), c => Assert.Equal(.5, c.Score));
    }

    [Fact]
    public async Task The_best_of_some_candidates_is_found_by_the_same_rule()
    {
        OptimizationResult<Choice> result = await RunAsync(Search with { LeaveEarly = false }, Judge.Perfect());

        Assert.Same(result.Best, result.BestOf(_ => true));
        Assert.Equal("labelled", result.BestOf(c => Pairs.DemosOf(c.State).All(d => !d.Verified))!.Name);
        Assert.Null(result.BestOf(_ => false));
    }

    [Fact]
    public async Task An_unreadable_reply_in_validation_is_a_failure_of_its_example()
    {
        var judge = new Judge(q => q.Item == 101 ? Judge.Nonsense : Judge.Reply(q.Good, "because"));

        OptimizationResult<Choice> result = await RunAsync(Search, judge);

        Assert.Equal(7 / 8.0, result.Best.Score);
        Assert.Equal("pair 101", Assert.Single(result.Best.Evaluation!.Failures).Example.Id);
    }

    [Fact]
    public async Task Every_confirmed_run_is_reported_whoever_wins()
    {
        OptimizationResult<Choice> result = await RunAsync(Search with { MaxBootstrappedDemos = null }, Judge.RightOn(i => i % 2 == 0 && i < 100));

        Assert.Equal([0, 2, 4, 6, 8], result.Verified.Select(v => Pairs.ItemOf(v.Example.Value)));
    }

    [Fact]
    public async Task A_lost_connection_ends_the_search()
    {
        var judge = new Judge((Func<Question, Side>)(_ => throw new HttpRequestException("No route.")));

        await Assert.ThrowsAsync<HttpRequestException>(() => RunAsync(Search, judge));
    }

    [Fact]
    public async Task A_cancelled_search_makes_no_further_call()
    {
        using var cancellation = new CancellationTokenSource();
        var judge = new Judge(q =>
        {
            cancellation.Cancel();
            return q.Good;
        });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => (Search with { MaxParallel = 1 }).OptimizeAsync(
            judge.Program, Pairs.Of(10), Pairs.Of(8, from: 100), cancellationToken: cancellation.Token));

        Assert.Equal(1, judge.Calls);
    }

    private static Task<OptimizationResult<Choice>> RunAsync(BootstrapFewShotWithRandomSearch<Choice> search, Judge judge) =>
        search.OptimizeAsync(judge.Program, Pairs.Of(10), Pairs.Of(8, from: 100), cancellationToken: Ct);
}
