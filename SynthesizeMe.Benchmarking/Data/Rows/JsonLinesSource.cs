using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace SynthesizeMe.Benchmarking;

/// <summary>A file of JSON objects, one a line. A line is parsed from its bytes, so that only what is taken from it becomes a string.</summary>
internal sealed class JsonLinesSource : IRowSource
{
    /// <summary>The lines whose keys count as columns: the first line may be the one that lacks some.</summary>
    private const int Sampled = 20;

    private JsonLinesSource(string file, ImmutableArray<string> columns) => (File, Columns) = (file, columns);

    /// <inheritdoc/>
    public string File { get; }

    /// <inheritdoc/>
    public ImmutableArray<string> Columns { get; }

    /// <summary>Opens a file.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static async Task<JsonLinesSource> OpenAsync(string file, CancellationToken cancellationToken)
    {
        var columns = new List<string>();
        int sampled = 0;
        await foreach (SourceRow row in new JsonLinesSource(file, []).ReadAsync(ImmutableHashSet<string>.Empty, cancellationToken).ConfigureAwait(false))
        {
            columns.AddRange(row.Problem is null ? row.Value.Keys() : []);
            if (++sampled == Sampled)
            {
                break;
            }
        }

        return new(file, [.. columns.Distinct(StringComparer.Ordinal)]);
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<SourceRow> ReadAsync(IReadOnlySet<string> columns, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var lines = new ByteLines(new FileStream(File, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1, useAsync: true));
        for (int number = 1; await lines.NextAsync(cancellationToken).ConfigureAwait(false); number++)
        {
            if (lines.IsBlank)
            {
                continue;
            }

            using JsonDocument? document = Parse(lines.Current, out string? problem);
            yield return new(File, number, new Cell(document?.RootElement), problem);
        }
    }

    private static JsonDocument? Parse(ReadOnlyMemory<byte> line, out string? problem)
    {
        try
        {
            JsonDocument document = JsonDocument.Parse(line);
            problem = document.RootElement.ValueKind == JsonValueKind.Object ? null : "each line is one JSON object, but this is none";
            return document;
        }
        catch (JsonException e)
        {
            problem = string.Create(CultureInfo.InvariantCulture, $"not valid JSON at byte {e.BytePositionInLine + 1}; each line is one JSON object");
            return null;
        }
    }

    /// <summary>The lines of a stream, as bytes in one buffer that is used again.</summary>
    private sealed class ByteLines(Stream stream) : IDisposable
    {
        private static readonly byte[] Mark = [0xEF, 0xBB, 0xBF];

        private byte[] _buffer = new byte[1 << 16];
        private int _start;
        private int _end;
        private bool _first = true;
        private bool _finished;

        public ReadOnlyMemory<byte> Current { get; private set; }

        public bool IsBlank => !Current.Span.ContainsAnyExcept((byte)' ', (byte)'\t', (byte)'\r');

        public async Task<bool> NextAsync(CancellationToken cancellationToken)
        {
            int searched = 0;
            while (true)
            {
                int at = _buffer.AsSpan((_start + searched)..(_end)).IndexOf((byte)'\n');
                if (at >= 0)
                {
                    Take(searched + at);
                    _start++;
                    return true;
                }

                searched = _end - _start;
                if (_finished)
                {
                    Take(searched);
                    return searched > 0;
                }

                await FillAsync(cancellationToken).ConfigureAwait(false);
            }
        }

        public void Dispose() => stream.Dispose();

        private void Take(int length)
        {
            Current = _buffer.AsMemory(_start, length);
            _start += length;
            if (_first && Current.Span.StartsWith(Mark))
            {
                Current = Current[Mark.Length..];
            }

            _first = false;
        }

        private async Task FillAsync(CancellationToken cancellationToken)
        {
            int kept = _end - _start;
            byte[] target = kept > _buffer.Length / 2 ? new byte[_buffer.Length * 2] : _buffer;
            _buffer.AsSpan(_start, kept).CopyTo(target);
            (_buffer, _start, _end) = (target, 0, kept);
            int read = await stream.ReadAsync(_buffer.AsMemory(_end), cancellationToken).ConfigureAwait(false);
            _end += read;
            _finished = read == 0;
        }
    }
}
