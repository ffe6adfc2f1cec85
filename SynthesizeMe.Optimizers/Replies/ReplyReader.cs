using Microsoft.Data.Sqlite;

namespace SynthesizeMe.Optimizers;

/// <summary>A row of the store.</summary>
/// <param name="Key">The request's address.</param>
/// <param name="Provider">Whose model answered.</param>
/// <param name="Model">The model.</param>
/// <param name="Created">When the reply came in.</param>
/// <param name="Input">Tokens of the prompt.</param>
/// <param name="Output">Tokens of the reply.</param>
/// <param name="Reply">The reply's JSON.</param>
internal sealed record StoredReply(ReplyKey Key, string? Provider, string? Model, DateTimeOffset Created, long Input, long Output, byte[] Reply);

/// <summary>Reads a store. Safe for concurrent use.</summary>
internal sealed class ReplyReader : IDisposable
{
    private const int Chunk = 256;

    private readonly Lock _lock = new();
    private readonly string _path;
    private readonly ReplyTail _tail;
    private readonly SqliteConnection _connection;
    private readonly ReplyStatement _find;

    public ReplyReader(string path, ReplyTail tail)
    {
        (_path, _tail) = (path, tail);
        _connection = ReplyFile.Connect(path);
        _find = new(_connection, "SELECT id, input, output, reply FROM replies WHERE key = ?");
    }

    /// <summary>The reply to a request, and its row; no row while it is in the tail.</summary>
    public (long? Row, long Input, long Output, byte[] Reply)? Find(ReplyKey key)
    {
        if (_tail.Find(key) is { } last)
        {
            return (null, last.Input, last.Output, last.Reply);
        }

        Span<byte> hash = stackalloc byte[ReplyKey.Bytes];
        key.Write(hash);
        try
        {
            lock (_lock)
            {
                _find.Bind(0, hash);
                if (!_find.Step())
                {
                    return null;
                }

                (long?, long, long, byte[]) row = (_find.Number(0), _find.Number(1), _find.Number(2), _find.Blob(3).ToArray());
                _find.Reset();
                return row;
            }
        }
        catch (SqliteException e)
        {
            throw ReplyFile.Explain(_path, e);
        }
    }

    /// <summary>All rows in the order of their keys; written between two chunks is seen or not.</summary>
    public IEnumerable<StoredReply> All()
    {
        byte[] last = [];
        while (true)
        {
            StoredReply[] chunk = Locked(() => After(last));
            foreach (StoredReply row in chunk)
            {
                yield return row;
            }

            if (chunk.Length < Chunk)
            {
                yield break;
            }

            last = chunk[^1].Key.ToArray();
        }
    }

    /// <summary>The replies, the bytes that they take, and a counter each.</summary>
    public (long Entries, long Bytes, Dictionary<string, long> Counters) Totals() => Locked(() =>
    {
        var counters = new Dictionary<string, long>(StringComparer.Ordinal);
        using SqliteCommand command = _connection.CreateCommand();
        command.CommandText = "SELECT name, value FROM counters";
        using SqliteDataReader row = command.ExecuteReader();
        while (row.Read())
        {
            counters[row.GetString(0)] = row.GetInt64(1);
        }

        return (ReplyFile.Number(_connection, "SELECT count(*) FROM replies"), BytesOf(_connection), counters);
    });

    public void Dispose()
    {
        lock (_lock)
        {
            _find.Dispose();
            _connection.Dispose();
        }
    }

    /// <summary>What the pages in use take; those of evicted replies are used again.</summary>
    public static long BytesOf(SqliteConnection connection) =>
        (ReplyFile.Number(connection, "PRAGMA page_count") - ReplyFile.Number(connection, "PRAGMA freelist_count")) * ReplyFile.Number(connection, "PRAGMA page_size");

    private StoredReply[] After(byte[] last)
    {
        using SqliteCommand command = _connection.CreateCommand();
        command.CommandText = "SELECT key, provider, model, created, input, output, reply FROM replies WHERE key > $last ORDER BY key LIMIT $chunk";
        command.Parameters.AddWithValue("$last", last);
        command.Parameters.AddWithValue("$chunk", Chunk);
        using SqliteDataReader row = command.ExecuteReader();
        var rows = new List<StoredReply>();
        while (row.Read())
        {
            rows.Add(new(
                new ReplyKey(row.GetFieldValue<byte[]>(0)),
                row.IsDBNull(1) ? null : row.GetString(1),
                row.IsDBNull(2) ? null : row.GetString(2),
                DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(3)),
                row.GetInt64(4),
                row.GetInt64(5),
                row.GetFieldValue<byte[]>(6)));
        }

        return [.. rows];
    }

    private T Locked<T>(Func<T> read)
    {
        try
        {
            lock (_lock)
            {
                return read();
            }
        }
        catch (SqliteException e)
        {
            throw ReplyFile.Explain(_path, e);
        }
    }
}
