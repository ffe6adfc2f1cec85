namespace SynthesizeMe.Optimizers;

/// <summary>
/// Lets one process at a time ask for one reply: a lock on one byte of a file, at a place that the request's address gives. The operating system gives
/// it back when a process ends in whatever way, so that nothing expires and nobody waits for the dead.
/// </summary>
/// <param name="path">The file; it is made when it is first needed and stays empty.</param>
internal sealed class ProcessLocks(string path) : IDisposable
{
    private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(250);

    private readonly Lock _opening = new();
    private FileStream? _file;

    /// <summary>Locks an address.</summary>
    /// <param name="key">The address.</param>
    /// <param name="isDone">Asked while another process holds the lock: whether there is nothing to lock for any more.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>Whether it is locked; false when <paramref name="isDone"/> said so.</returns>
    public async Task<bool> LockAsync(ReplyKey key, Func<bool> isDone, CancellationToken cancellationToken)
    {
        if (IsUnsupported)
        {
            return true;
        }

        FileStream file = File();
        for (TimeSpan wait = TimeSpan.FromMilliseconds(4); !TryLock(file, key); wait = wait < Longest ? 2 * wait : Longest)
        {
            await Task.Delay(wait, cancellationToken).ConfigureAwait(false);
            if (isDone())
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Gives the lock back.</summary>
    public void Unlock(ReplyKey key)
    {
        if (!IsUnsupported)
        {
#pragma warning disable CA1416 // Asked above.
            File().Unlock(key.Place, 1);
#pragma warning restore CA1416
        }
    }

    public void Dispose()
    {
        lock (_opening)
        {
            _file?.Dispose();
        }
    }

    /// <summary>Where .NET has no locks on a part of a file, two processes may ask for the same reply at the same time.</summary>
    private static bool IsUnsupported =>
        OperatingSystem.IsMacOS() || OperatingSystem.IsFreeBSD() || OperatingSystem.IsIOS() || OperatingSystem.IsTvOS() || OperatingSystem.IsBrowser() || OperatingSystem.IsWasi();

    private static bool TryLock(FileStream file, ReplyKey key)
    {
        try
        {
#pragma warning disable CA1416 // Asked above.
            file.Lock(key.Place, 1);
#pragma warning restore CA1416
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    private FileStream File()
    {
        lock (_opening)
        {
            return _file ??= new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete, bufferSize: 1);
        }
    }
}
