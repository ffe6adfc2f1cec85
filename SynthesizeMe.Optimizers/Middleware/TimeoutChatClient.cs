using System.Globalization;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace SynthesizeMe.Optimizers;

/// <summary>
/// Gives up a call that takes too long. Of a stream, the wait for the first part and for each further one is limited, not the whole: as long as
/// something comes, it goes on.
/// </summary>
public sealed class TimeoutChatClient : DelegatingChatClient
{
    private readonly TimeSpan _limit;
    private readonly TimeProvider _time;

    /// <summary>Creates the client. It belongs inside <see cref="RetryChatClient"/> and the limiters, so that it measures the model and not a queue.</summary>
    /// <param name="innerClient">The model.</param>
    /// <param name="limit">The longest wait; positive.</param>
    /// <param name="time">What it is measured with; the system's by default.</param>
    public TimeoutChatClient(IChatClient innerClient, TimeSpan limit, TimeProvider? time = null)
        : base(innerClient)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(limit, TimeSpan.Zero);
        _limit = limit;
        _time = time ?? TimeProvider.System;
    }

    /// <inheritdoc/>
    /// <exception cref="TimeoutException">There was no reply in time.</exception>
    public override async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        using var timer = new CancellationTokenSource(_limit, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timer.Token);
        try
        {
            return await base.GetResponseAsync(messages, options, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException e) when (timer.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw TooLate(e);
        }
    }

    /// <inheritdoc/>
    /// <exception cref="TimeoutException">Nothing came in time.</exception>
    public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        using var timer = new CancellationTokenSource(_limit, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timer.Token);
        IAsyncEnumerator<ChatResponseUpdate> updates = base.GetStreamingResponseAsync(messages, options, either.Token).GetAsyncEnumerator(either.Token);
        await using ConfiguredAsyncDisposable disposal = updates.ConfigureAwait(false);
        while (await NextAsync().ConfigureAwait(false))
        {
            // The reader may take its time.
            timer.CancelAfter(Timeout.InfiniteTimeSpan);
            yield return updates.Current;
            timer.CancelAfter(_limit);
        }

        async Task<bool> NextAsync()
        {
            try
            {
                return await updates.MoveNextAsync().ConfigureAwait(false);
            }
            catch (OperationCanceledException e) when (timer.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
            {
                throw TooLate(e);
            }
        }
    }

    private TimeoutException TooLate(Exception cause) =>
        new(string.Create(CultureInfo.InvariantCulture, $"The model did not answer within {_limit.TotalSeconds:0.###} s."), cause);
}
