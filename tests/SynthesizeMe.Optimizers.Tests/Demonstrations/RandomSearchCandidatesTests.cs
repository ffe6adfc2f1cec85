using SynthesizeMe.Signatures;

namespace SynthesizeMe.Optimizers.Tests;

public class RandomSearchCandidatesTests
{
    private static readonly BootstrapFewShotWithRandomSearch<Choice> Search = new() { Metric = Pairs.Right, Candidates = 4 };

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_candidates_are_those_of_the_published_algorithm()
    {
        OptimizationResult<Choice> result = await RunAsync(Search, Judge.Lucky(1, .6));

        Assert.Equal(["zero-shot", "labelled", "bootstrap", "random 0", "random 1", "random 2", "random 3"], result.Candidates.Select(c => c.Name));
    }

    [Fact]
    public async Task By_default_there_are_sixteen_random_ones()
    {
        OptimizationResult<Choice> result = await RunAsync(new() { Metric = Pairs.Right }, Judge.Perfect());

        Assert.Equal(19, result.Candidates.Length);
    }

    [Fact]
    public async Task Further_states_stand_after_the_zero_shot_and_are_tried_on_everything()
    {
        ProgramState history = ProgramState.Empty.With("self", PredictorState.Empty.WithDemos(new Demo<Choice>(Pairs.One(50, Side.First).Value)));
        var judge = new Judge(q => q.Shown is [50] ? q.Bad : q.Good);

        OptimizationResult<Choice> result = await RunAsync(Search with { Also = [("history", history)] }, judge);

        Candidate<Choice> also = result.Candidates[1];
        Assert.Equal(("history", CandidateStatus.Evaluated), (also.Name, also.Status));
        Assert.Equal(history, also.State);
        Assert.Equal(0, also.Score);
    }

    [Fact]
    public async Task The_zero_shot_candidate_is_the_program_as_it_was()
    {
        ChainOfThought<Choice> program = Judge.Perfect().Program.With(new PredictorState("Take your time.", []));

        OptimizationResult<Choice> result = await Search.OptimizeAsync(program, Pairs.Of(6), Pairs.Of(4, from: 100), cancellationToken: Ct);

        Assert.Equal(ProgramState.Empty.With("self", new PredictorState("Take your time.", [])), result.Candidates[0].State);
        Assert.All(result.Candidates, c => Assert.Equal("Take your time.", c.State["self"].Instructions));
    }

    [Fact]
    public async Task The_labelled_candidate_is_that_of_LabeledFewShot()
    {
        OptimizationResult<Choice> result = await RunAsync(Search with { MaxLabeledDemos = 3, Seed = 5 }, Judge.Perfect());
        OptimizationResult<Choice> labelled = await new LabeledFewShot<Choice> { K = 3, Seed = 5 }.OptimizeAsync(
            Judge.Perfect().Program, Pairs.Of(10), [], cancellationToken: Ct);

        Assert.Equal(labelled.Best.State, result.Candidates[1].State);
    }

    [Theory]
    [InlineData(1, 1, false)]
    [InlineData(1, 4, false)]
    [InlineData(.5, 1, false)]
    [InlineData(1, 1, true)]
    public async Task The_bootstrap_candidate_is_that_of_BootstrapFewShot(double threshold, int rounds, bool taught)
    {
        Metric<Choice> half = async (expected, prediction, token) => new(Math.Max(.5, (await Pairs.Right(expected, prediction, token)).Value));
        ChainOfThought<Choice>? teacher = taught ? Judge.Lucky(9, .8).Program : null;
        var search = new BootstrapFewShotWithRandomSearch<Choice>
        {
            Metric = half,
            Threshold = threshold,
            MaxRounds = rounds,
            Teacher = teacher,
            Seed = 5,
            Candidates = 1,
        };
        var bootstrap = new BootstrapFewShot<Choice> { Metric = half, Threshold = threshold, MaxRounds = rounds, Teacher = teacher, Seed = 5 };

        OptimizationResult<Choice> result = await RunAsync(search, Warmer());
        OptimizationResult<Choice> only = await bootstrap.OptimizeAsync(Warmer().Program, Pairs.Of(10), [], cancellationToken: Ct);

        Assert.Equal(only.Best.State, result.Candidates[2].State);
        Assert.Contains(Pairs.DemosOf(only.Best.State), d => d.Verified);

        static Judge Warmer() => new(q => q.Luck(1) < .5 || Rollout.Of(q.Options) == 2 ? q.Good : q.Bad);
    }

    [Fact]
    public async Task A_random_candidate_has_one_to_the_most_verified_demos_of_other_items()
    {
        OptimizationResult<Choice> result = await RunAsync(
            Search with { Candidates = 40, MaxBootstrappedDemos = 3, MaxLabeledDemos = 0 }, Judge.Perfect());

        Demo<Choice>[][] random = [.. result.Candidates.Where(c => c.Name != "zero-shot" && c.Name != "bootstrap").Select(c => Pairs.DemosOf(c.State))];
        Assert.Equal([1, 2, 3], random.Select(d => d.Length).Distinct().Order());
        Assert.All(random.SelectMany(d => d), d => Assert.True(d.Verified));
        Assert.Equal(Enumerable.Range(0, 10), random.SelectMany(d => d.Select(x => Pairs.ItemOf(x.Value))).Distinct().Order());
    }

    [Fact]
    public async Task Without_labelled_demos_there_is_no_labelled_candidate()
    {
        OptimizationResult<Choice> result = await RunAsync(Search with { MaxLabeledDemos = 0, Candidates = 1 }, Judge.Perfect());

        Assert.Equal(["zero-shot", "bootstrap", "random 0"], result.Candidates.Select(c => c.Name));
    }

    [Fact]
    public async Task Without_bootstrapped_demos_nothing_is_bootstrapped()
    {
        var judge = Judge.Perfect();

        OptimizationResult<Choice> result = await RunAsync(Search with { MaxBootstrappedDemos = 0 }, judge);

        Assert.Equal(["zero-shot", "labelled"], result.Candidates.Select(c => c.Name));
        Assert.All(judge.Asked, q => Assert.True(q.Item >= 100));
    }

    [Fact]
    public async Task Without_a_limit_every_training_item_may_become_a_demo()
    {
        OptimizationResult<Choice> result = await RunAsync(Search with { MaxBootstrappedDemos = null }, Judge.Perfect());

        Assert.Equal(10, result.Candidates[2].State.DemoCount);
    }

    [Fact]
    public async Task Every_candidate_is_listed_with_its_state_its_score_and_its_cost()
    {
        OptimizationResult<Choice> result = await RunAsync(Search with { LeaveEarly = false }, Judge.Lucky(1, .6));

        Assert.All(result.Candidates.Where(c => c.Status != CandidateStatus.Duplicate), c =>
        {
            Assert.Equal(CandidateStatus.Evaluated, c.Status);
            Assert.Equal(8, c.Evaluation!.Results.Length);
            Assert.Equal(c.Evaluation.Total / 8, c.Score);
            Assert.Equal(8, c.Usage.Calls);
        });
    }

    [Fact]
    public async Task Equal_states_are_tried_once()
    {
        var judge = Judge.Perfect();

        OptimizationResult<Choice> result = await Search.OptimizeAsync(
            judge.Program, Pairs.Of(1), Pairs.Of(4, from: 100), cancellationToken: Ct);

        Assert.Equal([null, null, null, "bootstrap", "bootstrap", "bootstrap", "bootstrap"], result.Candidates.Select(c => c.SameAs));
        Assert.All(result.Candidates.Skip(3), c => Assert.Equal(CandidateStatus.Duplicate, c.Status));
        Assert.All(judge.Asked.GroupBy(q => q.Text), g => Assert.Single(g));
    }

    [Fact]
    public async Task Without_training_or_validation_examples_there_is_nothing_to_search()
    {
        ChainOfThought<Choice> program = Judge.Perfect().Program;

        await Assert.ThrowsAsync<ArgumentException>(() => Search.OptimizeAsync(program, [], Pairs.Of(4), cancellationToken: Ct));
        await Assert.ThrowsAsync<ArgumentException>(() => Search.OptimizeAsync(program, Pairs.Of(4), [], cancellationToken: Ct));
    }

    private static Task<OptimizationResult<Choice>> RunAsync(BootstrapFewShotWithRandomSearch<Choice> search, Judge judge) =>
        search.OptimizeAsync(judge.Program, Pairs.Of(10), Pairs.Of(8, from: 100), cancellationToken: Ct);
}
