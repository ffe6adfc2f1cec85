using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace SynthesizeMe.Optimizers;

/// <summary>A prepared statement that is run often: SQLite's own, without the provider's work for each run. Parameters and columns count from 0.</summary>
internal sealed class ReplyStatement : IDisposable
{
    private readonly sqlite3 _database;
    private readonly sqlite3_stmt _statement;

    public ReplyStatement(SqliteConnection connection, string sql)
    {
        _database = connection.Handle!;
        Check(raw.sqlite3_prepare_v3(_database, sql, raw.SQLITE_PREPARE_PERSISTENT, out _statement));
    }

    /// <summary>The rows that the last run has changed.</summary>
    public int Changes => raw.sqlite3_changes(_database);

    public void Bind(int parameter, long value) => Check(raw.sqlite3_bind_int64(_statement, parameter + 1, value));

    public void Bind(int parameter, ReadOnlySpan<byte> value) => Check(raw.sqlite3_bind_blob(_statement, parameter + 1, value));

    public void Bind(int parameter, string? value) => Check(value is null
        ? raw.sqlite3_bind_null(_statement, parameter + 1)
        : raw.sqlite3_bind_text(_statement, parameter + 1, value));

    /// <summary>Runs it to its next row; false at the end, where it can be run again.</summary>
    /// <exception cref="SqliteException">It fails.</exception>
    public bool Step()
    {
        int code = raw.sqlite3_step(_statement);
        if (code == raw.SQLITE_ROW)
        {
            return true;
        }

        _ = raw.sqlite3_reset(_statement);
        if (code != raw.SQLITE_DONE)
        {
            Check(code);
        }

        return false;
    }

    /// <summary>Ends a run before its last row.</summary>
    public void Reset() => _ = raw.sqlite3_reset(_statement);

    public long Number(int column) => raw.sqlite3_column_int64(_statement, column);

    public ReadOnlySpan<byte> Blob(int column) => raw.sqlite3_column_blob(_statement, column);

    public void Dispose() => _statement.Dispose();

    private void Check(int code) => SqliteException.ThrowExceptionForRC(code, _database);
}
