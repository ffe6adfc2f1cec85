using SynthesizeMe.Signatures;

namespace SynthesizeMe.Optimizers.Tests;

public class BootstrapFewShotTests
{
    private static readonly BootstrapFewShot<Choice> Bootstrap = new() { Metric = Pairs.Right };

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Only_confirmed_answers_become_verified_demos_with_their_reasoning()
    {
        OptimizationResult<Choice> result = await RunAsync(Bootstrap with { MaxLabeledDemos = 0 }, Judge.RightOn(item => item % 2 == 0));

        Assert.Equal(
            new[] { 0, 2, 4, 6 }.Select(i => new Demo<Choice>(Pairs.Of(10)[i].Value, $"because of {i}", Verified: true)),
            Pairs.DemosOf(result.Best.State));
    }

    [Fact]
    public async Task A_verified_demo_reaches_the_prompt_with_its_reasoning()
    {
        OptimizationResult<Choice> result = await RunAsync(
            Bootstrap with { MaxLabeledDemos = 0, MaxBootstrappedDemos = 1 }, Judge.Perfect());

        string prompt = ((ChainOfThought<Choice>)result.Program).Render(Pairs.One(9, Side.First).Value.ToInputs()).ToString();

        Assert.Contains($"--- assistant ---\n{Judge.Reply(Side.First, "because of 0")}", prompt, StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_a_perfect_teacher_it_stops_after_as_many_calls_as_demos_are_wanted()
    {
        var judge = Judge.Perfect();

        OptimizationResult<Choice> result = await RunAsync(Bootstrap with { MaxBootstrappedDemos = 4 }, judge);

        Assert.Equal(4, judge.Calls);
        Assert.Equal(4, result.Verified.Length);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    public async Task It_runs_no_example_that_a_one_by_one_search_would_not_run(int maxParallel)
    {
        var judge = Judge.RightOn(item => item % 2 == 0);

        await RunAsync(Bootstrap with { MaxBootstrappedDemos = 4, MaxParallel = maxParallel }, judge);

        Assert.Equal(Enumerable.Range(0, 7), judge.Asked.Select(q => q.Item).Order());
    }

    [Fact]
    public async Task An_example_is_never_shown_to_the_teacher_that_answers_it()
    {
        var judge = Judge.Hopeless();

        await RunAsync(Bootstrap, judge, Pairs.BothOrders(10));

        Assert.Equal(20, judge.Calls);
        Assert.All(judge.Asked, q => Assert.Equal(Enumerable.Range(0, 10).Where(i => i != q.Item), q.Shown.Order()));
    }

    [Fact]
    public async Task Labelled_demos_fill_up_in_front_of_the_verified_ones()
    {
        OptimizationResult<Choice> result = await RunAsync(
            Bootstrap with { MaxBootstrappedDemos = 2, MaxLabeledDemos = 5 }, Judge.Perfect());

        Demo<Choice>[] demos = Pairs.DemosOf(result.Best.State);
        Assert.Equal([false, false, false, true, true], demos.Select(d => d.Verified));
        Assert.Equal(5, demos.Select(d => Pairs.ItemOf(d.Value)).Distinct().Count());
    }

    [Fact]
    public async Task More_verified_demos_than_the_labelled_limit_are_all_kept()
    {
        OptimizationResult<Choice> result = await RunAsync(
            Bootstrap with { MaxBootstrappedDemos = 4, MaxLabeledDemos = 2 }, Judge.Perfect());

        Assert.Equal([true, true, true, true], Pairs.DemosOf(result.Best.State).Select(d => d.Verified));
    }

    [Fact]
    public async Task Where_nothing_is_confirmed_the_labelled_demos_remain()
    {
        OptimizationResult<Choice> result = await RunAsync(Bootstrap with { MaxLabeledDemos = 3 }, Judge.Hopeless());

        Assert.Equal([false, false, false], Pairs.DemosOf(result.Best.State).Select(d => d.Verified));
        Assert.Empty(result.Verified);
    }

    [Fact]
    public async Task Without_bootstrapped_demos_no_call_is_made()
    {
        var judge = Judge.Perfect();

        OptimizationResult<Choice> result = await RunAsync(Bootstrap with { MaxBootstrappedDemos = 0, MaxLabeledDemos = 3 }, judge);

        Assert.Equal(0, judge.Calls);
        Assert.Equal(3, result.Best.State.DemoCount);
    }

    [Theory]
    [InlineData(.5, new[] { 1, 2 })]
    [InlineData(.75, new[] { 2 })]
    [InlineData(0, new[] { 0, 1, 2 })]
    public async Task An_answer_is_confirmed_from_the_threshold_on(double threshold, int[] confirmed)
    {
        var bootstrap = new BootstrapFewShot<Choice>
        {
            Metric = (expected, _, _) => new(new Score(Pairs.ItemOf(expected) / 2.0)),
            Threshold = threshold,
            MaxLabeledDemos = 0,
        };

        OptimizationResult<Choice> result = await RunAsync(bootstrap, Judge.Perfect(), Pairs.Of(3));

        Assert.Equal(confirmed, Pairs.DemosOf(result.Best.State).Select(d => Pairs.ItemOf(d.Value)));
    }

    [Fact]
    public async Task An_unreadable_reply_is_not_confirmed_even_at_threshold_zero()
    {
        var judge = new Judge(q => q.Item == 1 ? Judge.Nonsense : Judge.Reply(q.Bad, "because"));

        OptimizationResult<Choice> result = await RunAsync(Bootstrap with { Threshold = 0, MaxLabeledDemos = 0 }, judge, Pairs.Of(3));

        Assert.Equal([0, 2], Pairs.DemosOf(result.Best.State).Select(d => Pairs.ItemOf(d.Value)));
        Assert.Equal(3, result.Usage.Calls);
    }

    [Fact]
    public async Task A_teacher_that_no_reply_of_can_be_read_ends_the_search()
    {
        var judge = new Judge(_ => Judge.Nonsense);

        UnreadableRepliesException e = await Assert.ThrowsAsync<UnreadableRepliesException>(() => RunAsync(Bootstrap, judge));

        Assert.Equal(judge.Calls, e.Usage.Calls);
    }

    [Fact]
    public async Task Another_teacher_answers_as_it_is_and_the_student_is_not_asked()
    {
        var teacher = Judge.Perfect();
        var student = Judge.Hopeless();
        ChainOfThought<Choice> told = teacher.Program.With(new PredictorState("Teach.", []));

        OptimizationResult<Choice> result = await RunAsync(
            Bootstrap with { Teacher = told, MaxBootstrappedDemos = 2, MaxLabeledDemos = 0 }, student);

        Assert.Equal(0, student.Calls);
        Assert.Equal(2, result.Verified.Length);
        Assert.All(teacher.Asked, q => Assert.StartsWith("Teach.", q.Text, StringComparison.Ordinal));
        Assert.All(teacher.Asked, q => Assert.Empty(q.Shown));
        Assert.Null(result.Best.State["self"].Instructions);
    }

    [Fact]
    public async Task Another_teacher_is_not_shown_its_own_demo_of_the_example()
    {
        var teacher = Judge.Perfect();
        ChainOfThought<Choice> told = teacher.Program.With(
            PredictorState.Empty.WithDemos(Pairs.Of(4).Select(e => new Demo<Choice>(e.Value, "seen", Verified: true))));

        await RunAsync(Bootstrap with { Teacher = told }, Judge.Perfect(), Pairs.Of(4));

        Assert.All(teacher.Asked, q => Assert.Equal(Enumerable.Range(0, 4).Where(i => i != q.Item), q.Shown));
    }

    [Fact]
    public async Task The_result_holds_the_program_its_candidate_and_what_it_cost()
    {
        var judge = Judge.Perfect();

        OptimizationResult<Choice> result = await RunAsync(Bootstrap, judge);

        Candidate<Choice> only = Assert.Single(result.Candidates);
        Assert.Equal(("bootstrap", CandidateStatus.NotEvaluated), (only.Name, only.Status));
        Assert.Same(only, result.Best);
        Assert.Equal(only.State, result.Program.State);
        Assert.Equal(judge.Calls, result.Usage.Calls);
        Assert.True(result.Usage.InputTokenCount > 0);
        Assert.Null(result.Stopped);
    }

    [Fact]
    public async Task Equal_seeds_give_equal_states_at_any_MaxParallel()
    {
        var one = await Bootstrap.OptimizeAsync(Judge.Lucky(3, .5).OutOfOrder(), Pairs.BothOrders(12), [], cancellationToken: Ct);
        var other = await (Bootstrap with { MaxParallel = 1 }).OptimizeAsync(
            Judge.Lucky(3, .5).Program, Pairs.BothOrders(12), [], cancellationToken: Ct);

        Assert.Equal(ProgramStateJson.Write(one.Best.State), ProgramStateJson.Write(other.Best.State));
    }

    [Fact]
    public async Task Progress_counts_the_runs()
    {
        var told = new Told<OptimizationEvent>();

        await Bootstrap.OptimizeAsync(Judge.RightOn(i => i % 2 == 0).Program, Pairs.Of(10), [], progress: told, cancellationToken: Ct);

        Assert.All(told.Reports, r => Assert.Equal((OptimizationPhase.Bootstrapping, 10), (r.Phase, r.Total)));
        Assert.Equal([4, 6, 7], told.Reports.Select(r => r.Done));
    }

    private static Task<OptimizationResult<Choice>> RunAsync(BootstrapFewShot<Choice> bootstrap, Judge judge, Example<Choice>[]? train = null) =>
        bootstrap.OptimizeAsync(judge.Program, train ?? Pairs.Of(10), [], cancellationToken: Ct);
}
