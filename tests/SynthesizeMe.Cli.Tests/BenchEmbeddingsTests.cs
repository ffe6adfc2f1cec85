using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using SynthesizeMe.Benchmarking;
using SynthesizeMe.Testing;

namespace SynthesizeMe.Cli.Tests;

public sealed class BenchEmbeddingsTests
{
    private readonly ConcurrentQueue<string> _embedded = [];

    [Fact]
    public async Task Reward_models_read_the_embeddings_of_a_served_model()
    {
        // Whoever says "Answer" is liked: the only thing that these embeddings tell.
        using var server = new LoopbackServer(Embed);
        using var cli = new Cli();
        string input = cli.Write("people.jsonl", [.. People.Terse("ada", 8), .. People.Terse("bob", 8)]);

        Outcome bench = await cli.RunAsync(
            "bench", input, "--methods", "reward,reward+user", "--output", cli["out"], "--embeddings", "openai:words", "--embeddings-endpoint", server.Address);
        BenchmarkRun run = await BenchmarkRun.ReadAsync(cli["out"], TestContext.Current.CancellationToken);

        Assert.True(bench.Code == 0, bench.Error);
        Assert.All(server.Requests, r => Assert.Equal("words", JsonNode.Parse(r.Body)!["model"]!.GetValue<string>()));
        Assert.Equal(["reward", "reward+user"], run.Results.Select(r => r.Method).Distinct());
        Assert.All(run.Results, r => Assert.Equal((1, 0), (r.Score, r.Spend.Calls)));
    }

    [Fact]
    public async Task An_embedding_belongs_where_its_index_says()
    {
        using var server = new LoopbackServer(r =>
        {
            JsonNode answer = JsonNode.Parse(Embed(r).Body)!;
            JsonNode[] listed = [.. answer["data"]!.AsArray().Select(n => n!.DeepClone()).Reverse()];
            answer["data"] = new JsonArray(listed);
            return new Response(200, answer.ToJsonString());
        });
        using var cli = new Cli();

        Outcome bench = await BenchAsync(cli, server);

        Assert.True(bench.Code == 0, bench.Error);
        Assert.All((await BenchmarkRun.ReadAsync(cli["out"], TestContext.Current.CancellationToken)).Results, r => Assert.Equal(1, r.Score));
    }

    [Fact]
    public async Task A_text_that_is_too_long_for_the_model_costs_no_more_than_its_pair()
    {
        string input = "";
        using var server = new LoopbackServer(r => r.Body.Contains("3?", StringComparison.Ordinal) || r.Body.Contains("7?", StringComparison.Ordinal)
            ? new Response(400, """{"error": {"code": "context_length_exceeded", "message": "This model's maximum context length is 8192 tokens."}}""")
            : Embed(r));
        using var cli = new Cli();
        input = cli.Write("people.jsonl", [.. People.Terse("ada", 8).Select((line, i) => line.Replace("\"content\":\"", $"\"content\":\"{i}? ", StringComparison.Ordinal))]);

        Outcome bench = await cli.RunAsync(
            "bench", input, "--methods", "reward", "--output", cli["out"], "--embeddings", "openai:words", "--embeddings-endpoint", server.Address);

        Assert.True(bench.Code == 0, bench.Error);
        BenchmarkRun run = await BenchmarkRun.ReadAsync(cli["out"], TestContext.Current.CancellationToken);
        Assert.All(run.Results.Take(3), r => Assert.Null(r.ForwardFailure));
        Assert.Equal($"openai:words at {new Uri(server.Address)} refuses this text: it is too long for the model (400).", run.Results[3].ForwardFailure);
    }

    [Theory]
    [InlineData("anthropic:claude", "anthropic:claude has no embeddings; use offline, openai:NAME or ollama:NAME", 2)]
    [InlineData("telepathy", "'telepathy' is not a model", 2)]
    [InlineData("openai:words", "openai:words needs a key, and OPENAI_API_KEY is not set.", 3)]
    public async Task A_model_without_embeddings_is_refused_with_the_reason(string model, string reason, int code)
    {
        using var cli = new Cli();

        Outcome bench = await cli.RunAsync("bench", People.Sample, "--methods", "reward", "--output", cli["out"], "--embeddings", model);

        Assert.Equal(code, bench.Code);
        Assert.Contains(reason, bench.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_named()
    {
        using var cli = new Cli();

        Outcome bench = await cli.RunAsync(
            "bench", People.Sample, "--methods", "reward", "--output", cli["out"], "--embeddings", "ollama:words", "--embeddings-endpoint", LoopbackServer.Nowhere);

        Assert.Equal(3, bench.Code);
        Assert.Contains("ollama:words at ", bench.Error, StringComparison.Ordinal);
        Assert.Contains("nothing listens there. Start it with: ollama serve, or correct --embeddings-endpoint.", bench.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_text_is_embedded_twice_by_the_same_model()
    {
        using var server = new LoopbackServer(Embed);
        using var cli = new Cli();

        Outcome first = await BenchAsync(cli, server);
        string results = File.ReadAllText(cli["out/results.jsonl"]);
        string[] paid = [.. _embedded];
        Outcome second = await BenchAsync(cli, server);
        int again = _embedded.Count - paid.Length;
        Outcome other = await BenchAsync(cli, server, "openai:others");

        Assert.Equal([0, 0, 0], [first.Code, second.Code, other.Code]);
        Assert.Equal(16, paid.Length);
        Assert.Equal(paid.Distinct(), paid);
        Assert.Equal(0, again);
        Assert.Equal(32, _embedded.Count);
        Assert.Equal(results, File.ReadAllText(cli["out/results.jsonl"]));
    }

    [Fact]
    public async Task A_run_that_was_stopped_pays_for_the_rest_only()
    {
        int left = 3;
        using var server = new LoopbackServer(r => Interlocked.Decrement(ref left) >= 0 ? Embed(r) : new Response(400, "{}"));
        using var cli = new Cli();

        // One call at a time: one that is under way when another fails is lost.
        Outcome stopped = await BenchAsync(cli, server, "openai:words", "--parallel", "1");
        int before = _embedded.Count;
        left = int.MaxValue;
        Outcome resumed = await BenchAsync(cli, server);

        Assert.Equal([3, 0], [stopped.Code, resumed.Code]);
        Assert.InRange(before, 1, 15);
        Assert.Equal(16, _embedded.Count);
        Assert.Equal(_embedded.Distinct(), _embedded);
    }

    [Theory]
    [InlineData(503, 0, "2", 0)]
    [InlineData(429, 100, "2", 0)]
    [InlineData(503, 0, "1", 3)]
    [InlineData(429, 3600, "4", 3)]
    public async Task A_server_that_is_busy_is_asked_again_as_often_as_allowed_and_waited_for_within_reason(int status, int wait, string retries, int code)
    {
        int left = 2;
        using var server = new LoopbackServer(r => Interlocked.Decrement(ref left) >= 0 ? new Response(status, "{}", RetryAfter: wait) : Embed(r));
        using var cli = new Cli { Time = new InstantTime() };

        Outcome bench = await BenchAsync(cli, server, "openai:words", "--retries", retries);

        Assert.True(bench.Code == code, bench.Error);
    }

    [Fact]
    public async Task A_server_is_asked_no_more_at_once_than_allowed()
    {
        int now = 0;
        int most = 0;
        using var server = new LoopbackServer(r =>
        {
            most = Math.Max(most, Interlocked.Increment(ref now));
            Thread.Sleep(20);
            Interlocked.Decrement(ref now);
            return Embed(r);
        });
        using var cli = new Cli();

        Outcome bench = await BenchAsync(cli, server, "openai:words", "--parallel", "2");

        Assert.True(bench.Code == 0, bench.Error);
        Assert.InRange(most, 1, 2);
    }

    [Fact]
    public async Task A_model_whose_embeddings_are_not_as_long_as_those_that_were_kept_is_named()
    {
        int left = 3;
        bool exchanged = false;
        using var server = new LoopbackServer(r => exchanged ? Embed(r, 3) : Interlocked.Decrement(ref left) >= 0 ? Embed(r) : new Response(400, "{}"));
        using var cli = new Cli();

        await BenchAsync(cli, server);
        exchanged = true;
        Outcome bench = await BenchAsync(cli, server);

        Assert.Equal(3, bench.Code);
        Assert.Contains($"than those that {cli["out/embeddings.sqlite"]} keeps of it (2 and 3 numbers)", bench.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, "AACAPwAAgD8=", "gave 0 embeddings for 8 texts. Use a model that embeds every text.")]
    [InlineData(8, "AACAPwAAwH8=", "gave an embedding with a number that is not finite. Use another model.")]
    [InlineData(7, "AACAPwAAgD8=", "gave embeddings of 2 and of 1 number. Use another model.")]
    public async Task A_model_that_embeds_badly_is_named(int embeddings, string numbers, string reason)
    {
        // The eighth, where only seven are as they are said to be, has one number less.
        string[] all = [.. Enumerable.Repeat(numbers, embeddings), .. embeddings == 7 ? ["AACAPw=="] : Array.Empty<string>()];
        using var server = new LoopbackServer(_ => new Response(200, new JsonObject
        {
            ["object"] = "list",
            ["model"] = "words",
            ["data"] = new JsonArray([.. all.Select((e, i) => new JsonObject { ["object"] = "embedding", ["index"] = i, ["embedding"] = e })]),
            ["usage"] = new JsonObject { ["prompt_tokens"] = 1, ["total_tokens"] = 1 },
        }.ToJsonString()));
        using var cli = new Cli();

        Outcome bench = await BenchAsync(cli, server);

        Assert.Equal(3, bench.Code);
        Assert.Contains($"openai:words at {server.Address}/ {reason}", bench.Error, StringComparison.Ordinal);
        Assert.True(File.Exists(cli["out/report.html"]));
    }

    [Fact]
    public async Task Nothing_is_kept_where_no_store_is_wanted()
    {
        using var server = new LoopbackServer(Embed);
        using var cli = new Cli();

        Outcome bench = await BenchAsync(cli, server, "openai:words", "--store", "none");

        Assert.True(bench.Code == 0, bench.Error);
        Assert.False(File.Exists(cli["out/embeddings.sqlite"]));
    }

    [Fact]
    public async Task A_file_that_holds_something_else_is_named_and_left_as_it_is()
    {
        using var server = new LoopbackServer(Embed);
        using var cli = new Cli();
        Directory.CreateDirectory(cli["out"]);
        string foreign = cli.Write("out/embeddings.sqlite", [.. Enumerable.Repeat("this is somebody's diary", 50)]);
        string before = File.ReadAllText(foreign);

        Outcome bench = await BenchAsync(cli, server);

        Assert.Equal(1, bench.Code);
        Assert.Contains($"{foreign}: embeddings cannot be kept there: ", bench.Error, StringComparison.Ordinal);
        Assert.Contains("--store none", bench.Error, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllText(foreign));
    }

    private static Task<Outcome> BenchAsync(Cli cli, LoopbackServer server, string model = "openai:words", params string[] more)
    {
        string input = cli.Write("people.jsonl", [.. People.Terse("ada", 8), .. People.Terse("bob", 8)]);
        return cli.RunAsync(["bench", input, "--methods", "reward,reward+user", "--output", cli["out"], "--embeddings", model, "--embeddings-endpoint", server.Address, .. more]);
    }

    private Response Embed(Request request) => Embed(request, 2);

    private Response Embed(Request request, int length)
    {
        JsonNode body = JsonNode.Parse(request.Body)!;
        JsonNode input = body["input"]!;
        string[] texts = input is JsonArray list ? [.. list.Select(t => t!.GetValue<string>())] : [input.GetValue<string>()];
        bool asBytes = body["encoding_format"]?.GetValue<string>() == "base64";
        foreach (string text in texts)
        {
            _embedded.Enqueue(text);
        }

        return new Response(200, new JsonObject
        {
            ["object"] = "list",
            ["model"] = "words",
            ["data"] = new JsonArray([.. texts.Select((text, i) => new JsonObject { ["object"] = "embedding", ["index"] = i, ["embedding"] = Vector(text, length, asBytes) })]),
            ["usage"] = new JsonObject { ["prompt_tokens"] = 1, ["total_tokens"] = 1 },
        }.ToJsonString());
    }

    private static JsonNode Vector(string text, int length, bool asBytes)
    {
        float[] vector = [text.Contains("\nAnswer ", StringComparison.Ordinal) ? 1 : 0, .. Enumerable.Repeat(1f, length - 1)];
        return asBytes ? Convert.ToBase64String([.. vector.SelectMany(BitConverter.GetBytes)]) : new JsonArray([.. vector.Select(v => JsonValue.Create(v))]);
    }
}
