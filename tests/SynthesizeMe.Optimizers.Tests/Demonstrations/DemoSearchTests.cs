using SynthesizeMe.Signatures;

namespace SynthesizeMe.Optimizers.Tests;

/// <summary>Twelve pairs in six conversations of two, judged in both orders.</summary>
public class DemoSearchTests
{
    private static readonly DemoSearch<Choice> Search = new() { Metric = Pairs.Right, Seed = 3 };

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static TheoryData<DemoSearchStrategy> Strategies => [.. Enum.GetValues<DemoSearchStrategy>()];

    [Theory]
    [MemberData(nameof(Strategies))]
    public async Task One_demonstration_that_misleads_is_left_out(DemoSearchStrategy strategy)
    {
        var judge = new Judge(q => q.Shown.Contains(4) ? q.Item % 3 == 0 ? q.Good : q.Bad : q.Shown.Length > 0 ? q.Good : q.Item % 2 == 0 ? q.Good : q.Bad);

        OptimizationResult<Choice> result = await RunAsync(Search with { Strategy = strategy }, judge);

        Assert.DoesNotContain(4, ShownBy(result.Best));
        Assert.True(ShownBy(result.Best).Length > 0);
        Assert.True(result.Best.Score > result.Candidates.Single(c => c.Name == DemoSearch<Choice>.All).Score);
        Assert.Equal(result.Best.State, result.Program.State);
    }

    [Theory]
    [MemberData(nameof(Strategies))]
    public async Task No_prompt_shows_anything_of_the_group_that_it_asks_about(DemoSearchStrategy strategy)
    {
        Judge judge = Judge.Lucky(1, .6);

        await RunAsync(Search with { Strategy = strategy }, judge);

        Assert.All(judge.Asked, q => Assert.DoesNotContain(q.Item / 2, q.Shown.Select(i => i / 2)));
        Assert.Contains(judge.Asked, q => q.Shown.Length == 10);
    }

    [Fact]
    public async Task With_folds_nothing_of_the_fold_is_shown()
    {
        Judge judge = Judge.Lucky(1, .6);

        await RunAsync(Search with { Folds = 2, Candidates = 0 }, judge);

        Assert.Equal(6, judge.Asked.Max(q => q.Shown.Length));
    }

    [Theory]
    [InlineData(null)]
    [InlineData(3)]
    public async Task An_item_whose_views_are_of_different_groups_is_judged_without_all_of_them(int? folds)
    {
        Judge judge = Judge.Perfect();
        Example<Choice>[] examples = [.. Pairs.BothOrders(6).Select((e, i) => e with { Group = $"group {i}" })];

        await (Search with { Folds = folds }).OptimizeAsync(judge.Program, examples, examples, cancellationToken: Ct);

        Assert.All(judge.Asked, q => Assert.DoesNotContain(q.Item, q.Shown));
        Assert.Contains(judge.Asked, q => q.Shown.Length == (folds is null ? 5 : 4));
    }

    [Fact]
    public async Task Within_one_group_each_item_is_judged_without_itself()
    {
        Judge judge = Judge.Perfect();
        Example<Choice>[] examples = [.. Pairs.BothOrders(6).Select(e => e with { Group = "the only one" })];

        await (Search with { Candidates = 0 }).OptimizeAsync(judge.Program, examples, [], cancellationToken: Ct);

        Assert.All(judge.Asked, q => Assert.DoesNotContain(q.Item, q.Shown));
        Assert.Contains(judge.Asked, q => q.Shown.Length == 5);
    }

    [Fact]
    public async Task Without_cross_validation_training_is_shown_and_validation_compared_on()
    {
        Judge judge = Judge.Lucky(1, .6);

        OptimizationResult<Choice> result = await (Search with { CrossValidate = false, Candidates = 3 })
            .OptimizeAsync(judge.Program, Pairs.BothOrders(6), Pairs.BothOrders(4, from: 100), cancellationToken: Ct);

        Assert.All(judge.Asked, q => Assert.All(q.Shown, i => Assert.InRange(i, 0, 5)));
        Assert.All(result.Candidates, c => Assert.All(c.Evaluation?.Results ?? [], r => Assert.InRange(Pairs.ItemOf(r.Example.Value), 100, 103)));
    }

    [Fact]
    public async Task What_was_not_verified_is_shown_as_a_labelled_demonstration()
    {
        OptimizationResult<Choice> result = await RunAsync(Search with { Candidates = 0 }, Judge.RightOn(i => i % 3 != 0));

        Demo<Choice>[] all = Pairs.DemosOf(result.Candidates.Single(c => c.Name == DemoSearch<Choice>.All).State);
        Assert.Equal(Enumerable.Range(0, 12), all.Select(d => Pairs.ItemOf(d.Value)).Order());
        Assert.All(all, d => Assert.Equal(Pairs.ItemOf(d.Value) % 3 != 0, d.Verified && d.Reasoning is not null));
    }

    [Fact]
    public async Task An_item_is_asked_in_its_other_view_only_while_it_is_not_verified()
    {
        Judge judge = Judge.RightOn(i => i % 3 != 0);

        await RunAsync(Search with { Candidates = 0, AllViews = false }, judge);

        // The zero-shot candidate is what was collected: 12 views, and the other views of the 4 that were wrong.
        Assert.Equal(16, judge.Asked.Count(q => q.Shown.Length == 0));
    }

    [Fact]
    public async Task In_one_view_an_item_whoever_always_says_first_still_scores_one_half()
    {
        OptimizationResult<Choice> result = await RunAsync(Search with { AllViews = false, Candidates = 4, Strategy = DemoSearchStrategy.Random }, new Judge(_ => Side.First));

        Assert.All(result.Candidates, c => Assert.Equal((12, .5), (c.Evaluation!.Results.Length, c.Score!.Value)));
    }

    /// <summary>A dozen coin flippers compete with the pool, on twelve pairs; the best of them nearly always looks better.</summary>
    [Theory]
    [InlineData(0.2, 0, 0.3)]
    [InlineData(1, 0.7, 1)]
    public async Task The_best_of_many_that_are_no_better_replaces_the_pool_as_rarely_as_was_asked(double rate, double least, double most)
    {
        int switched = 0;
        for (int salt = 0; salt < 60; salt++)
        {
            OptimizationResult<Choice> result = await RunAsync(
                Search with { Strategy = DemoSearchStrategy.Random, Candidates = 10, FalseSwitchRate = rate }, Judge.Lucky(salt, .6));
            switched += result.Best.Name == DemoSearch<Choice>.All ? 0 : 1;
        }

        Assert.InRange(switched / 60.0, least, most);
    }

    [Fact]
    public async Task Where_the_highest_score_does_not_win_a_note_says_why()
    {
        for (int salt = 0; salt < 10; salt++)
        {
            OptimizationResult<Choice> result = await RunAsync(Search with { Strategy = DemoSearchStrategy.Random }, Judge.Lucky(salt, .6));
            bool led = result.Candidates.Where(c => c.Status == CandidateStatus.Evaluated).Max(c => c.Score) > result.Best.Score;

            Assert.Equal(led, result.Notes.Any(n => n.Contains("chance alone leads by so much", StringComparison.Ordinal)));
        }
    }

    [Theory]
    [MemberData(nameof(Strategies))]
    public async Task Candidates_bounds_the_subsets_and_others_are_drawn_with_another_seed(DemoSearchStrategy strategy)
    {
        OptimizationResult<Choice> one = await RunAsync(Search with { Strategy = strategy, Candidates = 6 }, Judge.Lucky(2, .6));
        OptimizationResult<Choice> other = await RunAsync(Search with { Strategy = strategy, Candidates = 6, Seed = 4 }, Judge.Lucky(2, .6));

        string name = strategy.ToString().ToLowerInvariant();
        Assert.InRange(one.Candidates.Count(c => c.Name.StartsWith(name, StringComparison.Ordinal)), 1, 6);
        Assert.NotEqual(one.Candidates.Select(c => c.State), other.Candidates.Select(c => c.State));
    }

    [Fact]
    public async Task Halving_lets_the_worse_half_go_early()
    {
        OptimizationResult<Choice> result = await RunAsync(Search with { Strategy = DemoSearchStrategy.Halving, Candidates = 6 }, Judge.Lucky(2, .6));

        int[] tried = [.. result.Candidates.Where(c => c.Status == CandidateStatus.OutOfReach).Select(c => c.Evaluation!.Results.Length)];
        Assert.Equal([6, 6, 6, 6, 12, 12], tried.Order());
    }

    [Fact]
    public async Task In_a_race_a_tie_goes_to_verified_reasoning()
    {
        OptimizationResult<Choice> result = await RunAsync(Search with { Strategy = DemoSearchStrategy.Halving, Candidates = 0 }, Judge.Perfect());

        Assert.Equal(CandidateStatus.OutOfReach, result.Candidates.Single(c => c.Name == DemoSearch<Choice>.Labelled).Status);
        Assert.Equal(DemoSearch<Choice>.All, result.Best.Name);
    }

    [Theory]
    [MemberData(nameof(Strategies))]
    public async Task Replies_may_arrive_in_any_order(DemoSearchStrategy strategy)
    {
        Judge one = Judge.Lucky(5, .6), many = Judge.Lucky(5, .6);

        OptimizationResult<Choice> first = await RunAsync(Search with { Strategy = strategy, MaxParallel = 1 }, one);
        OptimizationResult<Choice> second = await (Search with { Strategy = strategy, MaxParallel = 7 }).OptimizeAsync(
            many.OutOfOrder(), Pairs.BothOrders(12), [], cancellationToken: Ct);

        Assert.Equal(first.Candidates.Select(c => (c.Name, c.State, c.Score)), second.Candidates.Select(c => (c.Name, c.State, c.Score)));
        Assert.Equal((first.Best.Name, first.Usage, first.Sharing), (second.Best.Name, second.Usage, second.Sharing));
    }

    [Theory]
    [MemberData(nameof(Strategies))]
    public async Task A_budget_is_never_overshot_and_what_was_tried_is_kept(DemoSearchStrategy strategy)
    {
        for (int limit = 0; limit < 300; limit += 23)
        {
            Judge judge = Judge.Lucky(limit, .6);

            OptimizationResult<Choice> result = await RunAsync(Search with { Strategy = strategy }, judge, new Budget { Calls = limit });

            Assert.InRange(judge.Calls, 0, limit);
            Assert.Equal(judge.Calls, result.Usage.Calls);
            Assert.True(result.Stopped is not null || (await RunAsync(Search with { Strategy = strategy }, Judge.Lucky(limit, .6))).Usage.Calls <= limit);
            Assert.Equal(result.Usage.Calls, result.Candidates.Sum(c => c.Usage.Calls));
        }
    }

    [Fact]
    public async Task A_teacher_answers_the_items_and_is_not_scored()
    {
        Judge teacher = Judge.Perfect(), pupil = Judge.Hopeless();

        OptimizationResult<Choice> result = await RunAsync(Search with { Teacher = teacher.Program, Candidates = 0, AllViews = false }, pupil);

        Assert.Equal(12, teacher.Calls);
        Assert.Equal(12, result.Verified.Length);
        Assert.Equal(0, result.Candidates.Single(c => c.Name == DemoSearch<Choice>.ZeroShot).Score);
    }

    [Fact]
    public async Task Further_states_are_compared_and_may_win()
    {
        Judge judge = new(q => q.Shown is [90] ? q.Good : q.Item % 3 == 0 ? q.Good : q.Bad);
        ProgramState also = ((IPromptProgram<Choice>)judge.Program).State.With("self", judge.Program.State.WithDemos(new Demo<Choice>(Pairs.One(90, Side.First).Value)));

        OptimizationResult<Choice> result = await RunAsync(Search with { Also = [("of a friend", also)] }, judge);

        Assert.Equal(("of a friend", 1), (result.Best.Name, result.Best.Score));
    }

    [Fact]
    public async Task The_shared_beginnings_of_prompts_are_reported()
    {
        OptimizationResult<Choice> result = await RunAsync(Search, Judge.Lucky(4, .6));

        Assert.InRange(result.Sharing!.Value.Share, 0.5, 1);
    }

    [Fact]
    public async Task Where_nothing_can_be_read_the_search_ends_after_one_look_at_the_items()
    {
        Judge judge = new(_ => Judge.Nonsense);

        var e = await Assert.ThrowsAsync<UnreadableRepliesException>(() => RunAsync(Search, judge));

        Assert.Equal((24, 24), (judge.Calls, e.Usage.Calls));
    }

    [Fact]
    public async Task Settings_outside_their_range_are_refused()
    {
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => RunAsync(Search with { FalseSwitchRate = 1.1 }, Judge.Perfect()));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => RunAsync(Search with { Folds = 1 }, Judge.Perfect()));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => RunAsync(Search with { Candidates = -1 }, Judge.Perfect()));
    }

    private static int[] ShownBy(Candidate<Choice> candidate) => [.. Pairs.DemosOf(candidate.State).Select(d => Pairs.ItemOf(d.Value))];

    private static Task<OptimizationResult<Choice>> RunAsync(DemoSearch<Choice> search, Judge judge, Budget? budget = null) =>
        search.OptimizeAsync(judge.Program, Pairs.BothOrders(8), Pairs.BothOrders(4, from: 8), budget, cancellationToken: Ct);
}
