using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;

namespace SynthesizeMe.Optimizers;

/// <summary>
/// Writes to a store. What comes in while it writes is the next group: there is one commit a group, and nothing waits for longer than the group before
/// its own.
/// </summary>
internal sealed class ReplyWriter : IThreadPoolWorkItem, IDisposable
{
    private const int LargestGroup = 1024;

    /// <summary>The share of the cap that is left when replies were evicted, so that the next one does not evict again.</summary>
    private const double Left = 0.9;

    private readonly Lock _writing = new();
    private readonly ConcurrentQueue<Entry> _queue = new();
    private readonly string _path;
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
    private int _isDue;

    public ReplyWriter(string path, SqliteConnection connection, ReplyStoreOptions options)
    {
        (_path, _connection, _options) = (path, connection, options);
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

    /// <summary>Adds a reply. When the task ends well, it is in the file.</summary>
    /// <returns>False when there was one already; that one stays.</returns>
    public Task<bool> AddAsync(StoredReply reply)
    {
        var entry = new Entry(reply);
        _queue.Enqueue(entry);
        if (Interlocked.Exchange(ref _isDue, 1) == 0)
        {
            // Behind whatever else is ready to run, so that what is about to come in is in the group.
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        }

        return entry.Done.Task;
    }

    void IThreadPoolWorkItem.Execute()
    {
        Volatile.Write(ref _isDue, 0);
        Drain();
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

    public void Dispose()
    {
        lock (_writing)
        {
            Drain();
            if (_closed)
            {
                return;
            }

            _closed = true;
            try
            {
                Transact(() => WriteMarks(all: true));
            }
            catch (SqliteException)
            {
                // Every reply is in the file; what is lost is when some of them were last used, and a part of the counts.
            }

            foreach (ReplyStatement statement in (ReplyStatement[])[_begin, _commit, _rollback, _insert, _touch, _count, _evict])
            {
                statement.Dispose();
            }

            _connection.Dispose();
        }
    }

    private void Drain()
    {
        lock (_writing)
        {
            while (!_queue.IsEmpty)
            {
                WriteGroup();
            }
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
            bool[] added = new bool[group.Count];
            if (group.Count == 1 && !MarksAreDue() && _options.MaxBytes is null)
            {
                added[0] = Insert(group[0].Reply);
            }
            else
            {
                Transact(() =>
                {
                    for (int i = 0; i < added.Length; i++)
                    {
                        added[i] = Insert(group[i].Reply);
                    }

                    WriteMarks(all: _options.MaxBytes is not null);
                    Evict();
                });
            }

            for (int i = 0; i < added.Length; i++)
            {
                group[i].Done.SetResult(added[i]);
            }
        }
        catch (Exception e)
        {
            Exception told = e is SqliteException cause ? ReplyFile.Explain(_path, cause) : e;
            group.ForEach(entry => entry.Done.SetException(told));
        }
    }

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

    private sealed record Entry(StoredReply Reply)
    {
        public TaskCompletionSource<bool> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
