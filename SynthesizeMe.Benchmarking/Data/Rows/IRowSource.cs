using System.Collections.Immutable;

namespace SynthesizeMe.Benchmarking;

/// <summary>A row of a file.</summary>
/// <param name="File">The file.</param>
/// <param name="Number">The line or row, counted from 1.</param>
/// <param name="Value">What is in it, valid until the next row is read; null when it could not be read.</param>
/// <param name="Problem">Why it could not be read; <see langword="null"/> when it could.</param>
internal readonly record struct SourceRow(string File, int Number, Cell Value, string? Problem = null);

/// <summary>A file of rows.</summary>
internal interface IRowSource
{
    /// <summary>The file.</summary>
    string File { get; }

    /// <summary>The names of the columns; of JSON Lines, the keys of the first lines that can be read.</summary>
    ImmutableArray<string> Columns { get; }

    /// <summary>Reads the rows, one after the other.</summary>
    /// <param name="columns">The columns that are wanted; others may be left out of the rows.</param>
    /// <param name="cancellationToken">Stops at once.</param>
    IAsyncEnumerable<SourceRow> ReadAsync(IReadOnlySet<string> columns, CancellationToken cancellationToken);
}
