using Microsoft.Data.Sqlite;

namespace SynthesizeMe.Cli;

/// <summary>
/// What models gave besides replies, in a file, so that none of it is paid for twice. The file is made when something is first looked for; several processes may
/// share it.
/// </summary>
/// <param name="path">The file.</param>
/// <param name="what">What it keeps, such as <c>embeddings</c>: the name of its table.</param>
internal sealed class KeptNumbers(string path, string what) : IDisposable
{
    private readonly Lock _lock = new();
    private SqliteConnection? _file;

    /// <summary>The file.</summary>
    public string Path => path;

    /// <summary>What was kept under a key; <see langword="null"/> for nothing.</summary>
    /// <exception cref="IOException">The file cannot be used.</exception>
    public byte[]? Find(string key) => Use($"SELECT numbers FROM {what} WHERE key = $key", command =>
    {
        command.Parameters.AddWithValue("$key", key);
        return (byte[]?)command.ExecuteScalar();
    });

    /// <summary>Keeps numbers under a key.</summary>
    /// <exception cref="IOException">The file cannot be used.</exception>
    public void Keep(string key, byte[] numbers) => Use($"INSERT OR REPLACE INTO {what} VALUES ($key, $numbers)", command =>
    {
        command.Parameters.AddWithValue("$key", key);
        command.Parameters.AddWithValue("$numbers", numbers);
        return command.ExecuteNonQuery();
    });

    public void Dispose() => _file?.Dispose();

    private T Use<T>(string statement, Func<SqliteCommand, T> use)
    {
        lock (_lock)
        {
            try
            {
                _file ??= Open();
                using SqliteCommand command = _file.CreateCommand();
                command.CommandText = statement;
                return use(command);
            }
            catch (SqliteException e)
            {
                throw new IOException($"{path}: {what} cannot be kept there: {e.Message} Delete the file if it is broken, or keep nothing with --store none.", e);
            }
        }
    }

    private SqliteConnection Open()
    {
        var file = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        try
        {
            file.Open();
            using SqliteCommand command = file.CreateCommand();
            command.CommandText =
                $"""
                PRAGMA journal_mode = WAL;
                PRAGMA synchronous = NORMAL;
                CREATE TABLE IF NOT EXISTS {what} (key TEXT PRIMARY KEY, numbers BLOB NOT NULL) WITHOUT ROWID;
                """;
            command.ExecuteNonQuery();
            return file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }
}
