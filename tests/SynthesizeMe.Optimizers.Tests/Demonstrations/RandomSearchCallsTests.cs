using CsCheck;

namespace SynthesizeMe.Optimizers.Tests;

public class RandomSearchCallsTests
{
    private static readonly BootstrapFewShotWithRandomSearch<Choice> Search = new() { Metric = Pairs.Right };

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_training_view_is_run_at_most_once_however_many_candidates_there_are()
    {
        var judge = Judge.Lucky(1, .5);

        await (Search with { Candidates = 50 }).OptimizeAsync(
            judge.Program, Pairs.BothOrders(10), Pairs.Of(4, from: 100), cancellationToken: Ct);

        Assert.All(judge.Asked.Where(q => q.Item < 100).GroupBy(q => (q.Item, q.Good)), g => Assert.Single(g));
    }

    [Fact]
    public async Task Once_the_pool_is_full_a_further_candidate_costs_validation_calls_only()
    {
        var few = Judge.Perfect();
        var many = Judge.Perfect();
        BootstrapFewShotWithRandomSearch<Choice> all = Search with { MaxBootstrappedDemos = null, LeaveEarly = false };

        OptimizationResult<Choice> one = await (all with { Candidates = 4 }).OptimizeAsync(
            few.Program, Pairs.Of(10), Pairs.Of(4, from: 100), cancellationToken: Ct);
        OptimizationResult<Choice> other = await (all with { Candidates = 8 }).OptimizeAsync(
            many.Program, Pairs.Of(10), Pairs.Of(4, from: 100), cancellationToken: Ct);

        int added = other.Candidates.Count(c => c.SameAs is null) - one.Candidates.Count(c => c.SameAs is null);
        Assert.Equal(4 * added, many.Calls - few.Calls);
    }

    [Fact]
    public Task The_calls_are_bounded_by_those_of_the_published_algorithm() => Searches.SampleAsync(async s =>
    {
        var judge = Judge.Lucky(s.Salt, s.Accuracy);

        await s.Search.OptimizeAsync(judge.Program, s.Train, s.Validation, cancellationToken: Ct);

        Assert.True(judge.Asked.Count(q => q.Item >= 100) <= (s.Search.Candidates + 3) * s.Validation.Length);
        Assert.True(judge.Asked.Count(q => q.Item < 100) <= s.Search.MaxRounds * s.Train.Length);
    },
    iter: 100);

    [Fact]
    public Task The_usage_is_what_the_client_was_asked_and_the_candidates_parts_of_it() => Searches.SampleAsync(async s =>
    {
        var judge = new Judge(q => q.Luck(~s.Salt) < .1 ? Judge.Nonsense : Judge.Reply(q.Luck(s.Salt) < s.Accuracy ? q.Good : q.Bad, "because"));
        try
        {
            OptimizationResult<Choice> result = await s.Search.OptimizeAsync(judge.Program, s.Train, s.Validation, cancellationToken: Ct);
            Assert.Equal(judge.Calls, result.Usage.Calls);
            Assert.Equal(judge.Asked.Count(q => q.Item >= 100), result.Candidates.Sum(c => c.Usage.Calls));
        }
        catch (UnreadableRepliesException e)
        {
            Assert.Equal(judge.Calls, e.Usage.Calls);
        }
    },
    iter: 100);

    [Fact]
    public Task Leaving_early_finds_the_same_winner_for_no_more_calls() => Searches.SampleAsync(async s =>
    {
        var early = Judge.Lucky(s.Salt, s.Accuracy);
        var patient = Judge.Lucky(s.Salt, s.Accuracy);

        OptimizationResult<Choice> one = await s.Search.OptimizeAsync(early.Program, s.Train, s.Validation, cancellationToken: Ct);
        OptimizationResult<Choice> other = await (s.Search with { LeaveEarly = false }).OptimizeAsync(
            patient.Program, s.Train, s.Validation, cancellationToken: Ct);

        Assert.Equal((other.Best.Name, other.Best.Score, CandidateStatus.Evaluated), (one.Best.Name, one.Best.Score, one.Best.Status));
        Assert.Equal(other.Best.State, one.Best.State);
        Assert.True(early.Calls <= patient.Calls);
    },
    iter: 300);

    [Fact]
    public Task Leaving_early_finds_the_same_winner_by_fractional_scores() => Searches.SampleAsync(async s =>
    {
        var judge = new Judge(q => Judge.Reply(q.Good, $"{(int)(q.Luck(s.Salt) * 10)}"));
        BootstrapFewShotWithRandomSearch<Choice> search = s.Search with
        {
            Metric = (_, prediction, _) => new(new Score((prediction.Reasoning![0] - '0' + 1) / 10.0)),
            Threshold = .5,
        };

        OptimizationResult<Choice> one = await search.OptimizeAsync(judge.Program, s.Train, s.Validation, cancellationToken: Ct);
        OptimizationResult<Choice> other = await (search with { LeaveEarly = false }).OptimizeAsync(
            judge.Program, s.Train, s.Validation, cancellationToken: Ct);

        Assert.Equal((other.Best.Name, other.Best.Score), (one.Best.Name, one.Best.Score));
    },
    iter: 200);

    [Fact]
    public async Task A_hopeless_candidate_is_spared_the_remaining_examples()
    {
        var judge = new Judge(q => q.Item >= 100 && q.Shown.Contains(0) ? q.Bad : q.Good);

        OptimizationResult<Choice> result = await (Search with { Candidates = 8, MaxBootstrappedDemos = 2, MaxLabeledDemos = 0 }).OptimizeAsync(
            judge.Program, Pairs.Of(3), Pairs.Of(40, from: 100), cancellationToken: Ct);

        Candidate<Choice>[] left = [.. result.Candidates.Where(c => c.Status == CandidateStatus.OutOfReach)];
        Assert.NotEmpty(left);
        Assert.All(left, c => Assert.InRange(c.Evaluation!.Results.Length, 10, 30));
        Assert.All(left, c => Assert.Contains(0, Pairs.DemosOf(c.State).Select(d => Pairs.ItemOf(d.Value))));
        Assert.Equal(judge.Calls, result.Usage.Calls);
    }

    [Fact]
    public Task A_candidate_counts_as_evaluated_exactly_when_it_was_tried_on_everything() => Searches.SampleAsync(async s =>
    {
        var judge = Judge.Lucky(s.Salt, s.Accuracy);

        OptimizationResult<Choice> result = await s.Search.OptimizeAsync(judge.Program, s.Train, s.Validation, cancellationToken: Ct);

        Assert.All(result.Candidates.Where(c => c.Status != CandidateStatus.Duplicate), c => Assert.Equal(
            c.Evaluation?.Results.Length == s.Validation.Length ? CandidateStatus.Evaluated : CandidateStatus.OutOfReach, c.Status));
    },
    iter: 100);

    [Fact]
    public async Task A_candidate_that_wins_ties_and_is_perfect_spares_the_others_every_call()
    {
        OptimizationResult<Choice> result = await Search.OptimizeAsync(
            Judge.Perfect().Program, Pairs.Of(10), Pairs.Of(12, from: 100), cancellationToken: Ct);

        Assert.Equal("bootstrap", result.Best.Name);
        Assert.All(result.Candidates.Where(c => c.Name is not ("zero-shot" or "bootstrap")), c => Assert.Equal(0, c.Usage.Calls));
    }

    [Fact]
    public async Task The_zero_shot_program_is_always_tried_on_every_example()
    {
        var judge = new Judge(q => q.Shown.Length == 0 && q.Item >= 100 ? q.Bad : q.Good);

        OptimizationResult<Choice> result = await Search.OptimizeAsync(
            judge.Program, Pairs.Of(10), Pairs.Of(12, from: 100), cancellationToken: Ct);

        Assert.Equal((CandidateStatus.Evaluated, 0), (result.Candidates[0].Status, result.Candidates[0].Score));
        Assert.Equal(1, result.Best.Score);
    }

    private static readonly Gen<BootstrapFewShotWithRandomSearch<Choice>> Settings = Gen
        .Select(Gen.Int[0, 6], Gen.Int[0, 4], Gen.Int[0, 5], Gen.Int[1, 2])
        .Select((candidates, most, labelled, rounds) =>
            Search with { Candidates = candidates, MaxBootstrappedDemos = most, MaxLabeledDemos = labelled, MaxRounds = rounds });

    private static readonly Gen<RandomSearch> Searches = Gen
        .Select(Gen.Int, Gen.Double[.2, 1], Gen.Int[1, 6], Gen.Int[1, 9], Settings)
        .Select((salt, accuracy, train, validation, search) =>
            new RandomSearch(salt, accuracy, Pairs.BothOrders(train), Pairs.Of(validation, from: 100), search with { Seed = salt }));

    private sealed record RandomSearch(
        int Salt, double Accuracy, Example<Choice>[] Train, Example<Choice>[] Validation, BootstrapFewShotWithRandomSearch<Choice> Search);
}
