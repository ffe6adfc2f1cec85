using System.Threading.RateLimiting;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Time.Testing;
using SynthesizeMe.Testing;

namespace SynthesizeMe.Optimizers.Tests;

public class CallRateLimiterTests
{
    private readonly FakeTimeProvider _time = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task In_no_minute_are_more_calls_started_than_allowed()
    {
        await using var limiter = new CallRateLimiter(3, null, _time);
        var started = new List<TimeSpan>();
        DateTimeOffset begin = _time.GetUtcNow();
        Task[] calls = [.. Enumerable.Range(0, 8).Select(_ => StartAsync())];
        for (int second = 0; second < 150; second++)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            await Settled(calls, second < 59 ? 3 : second < 119 ? 6 : 8);
        }

        await Task.WhenAll(calls);

        Assert.Equal([0, 0, 0, 60, 60, 60, 120, 120], started.Order().Select(s => s.TotalSeconds));

        async Task StartAsync()
        {
            using RateLimitLease lease = await limiter.AcquireAsync(1, Ct);
            lock (started)
            {
                started.Add(_time.GetUtcNow() - begin);
            }
        }
    }

    [Fact]
    public void Tokens_are_estimated_before_a_call_and_corrected_after_it()
    {
        using var limiter = new CallRateLimiter(null, 1000, _time);
        using RateLimitLease first = limiter.AttemptAcquire(600);
        Assert.False(limiter.AttemptAcquire(600).IsAcquired);

        limiter.Correct(first, 100);
        using RateLimitLease second = limiter.AttemptAcquire(600);
        Assert.True(second.IsAcquired);

        limiter.Correct(second, 900);
        Assert.False(limiter.AttemptAcquire(1).IsAcquired);

        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(1000, limiter.GetStatistics()!.CurrentAvailablePermits);
    }

    [Fact]
    public async Task A_correction_lets_the_next_in_at_once()
    {
        await using var limiter = new CallRateLimiter(null, 1000, _time);
        using RateLimitLease first = limiter.AttemptAcquire(900);
        ValueTask<RateLimitLease> waiting = limiter.AcquireAsync(500, Ct);
        Assert.False(waiting.IsCompleted);

        limiter.Correct(first, 500);

        Assert.True((await waiting).IsAcquired);
    }

    [Fact]
    public async Task A_call_larger_than_a_minutes_tokens_goes_alone()
    {
        await using var limiter = new CallRateLimiter(null, 100, _time);
        Assert.True((await limiter.AcquireAsync(5000, Ct)).IsAcquired);
        Assert.False(limiter.AttemptAcquire(1).IsAcquired);
    }

    [Fact]
    public async Task Waiting_can_be_cancelled_and_lets_the_next_go_first()
    {
        await using var limiter = new CallRateLimiter(1, null, _time);
        using var cancellation = new CancellationTokenSource();
        await limiter.AcquireAsync(1, Ct);
        ValueTask<RateLimitLease> given = limiter.AcquireAsync(1, cancellation.Token);
        ValueTask<RateLimitLease> next = limiter.AcquireAsync(1, Ct);

        await cancellation.CancelAsync();
        _time.Advance(TimeSpan.FromMinutes(1));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await given);
        Assert.True((await next).IsAcquired);
    }

    [Fact]
    public async Task A_large_call_that_is_cancelled_lets_in_at_once_what_fits_without_it()
    {
        await using var limiter = new CallRateLimiter(null, 1000, _time);
        using var cancellation = new CancellationTokenSource();
        await limiter.AcquireAsync(500, Ct);
        Task<RateLimitLease> large = limiter.AcquireAsync(900, cancellation.Token).AsTask();
        Task<RateLimitLease> small = limiter.AcquireAsync(100, Ct).AsTask();
        Assert.False(small.IsCompleted);

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => large);
        Assert.True((await small.WaitAsync(TimeSpan.FromSeconds(30), Ct)).IsAcquired);
    }

    [Fact]
    public async Task A_limiter_that_is_disposed_refuses_who_waits_and_whoever_comes_after()
    {
        var limiter = new CallRateLimiter(1, null, _time);
        await limiter.AcquireAsync(1, Ct);
        Task<RateLimitLease>[] waiting = [limiter.AcquireAsync(1, Ct).AsTask(), limiter.AcquireAsync(1, Ct).AsTask()];

        await limiter.DisposeAsync();

        Assert.All(await Task.WhenAll(waiting).WaitAsync(TimeSpan.FromSeconds(30), Ct), lease => Assert.False(lease.IsAcquired));
        Assert.Throws<ObjectDisposedException>(() => limiter.AttemptAcquire(1));
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await limiter.AcquireAsync(1, Ct));
    }

    [Fact]
    public void A_call_may_tell_what_it_took_after_its_limiter_is_disposed()
    {
        var limiter = new CallRateLimiter(1, 1000, _time);
        RateLimitLease lease = limiter.AttemptAcquire(100);
        limiter.Dispose();

        limiter.Correct(lease, 200);

        Assert.Equal(800, limiter.GetStatistics()!.CurrentAvailablePermits);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_call_takes_its_tokens_and_gives_the_estimates_excess_back(bool streams)
    {
        await using var limiter = new CallRateLimiter(null, 1000, _time);
        using var client = new RateLimitChatClient(new ScriptedChatClient("12345678"), limiter);
        string prompt = new('x', 400);

        if (streams)
        {
            await client.GetStreamingResponseAsync(prompt, cancellationToken: Ct).ToChatResponseAsync(Ct);
        }
        else
        {
            await client.GetResponseAsync(prompt, cancellationToken: Ct);
        }

        Assert.Equal(1000 - 100 - 2, limiter.GetStatistics()!.CurrentAvailablePermits);
    }

    [Fact]
    public async Task Any_limiter_will_do_and_its_refusal_is_a_limited_rate()
    {
        await using var limiter = new ConcurrencyLimiter(new ConcurrencyLimiterOptions { PermitLimit = 1, QueueLimit = 0 });
        using var model = new GatedChatClient(_ => "Yes.");
        using var client = new RateLimitChatClient(model, limiter);
        Task<ChatResponse> first = client.GetResponseAsync("question 1 [[ ## question ## ]]", cancellationToken: Ct);

        RateLimitRejectedException e = await Assert.ThrowsAsync<RateLimitRejectedException>(() => client.GetResponseAsync("Well?", cancellationToken: Ct));

        Assert.Equal(FaultKind.RateLimited, CallFaults.Of(e).Kind);
        model.Release(0);
        await first;
    }

    /// <summary>Waits until the continuations of those calls that were let in have run.</summary>
    private static async Task Settled(Task[] calls, int count)
    {
        while (calls.Count(c => c.IsCompleted) < count)
        {
            await Task.Yield();
        }
    }
}
