using System.Net;
using System.Text.Json.Nodes;
using SynthesizeMe.Offline;
using SynthesizeMe.Optimizers;
using SynthesizeMe.Testing;

namespace SynthesizeMe.Cli.Tests;

public sealed class PipelineTests
{
    private const string Prices = """{"prices": [{"model": "m*", "input": 1, "output": 2}]}""";

    [Fact]
    public async Task A_fit_over_failures_writes_the_bytes_of_one_without()
    {
        using var sound = new Cli();
        Outcome expected = await sound.RunAsync("fit", People.Sample, "--all", "--output", sound["out"]);
        var model = new FaultyChatClient(new OfflineModel(), seed: 1);
        using var faulty = new Cli { Model = model, Time = new InstantTime() };

        Outcome fit = await faulty.RunAsync("fit", People.Sample, "--all", "--output", faulty["out"], "--retries", "9");

        Assert.Equal((0, expected.Out.Replace(sound["out"], faulty["out"], StringComparison.Ordinal)), (fit.Code, fit.Out));
        Assert.True(model.Failed > 50);
        foreach (string file in Directory.GetFiles(sound["out"], "*.judge.json"))
        {
            Assert.Equal(await File.ReadAllTextAsync(file, Ct), await File.ReadAllTextAsync(Path.Combine(faulty["out"], Path.GetFileName(file)), Ct));
        }
    }

    [Fact]
    public async Task Calls_of_any_kind_are_made_again_and_fewer_at_once_where_the_model_is_overloaded()
    {
        var bound = new ConcurrencyBound(8);
        var calls = new PatientCalls(bound, new CallRetries(new() { Time = new InstantTime() }));
        int left = 1;

        int answer = await calls.RunAsync(
            (given, _) => left-- > 0 ? throw new HttpRequestException("no", null, HttpStatusCode.TooManyRequests) : Task.FromResult(given), 3, Ct);

        Assert.Equal((3, 4), (answer, bound.Current));
    }

    [Fact]
    public async Task An_evaluation_over_failures_reports_what_one_without_does()
    {
        using var sound = new Cli();
        Outcome expected = await sound.RunAsync("evaluate", People.Sample, "--json");
        using var faulty = new Cli { Model = new FaultyChatClient(new OfflineModel(), seed: 2), Time = new InstantTime() };

        Outcome evaluation = await faulty.RunAsync("evaluate", People.Sample, "--json", "--retries", "9", "--requests-per-minute", "300");

        Assert.Equal((0, expected.Out), (evaluation.Code, evaluation.Out));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Over_failures_and_nonsense_a_fit_is_the_one_without_or_says_what_could_not_be_read_and_is_paid_once(int seed)
    {
        using var sound = new Cli();
        Outcome expected = await sound.RunAsync("fit", People.Sample, "--all", "--json", "--output", sound["out"]);
        var model = new FaultyChatClient(new OfflineModel(), seed, nonsense: .05);
        using var cli = new Cli { Model = model, Time = new InstantTime() };
        string[] fit = ["fit", People.Sample, "--all", "--json", "--output", cli["out"], "--retries", "9", "--store", cli["replies.sqlite"]];

        Outcome first = await cli.RunAsync(fit);
        int answered = model.Answered.Count;
        Outcome again = await cli.RunAsync(fit);

        Assert.True(model.Nonsensical > 10);
        Assert.Equal((0, first.Out), (again.Code, again.Out));
        Assert.Equal(answered, model.Answered.Count);
        foreach ((JsonNode? plain, JsonNode? faulty) in Fits(expected).Zip(Fits(first)))
        {
            Assert.True(
                faulty!["notes"]!.ToJsonString().Contains("could not be read", StringComparison.Ordinal)
                || ((string[])["user", "method", "persona", "demos", "validation"]).All(p => JsonNode.DeepEquals(plain![p], faulty[p])),
                faulty.ToJsonString());
        }

        static JsonArray Fits(Outcome outcome) => JsonNode.Parse(outcome.Out)!["fits"]!.AsArray();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Over_failures_and_nonsense_an_evaluation_counts_what_it_could_not_read(int seed)
    {
        var model = new FaultyChatClient(new OfflineModel(), seed, nonsense: .05);
        using var cli = new Cli { Model = model, Time = new InstantTime() };

        Outcome evaluation = await cli.RunAsync("evaluate", People.Sample, "--json", "--retries", "9");

        Assert.Equal(0, evaluation.Code);
        Assert.True(model.Nonsensical > 10);
        Assert.InRange(JsonNode.Parse(evaluation.Out)!["methods"]!.AsArray().Sum(m => m!["failures"]!.GetValue<int>()), 1, model.Nonsensical);
    }

    [Fact]
    public async Task Ctrl_C_does_not_wait_for_a_retry()
    {
        using var stop = new CancellationTokenSource();
        using var cli = new Cli
        {
            Model = new WatchedModel(_ =>
            {
                stop.CancelAfter(TimeSpan.FromMilliseconds(1));
                throw new HttpRequestException("Slow down.", null, HttpStatusCode.TooManyRequests) { Data = { ["Retry-After"] = "250" } };
            }),
        };

        Outcome fit = await cli.StoppableAsync(["fit", People.Sample, "--all", "--output", cli["out"]], stop.Token);

        Assert.Equal((130, "error: stopped.\nNothing was finished. Not fitted: asha, ben, chloe, dmitri.\n"), (fit.Code, fit.Error));
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(2, 3)]
    public async Task A_failed_call_is_made_again_so_often(int retries, int calls)
    {
        using var server = new LoopbackServer(503);
        using var cli = new Cli();

        Outcome fit = await cli.RunAsync(
            "fit", cli.Write("people.jsonl", People.Terse("ada", 4)), "--output", cli["out"], "--model", "openai:m", "--endpoint", server.Address,
            "--parallel", "1", "--retries", retries.ToString(System.Globalization.CultureInfo.InvariantCulture));

        Assert.Equal((3, calls), (fit.Code, server.Requests.Count));
    }

    [Fact]
    public async Task A_used_up_quota_is_not_tried_again()
    {
        using var server = new LoopbackServer(429, """{"error": {"message": "You exceeded your current quota", "code": "insufficient_quota"}}""");
        using var cli = new Cli();

        await cli.RunAsync(
            "fit", cli.Write("people.jsonl", People.Terse("ada", 4)), "--output", cli["out"], "--model", "openai:m", "--endpoint", server.Address, "--parallel", "1");

        Assert.Single(server.Requests);
    }

    [Theory]
    [InlineData("--budget-tokens", "7500", "7500 tokens would be exceeded. Raise --budget-tokens to go further.")]
    [InlineData("--budget-cost", "0.0115", "a cost of 0.0115 would be exceeded. Raise --budget-cost to go further.")]
    public async Task Tokens_and_money_are_never_exceeded(string option, string limit, string message)
    {
        using var server = new LoopbackServer(LoopbackServer.Offline);
        using var cli = new Cli();

        Outcome fit = await cli.RunAsync(
            "fit", cli.Write("people.jsonl", People.Terse("ada", 8)), "--output", cli["out"], "--model", "openai:m1", "--endpoint", server.Address,
            "--prices", cli.Write("prices.json", Prices), option, limit);

        Assert.Equal(3, fit.Code);
        Assert.Contains(message, fit.Error, StringComparison.Ordinal);
        Assert.NotEmpty(server.Requests);
        Assert.All(server.Requests, r => Assert.Contains("4096", r.Body, StringComparison.Ordinal));
    }

    [Fact]
    public async Task At_the_deadline_the_run_stops()
    {
        using var cli = new Cli { Model = new FaultyChatClient(new OfflineModel(), seed: 3), Time = new InstantTime() };

        Outcome fit = await cli.RunAsync("fit", People.Sample, "--all", "--output", cli["out"], "--deadline", "1s");

        Assert.Equal(3, fit.Code);
        Assert.Contains("has passed. Raise --deadline to go further.", fit.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2, "--budget-cost needs what the model charges", "--budget-cost", "1", "--model", "openai:m1")]
    [InlineData(2, "--deadline takes a time such as 90s", "--deadline", "soon")]
    [InlineData(2, "--retries takes a number from 0", "--retries", "-1")]
    [InlineData(2, "--requests-per-minute takes a number from 1", "--requests-per-minute", "0")]
    [InlineData(2, "--budget-cost takes an amount above 0", "--budget-cost", "0")]
    [InlineData(1, "has no price for 'other'", "--budget-cost", "1", "--model", "openai:other", "--prices", "PRICES")]
    [InlineData(1, "price 1 names no model", "--budget-cost", "1", "--prices", "BROKEN")]
    public async Task Limits_that_cannot_be_kept_are_refused_at_once(int code, string message, params string[] options)
    {
        using var cli = new Cli();
        string prices = cli.Write("prices.json", Prices);
        string broken = cli.Write("broken.json", """{"prices": [{"input": 1, "output": 2}]}""");

        Outcome fit = await cli.RunAsync(
            ["fit", People.Sample, "--all", "--output", cli["out"], .. options.Select(o => o switch { "PRICES" => prices, "BROKEN" => broken, _ => o })]);

        Assert.Equal(code, fit.Code);
        Assert.Contains(message, fit.Error, StringComparison.Ordinal);
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;
}
