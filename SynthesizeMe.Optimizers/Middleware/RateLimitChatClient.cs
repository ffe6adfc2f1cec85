using System.Runtime.CompilerServices;
using System.Threading.RateLimiting;
using Microsoft.Extensions.AI;

namespace SynthesizeMe.Optimizers;

/// <summary>Lets calls wait for a rate limiter. With a <see cref="CallRateLimiter"/>, a call's tokens are estimated before and corrected after it.</summary>
/// <param name="innerClient">The model.</param>
/// <param name="limiter">
/// The limiter, which several clients may share and which is the caller's to dispose. Of a <see cref="CallRateLimiter"/> a call takes its tokens, of
/// any other one permit, held as long as the call lasts.
/// </param>
public sealed class RateLimitChatClient(IChatClient innerClient, RateLimiter limiter) : DelegatingChatClient(innerClient)
{
    /// <summary>A reply's tokens where the call sets no limit, until they are known.</summary>
    private const int LikelyOutputTokens = 256;

    private readonly CallRateLimiter? _corrected = limiter as CallRateLimiter;

    /// <inheritdoc/>
    /// <exception cref="RateLimitRejectedException">The limiter neither takes the call nor lets it wait.</exception>
    public override async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        IReadOnlyList<ChatMessage> prompt = messages as IReadOnlyList<ChatMessage> ?? [.. messages];
        using RateLimitLease lease = await AcquireAsync(prompt, options, cancellationToken).ConfigureAwait(false);
        ChatResponse response = await base.GetResponseAsync(prompt, options, cancellationToken).ConfigureAwait(false);
        Correct(lease, response.Usage);
        return response;
    }

    /// <inheritdoc/>
    /// <exception cref="RateLimitRejectedException">The limiter neither takes the call nor lets it wait.</exception>
    public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        IReadOnlyList<ChatMessage> prompt = messages as IReadOnlyList<ChatMessage> ?? [.. messages];
        using RateLimitLease lease = await AcquireAsync(prompt, options, cancellationToken).ConfigureAwait(false);
        UsageDetails? used = null;
        await foreach (ChatResponseUpdate update in base.GetStreamingResponseAsync(prompt, options, cancellationToken).ConfigureAwait(false))
        {
            StreamedUsage.Add(ref used, update);
            yield return update;
        }

        Correct(lease, used);
    }

    private async ValueTask<RateLimitLease> AcquireAsync(IReadOnlyList<ChatMessage> messages, ChatOptions? options, CancellationToken cancellationToken)
    {
        int permits = _corrected is null
            ? 1
            : (int)Math.Min(PromptTokens.Likely(messages) + Math.Min(options?.MaxOutputTokens ?? int.MaxValue, LikelyOutputTokens), int.MaxValue);
        RateLimitLease lease = await limiter.AcquireAsync(permits, cancellationToken).ConfigureAwait(false);
        if (lease.IsAcquired)
        {
            return lease;
        }

        using (lease)
        {
            throw new RateLimitRejectedException(lease.TryGetMetadata(MetadataName.RetryAfter, out TimeSpan retryAfter) ? retryAfter : null);
        }
    }

    private void Correct(RateLimitLease lease, UsageDetails? used)
    {
        if (used is { InputTokenCount: { } input, OutputTokenCount: { } output })
        {
            _corrected?.Correct(lease, input + output);
        }
    }
}
