using SynthesizeMe.Benchmarking;

namespace SynthesizeMe.Tests.Benchmarking;

public class ParallelTests
{
    [Theory]
    [InlineData(2)]
    [InlineData(8)]
    public async Task The_report_does_not_depend_on_how_many_people_are_measured_at_once(int parallel)
    {
        HeldOutReport one = await MeasureAsync(1);
        HeldOutReport many = await MeasureAsync(parallel);

        Assert.Equal(one.Text(), many.Text());
    }

    [Fact]
    public async Task People_are_reported_in_the_order_of_the_data()
    {
        HeldOutReport report = await MeasureAsync(8);

        Assert.Equal(Enumerable.Range(0, 6).Select(u => $"user {u}"), report.Users.Select(u => u.UserId));
    }

    [Fact]
    public async Task Pairs_of_several_people_may_be_mixed()
    {
        PreferencePair[] mixed = [.. HeldOut.People(3).OrderBy(p => Pairs.ItemOf(p) % 10)];

        HeldOutReport apart = await Model.Coin(3).MeasureAsync(HeldOut.People(3));
        HeldOutReport together = await Model.Coin(3).MeasureAsync(mixed);

        Assert.Equal(apart.Text(), together.Text());
    }

    private static Task<HeldOutReport> MeasureAsync(int parallel) =>
        new HeldOutEvaluation(Model.Coin(1).OutOfOrder(), HeldOut.AskOnce with { MaxParallelUsers = parallel })
            .RunAsync(HeldOut.People(6), cancellationToken: TestContext.Current.CancellationToken);
}
