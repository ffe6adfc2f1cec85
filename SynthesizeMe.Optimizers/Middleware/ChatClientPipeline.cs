using System.Threading.RateLimiting;
using Microsoft.Extensions.AI;

namespace SynthesizeMe.Optimizers;

/// <summary>
/// Puts the middleware of this library into any pipeline. The first to be added is the outermost; the order that makes sense is budget, telemetry,
/// a store of replies, retry, meter, concurrency bound, rate limit, timeout: see docs/middleware.md.
/// </summary>
public static class ChatClientPipeline
{
    /// <summary>Asks a budget before every call, see <see cref="BudgetChatClient"/>.</summary>
    public static ChatClientBuilder UseBudget(this ChatClientBuilder builder, Budget budget)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(budget);
        return builder.Use(client => new BudgetChatClient(client, budget));
    }

    /// <summary>Makes spans and measurements of every call, see <see cref="TelemetryChatClient"/>.</summary>
    public static ChatClientBuilder UseTelemetry(this ChatClientBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.Use(client => new TelemetryChatClient(client));
    }

    /// <summary>Makes calls again that failed for a passing reason, see <see cref="RetryChatClient"/>.</summary>
    public static ChatClientBuilder UseRetry(this ChatClientBuilder builder, RetryOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.Use(client => new RetryChatClient(client, options));
    }

    /// <summary>Counts calls and tokens, see <see cref="MeteredChatClient"/>.</summary>
    public static ChatClientBuilder UseMeter(this ChatClientBuilder builder, UsageMeter meter)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(meter);
        return builder.Use(client => new MeteredChatClient(client, meter));
    }

    /// <summary>Bounds the calls at once, see <see cref="BoundedChatClient"/>.</summary>
    public static ChatClientBuilder UseConcurrencyBound(this ChatClientBuilder builder, ConcurrencyBound bound)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(bound);
        return builder.Use(client => new BoundedChatClient(client, bound));
    }

    /// <summary>Lets calls wait for a rate limiter, see <see cref="RateLimitChatClient"/>.</summary>
    /// <param name="builder">The pipeline.</param>
    /// <param name="limiter">A <see cref="CallRateLimiter"/> for requests and tokens a minute, or any other; it is the caller's to dispose.</param>
    public static ChatClientBuilder UseRateLimit(this ChatClientBuilder builder, RateLimiter limiter)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(limiter);
        return builder.Use(client => new RateLimitChatClient(client, limiter));
    }

    /// <summary>Gives up calls that take too long, see <see cref="TimeoutChatClient"/>.</summary>
    public static ChatClientBuilder UseTimeout(this ChatClientBuilder builder, TimeSpan limit, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.Use(client => new TimeoutChatClient(client, limit, time));
    }
}
