using System.Net;
using Microsoft.Extensions.AI;
using SynthesizeMe.Testing;

namespace SynthesizeMe.Optimizers.Tests;

public class ConcurrencyBoundTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(429, 8)]
    [InlineData(504, 8)]
    [InlineData(500, 16)]
    [InlineData(400, 16)]
    public async Task Overload_halves_it_and_other_failures_do_not(int status, int expected)
    {
        var bound = new ConcurrencyBound(16);

        await FailAsync(bound, status);

        Assert.Equal(expected, bound.Current);
    }

    [Fact]
    public async Task Calls_that_were_under_way_together_halve_it_once()
    {
        var bound = new ConcurrencyBound(16);
        long[] entered = [.. Enumerable.Range(0, 16).Select(_ => bound.EnterAsync(Ct).AsTask().GetAwaiter().GetResult())];

        foreach (long entry in entered)
        {
            bound.Leave(entry, answered: false, new TimeoutException());
        }

        Assert.Equal(8, bound.Current);
        await FailAsync(bound, 429);
        Assert.Equal(4, bound.Current);
    }

    [Fact]
    public async Task It_never_falls_below_one_and_grows_by_one_a_round_up_to_its_maximum()
    {
        var bound = new ConcurrencyBound(4);
        for (int i = 0; i < 10; i++)
        {
            await FailAsync(bound, 429);
        }

        Assert.Equal(1, bound.Current);
        var limits = new List<int>();
        using var client = new BoundedChatClient(new ScriptedChatClient("Yes."), bound);
        for (int i = 0; i < 20; i++)
        {
            await client.GetResponseAsync("Well?", cancellationToken: Ct);
            limits.Add(bound.Current);
        }

        Assert.Equal([1, 2, 3, 4], new[] { 1 }.Concat(limits).Distinct());
        Assert.True(limits.IndexOf(3) > limits.IndexOf(2) + 1);
    }

    [Fact]
    public async Task A_fallen_bound_holds_calls_back()
    {
        var bound = new ConcurrencyBound(4);
        await FailAsync(bound, 429);
        using var model = new GatedChatClient(_ => "Yes.");
        using var client = new BoundedChatClient(model, bound);
        Task<ChatResponse>[] calls = [.. Enumerable.Range(0, 4).Select(_ => client.GetResponseAsync("question 1 [[ ## question ## ]]", cancellationToken: Ct))];
        Assert.Equal(2, model.Started);

        for (int i = 0; i < 4; i++)
        {
            await model.StartedAsync(i + 1);
            model.Release(i);
        }

        await Task.WhenAll(calls);
    }

    [Fact]
    public async Task A_stream_that_fails_from_overload_halves_it_too()
    {
        var bound = new ConcurrencyBound(8);
        using var client = new BoundedChatClient(new ScriptedChatClient(_ => throw new TimeoutException()), bound);

        await Assert.ThrowsAsync<TimeoutException>(() => client.GetStreamingResponseAsync("Well?", cancellationToken: Ct).ToChatResponseAsync(Ct));

        Assert.Equal(4, bound.Current);
    }

    [Fact]
    public async Task A_fixed_bound_does_not_move()
    {
        var bound = new ConcurrencyBound(8) { Adapts = false };

        await FailAsync(bound, 429);

        Assert.Equal(8, bound.Current);
    }

    private static async Task FailAsync(ConcurrencyBound bound, int status)
    {
        using var client = new BoundedChatClient(new ScriptedChatClient(_ => throw new HttpRequestException("no", null, (HttpStatusCode)status)), bound);
        await Assert.ThrowsAsync<HttpRequestException>(() => client.GetResponseAsync("Well?", cancellationToken: Ct));
    }
}
