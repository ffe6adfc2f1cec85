using System.Collections.Concurrent;
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
            bound.Leave(entry, answered: false, new TimeoutException(), sendsFirst: false);
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

    [Fact]
    public async Task A_call_that_waits_is_sent_before_the_reply_that_makes_room_is_worked_on()
    {
        var events = new ConcurrentQueue<string>();
        var first = new TaskCompletionSource<ChatResponse>();
        using var model = new ScriptedChatClient("Yes.");
        using IChatClient client = new BoundedChatClient(
            model.AsBuilder().Use(
                (messages, _, _, _) =>
                {
                    string asked = messages.Single().Text;
                    events.Enqueue($"{asked} is sent");
                    return asked == "1" ? first.Task : Task.FromResult(new ChatResponse());
                },
                null).Build(),
            1);
        Task worked = client.GetResponseAsync("1", cancellationToken: Ct).ContinueWith(_ => events.Enqueue("1 is worked on"), Ct, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        Task<ChatResponse> second = client.GetResponseAsync("2", cancellationToken: Ct);

        first.SetResult(new());
        await Task.WhenAll(worked, second);

        Assert.Equal(["1 is sent", "2 is sent", "1 is worked on"], events);
    }

    [Fact]
    public async Task However_many_calls_wait_for_a_client_that_answers_at_once_they_all_end()
    {
        var first = new TaskCompletionSource<ChatResponse>();
        using var model = new ScriptedChatClient("Yes.");
        using IChatClient client = new BoundedChatClient(
            model.AsBuilder().Use((messages, _, _, _) => messages.Single().Text == "0" ? first.Task : Task.FromResult(new ChatResponse()), null).Build(), 1);
        Task<ChatResponse>[] calls = [.. Enumerable.Range(0, 20_000).Select(i => client.GetResponseAsync($"{i}", cancellationToken: Ct))];

        first.SetResult(new());

        await Task.WhenAll(calls);
    }

    [Fact]
    public async Task It_is_shared_with_calls_that_are_not_chats()
    {
        var bound = new ConcurrencyBound(1);
        var embedding = new TaskCompletionSource<int>();
        using var client = new BoundedChatClient(new ScriptedChatClient("Yes."), bound);

        Task<int> embedded = bound.RunAsync((task, _) => task, embedding.Task, Ct);
        Task<ChatResponse> chat = client.GetResponseAsync("Well?", cancellationToken: Ct);
        Assert.False(chat.IsCompleted);
        embedding.SetResult(3);

        Assert.Equal(3, await embedded);
        Assert.Equal("Yes.", (await chat).Text);
    }

    private static Task<HttpRequestException> FailAsync(ConcurrencyBound bound, int status) => Assert.ThrowsAsync<HttpRequestException>(
        () => bound.RunAsync((code, _) => Task.FromException<int>(new HttpRequestException("no", null, code)), (HttpStatusCode)status, Ct));
}
