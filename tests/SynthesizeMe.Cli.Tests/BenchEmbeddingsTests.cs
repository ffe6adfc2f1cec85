using System.Text.Json.Nodes;
using SynthesizeMe.Benchmarking;

namespace SynthesizeMe.Cli.Tests;

public sealed class BenchEmbeddingsTests
{
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
        Assert.Contains("nothing listens there", bench.Error, StringComparison.Ordinal);
    }

    private static Response Embed(Request request)
    {
        JsonNode body = JsonNode.Parse(request.Body)!;
        JsonNode input = body["input"]!;
        string[] texts = input is JsonArray list ? [.. list.Select(t => t!.GetValue<string>())] : [input.GetValue<string>()];
        bool asBytes = body["encoding_format"]?.GetValue<string>() == "base64";
        return new Response(200, new JsonObject
        {
            ["object"] = "list",
            ["model"] = "words",
            ["data"] = new JsonArray([.. texts.Select((text, i) => new JsonObject { ["object"] = "embedding", ["index"] = i, ["embedding"] = Vector(text, asBytes) })]),
            ["usage"] = new JsonObject { ["prompt_tokens"] = 1, ["total_tokens"] = 1 },
        }.ToJsonString());
    }

    private static JsonNode Vector(string text, bool asBytes)
    {
        float[] vector = [text.Contains("\nAnswer ", StringComparison.Ordinal) ? 1 : 0, 1];
        return asBytes ? Convert.ToBase64String([.. vector.SelectMany(BitConverter.GetBytes)]) : new JsonArray([.. vector.Select(v => JsonValue.Create(v))]);
    }
}
