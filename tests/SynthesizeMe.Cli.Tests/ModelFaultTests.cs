using System.Collections.Concurrent;
using SynthesizeMe.Testing;

namespace SynthesizeMe.Cli.Tests;

public sealed class ModelFaultTests
{
    private const string Secret = "sk-very-secret-0123456789";

    [Theory]
    [InlineData("openai:m", "/v1", "Start the server, or correct --endpoint.")]
    [InlineData("anthropic:m", "", "Start the server, or correct --endpoint.")]
    [InlineData("ollama:m", "", "Start it with: ollama serve, or correct --endpoint.")]
    public async Task An_endpoint_where_nothing_listens_is_named(string model, string path, string cure)
    {
        string endpoint = LoopbackServer.Nowhere + path;

        Outcome fit = await FitAsync(model, endpoint);

        Assert.Equal((3, ""), (fit.Code, fit.Out));
        Assert.StartsWith($"error: user 'ada': {model} at {endpoint}", fit.Error, StringComparison.Ordinal);
        Assert.Contains("cannot be reached: nothing listens there.", fit.Error, StringComparison.Ordinal);
        Assert.Contains(cure, fit.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("openai:m", 400, "it is too long for the model", """{"error": {"code": "context_length_exceeded", "message": "This model's maximum context length is 8192 tokens."}}""")]
    [InlineData("openai:m", 400, "its content is filtered", """{"error": {"code": "content_filter", "message": "The prompt triggered the content management policy."}}""")]
    [InlineData("openai:m", 413, "it is too long for the model", "{}")]
    [InlineData("anthropic:m", 400, "it is too long for the model", """{"type": "error", "error": {"type": "invalid_request_error", "message": "prompt is too long: 210000 tokens > 200000 maximum"}}""")]
    public async Task A_model_that_refuses_every_prompt_of_somebody_is_named_and_says_why(string model, int status, string reason, string body)
    {
        using var server = new LoopbackServer(status, body);

        Outcome fit = await FitAsync(model, server.Address);

        Assert.Equal((3, ""), (fit.Code, fit.Out));
        Assert.Contains($"{model} at {server.Address}/ refuses this prompt: {reason} ({status}).", fit.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("openai:m", 401, "refuses the key (401). Set OPENAI_API_KEY to a valid one.")]
    [InlineData("anthropic:m", 401, "refuses the key (401). Set ANTHROPIC_API_KEY to a valid one.")]
    [InlineData("ollama:m", 401, "asks for credentials (401)")]
    [InlineData("openai:m", 403, "Check what the key in OPENAI_API_KEY may be used for.")]
    [InlineData("openai:m", 404, "Check the model's name, and that --endpoint is the address of the API")]
    [InlineData("anthropic:m", 404, "Check the model's name, and that --endpoint is the address of the API")]
    [InlineData("ollama:m", 404, "Fetch it with: ollama pull m")]
    [InlineData("openai:m", 429, "limits the rate, or the quota is used up (429). Wait a while, lower --parallel")]
    [InlineData("anthropic:m", 429, "limits the rate, or the quota is used up (429). Wait a while, lower --parallel")]
    [InlineData("ollama:m", 429, "limits the rate, or the quota is used up (429). Wait a while, lower --parallel")]
    [InlineData("openai:m", 400, "refuses the request (400)")]
    [InlineData("openai:m", 503, "has failed (503)")]
    [InlineData("anthropic:m", 529, "has failed (529)")]
    [InlineData("ollama:m", 500, "has failed (500)")]
    public async Task A_status_is_explained_with_a_cure(string model, int status, string message)
    {
        using var server = new LoopbackServer(status);

        Outcome fit = await FitAsync(model, server.Address);

        Assert.Equal((3, ""), (fit.Code, fit.Out));
        Assert.StartsWith($"error: user 'ada': {model} at {server.Address}", fit.Error, StringComparison.Ordinal);
        Assert.Contains(message, fit.Error, StringComparison.Ordinal);
        Assert.Equal(1, fit.Error.Count(c => c == '\n'));
    }

    [Theory]
    [InlineData("""{"error": {"message": "Provider returned error: model overloaded.", "code": "busy"}}""", "says that all is well and sends an error: Provider returned error: model overloaded. Try again later;")]
    [InlineData("""{"error": {"message": "Provider returned error", "code": 503}, "choices": []}""", "has failed (503): an error: Provider returned error.")]
    [InlineData("""{"error": "out of memory"}""", "sends an error: out of memory.")]
    [InlineData("""{"error": {}}""", "sends an error without a message.")]
    [InlineData("""{"choices": []}""", "sends a reply without choices.")]
    [InlineData("""{"choices": [null], "error": null}""", "sends a reply without choices.")]
    [InlineData("""{"choices": [{"index": 0, "message": {"role": "assistant", "content": "half"}, "finish_reason": "abort"}]}""", "sends a reply that was broken off (abort).")]
    [InlineData("""{"choices": [{"index": 0, "message": {"role": "assis""", "sends what is no JSON, or not all of it (")]
    [InlineData(" \n", "sends an empty reply.")]
    [InlineData("<html>Welcome to the router</html>", "sends a web page.")]
    [InlineData("null", "sends JSON that is no object.")]
    public async Task What_a_server_sends_in_a_replys_place_is_named(string body, string message)
    {
        using var server = new LoopbackServer(200, body);

        Outcome fit = await FitAsync("openai:m", server.Address);

        Assert.Equal((3, ""), (fit.Code, fit.Out));
        Assert.StartsWith($"error: user 'ada': openai:m at {server.Address}/ ", fit.Error, StringComparison.Ordinal);
        Assert.Contains(message, fit.Error, StringComparison.Ordinal);
        Assert.Equal(1, fit.Error.Count(c => c == '\n'));
    }

    [Theory]
    [InlineData(100, "100 seconds")]
    [InlineData(3600, "60 minutes")]
    [InlineData(99999999, "for hours")]
    public async Task How_long_a_server_asks_to_wait_is_told(int seconds, string wait)
    {
        using var server = new LoopbackServer(_ => new Response(429, "{}", RetryAfter: seconds));

        Outcome fit = await FitAsync("openai:m", server.Address);

        Assert.Contains($"limits the rate, or the quota is used up (429) and asks to wait {wait}. Wait a while", fit.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_word_that_a_server_without_keys_is_given_is_no_secret()
    {
        using var server = new LoopbackServer(LoopbackServer.Offline);
        using var cli = new Cli { Environment = { ["OPENAI_API_KEY"] = "none" } };

        Outcome fit = await cli.RunAsync(
            "fit", cli.Write("people.jsonl", People.Terse("ada", 6)), "--output", cli["out"], "--model", "openai:m", "--endpoint", server.Address, "--store", "none");

        Assert.True(fit.Code == 0, fit.Error);
        string record = await File.ReadAllTextAsync(Assert.Single(Directory.GetFiles(cli["out/runs"])), TestContext.Current.CancellationToken);
        Assert.Contains("\"--store\",\"none\"", record, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"role": "assistant", "content": null, "refusal": "I cannot help with that."}, "finish_reason": "stop""", "the model refused: I cannot help with that")]
    [InlineData("""{"role": "assistant", "content": ""}, "finish_reason": "content_filter""", "the provider's content filter stopped it")]
    [InlineData("""{"role": "assistant", "content": "I"}, "finish_reason": "SAFETY""", "the provider's content filter stopped it")]
    [InlineData("""{"role": "assistant", "content": "I"}, "finish_reason": "MAX_TOKENS""", "it ended at the token limit before it was complete")]
    public async Task A_model_that_gives_no_whole_reply_says_why(string message, string reason)
    {
        using var server = new LoopbackServer(200, $$"""{"id": "1", "object": "chat.completion", "created": 1, "model": "m", "choices": [{"index": 0, "message": {{message}}"}]}""");

        Outcome fit = await FitAsync("openai:m", server.Address);

        Assert.Equal(3, fit.Code);
        Assert.Contains(reason, fit.Error, StringComparison.Ordinal);
        Assert.Equal(server.Requests.Count, server.Requests.DistinctBy(r => r.Body).Count());
    }

    [Theory]
    [InlineData("\"finish_reason\":\"stop\"", "\"finish_reason\":\"eos_token\"")]
    [InlineData("\"finish_reason\":\"stop\"", "\"finish_reason\":\"STOP\"")]
    [InlineData("\"finish_reason\":\"stop\"", "\"finish_reason\":null")]
    [InlineData("\"prompt_tokens\":", "\"prompt_tokens\":0.5,\"was\":")]
    [InlineData("{\"", "\uFEFF{\"")]
    public async Task A_server_that_says_it_a_little_differently_is_understood(string usual, string said)
    {
        using var plain = new LoopbackServer(LoopbackServer.Offline);
        using var other = new LoopbackServer(r =>
        {
            string body = LoopbackServer.Offline(r).Body;
            int at = body.IndexOf(usual, StringComparison.Ordinal);
            Assert.True(at >= 0, body);
            return new Response(200, body[..at] + said + body[(at + usual.Length)..]);
        });

        Outcome expected = await FitAsync("openai:m", plain.Address);
        Outcome fit = await FitAsync("openai:m", other.Address);

        Assert.True(fit.Code == 0, fit.Error);
        Assert.Equal(Persona(expected), Persona(fit));
    }

    [Theory]
    [InlineData("""{"choices": []}""")]
    [InlineData("<html>busy</html>")]
    [InlineData("""{"error": {"message": "busy", "code": 503}}""")]
    public async Task A_server_that_once_sends_something_else_is_asked_again(string body)
    {
        var asked = new ConcurrentDictionary<string, int>();
        using var server = new LoopbackServer(r => asked.AddOrUpdate(r.Body, 1, (_, n) => n + 1) == 1 ? new Response(200, body) : LoopbackServer.Offline(r));
        using var cli = new Cli { Time = new InstantTime() };

        Outcome fit = await cli.RunAsync(
            "fit", cli.Write("people.jsonl", People.Terse("ada", 6)), "--output", cli["out"], "--model", "openai:m", "--endpoint", server.Address);

        Assert.True(fit.Code == 0, fit.Error);
        Assert.All(asked.Values, n => Assert.Equal(2, n));
    }

    [Theory]
    [InlineData("openai:m")]
    [InlineData("anthropic:m")]
    [InlineData("ollama:m")]
    public async Task An_answer_that_is_not_the_apis_is_explained(string model)
    {
        using var server = new LoopbackServer(_ => new Response(200, "<html>Welcome to the router</html>", "text/html"));

        Outcome fit = await FitAsync(model, server.Address);

        Assert.Equal(3, fit.Code);
        Assert.Contains($"{model} at {server.Address}", fit.Error, StringComparison.Ordinal);
        Assert.Contains("--endpoint", fit.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("defect", fit.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_model_that_answers_nonsense_cannot_be_learned_from()
    {
        using var server = new LoopbackServer(_ => LoopbackServer.OpenAIReply("Bananas are berries."));

        Outcome fit = await FitAsync("openai:m", server.Address);
        Outcome evaluation = await RunAsync(server.Address, input => ["evaluate", input, "--model", "openai:m", "--endpoint", server.Address]);

        Assert.Equal(3, fit.Code);
        Assert.Contains("answers could be read", fit.Error, StringComparison.Ordinal);
        Assert.Contains("Use a model that follows the prompt's layout.", fit.Error, StringComparison.Ordinal);
        Assert.Equal(3, evaluation.Code);
        Assert.Contains("No user was finished.", evaluation.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_judge_that_gets_nonsense_says_so()
    {
        using var server = new LoopbackServer(_ => LoopbackServer.OpenAIReply("Bananas are berries."));
        using var cli = new Cli();
        string judge = await cli.FitAsync("asha");
        string text = cli.Write("q.txt", "Q");

        Outcome verdict = await cli.RunAsync(
            "judge", judge, "--context", text, "--first", cli.Write("a.txt", "A"), "--second", cli.Write("b.txt", "B"), "--model", "openai:m", "--endpoint", server.Address);

        Assert.Equal((3, ""), (verdict.Code, verdict.Out));
        Assert.Contains("Its reply began: Bananas are berries.", verdict.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("openai:m", "OPENAI_API_KEY")]
    [InlineData("anthropic:m", "ANTHROPIC_API_KEY")]
    public async Task A_missing_key_is_asked_for_by_its_variable(string model, string variable)
    {
        using var cli = new Cli();
        string input = cli.Write("people.jsonl", People.Terse("ada", 4));

        Outcome fit = await cli.RunAsync("fit", input, "--output", cli["out"], "--model", model);

        Assert.Equal(3, fit.Code);
        Assert.Contains($"{model} needs a key, and {variable} is not set.", fit.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("openai:m", "OPENAI_API_KEY")]
    [InlineData("anthropic:m", "ANTHROPIC_API_KEY")]
    public async Task A_key_goes_to_the_model_and_is_never_shown(string model, string variable)
    {
        // A server that repeats what it was sent, as careless proxies do.
        using var server = new LoopbackServer(r => new Response(400, $$$"""{"error": {"type": "invalid_request_error", "message": "{{{Secret}}} is odd"}}"""));
        using var cli = new Cli { Environment = { [variable] = $" {Secret}\n" } };
        string input = cli.Write("people.jsonl", People.Terse("ada", 4));

        Outcome fit = await cli.RunAsync("fit", input, "--output", cli["out"], "--model", model, "--endpoint", server.Address, "--verbose", "--json");
        Outcome evaluation = await cli.RunAsync("evaluate", input, "--model", model, "--endpoint", server.Address, "--verbose", "--json");

        Assert.Contains($"Authorization: Bearer {Secret}\r\n", server.Requests.First().Head, StringComparison.OrdinalIgnoreCase);
        Assert.Equal((3, 3), (fit.Code, evaluation.Code));
        Assert.Contains("   at ", fit.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("very-secret", fit.Out + fit.Error + evaluation.Out + evaluation.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Credentials_in_an_endpoint_are_not_shown()
    {
        using var server = new LoopbackServer(404);
        string endpoint = server.Address.Replace("http://", "http://me:very-secret@", StringComparison.Ordinal) + "/v1?key=very-secret";

        Outcome fit = await FitAsync("openai:m", endpoint);

        Assert.Equal(3, fit.Code);
        Assert.DoesNotContain("very-secret", fit.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_speaks_OpenAIs_API_needs_no_key()
    {
        using var server = new LoopbackServer(LoopbackServer.Offline);

        Outcome fit = await FitAsync("openai:m", server.Address);

        Assert.Equal((0, ""), (fit.Code, fit.Error));
        Assert.NotEmpty(server.Requests);
    }

    [Fact]
    public async Task No_more_calls_than_parallel_are_under_way()
    {
        int now = 0;
        int most = 0;
        using var server = new LoopbackServer(request =>
        {
            int running = Interlocked.Increment(ref now);
            most = Math.Max(most, running);
            Response response = LoopbackServer.Offline(request);
            Interlocked.Decrement(ref now);
            return response;
        });

        await RunAsync(server.Address, input => ["evaluate", input, "--model", "openai:m", "--endpoint", server.Address, "--parallel", "1", "--candidates", "1"]);

        Assert.Equal(1, most);
    }

    private static string Persona(Outcome fit) => fit.Out[..fit.Out.IndexOf("  spent", StringComparison.Ordinal)];

    private static Task<Outcome> FitAsync(string model, string endpoint) =>
        RunAsync(endpoint, input => ["fit", input, "--output", Path.Combine(Path.GetDirectoryName(input)!, "out"), "--model", model, "--endpoint", endpoint, "--retries", "0"]);

    private static async Task<Outcome> RunAsync(string endpoint, Func<string, string[]> args)
    {
        Assert.NotEmpty(endpoint);
        using var cli = new Cli();
        return await cli.RunAsync(args(cli.Write("people.jsonl", People.Terse("ada", 6))));
    }
}
