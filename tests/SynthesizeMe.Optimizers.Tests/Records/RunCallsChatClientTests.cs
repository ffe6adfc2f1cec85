using Microsoft.Extensions.AI;

namespace SynthesizeMe.Optimizers.Tests.Records;

public sealed class RunCallsChatClientTests : IDisposable
{
    private static readonly RunStarted Started = new("fit", [], "m", 0, "", "", DateTimeOffset.UnixEpoch);

    private readonly string _folder = Directory.CreateTempSubdirectory("synthesizeme-calls-").FullName;

    [Fact]
    public async Task A_reply_from_a_store_is_a_prompt_that_nobody_paid_for()
    {
        RunCall[] calls = await RecordAsync(async client =>
        {
            await client.GetResponseAsync("one", cancellationToken: Ct);
            await client.GetResponseAsync("one", cancellationToken: Ct);
            await client.GetResponseAsync("two", cancellationToken: Ct);
        });

        Assert.Equal([true, false, true], calls.Select(c => c.Paid));
        Assert.Equal(calls[0].Prompt, calls[1].Prompt);
        Assert.NotEqual(calls[0].Prompt, calls[2].Prompt);
        Assert.All(calls, c => Assert.Equal((7, 3), (c.Input, c.Output)));
    }

    [Fact]
    public async Task Of_equal_calls_at_once_one_is_paid()
    {
        RunCall[] calls = await RecordAsync(client => Task.WhenAll(Enumerable.Range(0, 8).Select(_ => client.GetResponseAsync("one", cancellationToken: Ct))));

        Assert.Equal((8, 1), (calls.Length, calls.Count(c => c.Paid)));
    }

    [Fact]
    public async Task The_hash_is_the_stores()
    {
        var model = new Model();
        ReplyKey key = ReplyKey.Of(model.GetService<ChatClientMetadata>(), [new ChatMessage(ChatRole.User, "one")], null)!.Value;

        RunCall[] calls = await RecordAsync(client => client.GetResponseAsync("one", cancellationToken: Ct));

        Assert.Equal(key.ToString(), Assert.Single(calls).Prompt);
    }

    [Fact]
    public async Task A_failure_is_named_by_its_kind_and_what_it_says_is_not_written_down()
    {
        RunCall[] calls = await RecordAsync(client => Assert.ThrowsAsync<HttpRequestException>(() => client.GetResponseAsync("fail", cancellationToken: Ct)));

        Assert.Equal((nameof(HttpRequestException), false), (Assert.Single(calls).Failure, calls[0].Paid));
        Assert.DoesNotContain("sk-secret", File.ReadAllText(Assert.Single(RunRecord.In(_folder))), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_streamed_reply_is_written_down_when_it_ends()
    {
        RunCall[] calls = await RecordAsync(async client =>
        {
            await foreach (ChatResponseUpdate _ in client.GetStreamingResponseAsync("one", cancellationToken: Ct))
            {
            }
        });

        Assert.Equal((true, 7L, 3L), (Assert.Single(calls).Paid, calls[0].Input, calls[0].Output));
    }

    [Fact]
    public async Task A_streamed_call_that_fails_is_written_down_like_another()
    {
        RunCall[] calls = await RecordAsync(client => Assert.ThrowsAsync<HttpRequestException>(
            () => client.GetStreamingResponseAsync("fail", cancellationToken: Ct).ToChatResponseAsync(Ct)));

        Assert.Equal((nameof(HttpRequestException), false), (Assert.Single(calls).Failure, calls[0].Paid));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private async Task<RunCall[]> RecordAsync(Func<IChatClient, Task> ask)
    {
        using (RunWriter writer = RunWriter.Create(_folder, Started))
        {
            using IChatClient client = new RunCallsChatClient(new Model().UseReplyStore(Path.Combine(_folder, "replies.sqlite")), writer);
            await ask(client);
        }

        return [.. RunRecord.Read(Assert.Single(RunRecord.In(_folder))).Calls];
    }

    private sealed class Model : IChatClient
    {
        public async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
        {
            await Task.Yield();
            return messages.Any(m => m.Text == "fail")
                ? throw new HttpRequestException("No such key: sk-secret")
                : new ChatResponse(new ChatMessage(ChatRole.Assistant, "answer")) { Usage = new() { InputTokenCount = 7, OutputTokenCount = 3 } };
        }

        public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
            IEnumerable<ChatMessage> messages, ChatOptions? options = null, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            ChatResponse whole = await GetResponseAsync(messages, options, cancellationToken);
            foreach (ChatResponseUpdate update in whole.ToChatResponseUpdates())
            {
                yield return update;
            }
        }

        public object? GetService(Type serviceType, object? serviceKey = null) =>
            serviceType == typeof(ChatClientMetadata) ? new ChatClientMetadata("test", new Uri("http://localhost/"), "model") : null;

        public void Dispose()
        {
        }
    }
}
