namespace SynthesizeMe.Optimizers.Tests;

public class BootstrapBudgetTests
{
    private static readonly BootstrapFewShot<Choice> Bootstrap = new() { Metric = Pairs.Right, MaxLabeledDemos = 0, MaxParallel = 1 };

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_budget_that_is_spent_midway_keeps_what_was_paid_for()
    {
        var judge = Judge.Perfect();

        OptimizationResult<Choice> result = await RunAsync(Bootstrap, judge, new Budget { Calls = 3 });

        Assert.Equal(3, judge.Calls);
        Assert.Equal(3, result.Usage.Calls);
        Assert.Equal([0, 1, 2], result.Verified.Select(v => Pairs.ItemOf(v.Example.Value)));
        Assert.Equal([0, 1, 2], Pairs.DemosOf(result.Program.State).Select(d => Pairs.ItemOf(d.Value)));
    }

    [Fact]
    public async Task A_budget_that_is_spent_midway_says_why_the_search_stopped()
    {
        OptimizationResult<Choice> result = await RunAsync(Bootstrap, Judge.Perfect(), new Budget { Calls = 3 });

        Assert.Equal("The budget does not allow another training example.", result.Stopped);
    }

    [Fact]
    public async Task An_example_whose_rounds_the_budget_might_not_allow_is_not_begun()
    {
        var judge = Judge.Hopeless();

        OptimizationResult<Choice> result = await RunAsync(Bootstrap with { MaxRounds = 3 }, judge, new Budget { Calls = 5 });

        Assert.Equal("The budget does not allow another training example.", result.Stopped);
        Assert.Equal(3, judge.Calls);
        Assert.Equal(3, result.Usage.Calls);
    }

    [Fact]
    public async Task A_budget_that_suffices_stops_nothing()
    {
        OptimizationResult<Choice> result = await RunAsync(Bootstrap, Judge.Perfect(), new Budget { Calls = 4 });

        Assert.Null(result.Stopped);
        Assert.Equal(4, result.Best.State.DemoCount);
    }

    [Fact]
    public async Task Without_any_budget_the_labelled_demos_remain()
    {
        var judge = Judge.Perfect();

        OptimizationResult<Choice> result = await RunAsync(Bootstrap with { MaxLabeledDemos = 5 }, judge, new Budget { Calls = 0 });

        Assert.Equal(0, judge.Calls);
        Assert.Equal([false, false, false, false, false], Pairs.DemosOf(result.Best.State).Select(d => d.Verified));
        Assert.NotNull(result.Stopped);
    }

    [Fact]
    public async Task A_teacher_of_its_own_spends_the_same_budget()
    {
        var teacher = Judge.Perfect();
        var budget = new Budget { Calls = 2 };

        await RunAsync(Bootstrap with { Teacher = teacher.Program }, Judge.Perfect(), budget);

        Assert.Equal(2, teacher.Calls);
        Assert.Equal(2, budget.Spent.Calls);
    }

    private static Task<OptimizationResult<Choice>> RunAsync(BootstrapFewShot<Choice> bootstrap, Judge judge, Budget budget) =>
        bootstrap.OptimizeAsync(judge.Program, Pairs.Of(10), [], budget, cancellationToken: Ct);
}
