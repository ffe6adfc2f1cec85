using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace SynthesizeMe.Optimizers;

/// <summary>The requests that a run cannot go on without. Safe for concurrent use.</summary>
public sealed class BatchRound
{
    /// <summary>The most requests that OpenAI takes in one file.</summary>
    public const int MostRequests = 50_000;

    /// <summary>A little less than the 200 MB that OpenAI takes in one file.</summary>
    private const long MostBytes = 190_000_000;

    private readonly ConcurrentDictionary<ReplyKey, string> _lines = new();

    /// <summary>The requests.</summary>
    public int Count => _lines.Count;

    /// <summary>Adds a request; an equal one is there once.</summary>
    public void Add(BatchRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        _lines.GetOrAdd(request.Key, _ => request.ToLine());
    }

    /// <summary>
    /// Writes the requests to <c>requests.jsonl</c> in a directory, and to <c>requests-2.jsonl</c> and so on where they are too many for one file, in the
    /// order of their addresses: equal rounds give equal bytes. Files of an earlier round are replaced or removed.
    /// </summary>
    /// <param name="directory">The directory; it is made if need be.</param>
    /// <param name="cancellationToken">Stops at once.</param>
    /// <returns>The files.</returns>
    /// <exception cref="IOException">They cannot be written.</exception>
    public async Task<ImmutableArray<string>> WriteAsync(string directory, CancellationToken cancellationToken = default)
    {
        Directory.CreateDirectory(directory);
        var files = ImmutableArray.CreateBuilder<string>();
        foreach (string[] part in Parts())
        {
            string path = PathOf(directory, files.Count + 1);
            string draft = $"{path}.tmp";
            using (var output = new StreamWriter(draft) { NewLine = "\n" })
            {
                foreach (string line in part)
                {
                    await output.WriteLineAsync(line.AsMemory(), cancellationToken).ConfigureAwait(false);
                }
            }

            File.Move(draft, path, overwrite: true);
            files.Add(path);
        }

        for (int i = files.Count + 1; File.Exists(PathOf(directory, i)); i++)
        {
            File.Delete(PathOf(directory, i));
        }

        return files.ToImmutable();
    }

    private static string PathOf(string directory, int number) =>
        Path.Combine(directory, number == 1 ? "requests.jsonl" : string.Create(CultureInfo.InvariantCulture, $"requests-{number}.jsonl"));

    private IEnumerable<string[]> Parts()
    {
        var part = new List<string>();
        long bytes = 0;
        foreach (string line in _lines.Values.Order(StringComparer.Ordinal))
        {
            int length = Encoding.UTF8.GetByteCount(line) + 1;
            if (part.Count > 0 && (part.Count == MostRequests || bytes + length > MostBytes))
            {
                yield return [.. part];
                part.Clear();
                bytes = 0;
            }

            part.Add(line);
            bytes += length;
        }

        if (part.Count > 0)
        {
            yield return [.. part];
        }
    }
}
