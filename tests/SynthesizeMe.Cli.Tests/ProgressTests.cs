using Microsoft.Extensions.Time.Testing;

namespace SynthesizeMe.Cli.Tests;

public sealed class ProgressTests
{
    [Fact]
    public async Task A_long_run_tells_now_and_then_how_far_it_is()
    {
        var time = new FakeTimeProvider();
        using var cli = new Cli { Time = time, Model = new WatchedModel(_ => time.Advance(TimeSpan.FromSeconds(1))) };

        Outcome fit = await cli.RunAsync("fit", People.Sample, "--user", "asha", "--output", cli["out"], "--json");

        string[] lines = fit.Error.TrimEnd().Split('\n');
        Assert.Equal(0, fit.Code);
        Assert.InRange(lines.Length, 2, 80);
        Assert.All(lines, line => Assert.Matches(@"^ *\d+ %  asha: [a-z ]+ \(\d+ of \d+\)$", line));
    }

    [Fact]
    public async Task A_short_run_tells_nothing_but_its_result()
    {
        using var cli = new Cli { Time = new FakeTimeProvider() };

        Outcome evaluation = await cli.RunAsync("evaluate", People.Sample, "--json");

        Assert.Equal("", evaluation.Error);
    }

    [Fact]
    public async Task A_bar_is_drawn_where_it_can_be_drawn_over_and_is_gone_in_the_end()
    {
        using var writer = new StringWriter();
        var display = new ProgressDisplay(new Screen(writer, isTerminal: true, isLive: true), TimeProvider.System);

        int result = await display.ShowAsync("[reading]", progress =>
        {
            progress.Report(new("half [way]", 0.5));
            return Task.FromResult(7);
        });

        Assert.Equal(7, result);
    }
}
