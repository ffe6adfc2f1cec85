using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Parquet;
using Parquet.Schema;

namespace SynthesizeMe.Benchmarking;

/// <summary>A Parquet file, read one row group after the other; of a row group, only the columns that are wanted.</summary>
internal sealed class ParquetSource : IRowSource
{
    private static readonly byte[] Magic = "PAR1"u8.ToArray();

    private ParquetSource(string file, ImmutableArray<string> columns) => (File, Columns) = (file, columns);

    /// <inheritdoc/>
    public string File { get; }

    /// <inheritdoc/>
    public ImmutableArray<string> Columns { get; }

    /// <summary>Whether the file begins as a Parquet file does.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static async Task<bool> IsParquetAsync(string file, CancellationToken cancellationToken)
    {
        byte[] start = new byte[Magic.Length];
        using FileStream stream = System.IO.File.OpenRead(file);
        return await stream.ReadAtLeastAsync(start, start.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false) == start.Length
            && start.AsSpan().SequenceEqual(Magic);
    }

    /// <summary>Opens a file.</summary>
    /// <exception cref="DataSetException">It is damaged.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static async Task<ParquetSource> OpenAsync(string file, CancellationToken cancellationToken)
    {
        ParquetReader reader = await OpenReaderAsync(file, cancellationToken).ConfigureAwait(false);
        await using (reader.ConfigureAwait(false))
        {
            return new(file, [.. reader.Schema.Fields.Select(f => f.Name)]);
        }
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<SourceRow> ReadAsync(IReadOnlySet<string> columns, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ParquetReader reader = await OpenReaderAsync(File, cancellationToken).ConfigureAwait(false);
        await using (reader.ConfigureAwait(false))
        {
            Field[] wanted = [.. reader.Schema.Fields.Where(f => columns.Contains(f.Name))];
            int number = 0;
            for (int i = 0; i < reader.RowGroupCount; i++)
            {
                using ParquetRowGroupReader group = reader.OpenRowGroupReader(i);
                (string Name, ColumnReader Reader)[] readers = await OpenColumnsAsync(group, wanted, cancellationToken).ConfigureAwait(false);
                for (long row = 0; row < group.RowCount; row++)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    yield return new(File, ++number, new Cell(readers.ToDictionary(r => r.Name, r => r.Reader.Next(), StringComparer.Ordinal)));
                }
            }
        }
    }

    private async Task<(string Name, ColumnReader Reader)[]> OpenColumnsAsync(
        ParquetRowGroupReader group, Field[] fields, CancellationToken cancellationToken)
    {
        var readers = new (string, ColumnReader)[fields.Length];
        for (int i = 0; i < fields.Length; i++)
        {
            try
            {
                readers[i] = (fields[i].Name, await ColumnReader.OpenAsync(group, fields[i], cancellationToken).ConfigureAwait(false));
            }
            catch (Exception e) when (e is not (OperationCanceledException or IOException or OutOfMemoryException))
            {
                throw new DataSetException($"{File}: the column '{fields[i].Name}' cannot be read ({e.Message}). Fetch the file again, or write the column again as plain text, numbers or lists of them.", e);
            }
        }

        return readers;
    }

    private static async Task<ParquetReader> OpenReaderAsync(string file, CancellationToken cancellationToken)
    {
        FileStream stream = System.IO.File.OpenRead(file);
        try
        {
            return await ParquetReader.CreateAsync(stream, leaveStreamOpen: false, cancellationToken: cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is not (OperationCanceledException or OutOfMemoryException))
        {
            await stream.DisposeAsync().ConfigureAwait(false);
            throw new DataSetException($"{file}: is not a whole Parquet file ({e.Message}). Fetch it again.", e);
        }
    }
}
