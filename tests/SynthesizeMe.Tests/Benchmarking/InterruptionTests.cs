using SynthesizeMe.Benchmarking;
using SynthesizeMe.Optimizers;
using SynthesizeMe.Tests.Synthesis;

namespace SynthesizeMe.Tests.Benchmarking;

/// <summary>Whatever ends a measurement, the people who were finished are in the report.</summary>
public class InterruptionTests
{
    [Fact]
    public async Task A_model_that_fails_from_the_third_person_on_leaves_two()
    {
        var model = new Model(a => (a.WantsPersona ? a.Judgements[0].Item : a.Item) >= 20
            ? throw new HttpRequestException("no route to host")
            : a.WantsPersona ? Model.Tell(Model.Persona) : Model.Judge(a.Good, "so"));

        HeldOutReport report = await model.MeasureAsync(HeldOut.People(5));

        Assert.Equal(["user 0", "user 1"], report.Users.Select(u => u.UserId));
        Assert.Equal(5, report.Wanted);
        Assert.Equal("no route to host", Assert.IsType<HttpRequestException>(report.Interruption).Message);
        Assert.Equal(8, report.Methods.Of("generic").Pairs);
    }

    [Fact]
    public async Task A_cancelled_measurement_keeps_who_was_finished()
    {
        using var stop = new CancellationTokenSource();
        var progress = new Told<HeldOutProgress>(p =>
        {
            if (p.UsersDone == 2)
            {
                stop.Cancel();
            }
        });

        HeldOutReport report = await Model.Perfect().MeasureAsync(HeldOut.People(5), progress: progress, cancellationToken: stop.Token);

        Assert.Equal(["user 0", "user 1"], report.Users.Select(u => u.UserId));
        Assert.IsAssignableFrom<OperationCanceledException>(report.Interruption);
    }

    [Fact]
    public async Task A_model_that_nobody_can_read_ends_the_measurement()
    {
        HeldOutReport report = await new Model(_ => Model.Nonsense).MeasureAsync(HeldOut.People(3));

        Assert.Empty(report.Users);
        Assert.IsType<UnreadableRepliesException>(report.Interruption);
    }

    [Fact]
    public async Task A_budget_that_is_spent_in_a_fit_ends_the_measurement()
    {
        int one = (await Model.Perfect().MeasureAsync(HeldOut.People(1))) is var r ? r.FitUsage.Calls + r.Methods.SkipLast(1).Sum(m => m.Usage.Calls) : 0;

        HeldOutReport report = await Model.Perfect().MeasureAsync(HeldOut.People(3), Within(one + 3));

        Assert.Equal(["user 0"], report.Users.Select(u => u.UserId));
        Assert.IsType<HeldOutStoppedException>(report.Interruption);
    }

    [Theory]
    [InlineData(20)]
    [InlineData(150)]
    [InlineData(200)]
    public async Task No_budget_is_overshot_by_testing(int calls)
    {
        var model = Model.Perfect();

        await model.MeasureAsync(HeldOut.People(3), Within(calls));

        Assert.InRange(model.Calls, 1, calls);
    }

    [Fact]
    public async Task A_budget_that_is_spent_in_a_test_ends_the_measurement()
    {
        int fit = (await Model.Perfect().MeasureAsync(HeldOut.People(1))).FitUsage.Calls;

        HeldOutReport report = await Model.Perfect().MeasureAsync(HeldOut.People(1), Within(fit + 5));

        Assert.Empty(report.Users);
        Assert.IsType<BudgetExceededException>(report.Interruption);
    }

    [Fact]
    public async Task Progress_names_the_person_and_counts_those_who_are_done()
    {
        var told = new Told<HeldOutProgress>();

        await Model.Perfect().MeasureAsync(HeldOut.People(2), progress: told);

        Assert.Equal(["user 0", "user 1"], told.Reports.Select(p => p.UserId).Distinct());
        Assert.Equal([(1, 2), (2, 2)], told.Reports.Where(p => p.Fit is null).Select(p => (p.UsersDone, p.Users)));
    }

    private static HeldOutOptions Within(int calls) => HeldOut.AskOnce with { Synthesis = Fits.Published with { Budget = new Budget { Calls = calls } } };
}
