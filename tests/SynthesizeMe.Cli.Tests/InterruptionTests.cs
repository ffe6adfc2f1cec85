using System.Diagnostics;
using System.Text.Json.Nodes;

namespace SynthesizeMe.Cli.Tests;

public sealed class InterruptionTests
{
    [Fact]
    public async Task A_spent_budget_keeps_and_names_what_was_finished()
    {
        using var cli = new Cli();

        Outcome fit = await cli.RunAsync("fit", People.Sample, "--all", "--output", cli["out"], "--budget-calls", "200", "--json");

        JsonNode json = JsonNode.Parse(fit.Out)!;
        Assert.Equal(3, fit.Code);
        Assert.Contains("Raise --budget-calls to go further.", fit.Error, StringComparison.Ordinal);
        Assert.Contains($"Finished and kept in {cli["out"]}: asha", fit.Error, StringComparison.Ordinal);
        Assert.Contains("dmitri", fit.Error, StringComparison.Ordinal);
        Assert.True(File.Exists(cli[Path.Combine("out", "asha.judge.json")]));
        Assert.NotNull(json["interrupted"]);
        Assert.Contains("dmitri", json["notFitted"]!.AsArray().Select(u => u!.GetValue<string>()));
    }

    [Fact]
    public async Task A_budget_that_is_spent_at_once_leaves_no_judge()
    {
        using var cli = new Cli();

        Outcome fit = await cli.RunAsync("fit", People.Sample, "--user", "asha", "--output", cli["out"], "--budget-calls", "1");

        Assert.Equal((3, ""), (fit.Code, fit.Out));
        Assert.StartsWith("error: user 'asha': ", fit.Error, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(cli["out"], "*.judge.json"));
    }

    [Fact]
    public async Task No_more_calls_are_made_than_the_budget_allows()
    {
        using var model = new WatchedModel();
        using var cli = new Cli { Model = model };

        await cli.RunAsync("evaluate", People.Sample, "--budget-calls", "150", "--json");

        Assert.Equal(150, model.Calls);
    }

    [Fact]
    public async Task An_evaluation_within_a_budget_reports_who_was_finished()
    {
        using var cli = new Cli();

        Outcome evaluation = await cli.RunAsync("evaluate", People.Sample, "--json", "--budget-calls", "600");

        JsonNode json = JsonNode.Parse(evaluation.Out)!;
        int users = json["users"]!.GetValue<int>();
        Assert.Equal(3, evaluation.Code);
        Assert.InRange(users, 1, 3);
        Assert.Equal(4 - users, json["unfinished"]!.GetValue<int>());
        Assert.Contains("The budget is spent", json["interrupted"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Contains($"of 4 users that were finished", evaluation.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ctrl_C_keeps_the_users_that_are_finished()
    {
        using var stop = new CancellationTokenSource();
        var clock = new Stopwatch();
        using var cli = new Cli();
        cli.Model = new WatchedModel(_ =>
        {
            if (File.Exists(cli[Path.Combine("out", "asha.judge.json")]))
            {
                clock.Start();
                stop.Cancel();
            }
        });

        Outcome fit = await cli.StoppableAsync(["fit", People.Sample, "--all", "--output", cli["out"]], stop.Token);

        Assert.Equal(130, fit.Code);
        Assert.InRange(clock.Elapsed, TimeSpan.FromTicks(1), TimeSpan.FromSeconds(5));
        Assert.StartsWith("asha\n", fit.Out, StringComparison.Ordinal);
        Assert.Equal($"error: stopped.\nFinished and kept in {cli["out"]}: asha. Not fitted: ben, chloe, dmitri.\n", fit.Error);
        Assert.Single(Directory.GetFiles(cli["out"], "*.judge.json"));
    }

    [Fact]
    public async Task Ctrl_C_leaves_a_report_about_the_users_that_are_finished()
    {
        using var stop = new CancellationTokenSource();
        using var cli = new Cli
        {
            Model = new WatchedModel(n =>
            {
                if (n == 600)
                {
                    stop.Cancel();
                }
            }),
        };

        Outcome evaluation = await cli.StoppableAsync(["evaluate", People.Sample, "--json", "--parallel", "1"], stop.Token);

        JsonNode json = JsonNode.Parse(evaluation.Out)!;
        Assert.Equal(130, evaluation.Code);
        Assert.InRange(json["users"]!.GetValue<int>(), 1, 3);
        Assert.Equal("stopped.", json["interrupted"]!.GetValue<string>());
    }

    [Fact]
    public async Task Ctrl_C_does_not_wait_for_a_model_that_does_not_answer()
    {
        using var stop = new CancellationTokenSource();
        using var gate = new ManualResetEventSlim();
        var clock = new Stopwatch();
        using var server = new LoopbackServer(request =>
        {
            clock.Start();
            stop.Cancel();
            gate.Wait(TimeSpan.FromSeconds(20));
            return LoopbackServer.Offline(request);
        });
        using var cli = new Cli();

        Outcome fit = await cli.StoppableAsync(
            ["fit", People.Sample, "--all", "--output", cli["out"], "--model", "openai:m", "--endpoint", server.Address, "--parallel", "1"], stop.Token);
        TimeSpan waited = clock.Elapsed;
        gate.Set();

        Assert.Equal(130, fit.Code);
        Assert.InRange(waited, TimeSpan.Zero, TimeSpan.FromSeconds(5));
        Assert.Equal("error: stopped.\nNothing was finished. Not fitted: asha, ben, chloe, dmitri.\n", fit.Error);
    }

    [Fact]
    public async Task A_model_that_fails_half_way_loses_nothing_that_was_finished()
    {
        using var cli = new Cli();
        cli.Model = new WatchedModel(_ =>
        {
            if (File.Exists(cli[Path.Combine("out", "asha.judge.json")]))
            {
                throw new HttpRequestException("the cable is out");
            }
        });

        Outcome fit = await cli.RunAsync("fit", People.Sample, "--all", "--output", cli["out"]);

        Assert.Equal(3, fit.Code);
        Assert.Equal($"error: user 'ben': the cable is out\nFinished and kept in {cli["out"]}: asha. Not fitted: ben, chloe, dmitri.\n", fit.Error);
        Assert.Single(Directory.GetFiles(cli["out"], "*.judge.json"));
    }
}
