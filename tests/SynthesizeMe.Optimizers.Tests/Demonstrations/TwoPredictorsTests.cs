using SynthesizeMe.Signatures;

namespace SynthesizeMe.Optimizers.Tests;

public class TwoPredictorsTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Both_predictors_get_a_demo_of_every_confirmed_run()
    {
        var bootstrap = new BootstrapFewShot<Choice> { Metric = Pairs.Right, MaxLabeledDemos = 0 };

        OptimizationResult<Choice> result = await bootstrap.OptimizeAsync(
            Critics.RightOn(i => i % 2 == 0).Program(), Pairs.Of(8), [], cancellationToken: Ct);

        Assert.Equal(
            new[] { 0, 2, 4, 6 }.Select(i => (Demo)new Demo<Critique>(
                new($"question {i}", $"good {i}", $"bad {i}", $"brevity of {i}"), $"looked at {i}", Verified: true)),
            result.Best.State["Critic"].Demos);
        Assert.Equal([0, 2, 4, 6], Pairs.DemosOf(result.Best.State, "Judge").Select(d => int.Parse(d.Reasoning![^1..], null)));
    }

    [Fact]
    public async Task A_run_of_two_calls_is_counted_as_two()
    {
        var judge = Critics.Perfect();
        var bootstrap = new BootstrapFewShot<Choice> { Metric = Pairs.Right, MaxBootstrappedDemos = 3 };

        OptimizationResult<Choice> result = await bootstrap.OptimizeAsync(judge.Program(), Pairs.Of(8), [], cancellationToken: Ct);

        Assert.Equal(6, judge.Calls);
        Assert.Equal(6, result.Usage.Calls);
    }

    [Fact]
    public async Task A_run_that_the_budget_does_not_allow_to_the_end_is_not_begun()
    {
        var judge = Critics.Perfect();
        var bootstrap = new BootstrapFewShot<Choice> { Metric = Pairs.Right };

        OptimizationResult<Choice> result = await bootstrap.OptimizeAsync(
            judge.Program(), Pairs.Of(8), [], new Budget { Calls = 5 }, cancellationToken: Ct);

        Assert.Equal(4, judge.Calls);
        Assert.Equal(2, result.Verified.Length);
        Assert.NotNull(result.Stopped);
    }

    [Fact]
    public async Task A_validation_example_sees_no_demo_of_its_own_run_in_any_predictor()
    {
        var judge = Critics.Perfect();
        var search = new BootstrapFewShotWithRandomSearch<Choice> { Metric = Pairs.Right, Candidates = 2, MaxLabeledDemos = 0 };

        await search.OptimizeAsync(judge.Program(), Pairs.Of(4), Pairs.Of(4), cancellationToken: Ct);

        Assert.Contains(judge.Asked, q => q.IsCritique && q.Shown.Length == 3);
        Assert.All(judge.Asked, q => Assert.DoesNotContain(q.Item, q.Shown));
    }

    [Fact]
    public async Task A_run_that_the_budget_breaks_off_is_paid_for()
    {
        for (int calls = 0; calls < 60; calls++)
        {
            var judge = Critics.Stammering();
            var search = new BootstrapFewShotWithRandomSearch<Choice> { Metric = Pairs.Right, Candidates = 1 };

            OptimizationResult<Choice> result = await search.OptimizeAsync(
                new CriticThenJudge(judge.Client), Pairs.Of(5), Pairs.Of(3, from: 100), new Budget { Calls = calls }, cancellationToken: Ct);

            Assert.True(judge.Calls <= calls);
            Assert.Equal(judge.Calls, result.Usage.Calls);
        }
    }
}
