using System.Diagnostics;

namespace SynthesizeMe.Optimizers;

/// <summary>
/// Lets one process at a time ask for one reply: a lock on one byte of a file, at a place that the request's address gives. The operating system gives
/// it back when a process ends in whatever way, so that nothing expires and nobody waits for the dead.
/// </summary>
/// <param name="file">The file. Nobody else in this process may open it: closing it anywhere gives all locks back.</param>
internal sealed class ProcessLocks(FileStream file)
{
    /// <summary>Addresses have their places from here on, far behind whatever is in the file.</summary>
    private const long FirstPlace = 1L << 40;

    /// <summary>As long as SQLite waits for another process.</summary>
    private static readonly TimeSpan LongestAlone = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(250);

    /// <summary>Where .NET has no locks on a part of a file, two processes may ask for the same reply at the same time.</summary>
    public static bool IsSupported =>
        !(OperatingSystem.IsMacOS() || OperatingSystem.IsFreeBSD() || OperatingSystem.IsIOS() || OperatingSystem.IsTvOS() || OperatingSystem.IsBrowser() || OperatingSystem.IsWasi());

    /// <summary>Runs what one process at a time may do with the file. Within a process it is for the caller to take turns.</summary>
    public void Alone(Action action)
    {
        long start = Stopwatch.GetTimestamp();
        for (int tries = 0; !TryLock(FirstPlace - 1); tries++)
        {
            if (Stopwatch.GetElapsedTime(start) > LongestAlone)
            {
                throw new IOException("Another process has been writing to it for 30 seconds. End that process, or name another store.");
            }

            Thread.Sleep(tries < 100 ? 0 : 1);
        }

        try
        {
            action();
        }
        finally
        {
            Unlock(FirstPlace - 1);
        }
    }

    /// <summary>Locks an address.</summary>
    /// <param name="key">The address.</param>
    /// <param name="isDone">Asked while another process holds the lock: whether there is nothing to lock for any more.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>Whether it is locked; false when <paramref name="isDone"/> said so.</returns>
    public async Task<bool> LockAsync(ReplyKey key, Func<bool> isDone, CancellationToken cancellationToken)
    {
        if (!IsSupported)
        {
            return true;
        }

        for (TimeSpan wait = TimeSpan.FromMilliseconds(4); !TryLock(FirstPlace + key.Place); wait = wait < Longest ? 2 * wait : Longest)
        {
            if (isDone())
            {
                return false;
            }

            await Task.Delay(wait, cancellationToken).ConfigureAwait(false);
        }

        return true;
    }

    /// <summary>Gives the lock back.</summary>
    public void Unlock(ReplyKey key)
    {
        if (IsSupported)
        {
            Unlock(FirstPlace + key.Place);
        }
    }

#pragma warning disable CA1416 // Asked before.
    private bool TryLock(long place)
    {
        try
        {
            file.Lock(place, 1);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    private void Unlock(long place) => file.Unlock(place, 1);
#pragma warning restore CA1416
}
