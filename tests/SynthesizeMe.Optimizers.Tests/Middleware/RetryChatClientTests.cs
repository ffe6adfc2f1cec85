using System.Net;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Time.Testing;
using SynthesizeMe.Testing;

namespace SynthesizeMe.Optimizers.Tests;

public class RetryChatClientTests
{
    private readonly InstantTime _time = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_passing_failure_is_tried_again_until_there_is_a_reply()
    {
        using ScriptedChatClient model = Failing(3, 503);
        using RetryChatClient client = Retrying(model);

        Assert.Equal("Yes.", (await client.GetResponseAsync("Well?", cancellationToken: Ct)).Text);

        Assert.Equal(4, model.Requests.Count);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(403)]
    [InlineData(404)]
    public async Task What_would_fail_again_is_not_tried_again(int status)
    {
        using ScriptedChatClient model = Failing(1, status);
        using RetryChatClient client = Retrying(model);

        await Assert.ThrowsAsync<HttpRequestException>(() => client.GetResponseAsync("Well?", cancellationToken: Ct));

        Assert.Single(model.Requests);
        Assert.Empty(_time.Waits);
    }

    [Fact]
    public async Task After_the_last_retry_the_failure_is_the_callers()
    {
        using ScriptedChatClient model = Failing(9, 500);
        using RetryChatClient client = Retrying(model, new RetryOptions { MaxRetries = 2 });

        await Assert.ThrowsAsync<HttpRequestException>(() => client.GetResponseAsync("Well?", cancellationToken: Ct));

        Assert.Equal(3, model.Requests.Count);
    }

    [Fact]
    public async Task Without_retries_a_call_is_made_once()
    {
        using ScriptedChatClient model = Failing(1, 500);
        using RetryChatClient client = Retrying(model, new RetryOptions { MaxRetries = 0 });

        await Assert.ThrowsAsync<HttpRequestException>(() => client.GetResponseAsync("Well?", cancellationToken: Ct));
    }

    [Theory]
    [InlineData("20", 20)]
    [InlineData("Thu, 01 Jan 2026 12:01:00 GMT", 60)]
    public async Task Retry_After_is_waited_for_and_hardly_longer(string header, double seconds)
    {
        using RetryChatClient client = Retrying(Failing(1, 429, header));

        await client.GetResponseAsync("Well?", cancellationToken: Ct);

        Assert.InRange(Assert.Single(_time.Waits).TotalSeconds, seconds, seconds * 1.1);
    }

    [Fact]
    public async Task A_provider_that_asks_for_too_long_a_wait_is_not_waited_for()
    {
        using ScriptedChatClient model = Failing(1, 429, "3600");
        using RetryChatClient client = Retrying(model);

        await Assert.ThrowsAsync<HttpRequestException>(() => client.GetResponseAsync("Well?", cancellationToken: Ct));

        Assert.Single(model.Requests);
    }

    [Fact]
    public async Task Waits_grow_with_jitter_up_to_the_longest_and_a_seed_repeats_them()
    {
        IReadOnlyList<TimeSpan> first = await WaitsAsync(1);

        Assert.Equal(first, await WaitsAsync(1));
        Assert.NotEqual(first, await WaitsAsync(2));
        Assert.Equal(8, first.Count);
        Assert.All(first, w => Assert.InRange(w, TimeSpan.Zero, TimeSpan.FromSeconds(10)));
        Assert.True(first.Skip(4).Sum(w => w.TotalSeconds) > first.Take(4).Sum(w => w.TotalSeconds));

        static async Task<IReadOnlyList<TimeSpan>> WaitsAsync(int seed)
        {
            var time = new InstantTime();
            using var client = new RetryChatClient(
                Failing(8, 500), new RetryOptions { MaxRetries = 8, MaxDelay = TimeSpan.FromSeconds(10), Time = time, Seed = seed });
            await client.GetResponseAsync("Well?", cancellationToken: Ct);
            return time.Waits;
        }
    }

    [Fact]
    public async Task Waiting_can_be_cancelled()
    {
        using var cancellation = new CancellationTokenSource();
        using ScriptedChatClient model = Failing(9, 500);
        using var client = new RetryChatClient(model, new RetryOptions { Time = new FakeTimeProvider() });
        Task<ChatResponse> call = client.GetResponseAsync("Well?", cancellationToken: cancellation.Token);

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        Assert.Single(model.Requests);
    }

    [Fact]
    public async Task A_stream_that_cannot_be_opened_is_tried_again()
    {
        using ScriptedChatClient model = Failing(2, 503);
        using RetryChatClient client = Retrying(model);

        Assert.Equal("Yes.", (await client.GetStreamingResponseAsync("Well?", cancellationToken: Ct).ToChatResponseAsync(Ct)).Text);
        Assert.Equal(3, model.Requests.Count);
    }

    [Fact]
    public async Task A_stream_that_breaks_after_something_was_passed_on_is_not_tried_again()
    {
        using var model = new Breaking();
        using RetryChatClient client = Retrying(model);

        await Assert.ThrowsAsync<HttpRequestException>(() => client.GetStreamingResponseAsync("Well?", cancellationToken: Ct).ToChatResponseAsync(Ct));

        Assert.Equal(1, model.Opened);
    }

    private RetryChatClient Retrying(IChatClient model, RetryOptions? options = null) => new(model, (options ?? new()) with { Time = _time });

    private static ScriptedChatClient Failing(int times, int status, string? retryAfter = null)
    {
        int calls = 0;
        return new(_ => Interlocked.Increment(ref calls) > times
            ? "Yes."
            : throw new HttpRequestException("no", null, (HttpStatusCode)status) { Data = { [CallFaults.RetryAfterKey] = retryAfter } });
    }

    private sealed class Breaking() : DelegatingChatClient(new ScriptedChatClient("Yes."))
    {
        public int Opened { get; private set; }

        public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
            IEnumerable<ChatMessage> messages,
            ChatOptions? options = null,
            [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            Opened++;
            yield return new ChatResponseUpdate(ChatRole.Assistant, "Ye");
            await Task.Yield();
            throw new HttpRequestException("Gone.", null, HttpStatusCode.ServiceUnavailable);
        }
    }
}
