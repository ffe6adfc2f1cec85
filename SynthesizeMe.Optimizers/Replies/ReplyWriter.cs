using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;

namespace SynthesizeMe.Optimizers;

/// <summary>
/// Writes to a store: to its tail, and now and then the tail into the file. What comes in while it writes is the next group; nothing waits for longer than
/// the group before its own.
/// </summary>
internal sealed class ReplyWriter : IDisposable
{
    private const int LargestGroup = 1024;

    /// <summary>So many replies in the tail are brought into the file at once.</summary>
    private const int LongestTail = 512;

    /// <summary>The share of the cap that is left when replies were evicted, so that the next one does not evict again.</summary>
    private const double Left = 0.9;

    private readonly Lock _writing = new();
    private readonly ConcurrentQueue<Entry> _queue = new();
    private readonly string _path;
    private readonly ReplyTail _tail;
    private readonly ReplyReader _reader;
    private readonly ReplyStoreOptions _options;
    private readonly SqliteConnection _connection;
    private readonly ReplyStatement _begin;
    private readonly ReplyStatement _commit;
    private readonly ReplyStatement _rollback;
    private readonly ReplyStatement _insert;
    private readonly ReplyStatement _touch;
    private readonly ReplyStatement _count;
    private readonly ReplyStatement _evict;
    private readonly Lock _marking = new();
    private Dictionary<long, long> _uses = [];
    private Dictionary<string, long> _counts = new(StringComparer.Ordinal);
    private bool _closed;

    public ReplyWriter(string path, ReplyTail tail, ReplyReader reader, SqliteConnection connection, ReplyStoreOptions options)
    {
        (_path, _tail, _reader, _connection, _options) = (path, tail, reader, connection, options);
        _begin = new(connection, "BEGIN IMMEDIATE");
        _commit = new(connection, "COMMIT");
        _rollback = new(connection, "ROLLBACK");
        _insert = new(
            connection,
            "INSERT INTO replies (key, used, created, input, output, provider, model, reply) VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (key) DO NOTHING");
        _touch = new(connection, "UPDATE replies SET used = max(used, ?) WHERE id = ?");
        _count = new(connection, "UPDATE counters SET value = value + ? WHERE name = ?");
        _evict = new(connection, "DELETE FROM replies WHERE id IN (SELECT id FROM replies ORDER BY used, id LIMIT ?)");
    }

    /// <summary>Adds a reply. When the task ends well, it is in the file or its tail.</summary>
    /// <param name="reply">The reply.</param>
    /// <param name="isNew">Whether it is known that there is none.</param>
    /// <returns>False when there was one already; that one stays.</returns>
    public Task<bool> AddAsync(StoredReply reply, bool isNew)
    {
        var entry = new Entry(reply, isNew);
        _queue.Enqueue(entry);
        Drain();
        return entry.Done.Task;
    }

    /// <summary>Notes that a reply was given again. It is written with later replies, or when the store is closed.</summary>
    public void Used(long id)
    {
        long now = Now();
        lock (_marking)
        {
            _uses[id] = now;
        }
    }

    /// <summary>Adds to a counter, likewise.</summary>
    public void Count(string counter, long by)
    {
        lock (_marking)
        {
            _counts[counter] = _counts.GetValueOrDefault(counter) + by;
        }
    }

    /// <summary>What was counted and is not yet written.</summary>
    public Dictionary<string, long> Counted()
    {
        lock (_marking)
        {
            return new(_counts, StringComparer.Ordinal);
        }
    }

    /// <summary>Brings the tail into the file.</summary>
    public void Settle()
    {
        lock (_writing)
        {
            ObjectDisposedException.ThrowIf(_closed, typeof(ReplyStore));
            try
            {
                Settle([], allMarks: false);
            }
            catch (SqliteException e)
            {
                throw ReplyFile.Explain(_path, e);
            }
        }

        Drain();
    }

    public void Dispose()
    {
        lock (_writing)
        {
            if (_closed)
            {
                return;
            }

            WriteAll();
            _closed = true;
            try
            {
                Settle([], allMarks: true);
            }
            catch (Exception e) when (e is SqliteException or ReplyStoreException)
            {
                // Every reply is in the file or its tail; what is lost is when some of them were last used, and a part of the counts.
            }

            foreach (ReplyStatement statement in (ReplyStatement[])[_begin, _commit, _rollback, _insert, _touch, _count, _evict])
            {
                statement.Dispose();
            }

            _connection.Dispose();
        }

        Drain();
    }

    /// <summary>Writes what has come in, unless another thread is at it: that one looks again before it leaves.</summary>
    private void Drain()
    {
        while (!_queue.IsEmpty && _writing.TryEnter())
        {
            try
            {
                WriteAll();
            }
            finally
            {
                _writing.Exit();
            }
        }
    }

    private void WriteAll()
    {
        while (!_queue.IsEmpty)
        {
            WriteGroup();
        }
    }

    private void WriteGroup()
    {
        var group = new List<Entry>();
        while (group.Count < LargestGroup && _queue.TryDequeue(out Entry? entry))
        {
            group.Add(entry);
        }

        try
        {
            ObjectDisposedException.ThrowIf(_closed, typeof(ReplyStore));
            if (_options.MaxBytes is null && ProcessLocks.IsSupported)
            {
                Append(group);
            }
            else
            {
                Settle(group, allMarks: _options.MaxBytes is not null);
            }

            group.ForEach(entry => entry.Done.SetResult(entry.IsAdded));
        }
        catch (Exception e)
        {
            Exception told = e is SqliteException cause ? ReplyFile.Explain(_path, cause) : e;
            group.ForEach(entry => entry.Done.SetException(told));
            return;
        }

        if (_tail.Count >= LongestTail || MarksAreDue())
        {
            try
            {
                Settle([], allMarks: true);
            }
            catch (Exception e) when (e is SqliteException or ReplyStoreException)
            {
                // Every reply is in the tail, and the next group tries again.
            }
        }
    }

    private void Append(List<Entry> group)
    {
        List<Entry> wanted = group.FindAll(e => e.IsNew || _reader.Find(e.Reply.Key) is null);
        bool[] added = _tail.Append(wanted.ConvertAll(e => e.Reply));
        for (int i = 0; i < added.Length; i++)
        {
            wanted[i].IsAdded = added[i];
        }
    }

    /// <summary>Brings the tail into the file, and a group behind it.</summary>
    private void Settle(List<Entry> group, bool allMarks) => _tail.Settle(last => Transact(() =>
    {
        foreach (StoredReply reply in last)
        {
            Insert(reply);
        }

        group.ForEach(entry => entry.IsAdded = Insert(entry.Reply));
        WriteMarks(allMarks);
        Evict();
    }));

    private void Transact(Action write)
    {
        _begin.Step();
        try
        {
            write();
            _commit.Step();
        }
        catch (SqliteException)
        {
            // SQLite has rolled back by itself where the disk is full or broken.
            if (SQLitePCL.raw.sqlite3_get_autocommit(_connection.Handle) == 0)
            {
                _rollback.Step();
            }

            throw;
        }
    }

    private bool Insert(StoredReply reply)
    {
        Span<byte> key = stackalloc byte[ReplyKey.Bytes];
        reply.Key.Write(key);
        _insert.Bind(0, key);
        _insert.Bind(1, Now());
        _insert.Bind(2, reply.Created.ToUnixTimeMilliseconds());
        _insert.Bind(3, reply.Input);
        _insert.Bind(4, reply.Output);
        _insert.Bind(5, reply.Provider);
        _insert.Bind(6, reply.Model);
        _insert.Bind(7, reply.Reply);
        _insert.Step();
        return _insert.Changes == 1;
    }

    private bool MarksAreDue()
    {
        lock (_marking)
        {
            return _uses.Count >= LargestGroup;
        }
    }

    private void WriteMarks(bool all)
    {
        Dictionary<long, long> uses;
        Dictionary<string, long> counts;
        lock (_marking)
        {
            if (!all && _uses.Count < LargestGroup)
            {
                return;
            }

            (uses, _uses) = (_uses, []);
            (counts, _counts) = (_counts, new(StringComparer.Ordinal));
        }

        foreach ((long id, long used) in uses)
        {
            _touch.Bind(0, used);
            _touch.Bind(1, id);
            _touch.Step();
        }

        foreach ((string name, long by) in counts)
        {
            _count.Bind(0, by);
            _count.Bind(1, name);
            _count.Step();
        }
    }

    /// <summary>Takes out what was not used for longest, when the file is over its cap. The newest reply stays, whatever its size.</summary>
    private void Evict()
    {
        if (_options.MaxBytes is not { } most)
        {
            return;
        }

        for (long bytes = ReplyReader.BytesOf(_connection); bytes > most;)
        {
            long entries = ReplyFile.Number(_connection, "SELECT count(*) FROM replies");
            long share = (long)Math.Ceiling(entries * (1 - (Left * most / bytes)));
            long number = Math.Min(Math.Max(1, share), entries - 1);
            if (number <= 0)
            {
                return;
            }

            _evict.Bind(0, number);
            _evict.Step();
            bytes = ReplyReader.BytesOf(_connection);
        }
    }

    private long Now() => _options.Time.GetUtcNow().ToUnixTimeMilliseconds();

    private sealed record Entry(StoredReply Reply, bool IsNew)
    {
        public bool IsAdded { get; set; }

        public TaskCompletionSource<bool> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
