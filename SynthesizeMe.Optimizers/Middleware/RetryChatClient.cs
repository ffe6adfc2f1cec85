using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using Polly;
using Polly.Retry;

namespace SynthesizeMe.Optimizers;

/// <summary>How failed calls are made again.</summary>
public sealed record RetryOptions
{
    /// <summary>How often a call is made again at most; 4 by default, 0 for never.</summary>
    public int MaxRetries { get; init; } = 4;

    /// <summary>The first wait, about; 1 second by default. The following ones grow exponentially, with decorrelated jitter.</summary>
    public TimeSpan BaseDelay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest wait that is not the provider's wish; 1 minute by default.</summary>
    public TimeSpan MaxDelay { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>The longest wait that a provider's Retry-After gets; 5 minutes by default. Where it asks for more, the call fails at once.</summary>
    public TimeSpan MaxRetryAfter { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Reads the exceptions of a provider's package; <see langword="null"/>, the default, or what it gives null for, is read by <see cref="CallFaults"/>.</summary>
    public Func<Exception, CallFault?>? Classify { get; init; }

    /// <summary>What waits are measured with.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Makes the waits repeatable; without it they differ from run to run, so that clients do not come back all at once. No result depends on them.</summary>
    public int? Seed { get; init; }
}

/// <summary>
/// Makes a call again that failed for a passing reason (429, 408, 5xx, a broken connection, a timeout), never one that would fail again. It waits as
/// long as Retry-After asks, else exponentially longer with decorrelated jitter (Polly). A stream is made again as long as nothing of it was passed on.
/// </summary>
public sealed class RetryChatClient : DelegatingChatClient
{
    private readonly RetryOptions _options;
    private readonly ResiliencePipeline _pipeline;
    private readonly Func<double> _random;

    /// <summary>Creates the client.</summary>
    /// <param name="innerClient">The model.</param>
    /// <param name="options">How to retry.</param>
    public RetryChatClient(IChatClient innerClient, RetryOptions? options = null)
        : base(innerClient)
    {
        _options = options ?? new();
        ArgumentOutOfRangeException.ThrowIfNegative(_options.MaxRetries, nameof(options));
        _random = _options.Seed is { } seed ? Seeded(seed) : Random.Shared.NextDouble;
        _pipeline = _options.MaxRetries == 0 ? ResiliencePipeline.Empty : Pipeline();
    }

    /// <inheritdoc/>
    public override Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        _pipeline.ExecuteAsync(
            static (call, token) => new ValueTask<ChatResponse>(call.Client.GetResponseAsync(call.Prompt, call.Options, token)),
            (Client: InnerClient, Prompt: messages as IReadOnlyList<ChatMessage> ?? [.. messages], Options: options),
            cancellationToken).AsTask();

    /// <inheritdoc/>
    public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        IReadOnlyList<ChatMessage> prompt = messages as IReadOnlyList<ChatMessage> ?? [.. messages];
        (IAsyncEnumerator<ChatResponseUpdate> updates, bool any) = await _pipeline.ExecuteAsync(
            async token =>
            {
                IAsyncEnumerator<ChatResponseUpdate> opened = InnerClient.GetStreamingResponseAsync(prompt, options, token).GetAsyncEnumerator(token);
                try
                {
                    return (opened, await opened.MoveNextAsync().ConfigureAwait(false));
                }
                catch
                {
                    await opened.DisposeAsync().ConfigureAwait(false);
                    throw;
                }
            },
            cancellationToken).ConfigureAwait(false);
        await using ConfiguredAsyncDisposable disposal = updates.ConfigureAwait(false);
        for (; any; any = await updates.MoveNextAsync().ConfigureAwait(false))
        {
            yield return updates.Current;
        }
    }

    private ResiliencePipeline Pipeline() => new ResiliencePipelineBuilder { TimeProvider = _options.Time }
        .AddRetry(new RetryStrategyOptions
        {
            MaxRetryAttempts = _options.MaxRetries,
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
            Delay = _options.BaseDelay,
            MaxDelay = _options.MaxDelay,
            Randomizer = _random,
            ShouldHandle = arguments => new(arguments.Outcome.Exception is { } e && IsWorthIt(Fault(e))),
            DelayGenerator = arguments => new(Wished(Fault(arguments.Outcome.Exception!))),
            OnRetry = arguments =>
            {
                Telemetry.Retried(Fault(arguments.Outcome.Exception!).Kind);
                return default;
            },
        })
        .Build();

    private CallFault Fault(Exception exception) => CallFaults.Of(exception, _options.Classify, _options.Time);

    private bool IsWorthIt(CallFault fault) => fault.IsTransient && (fault.RetryAfter ?? TimeSpan.Zero) <= _options.MaxRetryAfter;

    /// <summary>The provider's wish and up to a tenth more, so that those who were told the same do not come back at the same moment.</summary>
    private TimeSpan? Wished(CallFault fault) => fault.RetryAfter is { } wait ? wait * (1 + (_random() / 10)) : null;

    private static Func<double> Seeded(int seed)
    {
        var random = new SeededRandom(seed, "retry");
        var turn = new Lock();
        return () =>
        {
            lock (turn)
            {
                return random.Next(int.MaxValue) / (double)int.MaxValue;
            }
        };
    }
}
