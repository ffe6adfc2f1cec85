namespace SynthesizeMe.Tests.Synthesis;

public class ProgressTests
{
    [Fact]
    public async Task The_stages_come_in_order_and_none_is_left_out()
    {
        IReadOnlyList<FitProgress> reports = await ReportsAsync(Model.Coin(1), Pairs.Of(10));

        Assert.Equal(Enum.GetValues<FitStage>(), reports.Select(r => r.Stage).Distinct());
        Assert.Equal(reports.Select(r => r.Stage).Order(), reports.Select(r => r.Stage));
    }

    [Fact]
    public async Task Within_a_stage_the_work_done_grows_and_never_passes_the_total()
    {
        IReadOnlyList<FitProgress> reports = await ReportsAsync(Model.Coin(2), Pairs.Of(15));

        Assert.All(reports, r => Assert.InRange(r.Done, 1, r.Total));
        Assert.All(reports.GroupBy(r => r.Stage), stage => Assert.Equal(stage.Select(r => r.Done).Order(), stage.Select(r => r.Done)));
    }

    [Fact]
    public async Task Selections_end_with_all_work_done()
    {
        IReadOnlyList<FitProgress> reports = await ReportsAsync(Model.Coin(3), Pairs.Of(15));

        FitProgress last = reports.Last(r => r.Stage == FitStage.SelectDemos);
        Assert.Equal(last.Total, last.Done);
    }

    [Fact]
    public async Task With_one_conversation_the_stages_come_in_order_too()
    {
        IReadOnlyList<FitProgress> reports = await ReportsAsync(Model.Coin(4), Pairs.InOneConversation(5));

        Assert.Equal(reports.Select(r => r.Stage).Order(), reports.Select(r => r.Stage));
    }

    private static async Task<IReadOnlyList<FitProgress>> ReportsAsync(Model model, PreferencePair[] pairs)
    {
        var told = new Told<FitProgress>();
        await model.FitAsync(pairs, progress: told);
        return told.Reports;
    }
}
