namespace SynthesizeMe.Tests.Synthesis;

public class CancellationTests
{
    [Fact]
    public async Task A_cancelled_fit_asks_nothing()
    {
        var model = Model.Perfect();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => model.FitAsync(Pairs.Of(10), cancellationToken: new CancellationToken(canceled: true)));

        Assert.Equal(0, model.Calls);
    }

    [Theory]
    [InlineData(FitStage.BootstrapReasoning)]
    [InlineData(FitStage.SelectReasoning)]
    [InlineData(FitStage.SynthesizePersona)]
    [InlineData(FitStage.BootstrapWithPersona)]
    [InlineData(FitStage.SelectDemos)]
    public async Task A_fit_that_is_cancelled_in_a_stage_asks_nothing_more(FitStage stage)
    {
        using var stop = new CancellationTokenSource();
        var model = Model.Coin(5);
        int calls = 0;
        var progress = new Told<FitProgress>(p =>
        {
            if (p.Stage == stage && !stop.IsCancellationRequested)
            {
                calls = model.Calls;
                stop.Cancel();
            }
        });

        Task<Fit> fit = model.FitAsync(Pairs.Of(10), progress: progress, cancellationToken: stop.Token);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => fit);
        Assert.Equal(calls, model.Calls);
    }

    [Fact]
    public async Task An_error_of_the_client_is_passed_on()
    {
        var model = new Model(_ => throw new HttpRequestException("no route to host"));

        await Assert.ThrowsAsync<HttpRequestException>(() => model.FitAsync(Pairs.Of(10)));
    }
}
