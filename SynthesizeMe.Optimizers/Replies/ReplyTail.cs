using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace SynthesizeMe.Optimizers;

/// <summary>
/// The replies that came in last: lines at the end of a file beside the store, as an export writes them, that some hundred at a time are brought into
/// the store itself. To write a line costs a tenth of a transaction, and is as safe from a process that is killed.
/// </summary>
/// <remarks>
/// All processes that use a store write to one tail, one at a time. A line counts when its end is there. The first line tells how often the tail has been
/// begun anew, so that who has read up to a place knows what is new. The file carries the locks as well, see <see cref="ProcessLocks"/>.
/// </remarks>
internal sealed class ReplyTail : IDisposable
{
    private const int HeaderLength = 38;

    /// <summary>The tails of this process: the stores of one file share one, because the locks are the process's.</summary>
    private static readonly Dictionary<string, ReplyTail> Tails = new(StringComparer.Ordinal);

    private readonly string _path;
    private readonly FileStream _file;
    private readonly Lock _writing = new();
    private readonly Lock _reading = new();
    private readonly Dictionary<ReplyKey, StoredReply> _replies = [];
    private long _begun;
    private long _length;
    private long _end = HeaderLength;
    private int _users;

    private ReplyTail(string path)
    {
        _path = path;
        _file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        Locks = new ProcessLocks(_file);
    }

    /// <summary>One process at a time asks for a reply.</summary>
    public ProcessLocks Locks { get; }

    /// <summary>The replies in it, as far as they were read.</summary>
    public int Count
    {
        get
        {
            lock (_reading)
            {
                return _replies.Count;
            }
        }
    }

    /// <summary>Opens the tail of a store.</summary>
    /// <exception cref="ReplyStoreException">It cannot be opened.</exception>
    public static ReplyTail Open(string path)
    {
        lock (Tails)
        {
            try
            {
                ReplyTail tail = Tails.GetValueOrDefault(path) ?? (Tails[path] = new ReplyTail(path));
                tail._users++;
                return tail;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw new ReplyStoreException($"{path}: the reply store cannot be opened: {e.Message}", e);
            }
        }
    }

    /// <summary>A reply that is not yet in the store itself. Who finds none here, then looks there, and misses nothing.</summary>
    public StoredReply? Find(ReplyKey key) => Guarded(() =>
    {
        lock (_reading)
        {
            Read();
            return _replies.GetValueOrDefault(key);
        }
    });

    /// <summary>Writes replies. Those that are in the tail already stay as they are.</summary>
    /// <returns>For each whether it was written.</returns>
    public bool[] Append(IReadOnlyList<StoredReply> replies)
    {
        bool[] added = new bool[replies.Count];
        lock (_writing)
        {
            Guarded(() => Locks.Alone(() =>
            {
                lock (_reading)
                {
                    Read();
                    Write([.. replies.Where(r => !_replies.ContainsKey(r.Key)).DistinctBy(r => r.Key)]);
                    for (int i = 0; i < added.Length; i++)
                    {
                        added[i] = _replies.TryAdd(replies[i].Key, replies[i]);
                    }
                }
            }));
        }

        return added;
    }

    /// <summary>Brings all replies, also those of other processes, to where they stay, and begins the tail anew.</summary>
    /// <param name="place">Takes them; if it fails, they stay in the tail.</param>
    public void Settle(Action<IReadOnlyList<StoredReply>> place)
    {
        lock (_writing)
        {
            if (!ProcessLocks.IsSupported)
            {
                place([]);
                return;
            }

            Guarded(() => Locks.Alone(() =>
            {
                StoredReply[] last;
                lock (_reading)
                {
                    Read();

                    // In the order of addresses, so that neighbours dirty the same page of the index.
                    last = [.. _replies.Values.OrderBy(r => r.Key.Place)];
                }

                place(last);
                lock (_reading)
                {
                    if (_length > HeaderLength)
                    {
                        _file.SetLength(HeaderLength);
                    }

                    _replies.Clear();
                    (_end, _length) = (HeaderLength, Math.Min(_length, HeaderLength));
                }
            }));
        }
    }

    public void Dispose()
    {
        lock (Tails)
        {
            if (--_users == 0)
            {
                Tails.Remove(_path);
                _file.Dispose();
            }
        }
    }

    private static ReadOnlySpan<byte> BeforeBegun => """{"tail":1,"begun":" """u8[..^1];

    private static ReadOnlySpan<byte> AfterBegun => "\"}\n"u8;

    private static byte[] Header(long begun) => [.. BeforeBegun, .. Encoding.UTF8.GetBytes($"{begun:x16}"), .. AfterBegun];

    /// <summary>Writes replies behind what was read, over the torn line of a process that was killed.</summary>
    private void Write(StoredReply[] replies)
    {
        if (replies.Length == 0)
        {
            return;
        }

        bool isFirst = Math.Min(_length, _end) <= HeaderLength;
        using var lines = new PooledBuffer();
        if (isFirst)
        {
            lines.Write(Header(_begun + 1));
        }

        foreach (StoredReply reply in replies)
        {
            ReplyLines.Write(lines, reply);
        }

        if (_length > _end)
        {
            _file.SetLength(_end);
        }

        long at = isFirst ? 0 : _end;
        RandomAccess.Write(_file.SafeFileHandle, lines.Written, at);
        _begun += isFirst ? 1 : 0;
        _end = _length = at + lines.Written.Length;
    }

    /// <summary>Reads what other processes have written.</summary>
    private void Read()
    {
        Span<byte> header = stackalloc byte[HeaderLength];
        Span<byte> after = stackalloc byte[HeaderLength];
        while (true)
        {
            int read = RandomAccess.Read(_file.SafeFileHandle, header, 0);
            _length = RandomAccess.GetLength(_file.SafeFileHandle);
            if (read < HeaderLength)
            {
                // Nothing yet, or the torn line of a process that was killed.
                Header(0).AsSpan(read).CopyTo(header[read..]);
                _ = Begun(header);
                return;
            }

            long begun = Begun(header);
            if (begun == _begun && _length <= _end)
            {
                // Shorter than what was read: another process has brought it into the store.
                _end = _length < _end ? HeaderLength : _end;
                return;
            }

            long from = begun == _begun ? _end : HeaderLength;
            byte[] lines = new byte[Math.Max(0, _length - from)];
            int got = RandomAccess.Read(_file.SafeFileHandle, lines, from);

            // What was begun anew while it was read is read again.
            if (RandomAccess.Read(_file.SafeFileHandle, after, 0) == HeaderLength && header.SequenceEqual(after) && got == lines.Length)
            {
                if (begun != _begun)
                {
                    _replies.Clear();
                }

                (_begun, _end) = (begun, from + Take(lines, from));
                return;
            }
        }
    }

    /// <summary>Takes the replies of whole lines.</summary>
    /// <returns>The length of those lines.</returns>
    private int Take(ReadOnlySpan<byte> lines, long from)
    {
        int taken = 0;
        for (int length; (length = lines[taken..].IndexOf((byte)'\n')) >= 0; taken += length + 1)
        {
            try
            {
                StoredReply reply = ReplyLines.Read(Encoding.UTF8.GetString(lines.Slice(taken, length)));
                _replies.TryAdd(reply.Key, reply);
            }
            catch (Exception e) when (e is JsonException or FormatException or InvalidOperationException)
            {
                throw new ReplyStoreException(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{_path}: the line at byte {from + taken} is damaged ({e.Message}). Remove it, or move the file away: it holds the last replies, one a line."), e);
            }
        }

        return taken;
    }

    private long Begun(ReadOnlySpan<byte> header) =>
        header.StartsWith(BeforeBegun) && header.EndsWith(AfterBegun)
        && long.TryParse(header[BeforeBegun.Length..^AfterBegun.Length], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out long begun)
        ? begun
        : throw new ReplyStoreException($"{_path}: is not what a reply store keeps beside it. Move it away, or name another store.");

    private void Guarded(Action action) => Guarded(() =>
    {
        action();
        return true;
    });

    private T Guarded<T>(Func<T> action)
    {
        try
        {
            return action();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ReplyStoreException($"{_path}: the reply store cannot be read or written: {e.Message}", e);
        }
    }
}
