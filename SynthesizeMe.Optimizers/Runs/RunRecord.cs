using System.Collections.Immutable;
using System.Text.Json;
using SynthesizeMe.Signatures;

namespace SynthesizeMe.Optimizers;

/// <summary>A run's record, as it was read.</summary>
/// <param name="Path">The file.</param>
/// <param name="Started">What was asked for.</param>
/// <param name="Events">What happened, in order, without <paramref name="Started"/>.</param>
/// <param name="IsCut">Whether the last line was cut, which was left out: the run was killed while it wrote it, or is writing it.</param>
public sealed record RunRecord(string Path, RunStarted Started, ImmutableArray<RunEvent> Events, bool IsCut)
{
    /// <summary>How the run ended.</summary>
    public RunFinished? Finished => Events.OfType<RunFinished>().LastOrDefault();

    /// <summary>How the run ended, in a word.</summary>
    public RunOutcome Outcome => Finished?.Outcome ?? RunOutcome.Unfinished;

    /// <summary>The prompts that were answered or failed.</summary>
    public IEnumerable<RunCall> Calls => Events.OfType<RunCall>();

    /// <summary>The candidates that were tried.</summary>
    public IEnumerable<RunCandidate> Candidates => Events.OfType<RunCandidate>();

    /// <summary>What was decided.</summary>
    public IEnumerable<RunDecision> Decisions => Events.OfType<RunDecision>();

    /// <summary>The rows of the tables that the run ended in.</summary>
    public IEnumerable<RunRow> Rows => Events.OfType<RunRow>();

    /// <summary>Reads a record.</summary>
    /// <exception cref="RunRecordException">The file is none, is damaged before its last line, or is newer than this library.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static RunRecord Read(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        string text;
        using (var reader = new StreamReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite)))
        {
            text = reader.ReadToEnd();
        }

        string[] lines = text.Split('\n'); // A whole line ends with \n, so that the last piece is empty or cut.
        if (lines.Length == 1)
        {
            throw new RunRecordException($"{path}: is no record of a run: its first line is not complete.");
        }

        RunStarted started = Parse(path, lines[0], 1) as RunStarted ?? throw new RunRecordException($"{path}: is no record of a run: its first line does not say how one started.");
        if (started.Schema > RunStarted.CurrentSchema)
        {
            throw new RunRecordException($"{path}: was written by a newer version ({started.Version}). Use that one, or a later one.");
        }

        return new(path, started, [.. lines[1..^1].Select((line, i) => Parse(path, line, i + 2))], lines[^1].Length > 0);
    }

    /// <summary>The paths of the records in a folder, the oldest first.</summary>
    /// <exception cref="IOException">The folder cannot be read.</exception>
    public static ImmutableArray<string> In(string folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        return [.. Directory.EnumerateFiles(folder, "*" + RunWriter.Extension).OrderBy(p => p[..^RunWriter.Extension.Length], StringComparer.Ordinal)];
    }

    private static RunEvent Parse(string path, string line, int number)
    {
        try
        {
            return JsonSerializer.Deserialize(line, RunLines.Form.RunEvent) ?? throw new JsonException("There is no event.");
        }
        catch (Exception e) when (e is JsonException or NotSupportedException)
        {
            throw new RunRecordException($"{path}({number}): is no line of a run's record. {(e is JsonException json ? JsonShape.Explain(json) : e.Message)}", e);
        }
    }
}

/// <summary>A file is no record of a run that this library can read.</summary>
/// <param name="message">Which file, where, and what is wrong.</param>
/// <param name="inner">The cause.</param>
public sealed class RunRecordException(string message, Exception? inner = null) : Exception(message, inner);
