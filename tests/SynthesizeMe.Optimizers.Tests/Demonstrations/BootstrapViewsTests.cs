using SynthesizeMe.Signatures;

namespace SynthesizeMe.Optimizers.Tests;

public class BootstrapViewsTests
{
    private static readonly BootstrapFewShot<Choice> Bootstrap = new() { Metric = Pairs.Right };

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Two_views_of_an_item_give_at_most_one_demo()
    {
        Demo<Choice>[] demos = await DemosAsync(Bootstrap, Judge.Perfect());

        Assert.Equal(8, demos.Length);
        Assert.Equal(8, demos.Select(d => Pairs.ItemOf(d.Value)).Distinct().Count());
    }

    [Fact]
    public async Task Verified_demos_show_either_order_in_turn()
    {
        Demo<Choice>[] demos = await DemosAsync(Bootstrap with { MaxLabeledDemos = 0 }, Judge.Perfect());

        Assert.Equal([Side.First, Side.Second, Side.First, Side.Second], demos.Select(d => d.Value.Preferred));
    }

    [Fact]
    public async Task Labelled_demos_that_fill_up_keep_the_balance()
    {
        Demo<Choice>[] demos = await DemosAsync(Bootstrap with { MaxBootstrappedDemos = 3 }, Judge.Perfect());

        Assert.Equal(4, demos.Count(d => d.Value.Preferred == Side.First));
    }

    [Fact]
    public async Task An_item_counts_as_found_when_one_view_is_confirmed()
    {
        Demo<Choice>[] demos = await DemosAsync(Bootstrap with { MaxLabeledDemos = 0 }, new Judge(_ => Side.Second));

        Assert.Equal([0, 1, 2, 3], demos.Select(d => Pairs.ItemOf(d.Value)));
        Assert.All(demos, d => Assert.Equal(Side.Second, d.Value.Preferred));
    }

    [Fact]
    public async Task Every_view_of_an_item_is_run_and_every_confirmed_one_reported()
    {
        var judge = Judge.Perfect();

        OptimizationResult<Choice> result = await Bootstrap.OptimizeAsync(judge.Program, Pairs.BothOrders(8), [], cancellationToken: Ct);

        Assert.Equal(8, judge.Calls);
        Assert.Equal(Pairs.BothOrders(4), result.Verified.Select(v => v.Example));
    }

    private static async Task<Demo<Choice>[]> DemosAsync(BootstrapFewShot<Choice> bootstrap, Judge judge) =>
        Pairs.DemosOf((await bootstrap.OptimizeAsync(judge.Program, Pairs.BothOrders(8), [], cancellationToken: Ct)).Best.State);
}
