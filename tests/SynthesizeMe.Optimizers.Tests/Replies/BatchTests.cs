using System.Text.Json.Nodes;
using CsCheck;
using Microsoft.Extensions.AI;
using SynthesizeMe.Testing;

namespace SynthesizeMe.Optimizers.Tests;

public class BatchTests
{
    private static readonly Gen<string> Text = Gen.String[Gen.Char['\0', '\uD7FF'], 0, 60];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Nobody_is_called_and_every_request_of_a_barrier_is_written_once()
    {
        using var place = new TemporaryStore();
        using ReplyStore store = place.Open();
        var round = new BatchRound();
        using var model = new ScriptedChatClient("never");
        using var client = new BatchChatClient(model, store, round);

        await Assert.ThrowsAsync<ReplyMissingException>(() => Batch.RunAsync(
            [.. Enumerable.Range(0, 40)], 4, (i, token) => client.GetResponseAsync($"question {i % 20}", cancellationToken: token), Ct));
        string file = Assert.Single(await round.WriteAsync(place["batch"], Ct));

        BatchRequest[] requests = [.. File.ReadAllLines(file).Select(BatchRequest.Read)];
        Assert.Empty(model.Requests);
        Assert.Equal(20, requests.Length);
        Assert.Equal(requests.Select(r => r.Key.ToString()).Order(StringComparer.Ordinal), requests.Select(r => r.Key.ToString()));
        Assert.Equal(Enumerable.Range(0, 20).Select(i => $"question {i}").Order(), requests.Select(r => r.Messages[0].Text).Order());
    }

    [Fact]
    public async Task What_is_in_the_store_is_answered_and_the_request_file_goes_when_nothing_is_missing()
    {
        using var place = new TemporaryStore();
        using ReplyStore store = place.Open();
        var first = new BatchRound();
        using var model = new ScriptedChatClient("Yes.");
        using (var silent = new BatchChatClient(model, store, first))
        {
            await Assert.ThrowsAsync<ReplyMissingException>(() => silent.GetResponseAsync("Well?", cancellationToken: Ct));
        }

        string file = Assert.Single(await first.WriteAsync(place["batch"], Ct));
        await model.UseReplyStore(store).GetResponseAsync("Well?", cancellationToken: Ct);
        var second = new BatchRound();
        using var client = new BatchChatClient(model, store, second);

        Assert.Equal("Yes.", (await client.GetResponseAsync("Well?", cancellationToken: Ct)).Text);
        Assert.Empty(await second.WriteAsync(place["batch"], Ct));
        Assert.False(File.Exists(file));
    }

    [Fact]
    public async Task Other_exceptions_end_a_barrier_and_are_what_is_thrown() => await Assert.ThrowsAsync<HttpRequestException>(() => Batch.RunAsync<int, int>(
        [1, 2, 3], 1, (i, _) => i == 1 ? throw new ReplyMissingException(default) : throw new HttpRequestException("the cable is out"), Ct));

    [Fact]
    public void A_request_has_the_form_of_OpenAIs_batch_api()
    {
        Assert.True(ReplyKey.TryParse(new string('a', 64), out ReplyKey key));
        var options = new ChatOptions
        {
            Instructions = "Be brief.",
            Temperature = 0.5f,
            MaxOutputTokens = 100,
            Seed = 7,
            StopSequences = ["."],
            Reasoning = new ReasoningOptions { Effort = ReasoningEffort.Low },
            ResponseFormat = ChatResponseFormat.ForJsonSchema(System.Text.Json.JsonElement.Parse("""{"type": "object"}"""), "answer"),
            AdditionalProperties = new() { ["user"] = "ann" },
        };
        var request = new BatchRequest(key, "gpt", [new(ChatRole.User, "Well?"), new(ChatRole.Assistant, [new TextContent("a"), new TextContent("b")])], options);

        Assert.Equal(
            $$"""
            {
              "custom_id": "{{key}}",
              "method": "POST",
              "url": "/v1/chat/completions",
              "body": {
                "model": "gpt",
                "messages": [
                  {
                    "role": "system",
                    "content": "Be brief."
                  },
                  {
                    "role": "user",
                    "content": "Well?"
                  },
                  {
                    "role": "assistant",
                    "content": [
                      {
                        "type": "text",
                        "text": "a"
                      },
                      {
                        "type": "text",
                        "text": "b"
                      }
                    ]
                  }
                ],
                "temperature": 0.5,
                "max_completion_tokens": 100,
                "seed": 7,
                "stop": [
                  "."
                ],
                "reasoning_effort": "low",
                "response_format": {
                  "type": "json_schema",
                  "json_schema": {
                    "name": "answer",
                    "schema": {
                      "type": "object"
                    }
                  }
                },
                "user": "ann"
              }
            }
            """.ReplaceLineEndings("\n"),
            JsonNode.Parse(request.ToLine())!.ToString().ReplaceLineEndings("\n"));
    }

    [Fact]
    public void A_request_is_read_as_it_is_written()
    {
        Gen<ChatOptions> options =
            from temperature in Gen.Float[0, 2].Nullable()
            from limit in Gen.Int[1, 9999].Nullable()
            from seed in Gen.Long.Nullable()
            from stops in Text.Array[0, 3]
            select new ChatOptions { Temperature = temperature, MaxOutputTokens = limit, Seed = seed, StopSequences = stops.Length == 0 ? null : stops };
        (from asked in Text.Array[1, 4] from how in options select (asked, how)).Sample(sample =>
        {
            ChatMessage[] messages = [.. sample.asked.Select((t, i) => new ChatMessage(i % 2 == 0 ? ChatRole.User : ChatRole.Assistant, t))];
            ReplyKey key = ReplyKey.Of(null, messages, sample.how)!.Value;
            BatchRequest read = BatchRequest.Read(new BatchRequest(key, "m", messages, sample.how).ToLine());

            // The content address decides: what is read is the same request.
            return read.Key == key && read.Model == "m" && ReplyKey.Of(null, read.Messages, read.Options) == key;
        });
    }

    [Fact]
    public void A_result_is_read_as_it_is_written() => (from text in Text from i in Gen.Long[0, 1 << 40] from o in Gen.Long[0, 1 << 40] select (text, i, o)).Sample(r =>
    {
        ReplyKey key = ReplyKey.Of(null, [new ChatMessage(ChatRole.User, r.text)], null)!.Value;
        var reply = new ChatResponse(new ChatMessage(ChatRole.Assistant, r.text))
        {
            ModelId = "m",
            FinishReason = ChatFinishReason.Length,
            Usage = new UsageDetails { InputTokenCount = r.i, OutputTokenCount = r.o },
        };
        BatchResult read = BatchResult.Read(new BatchResult(key, reply).ToLine());
        return read.Key == key && read.Reply.Text == r.text && read.Reply.FinishReason == ChatFinishReason.Length && read.Reply.ModelId == "m"
            && (read.Reply.Usage!.InputTokenCount, read.Reply.Usage.OutputTokenCount, read.Reply.Usage.TotalTokenCount) == (r.i, r.o, r.i + r.o);
    });

    [Fact]
    public void What_has_no_form_there_is_refused()
    {
        var tools = new ChatOptions { Tools = [AIFunctionFactory.CreateDeclaration("f", "Does it.", System.Text.Json.JsonElement.Parse("{}"))] };

        Assert.Throws<NotSupportedException>(() => new BatchRequest(default, "m", [new(ChatRole.User, "?")], tools).ToLine());
        Assert.Throws<NotSupportedException>(() => new BatchRequest(default, "m", [new(ChatRole.User, [new DataContent("x"u8.ToArray(), "audio/wav")])], null).ToLine());
        Assert.Throws<FormatException>(() => BatchRequest.Read("""{"custom_id": "1", "url": "/v1/chat/completions", "body": {"messages": []}}"""));
        Assert.Throws<FormatException>(() => BatchRequest.Read($$$"""{"custom_id": "{{{new string('a', 64)}}}", "url": "/v1/embeddings", "body": {}}"""));
    }
}
