using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Time.Testing;
using SynthesizeMe.Testing;

namespace SynthesizeMe.Optimizers.Tests;

public class TimeoutChatClientTests
{
    private const string Prompt = "question 1 [[ ## question ## ]]";

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    private readonly FakeTimeProvider _time = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_call_that_takes_too_long_is_given_up()
    {
        using var model = new GatedChatClient(_ => "Yes.");
        using var client = new TimeoutChatClient(model, Limit, _time);
        Task<ChatResponse> call = client.GetResponseAsync(Prompt, cancellationToken: Ct);

        _time.Advance(Limit);

        TimeoutException e = await Assert.ThrowsAsync<TimeoutException>(() => call);
        Assert.Equal("The model did not answer within 10 s.", e.Message);
        Assert.Equal(FaultKind.TimedOut, CallFaults.Of(e).Kind);
    }

    [Fact]
    public async Task A_caller_who_gives_up_is_told_so()
    {
        using var model = new GatedChatClient(_ => "Yes.");
        using var client = new TimeoutChatClient(model, Limit, _time);
        using var cancellation = new CancellationTokenSource();
        Task<ChatResponse> call = client.GetResponseAsync(Prompt, cancellationToken: cancellation.Token);

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
    }

    [Fact]
    public async Task A_stream_goes_on_as_long_as_something_comes_and_the_reader_may_take_its_time()
    {
        var parts = Channel.CreateUnbounded<string>();
        using var client = new TimeoutChatClient(new Channelled(parts), Limit, _time);
        await using IAsyncEnumerator<ChatResponseUpdate> updates = client.GetStreamingResponseAsync(Prompt, cancellationToken: Ct).GetAsyncEnumerator(Ct);
        for (int i = 0; i < 5; i++)
        {
            ValueTask<bool> next = updates.MoveNextAsync();
            _time.Advance(Limit * .9);
            await parts.Writer.WriteAsync("x", Ct);
            Assert.True(await next);
            _time.Advance(Limit * 3);
        }

        ValueTask<bool> last = updates.MoveNextAsync();
        _time.Advance(Limit);

        await Assert.ThrowsAsync<TimeoutException>(async () => await last);
    }

    private sealed class Channelled(Channel<string> parts) : DelegatingChatClient(new ScriptedChatClient("Yes."))
    {
        public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
            IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            await foreach (string part in parts.Reader.ReadAllAsync(cancellationToken))
            {
                yield return new ChatResponseUpdate(ChatRole.Assistant, part);
            }
        }
    }
}
