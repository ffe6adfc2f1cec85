using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using SynthesizeMe.Benchmarking;
using SynthesizeMe.Testing;

namespace SynthesizeMe.Cli.Tests;

public sealed class BenchServedRewardTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_served_reward_model_is_measured_without_and_with_the_persona()
    {
        using var server = new LoopbackServer(Judge);
        using var cli = new Cli();

        Outcome bench = await BenchAsync(cli, server.Address, "--reward-model", "taste", "--methods", "served,served+persona");
        BenchmarkRun run = await BenchmarkRun.ReadAsync(cli["out"], Ct);

        Assert.True(bench.Code == 0, bench.Error);
        Assert.Equal(["served", "served+persona"], run.Results.Select(r => r.Method).Distinct());
        Assert.All(run.Results, r => Assert.Equal((1, 0), (r.Score, r.Spend.Calls)));
        Assert.All(server.Requests, r => Assert.Equal("taste", JsonNode.Parse(r.Body)!["model"]!.GetValue<string>()));
        string persona = run.Users[0].Fit!.Persona!;
        string[] texts = [.. server.Requests.SelectMany(r => JsonNode.Parse(r.Body)!["input"]!.AsArray().Select(t => t!.GetValue<string>()))];
        Assert.Equal(8, texts.Count(t => t.Contains(persona, StringComparison.Ordinal)));
        Assert.Equal(16, texts.Length);
    }

    [Theory]
    [InlineData(2, 0, "4", 0)]
    [InlineData(2, 100, "2", 0)]
    [InlineData(2, 0, "1", 3)]
    [InlineData(1, 0, "0", 3)]
    [InlineData(1, 3600, "4", 3)]
    public async Task A_server_that_is_busy_is_asked_again_as_often_as_allowed_and_waited_for_within_reason(int times, int wait, string retries, int code)
    {
        var asked = new ConcurrentDictionary<string, int>();
        using var server = new LoopbackServer(r => asked.AddOrUpdate(r.Body, 1, (_, n) => n + 1) <= times ? new Response(503, "{}", RetryAfter: wait) : Judge(r));
        using var cli = new Cli { Time = new InstantTime() };

        Outcome bench = await BenchAsync(cli, server.Address, "--methods", "served", "--retries", retries);

        Assert.True(bench.Code == code, bench.Error);
        Assert.Equal(code != 0, bench.Error.Contains("answered 503", StringComparison.Ordinal));
    }

    [Fact]
    public async Task No_score_is_asked_for_twice_unless_nothing_is_to_be_kept()
    {
        using var server = new LoopbackServer(Judge);
        using var cli = new Cli();

        Assert.Equal(4, await AskedAsync("--methods", "served"));
        Assert.Equal(4, await AskedAsync("--methods", "served,served+persona"));
        string results = File.ReadAllText(cli["out/results.jsonl"]);
        Assert.Equal(0, await AskedAsync("--methods", "served,served+persona"));
        Assert.Equal(results, File.ReadAllText(cli["out/results.jsonl"]));
        Assert.Equal(4, await AskedAsync("--methods", "served", "--reward-model", "another"));
        Assert.Equal(4, await AskedAsync("--methods", "served", "--store", "none"));

        async Task<int> AskedAsync(params string[] more)
        {
            int before = server.Requests.Count;
            Outcome bench = await BenchAsync(cli, server.Address, more);
            Assert.True(bench.Code == 0, bench.Error);
            return server.Requests.Count - before;
        }
    }

    [Fact]
    public async Task A_server_is_asked_no_more_at_once_than_allowed()
    {
        int now = 0;
        int most = 0;
        using var cli = new Cli();
        using var server = new LoopbackServer(r =>
        {
            lock (cli)
            {
                most = Math.Max(most, ++now);
            }

            Thread.Sleep(20);
            lock (cli)
            {
                now--;
            }

            return Judge(r);
        });

        Outcome bench = await BenchAsync(cli, ["ada", "bob", "cleo", "dan"], server.Address, "--methods", "served", "--parallel", "2");

        Assert.True(bench.Code == 0, bench.Error);
        Assert.InRange(most, 1, 2);
    }

    [Fact]
    public async Task Not_even_the_beginning_of_a_key_is_shown()
    {
        // What a server says is cut after 200 characters, here in the middle of the key.
        const string Key = "rw0123456789abcdefghijklmnopqrstuvwxyz";
        using var server = new LoopbackServer(_ => new Response(401, new string('x', 180) + Key));
        using var cli = new Cli { Environment = { ["REWARD_API_KEY"] = Key } };

        Outcome bench = await BenchAsync(cli, server.Address, "--methods", "served");

        string written = string.Concat(Directory.EnumerateFiles(cli["out"], "*", SearchOption.AllDirectories).Select(File.ReadAllText));
        Assert.Contains("answered 401", bench.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(Key[..9], bench.Out + bench.Error + written, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("abc\ndef")]
    [InlineData("schlüssel")]
    public async Task A_key_that_can_be_none_is_named(string key)
    {
        using var server = new LoopbackServer(Judge);
        using var cli = new Cli { Environment = { ["REWARD_API_KEY"] = key } };

        Outcome bench = await BenchAsync(cli, server.Address, "--methods", "served");

        Assert.Equal(3, bench.Code);
        Assert.Contains("REWARD_API_KEY holds a line break or another character that is in no key.", bench.Error, StringComparison.Ordinal);
        Assert.Empty(server.Requests);
    }

    [Theory]
    [InlineData(400, "This model's maximum context length is 4096 tokens.")]
    [InlineData(413, "Input validation error: `inputs` must have less than 512 tokens.")]
    public async Task A_text_that_is_too_long_for_the_server_costs_no_more_than_its_answer(int status, string says)
    {
        string? refused = null;
        using var server = new LoopbackServer(r => (refused ??= r.Body) == r.Body ? new Response(status, $$"""{"message": "{{says}}"}""") : Judge(r));
        using var cli = new Cli();

        Outcome bench = await BenchAsync(cli, server.Address, "--methods", "served,longer", "--parallel", "1");

        Assert.True(bench.Code == 0, bench.Error);
        ResultRecord[] failed = [.. (await BenchmarkRun.ReadAsync(cli["out"], Ct)).Results.Where(r => r.ForwardFailure is not null)];
        Assert.Equal($"the reward model at {server.Address}/ refuses this text: it is too long for the model ({status}).", Assert.Single(failed).ForwardFailure);
    }

    [Fact]
    public async Task An_unknown_character_set_is_none_of_our_business()
    {
        using var server = new LoopbackServer(r => Judge(r) with { ContentType = "application/json; charset=bogus" });
        using var cli = new Cli();

        Outcome bench = await BenchAsync(cli, server.Address, "--methods", "served");

        Assert.True(bench.Code == 0, bench.Error);
    }

    [Fact]
    public async Task A_key_is_sent_and_shown_nowhere()
    {
        using var server = new LoopbackServer(r => new Response(401, new JsonObject { ["heard"] = r.Head }.ToJsonString()));
        using var cli = new Cli { Environment = { ["REWARD_API_KEY"] = "hush-0123456789" } };

        Outcome bench = await BenchAsync(cli, server.Address.Replace("http://", "http://me:secret@", StringComparison.Ordinal), "--methods", "served");

        Assert.Equal(3, bench.Code);
        Assert.Contains($"{server.Address}/ answered 401", bench.Error, StringComparison.Ordinal);
        Assert.All(server.Requests, r => Assert.Contains("Bearer hush-0123456789", r.Head, StringComparison.Ordinal));
        string written = string.Concat(Directory.EnumerateFiles(cli["out"], "*", SearchOption.AllDirectories).Select(File.ReadAllText));
        Assert.All(["hush-0123456789", "secret"], s => Assert.DoesNotContain(s, bench.Out + bench.Error + written, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_named()
    {
        using var cli = new Cli { Time = new InstantTime() };
        string nowhere = LoopbackServer.Nowhere;

        Outcome bench = await BenchAsync(cli, nowhere, "--methods", "served");

        Assert.Equal(3, bench.Code);
        Assert.Contains($"the reward model at {nowhere}", bench.Error, StringComparison.Ordinal);
        Assert.Contains("cannot be reached: ", bench.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("'served' needs a served reward model; name its address with --reward-endpoint URL", "--methods", "served")]
    [InlineData("--batch calls no model, so that --reward-endpoint has no meaning", "--batch", "b", "--reward-endpoint", "http://x")]
    [InlineData("--batch calls no model, so that --embeddings has no meaning", "--batch", "b", "--embeddings", "ollama:m")]
    [InlineData("--reward-endpoint is for served and served+persona, and --methods names neither", "--methods", "longer", "--reward-endpoint", "http://x")]
    [InlineData("--reward-model needs the address of its server; name it with --reward-endpoint URL", "--reward-model", "taste")]
    [InlineData("--reward-endpoint is not an http or https address; write it as in http://localhost:8000/classify", "--reward-endpoint", "localhost:8000")]
    public async Task What_is_missing_or_wrong_is_told(string reason, params string[] arguments)
    {
        using var cli = new Cli();

        Outcome bench = await cli.RunAsync(["bench", People.Sample, "--output", cli["out"], .. arguments]);

        Assert.Equal(2, bench.Code);
        Assert.Contains(reason, bench.Error, StringComparison.Ordinal);
    }

    private static Task<Outcome> BenchAsync(Cli cli, string address, params string[] more) =>
        BenchAsync(cli, ["ada"], address, more);

    private static Task<Outcome> BenchAsync(Cli cli, string[] people, string address, params string[] more) => cli.RunAsync(
        ["bench", cli.Write("people.jsonl", people.SelectMany(p => People.Terse(p, 8))), "--output", cli["out"], "--reward-endpoint", address, .. more]);

    /// <summary>Likes completions that begin with "Answer".</summary>
    private static Response Judge(Request request) => new(200, new JsonObject
    {
        ["data"] = new JsonArray([.. JsonNode.Parse(request.Body)!["input"]!.AsArray().Select((text, i) => new JsonObject
        {
            ["index"] = i,
            ["probs"] = new JsonArray(text!.GetValue<string>().Split("]]\n")[^1].StartsWith("Answer ", StringComparison.Ordinal) ? 2.0 : -1.0),
        })]),
    }.ToJsonString());
}
