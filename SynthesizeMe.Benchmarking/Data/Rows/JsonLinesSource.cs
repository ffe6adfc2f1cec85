using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace SynthesizeMe.Benchmarking;

/// <summary>A file of JSON objects, one a line. A line is parsed from its bytes, so that only what is taken from it becomes a string.</summary>
internal sealed class JsonLinesSource : IRowSource
{
    /// <summary>The lines whose keys count as columns: the first line may be the one that lacks some. Further ones do, as long as no schema is known by them.</summary>
    private const int Sampled = 20;

    private readonly Encoding? _encoding;

    private JsonLinesSource(string file, Encoding? encoding, ImmutableArray<string> columns) => (File, _encoding, Columns) = (file, encoding, columns);

    /// <inheritdoc/>
    public string File { get; }

    /// <inheritdoc/>
    public ImmutableArray<string> Columns { get; }

    /// <summary>Whether there is a line that is not blank.</summary>
    public bool HasLines { get; private init; }

    /// <summary>Opens a file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="isKnown">Whether columns are those of a known schema.</param>
    /// <param name="cancellationToken">Stops at once.</param>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static async Task<JsonLinesSource> OpenAsync(string file, Func<ImmutableHashSet<string>, bool> isKnown, CancellationToken cancellationToken)
    {
        Encoding? encoding = await EncodingOfAsync(file, cancellationToken).ConfigureAwait(false);
        var columns = new List<string>();
        int read = 0;
        bool any = false;
        bool known = false;
        await foreach (SourceRow row in new JsonLinesSource(file, encoding, []).ReadAsync(ImmutableHashSet<string>.Empty, cancellationToken).ConfigureAwait(false))
        {
            any = true;
            if (row.Problem is null)
            {
                int before = columns.Count;
                columns.AddRange(row.Value.Keys().Except(columns, StringComparer.Ordinal));
                known = known || (columns.Count > before && isKnown([.. columns]));
                if (++read >= Sampled && known)
                {
                    break;
                }
            }
        }

        return new(file, encoding, [.. columns]) { HasLines = any };
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<SourceRow> ReadAsync(IReadOnlySet<string> columns, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        FileStream file = Open(File);
        using var lines = new ByteLines(_encoding is null ? file : Encoding.CreateTranscodingStream(file, _encoding, Encoding.UTF8));
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

    private static FileStream Open(string file) => new(file, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1, useAsync: true);

    /// <summary>The encoding that the file says it has in its first bytes; <see langword="null"/> for UTF-8.</summary>
    private static async Task<Encoding?> EncodingOfAsync(string file, CancellationToken cancellationToken)
    {
        byte[] mark = new byte[2];
        using FileStream stream = Open(file);
        return await stream.ReadAtLeastAsync(mark, mark.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false) < mark.Length ? null
            : mark is [0xFF, 0xFE] ? Encoding.Unicode
            : mark is [0xFE, 0xFF] ? Encoding.BigEndianUnicode
            : null;
    }

    private static JsonDocument? Parse(ReadOnlyMemory<byte> line, out string? problem)
    {
        if (!Utf8.IsValid(line.Span))
        {
            problem = "not valid UTF-8; save the file as UTF-8";
            return null;
        }

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
