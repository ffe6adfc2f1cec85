using System.Collections.Concurrent;
using System.Diagnostics;

namespace BenchScale;

/// <summary>
/// Waits of one length, exact on average and half a millisecond more or less each. The timers of .NET go by a clock that moves in steps of up to four, so
/// that what they let go comes in bursts.
/// </summary>
internal sealed class ExactDelay : IDisposable
{
    /// <summary>What a sleep of one millisecond takes. A wait ends with the first sleep that ends after it is due, half a sleep too late on average.</summary>
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(1.06);

    private readonly ConcurrentQueue<(long Due, TaskCompletionSource Wait)> _waits = new();
    private readonly long _ticks;
    private volatile bool _ended;

    public ExactDelay(TimeSpan time)
    {
        _ticks = (long)((time - (Step / 2)).TotalSeconds * Stopwatch.Frequency);
        new Thread(Run) { IsBackground = true, Name = "waits" }.Start();
    }

    public Task WaitAsync()
    {
        var wait = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _waits.Enqueue((Stopwatch.GetTimestamp() + _ticks, wait));
        return wait.Task;
    }

    public void Dispose() => _ended = true;

    private void Run()
    {
        while (!_ended)
        {
            while (_waits.TryPeek(out (long Due, TaskCompletionSource Wait) first) && first.Due <= Stopwatch.GetTimestamp())
            {
                _waits.TryDequeue(out _);
                first.Wait.SetResult();
            }

            Thread.Sleep(1);
        }
    }
}
