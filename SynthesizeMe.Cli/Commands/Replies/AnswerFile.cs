using System.Text.Json;
using SynthesizeMe.Optimizers;

namespace SynthesizeMe.Cli;

/// <summary>The file of a batch's answers. Each is in the file as soon as it is there.</summary>
internal sealed class AnswerFile : IDisposable
{
    private readonly string _path;
    private readonly Dictionary<ReplyKey, string> _lines;
    private readonly Lock _lock = new();
    private readonly StreamWriter _output;
    private int _added;

    private AnswerFile(string path, Dictionary<ReplyKey, string> lines)
    {
        (_path, _lines) = (path, lines);
        Rewrite(lines.Values);
        _output = new StreamWriter(path, append: true) { AutoFlush = true, NewLine = "\n" };
    }

    /// <summary>Opens it with the answers that are in it. Lines that are none, such as half a line of a process that was killed, are dropped.</summary>
    public static async Task<AnswerFile> OpenAsync(string path, CancellationToken cancellationToken)
    {
        var lines = new Dictionary<ReplyKey, string>();
        if (File.Exists(path))
        {
            await foreach (string line in File.ReadLinesAsync(path, cancellationToken))
            {
                try
                {
                    lines.TryAdd(BatchResult.Read(line).Key, line);
                }
                catch (Exception e) when (e is JsonException or FormatException or InvalidOperationException)
                {
                    // It is asked for again.
                }
            }
        }

        if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } directory)
        {
            Directory.CreateDirectory(directory);
        }

        return new AnswerFile(path, lines);
    }

    /// <summary>Whether a request has been answered.</summary>
    public bool Contains(ReplyKey key) => _lines.ContainsKey(key);

    /// <summary>Adds an answer.</summary>
    /// <returns>How many were added.</returns>
    public int Add(BatchResult result)
    {
        string line = result.ToLine();
        lock (_lock)
        {
            _output.WriteLine(line);
            _lines[result.Key] = line;
            return ++_added;
        }
    }

    /// <summary>Closes the file, with the answers in the order of the requests, and those to other requests after them.</summary>
    public void Finish(IEnumerable<ReplyKey> order)
    {
        lock (_lock)
        {
            _output.Dispose();
            ReplyKey[] first = [.. order.Where(_lines.ContainsKey)];
            Rewrite(first.Concat(_lines.Keys.Except(first)).Select(k => _lines[k]));
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _output.Dispose();

    private void Rewrite(IEnumerable<string> lines)
    {
        string draft = $"{_path}.tmp";
        File.WriteAllText(draft, string.Concat(lines.Select(l => l + "\n")));
        File.Move(draft, _path, overwrite: true);
    }
}
