using Microsoft.Extensions.AI;
using SynthesizeMe.Testing;

namespace SynthesizeMe.Optimizers.Tests;

public class BoundedChatClientTests
{
    private const string Prompt = "question 1 [[ ## question ## ]]";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task At_most_so_many_calls_are_under_way()
    {
        using var model = new GatedChatClient(_ => "Yes.");
        using var client = new BoundedChatClient(model, 3);
        Task<ChatResponse>[] calls = [.. Enumerable.Range(0, 10).Select(_ => client.GetResponseAsync(Prompt, cancellationToken: Ct))];
        for (int call = 0; call < 10; call++)
        {
            await model.StartedAsync(Math.Min(call + 3, 10));
            model.Release(call);
        }

        await Task.WhenAll(calls);

        Assert.Equal(3, model.Peak);
    }

    [Fact]
    public async Task Streams_and_whole_replies_share_the_places()
    {
        using var model = new GatedChatClient(_ => "Yes.");
        using var client = new BoundedChatClient(model, 1);
        Task<ChatResponse> stream = client.GetStreamingResponseAsync(Prompt, cancellationToken: Ct).ToChatResponseAsync(Ct);
        Task<ChatResponse> whole = client.GetResponseAsync(Prompt, cancellationToken: Ct);
        await model.StartedAsync(1);
        model.Release(0);
        await model.StartedAsync(2);
        model.Release(1);

        await Task.WhenAll(stream, whole);

        Assert.Equal(1, model.Peak);
    }

    [Fact]
    public async Task A_failed_call_gives_its_place_back()
    {
        using var client = new BoundedChatClient(new ScriptedChatClient(_ => throw new HttpRequestException("Gone.")), 1);

        await Assert.ThrowsAsync<HttpRequestException>(() => client.GetResponseAsync(Prompt, cancellationToken: Ct));
        await Assert.ThrowsAsync<HttpRequestException>(() => client.GetResponseAsync(Prompt, cancellationToken: Ct));
    }

    [Fact]
    public async Task Waiting_for_a_place_can_be_cancelled()
    {
        using var model = new GatedChatClient(_ => "Yes.");
        using var client = new BoundedChatClient(model, 1);
        using var cancellation = new CancellationTokenSource();
        Task<ChatResponse> first = client.GetResponseAsync(Prompt, cancellationToken: Ct);
        Task<ChatResponse> waiting = client.GetResponseAsync(Prompt, cancellationToken: cancellation.Token);

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        model.Release(0);
        await first;
        Assert.Equal(1, model.Started);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void A_bound_that_is_not_positive_is_refused(int bound)
    {
        using var model = new ScriptedChatClient("Yes.");
        Assert.Throws<ArgumentOutOfRangeException>(() => new BoundedChatClient(model, bound));
    }
}
