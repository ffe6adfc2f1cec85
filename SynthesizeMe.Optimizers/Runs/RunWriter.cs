using System.Buffers;
using System.Globalization;
using System.Text.Json;

namespace SynthesizeMe.Optimizers;

/// <summary>Writes a run's record, one line an event. A line is in the file as soon as it was written: who is killed loses at most the one at hand.</summary>
/// <remarks>Safe for concurrent use. When the file cannot be written any more, the run goes on without: <see cref="Fault"/> says why.</remarks>
public sealed class RunWriter : IDisposable
{
    /// <summary>What every record's file name ends with.</summary>
    public const string Extension = ".run.jsonl";

    private const int MostOfASecond = 10_000;

    private static readonly SearchValues<char> Harmless = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-");

    private readonly Lock _lock = new();
    private readonly FileStream _file;
    private IOException? _fault;

    private RunWriter(FileStream file, RunStarted started)
    {
        _file = file;
        Started = started;
        Append(started);
    }

    /// <summary>The first line.</summary>
    public RunStarted Started { get; }

    /// <summary>The file.</summary>
    public string Path => _file.Name;

    /// <summary>Why the record is not complete; <see langword="null"/> when it is.</summary>
    public IOException? Fault
    {
        get
        {
            lock (_lock)
            {
                return _fault;
            }
        }
    }

    /// <summary>Begins a record in a file of its own, which is named after the moment and the command, and after nothing else.</summary>
    /// <param name="folder">Where; it is made if need be.</param>
    /// <param name="started">The first line; it is given its id.</param>
    /// <exception cref="ArgumentException">The command's name is not made of lower-case letters, digits and hyphens.</exception>
    /// <exception cref="IOException">The file cannot be made.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be made.</exception>
    public static RunWriter Create(string folder, RunStarted started)
    {
        ArgumentNullException.ThrowIfNull(folder);
        ArgumentNullException.ThrowIfNull(started);
        if (started.Command.Length == 0 || started.Command.AsSpan().ContainsAnyExcept(Harmless))
        {
            throw new ArgumentException("A command's name is made of lower-case letters, digits and hyphens.", nameof(started));
        }

        Directory.CreateDirectory(folder);
        string moment = started.At.UtcDateTime.ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture);
        for (int number = 1; ; number++)
        {
            string id = string.Create(CultureInfo.InvariantCulture, $"{moment}-{started.Command}{(number == 1 ? "" : $"-{number}")}");
            string path = System.IO.Path.Combine(folder, id + Extension);
            try
            {
                return new RunWriter(new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read, bufferSize: 0), started with { Id = id });
            }
            catch (IOException) when (File.Exists(path) && number < MostOfASecond)
            {
                // Another run began in the same second.
            }
        }
    }

    /// <summary>Writes an event.</summary>
    public void Append(RunEvent happened)
    {
        byte[] json = JsonSerializer.SerializeToUtf8Bytes(happened, RunLines.Form.RunEvent);
        byte[] line = [.. json, (byte)'\n'];
        lock (_lock)
        {
            if (_fault is not null)
            {
                return;
            }

            try
            {
                _file.Write(line);
            }
            catch (IOException e)
            {
                _fault = e;
            }
        }
    }

    /// <summary>Writes the stages of a search as they begin.</summary>
    /// <param name="subject">Whom or what it is about; empty when the run is about one thing.</param>
    /// <param name="progress">Is told, too.</param>
    public IProgress<OptimizationEvent> Stages(string subject = "", IProgress<OptimizationEvent>? progress = null) => new StageWriter(this, subject, progress);

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private sealed class StageWriter(RunWriter writer, string subject, IProgress<OptimizationEvent>? progress) : IProgress<OptimizationEvent>
    {
        private readonly Lock _begun = new();
        private OptimizationPhase? _phase;

        public void Report(OptimizationEvent value)
        {
            bool begins;
            lock (_begun)
            {
                begins = _phase != value.Phase;
                _phase = value.Phase;
            }

            if (begins)
            {
                writer.Append(new RunStage(subject, value.Phase.ToString(), value.Total));
            }

            progress?.Report(value);
        }
    }
}
