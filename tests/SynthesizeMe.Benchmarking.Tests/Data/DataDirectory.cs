using DuckDB.NET.Data;

namespace SynthesizeMe.Benchmarking.Tests;

/// <summary>A directory of data files that is gone after the test. Parquet files are written by DuckDB, which shares nothing with the reader.</summary>
internal sealed class DataDirectory : IDisposable
{
    public string Root { get; } = Directory.CreateTempSubdirectory("synthesizeme-data-").FullName;

    public string Text(string name, string content)
    {
        string path = Path.Combine(Root, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, content);
        return path;
    }

    /// <summary>Writes what a query gives as a Parquet file.</summary>
    /// <param name="name">The file.</param>
    /// <param name="query">The query.</param>
    /// <param name="options">Options of DuckDB's COPY.</param>
    public string Parquet(string name, string query, string options = "")
    {
        string path = Path.Combine(Root, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using var connection = new DuckDBConnection("DataSource=:memory:");
        connection.Open();
        using DuckDBCommand command = connection.CreateCommand();
        command.CommandText = $"COPY ({query}) TO '{path}' (FORMAT parquet{options})";
        command.ExecuteNonQuery();
        return path;
    }

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
