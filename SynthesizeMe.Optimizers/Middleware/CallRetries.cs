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
/// Makes a call of any kind again that failed for a passing reason (429, 408, 5xx, a broken connection, a timeout), never one that would fail again. It
/// waits as long as Retry-After asks, else exponentially longer with decorrelated jitter (Polly).
/// </summary>
public sealed class CallRetries
{
    private readonly RetryOptions _options;
    private readonly ResiliencePipeline _pipeline;
    private readonly Func<double> _random;

    /// <summary>Creates the retries.</summary>
    /// <param name="options">How to retry.</param>
    /// <exception cref="ArgumentOutOfRangeException">A negative number of retries.</exception>
    public CallRetries(RetryOptions? options = null)
    {
        _options = options ?? new();
        ArgumentOutOfRangeException.ThrowIfNegative(_options.MaxRetries, nameof(options));
        _random = _options.Seed is { } seed ? Seeded(seed) : Random.Shared.NextDouble;
        _pipeline = _options.MaxRetries == 0 ? ResiliencePipeline.Empty : Pipeline();
    }

    /// <summary>Makes a call, and makes it again as long as that may help.</summary>
    /// <param name="call">The call; its exceptions say what failed, see <see cref="CallFaults"/>.</param>
    /// <param name="state">What the call is given.</param>
    /// <param name="cancellationToken">Stops a call and a wait at once.</param>
    /// <returns>What the call gave; the exception of the last try is thrown.</returns>
    public Task<T> RunAsync<TState, T>(Func<TState, CancellationToken, Task<T>> call, TState state, CancellationToken cancellationToken = default) => _pipeline.ExecuteAsync(
        static (given, token) => new ValueTask<T>(given.Call(given.State, token)), (Call: call, State: state), cancellationToken).AsTask();

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
