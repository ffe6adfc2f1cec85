namespace SynthesizeMe.Optimizers;

/// <summary>
/// How many calls may run at once: a number that falls by half when the provider limits the rate or calls time out, and grows by one for every round
/// of that many answered calls (additive increase, multiplicative decrease: Chiu and Jain 1989). Of calls that were under way together, only the
/// first failure halves it. Calls that have to wait go first come, first served.
/// </summary>
public sealed class ConcurrencyBound
{
    private readonly Lock _lock = new();
    private readonly LinkedList<TaskCompletionSource<long>> _waiting = new();
    private readonly int _max;
    private double _limit;
    private int _running;
    private long _epoch;

    /// <summary>Creates a bound, which starts at its maximum.</summary>
    /// <param name="max">The most calls at once whatever happens; positive.</param>
    public ConcurrencyBound(int max)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(max);
        _max = max;
        _limit = max;
    }

    /// <summary>Whether it falls and grows; true by default. It never falls below 1.</summary>
    public bool Adapts { get; init; } = true;

    /// <summary>Reads the exceptions of a provider's package; <see langword="null"/>, the default, or what it gives null for, is read by <see cref="CallFaults"/>.</summary>
    public Func<Exception, CallFault?>? Classify { get; init; }

    /// <summary>How many calls may run at once just now.</summary>
    public int Current
    {
        get
        {
            lock (_lock)
            {
                return (int)_limit;
            }
        }
    }

    /// <summary>Makes a call of any kind as soon as there is a place for it.</summary>
    /// <param name="call">The call; its exceptions say what failed, see <see cref="CallFaults"/>.</param>
    /// <param name="state">What the call is given.</param>
    /// <param name="cancellationToken">Stops the wait and the call at once.</param>
    /// <returns>What the call gave.</returns>
    public async Task<T> RunAsync<TState, T>(Func<TState, CancellationToken, Task<T>> call, TState state, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(call);
        long entered = await EnterAsync(cancellationToken).ConfigureAwait(false);
        Exception? failure = null;
        bool answered = false;
        bool waited = false;
        bool othersWaited;
        T result;
        try
        {
            Task<T> running = call(state, cancellationToken);
            waited = !running.IsCompleted;
            result = await running.ConfigureAwait(false);
            answered = true;
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            failure = e;
            throw;
        }
        finally
        {
            othersWaited = Leave(entered, answered, failure, sendsFirst: waited);
        }

        if (waited && othersWaited)
        {
            // Replies that have come in are taken, and the calls that wait for them sent, before this one is worked on.
            await Task.Yield();
        }

        return result;
    }

    /// <summary>Waits for a place.</summary>
    /// <returns>What <see cref="Leave"/> is to be told: the number of times the bound had fallen.</returns>
    internal ValueTask<long> EnterAsync(CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return ValueTask.FromCanceled<long>(cancellationToken);
        }

        LinkedListNode<TaskCompletionSource<long>> place;
        lock (_lock)
        {
            if (_running < (int)_limit && _waiting.Count == 0)
            {
                _running++;
                return new(_epoch);
            }

            place = _waiting.AddLast(new TaskCompletionSource<long>());
        }

        return WaitAsync(place, cancellationToken);
    }

    /// <summary>Gives a place back.</summary>
    /// <param name="entered">What entering gave.</param>
    /// <param name="answered">Whether there was a reply.</param>
    /// <param name="failure">Why there was none; <see langword="null"/> when the caller gave up.</param>
    /// <param name="sendsFirst">Whether a call that waited is sent before this method returns; else it is sent from another thread.</param>
    /// <returns>Whether a call had waited.</returns>
    internal bool Leave(long entered, bool answered, Exception? failure, bool sendsFirst)
    {
        bool overload = Adapts && failure is not null && CallFaults.Of(failure, Classify).IsOverload;
        var next = new List<TaskCompletionSource<long>>(1);
        long epoch;
        lock (_lock)
        {
            _running--;
            if (overload && entered == _epoch)
            {
                _limit = Math.Max(1, Math.Floor(_limit / 2));
                _epoch++;
            }
            else if (answered && Adapts)
            {
                _limit = Math.Min(_max, _limit + (1 / _limit));
            }

            // Who is taken out of the queue here cannot be cancelled any more, and so has the place.
            for (; _running < (int)_limit && _waiting.First is { } first; _running++)
            {
                _waiting.RemoveFirst();
                next.Add(first.Value);
            }

            epoch = _epoch;
        }

        foreach (TaskCompletionSource<long> call in next)
        {
            if (sendsFirst)
            {
                call.SetResult(epoch);
            }
            else
            {
                ThreadPool.QueueUserWorkItem(static c => c.call.SetResult(c.epoch), (call, epoch), preferLocal: true);
            }
        }

        return next.Count > 0;
    }

    private async ValueTask<long> WaitAsync(LinkedListNode<TaskCompletionSource<long>> place, CancellationToken cancellationToken)
    {
        using CancellationTokenRegistration cancelled = cancellationToken.UnsafeRegister(
            (_, token) =>
            {
                lock (_lock)
                {
                    if (place.List is not null)
                    {
                        _waiting.Remove(place);
                        place.Value.TrySetCanceled(token);
                    }
                }
            },
            null);
        return await place.Value.Task.ConfigureAwait(false);
    }
}
