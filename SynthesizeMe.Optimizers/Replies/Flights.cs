using System.Collections.Concurrent;
using Microsoft.Extensions.AI;

namespace SynthesizeMe.Optimizers;

/// <summary>What came of a call.</summary>
/// <param name="Reply">The reply.</param>
/// <param name="Json">The reply as it is kept; null when it is not one to be kept.</param>
internal sealed record Landing(ChatResponse Reply, byte[]? Json);

/// <summary>The calls that are under way, by request: equal concurrent calls are one.</summary>
/// <param name="locks">The same between processes.</param>
internal sealed class Flights(ProcessLocks locks)
{
    private readonly ConcurrentDictionary<ReplyKey, Flight> _underWay = new();

    public ProcessLocks Locks => locks;

    /// <summary>Joins the flight of a request, or gives a new one that the caller has to start.</summary>
    /// <returns>Null when one is just being broken off; try again.</returns>
    public (Flight Flight, bool Leads)? Board(ReplyKey key)
    {
        Flight? own = null;
        Flight flight = _underWay.GetOrAdd(key, _ => own = new Flight());
        return flight == own ? (flight, true) : flight.TryJoin() ? (flight, false) : null;
    }

    /// <summary>Starts a flight. It goes on until it lands or the last who waits for it has left.</summary>
    public void Start(ReplyKey key, Flight flight, Func<CancellationToken, Task<Landing>> call) => flight.Start(async stop =>
    {
        try
        {
            return await call(stop).ConfigureAwait(false);
        }
        finally
        {
            _underWay.TryRemove(new(key, flight));
        }
    });
}

/// <summary>One call, and those who wait for it: who led it may leave, and it goes on for the others.</summary>
#pragma warning disable CA1001 // A source without a timer or a wait handle holds nothing, and the last to leave may be later than the landing.
internal sealed class Flight
#pragma warning restore CA1001
{
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource<Landing> _landed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _lock = new();
    private int _passengers = 1;

    /// <summary>What comes of it.</summary>
    public Task<Landing> Landed => _landed.Task;

    public bool TryJoin()
    {
        lock (_lock)
        {
            if (_passengers == 0)
            {
                return false;
            }

            _passengers++;
            return true;
        }
    }

    public void Leave()
    {
        lock (_lock)
        {
            if (--_passengers > 0)
            {
                return;
            }
        }

        if (!_landed.Task.IsCompleted)
        {
            _stop.Cancel();
        }
    }

    public async void Start(Func<CancellationToken, Task<Landing>> call)
    {
        try
        {
            _landed.SetResult(await call(_stop.Token).ConfigureAwait(false));
        }
        catch (Exception e)
        {
            // Whoever waits is told; when nobody does any more, nobody is to be troubled.
            _landed.SetException(e);
            _ = _landed.Task.Exception;
        }
    }
}
