using System.Threading.RateLimiting;

namespace SynthesizeMe.Optimizers;

/// <summary>
/// Keeps calls within a provider's limits of requests and tokens a minute: in no 60 seconds are more started, wherever the minute begins. Calls that
/// do not fit wait, first come, first served. A lease is one request; its permits are the tokens that it is expected to take, and
/// <see cref="Correct"/> replaces them once they are known.
/// </summary>
/// <remarks>
/// The limiters of System.Threading.RateLimiting itself know neither corrections nor a <see cref="TimeProvider"/>, and their buckets let twice the
/// limit through within one minute.
/// </remarks>
public sealed class CallRateLimiter : RateLimiter
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private readonly Queue<Call> _started = new();
    private readonly LinkedList<Waiter> _waiting = new();
    private readonly long _requests;
    private readonly long _tokens;
    private readonly TimeProvider _time;
    private readonly ITimer _timer;
    private long _tokensStarted;
    private long _granted;
    private long _failed;
    private bool _isDisposed;

    /// <summary>Creates a limiter.</summary>
    /// <param name="requestsPerMinute">The most requests a minute; <see langword="null"/> for any number.</param>
    /// <param name="tokensPerMinute">The most tokens a minute, prompts and replies together; <see langword="null"/> for any number.</param>
    /// <param name="time">What minutes are measured with; the system's by default.</param>
    public CallRateLimiter(int? requestsPerMinute, int? tokensPerMinute, TimeProvider? time = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(requestsPerMinute ?? 1, nameof(requestsPerMinute));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(tokensPerMinute ?? 1, nameof(tokensPerMinute));
        _requests = requestsPerMinute ?? long.MaxValue;
        _tokens = tokensPerMinute ?? long.MaxValue;
        _time = time ?? TimeProvider.System;
        _timer = _time.CreateTimer(static limiter => ((CallRateLimiter)limiter!).Admit(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <inheritdoc/>
    public override TimeSpan? IdleDuration => null;

    /// <summary>Replaces the tokens that a call was expected to take by those that it took.</summary>
    /// <param name="lease">The call's lease, from this limiter.</param>
    /// <param name="tokens">What it took.</param>
    /// <exception cref="ArgumentException">The lease is another limiter's.</exception>
    public void Correct(RateLimitLease lease, long tokens)
    {
        Call call = (lease as CallLease)?.Call ?? throw new ArgumentException("This limiter has not given out the lease.", nameof(lease));
        lock (_lock)
        {
            if (call.IsCounted)
            {
                _tokensStarted += tokens - call.Tokens;
            }

            call.Tokens = tokens;
        }

        Admit();
    }

    /// <inheritdoc/>
    public override RateLimiterStatistics GetStatistics()
    {
        lock (_lock)
        {
            Forget();
            return new()
            {
                CurrentAvailablePermits = Math.Max(0, _tokens - _tokensStarted),
                CurrentQueuedCount = _waiting.Count,
                TotalSuccessfulLeases = _granted,
                TotalFailedLeases = _failed,
            };
        }
    }

    /// <inheritdoc/>
    protected override RateLimitLease AttemptAcquireCore(int permitCount)
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            if (TryStart(permitCount) is { } lease)
            {
                return lease;
            }

            _failed++;
            return CallLease.Failed;
        }
    }

    /// <inheritdoc/>
    protected override async ValueTask<RateLimitLease> AcquireAsyncCore(int permitCount, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        LinkedListNode<Waiter> place;
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            if (TryStart(permitCount) is { } lease)
            {
                return lease;
            }

            place = _waiting.AddLast(new Waiter(permitCount));
            WakeForTheNext();
        }

        using CancellationTokenRegistration cancelled = cancellationToken.UnsafeRegister(
            (_, token) =>
            {
                lock (_lock)
                {
                    if (place.List is not null)
                    {
                        _waiting.Remove(place);
                        Admit();
                    }
                }

                place.Value.Turn.TrySetCanceled(token);
            },
            null);
        return await place.Value.Turn.Task.ConfigureAwait(false);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _timer.Dispose();
            lock (_lock)
            {
                _isDisposed = true;
                foreach (Waiter waiter in _waiting)
                {
                    _failed++;
                    waiter.Turn.TrySetResult(CallLease.Failed);
                }

                _waiting.Clear();
            }
        }

        base.Dispose(disposing);
    }

    /// <inheritdoc/>
    protected override ValueTask DisposeAsyncCore()
    {
        Dispose(disposing: true);
        return base.DisposeAsyncCore();
    }

    private CallLease? TryStart(int tokens)
    {
        Forget();
        return _waiting.Count == 0 && Fits(tokens) ? Start(tokens) : null;
    }

    private CallLease Start(int tokens)
    {
        var call = new Call(_time.GetTimestamp(), tokens);
        _started.Enqueue(call);
        _tokensStarted += tokens;
        _granted++;
        return new CallLease(call);
    }

    /// <summary>A call that takes more than a minute's tokens goes when it is alone: it could go never else.</summary>
    private bool Fits(int tokens) => _started.Count < _requests && (_tokensStarted + tokens <= _tokens || (_started.Count == 0 && tokens > _tokens));

    private void Forget()
    {
        while (_started.TryPeek(out Call? oldest) && _time.GetElapsedTime(oldest.At) >= Window)
        {
            _started.Dequeue().IsCounted = false;
            _tokensStarted -= oldest.Tokens;
        }
    }

    private void Admit()
    {
        lock (_lock)
        {
            Forget();
            while (_waiting.First is { } next && Fits(next.Value.Tokens))
            {
                _waiting.RemoveFirst();
                next.Value.Turn.TrySetResult(Start(next.Value.Tokens));
            }

            WakeForTheNext();
        }
    }

    private void WakeForTheNext()
    {
        if (!_isDisposed && _waiting.Count > 0 && _started.TryPeek(out Call? oldest))
        {
            TimeSpan left = Window - _time.GetElapsedTime(oldest.At);
            _timer.Change(left > TimeSpan.FromMilliseconds(1) ? left : TimeSpan.FromMilliseconds(1), Timeout.InfiniteTimeSpan);
        }
    }

    private sealed class Call(long at, long tokens)
    {
        public long At { get; } = at;

        public long Tokens { get; set; } = tokens;

        public bool IsCounted { get; set; } = true;
    }

    private sealed record Waiter(int Tokens)
    {
        public TaskCompletionSource<RateLimitLease> Turn { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    private sealed class CallLease(Call? call) : RateLimitLease
    {
        public static CallLease Failed { get; } = new(null);

        public Call? Call => call;

        public override bool IsAcquired => call is not null;

        public override IEnumerable<string> MetadataNames => [];

        public override bool TryGetMetadata(string metadataName, out object? metadata)
        {
            metadata = null;
            return false;
        }
    }
}
