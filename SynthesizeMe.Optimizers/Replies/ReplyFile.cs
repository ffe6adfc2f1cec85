using System.Globalization;
using Microsoft.Data.Sqlite;

namespace SynthesizeMe.Optimizers;

/// <summary>Opens the file of a reply store: creates it, recognizes it, and sets a broken one aside.</summary>
internal static class ReplyFile
{
    /// <summary>The version of the tables below, kept in the file as <c>user_version</c>.</summary>
    public const int SchemaVersion = 1;

    /// <summary>"SMRS", kept in the file as <c>application_id</c>.</summary>
    private const int Application = 0x534D5253;

    private const int Corrupt = 11;
    private const int NotADatabase = 26;

    /// <summary>A larger file is not read as a whole before it is used; damage in it is found where it is met.</summary>
    private const long LargestChecked = 64 << 20;

    private const string Schema =
        """
        CREATE TABLE replies (
            id INTEGER PRIMARY KEY, key BLOB NOT NULL UNIQUE, used INTEGER NOT NULL, created INTEGER NOT NULL, input INTEGER NOT NULL, output INTEGER NOT NULL,
            provider TEXT, model TEXT, reply BLOB NOT NULL);
        CREATE TABLE counters (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
        INSERT INTO counters VALUES ('hits', 0), ('misses', 0), ('saved_input', 0), ('saved_output', 0);
        """;

    /// <summary>Opens it for writing.</summary>
    /// <param name="path">The file.</param>
    /// <param name="setAside">Where a broken file was moved to; null when there was none.</param>
    /// <exception cref="ReplyStoreException">It is of something else, newer, or cannot be opened.</exception>
    public static SqliteConnection Open(string path, out string? setAside)
    {
        setAside = null;
        try
        {
            if (Directory.Exists(path))
            {
                throw new ReplyStoreException($"{path}: is a directory. Name a file for the reply store.");
            }

            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            if (TryOpen(path) is { } connection)
            {
                return connection;
            }

            if (Path.GetExtension(path).ToUpperInvariant() is not (".SQLITE" or ".DB"))
            {
                throw new ReplyStoreException($"{path}: is not a reply store, or is damaged. It was left as it is: name another file, or move it away.");
            }

            setAside = SetAside(path);
            return TryOpen(path) ?? throw new ReplyStoreException($"{path}: a new reply store cannot be made there. Name another file.");
        }
        catch (SqliteException e)
        {
            throw Explain(path, e);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new ReplyStoreException($"{path}: the reply store cannot be opened: {e.Message} Check the permissions, or name another file.", e);
        }
    }

    /// <summary>Another connection to an open store.</summary>
    public static SqliteConnection Connect(string path)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        try
        {
            connection.Open();

            // SQLite waits for another process by itself, in small steps; the provider would sleep 150 ms between tries.
            // The index by address is read and written all over: 16 MB of pages are kept at hand.
            Run(connection, "PRAGMA busy_timeout = 30000; PRAGMA cache_size = -16384");
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>What SQLite says, with the file's name.</summary>
    public static ReplyStoreException Explain(string path, SqliteException exception) => exception.SqliteErrorCode is Corrupt or NotADatabase
        ? new($"{path}: the reply store is damaged ({exception.Message}). Move it away and start again.", exception)
        : new($"{path}: the reply store cannot be read or written: {exception.Message}", exception);

    public static long Number(SqliteConnection connection, string sql)
    {
        using SqliteCommand command = connection.CreateCommand();
#pragma warning disable CA2100 // The statements are constants of this library.
        command.CommandText = sql;
#pragma warning restore CA2100
        return Convert.ToInt64(command.ExecuteScalar(), CultureInfo.InvariantCulture);
    }

    /// <summary>Opens it, and makes the tables of a new one; null when it is broken.</summary>
    private static SqliteConnection? TryOpen(string path)
    {
        SqliteConnection connection = Connect(path);
        try
        {
            // A process that is killed has written all that it was told was written. Only a loss of power can lose the last replies, never damage the rest.
            bool logs = Text(connection, "PRAGMA journal_mode = WAL") == "wal";
            Run(connection, logs ? "PRAGMA synchronous = NORMAL; PRAGMA wal_autocheckpoint = 4000" : "PRAGMA synchronous = FULL");
            Prepare(connection, path);
            if (new FileInfo(path).Length > LargestChecked || Text(connection, "PRAGMA quick_check(1)") == "ok")
            {
                return connection;
            }
        }
        catch (SqliteException e) when (e.SqliteErrorCode is Corrupt or NotADatabase)
        {
            // It is broken: said by the result.
        }
        catch
        {
            connection.Dispose();
            throw;
        }

        connection.Dispose();
        return null;
    }

    private static void Prepare(SqliteConnection connection, string path)
    {
        if (!IsOurs(connection, path))
        {
            using SqliteTransaction transaction = connection.BeginTransaction(deferred: false);
            if (!IsOurs(connection, path))
            {
                Run(connection, Schema + string.Create(CultureInfo.InvariantCulture, $"PRAGMA application_id = {Application}; PRAGMA user_version = {SchemaVersion};"));
            }

            transaction.Commit();
        }
    }

    /// <summary>Whether the tables are there; false for a file without any.</summary>
    private static bool IsOurs(SqliteConnection connection, string path)
    {
        long application = Number(connection, "PRAGMA application_id");
        long version = Number(connection, "PRAGMA user_version");
        if (application == 0 && version == 0 && Number(connection, "SELECT count(*) FROM sqlite_master") == 0)
        {
            return false;
        }

        if (application != Application)
        {
            throw new ReplyStoreException($"{path}: is a database of another program. Name another file for the reply store.");
        }

        return version <= SchemaVersion ? true : throw new ReplyStoreException(string.Create(
            CultureInfo.InvariantCulture,
            $"{path}: was written by a newer version of this library (schema {version}; this one reads {SchemaVersion}). Update the library, or name another file."));
    }

    /// <summary>Moves the file, and what SQLite keeps beside it, to a name that is free.</summary>
    private static string SetAside(string path)
    {
        string aside = $"{path}.broken";
        for (int i = 2; File.Exists(aside); i++)
        {
            aside = string.Create(CultureInfo.InvariantCulture, $"{path}.broken-{i}");
        }

        File.Move(path, aside);
        foreach (string suffix in (string[])["-wal", "-shm"])
        {
            if (File.Exists(path + suffix))
            {
                File.Move(path + suffix, aside + suffix, overwrite: true);
            }
        }

        return aside;
    }

    private static void Run(SqliteConnection connection, string sql)
    {
        using SqliteCommand command = connection.CreateCommand();
#pragma warning disable CA2100 // The statements are constants of this library.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }

    private static string? Text(SqliteConnection connection, string sql)
    {
        using SqliteCommand command = connection.CreateCommand();
#pragma warning disable CA2100 // The statements are constants of this library.
        command.CommandText = sql;
#pragma warning restore CA2100
        return command.ExecuteScalar() as string;
    }
}
