using System.Collections.Immutable;

namespace SynthesizeMe.Benchmarking;

/// <summary>The names of data files.</summary>
internal static class DataFiles
{
    /// <summary>The endings of files that are read as data.</summary>
    public static readonly ImmutableArray<string> Extensions = [".parquet", ".jsonl", ".ndjson"];

    /// <summary>Whether a file is named like data.</summary>
    public static bool IsData(string path) => Extensions.Contains(Path.GetExtension(path).ToLowerInvariant());

    /// <summary>The path of what belongs to a data file and stands beside it: <c>people.jsonl</c> has <c>people.curation.json</c>, and <c>people.v1</c> has <c>people.v1.curation.json</c>.</summary>
    public static string Beside(string path, string ending) => $"{(IsData(path) ? Path.ChangeExtension(path, null) : path)}.{ending}";
}
