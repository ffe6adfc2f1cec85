using Microsoft.Data.Sqlite;

namespace SynthesizeMe.Optimizers.Tests;

/// <summary>A place for a store, which is removed with all that is in it.</summary>
internal sealed class TemporaryStore : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("synthesizeme-store-").FullName;

    public string Path => this["replies.sqlite"];

    public string this[string name] => System.IO.Path.Combine(_folder, name);

    public IEnumerable<string> Files => Directory.GetFiles(_folder).Select(f => System.IO.Path.GetFileName(f)).Order(StringComparer.Ordinal);

    public ReplyStore Open(ReplyStoreOptions? options = null) => ReplyStore.Open(Path, options);

    /// <summary>Runs a statement on the file, as another program might.</summary>
    public void Run(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Path};Pooling=False");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
#pragma warning disable CA2100 // The tests' own statements.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
