using System.Collections.Immutable;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using SynthesizeMe.Signatures;

namespace SynthesizeMe.Benchmarking;

/// <summary>A run of the benchmark as it is kept in a directory: <c>run.json</c>, <c>users.jsonl</c> and <c>results.jsonl</c>.</summary>
/// <param name="Run">What was asked for.</param>
/// <param name="Users">The people that were finished, by data set and in the order of the data.</param>
/// <param name="Results">
/// What the methods said, in the order of the people, then of the methods, then of the test pairs. A person's results are all there, or none.
/// </param>
public sealed record BenchmarkRun(RunRecord Run, ImmutableArray<UserRecord> Users, ImmutableArray<ResultRecord> Results)
{
    /// <summary>The file that holds <see cref="Run"/>.</summary>
    public const string RunFile = "run.json";

    /// <summary>The file that holds <see cref="Users"/>.</summary>
    public const string UsersFile = "users.jsonl";

    /// <summary>The file that holds <see cref="Results"/>.</summary>
    public const string ResultsFile = "results.jsonl";

    /// <summary>Reads a run.</summary>
    /// <param name="directory">Where it is.</param>
    /// <param name="cancellationToken">Stops at once.</param>
    /// <exception cref="BenchmarkRunException">A file is damaged, or of a newer library.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static async Task<BenchmarkRun> ReadAsync(string directory, CancellationToken cancellationToken = default)
    {
        string path = Path.Combine(directory, RunFile);
        string json = await File.ReadAllTextAsync(path, cancellationToken).ConfigureAwait(false);
        RunRecord run = Read(json, RunJson.Document.RunRecord, path, line: null);
        if (run.Schema != RunRecord.CurrentSchema)
        {
            throw new BenchmarkRunException(path, null, string.Create(
                CultureInfo.InvariantCulture, $"it has schema {run.Schema}, and this library reads {RunRecord.CurrentSchema}; use the version that wrote it, {run.LibraryVersion}"));
        }

        var check = new RunCheck(run, path);
        string users = Path.Combine(directory, UsersFile), results = Path.Combine(directory, ResultsFile);
        var read = new BenchmarkRun(
            run,
            await ReadLinesAsync(users, RunJson.Line.UserRecord, check.Require, cancellationToken).ConfigureAwait(false),
            await ReadLinesAsync(results, RunJson.Line.ResultRecord, check.Require, cancellationToken).ConfigureAwait(false));
        check.RequireAll(users, results);
        return read;
    }

    /// <summary>Writes the run; equal runs give equal bytes. Each file is replaced as a whole, <c>run.json</c> last.</summary>
    /// <param name="directory">Where; made when it is not there.</param>
    /// <param name="cancellationToken">Stops at once.</param>
    /// <exception cref="IOException">A file cannot be written.</exception>
    public async Task WriteAsync(string directory, CancellationToken cancellationToken = default)
    {
        Directory.CreateDirectory(directory);
        await WriteLinesAsync(Path.Combine(directory, ResultsFile), Results, RunJson.Line.ResultRecord, cancellationToken).ConfigureAwait(false);
        await WriteLinesAsync(Path.Combine(directory, UsersFile), Users, RunJson.Line.UserRecord, cancellationToken).ConfigureAwait(false);
        await ReplaceAsync(
            Path.Combine(directory, RunFile),
            writer => writer.WriteAsync(JsonSerializer.Serialize(Run, RunJson.Document.RunRecord) + "\n")).ConfigureAwait(false);
    }

    /// <summary>Writes a file that an interrupted writer leaves as it was.</summary>
    internal static async Task ReplaceAsync(string path, Func<StreamWriter, Task> write)
    {
        string part = string.Create(CultureInfo.InvariantCulture, $"{path}.{Environment.ProcessId}.part");
        try
        {
            var writer = new StreamWriter(part);
            await using (writer.ConfigureAwait(false))
            {
                writer.NewLine = "\n";
                await write(writer).ConfigureAwait(false);
            }

            File.Move(part, path, overwrite: true);
        }
        finally
        {
            File.Delete(part);
        }
    }

    private static async Task<ImmutableArray<T>> ReadLinesAsync<T>(string path, JsonTypeInfo<T> type, Action<T, string, int> check, CancellationToken cancellationToken)
    {
        var records = ImmutableArray.CreateBuilder<T>();
        int number = 0;
        await foreach (string line in File.ReadLinesAsync(path, cancellationToken).ConfigureAwait(false))
        {
            number++;
            if (!string.IsNullOrWhiteSpace(line))
            {
                T record = Read(line, type, path, number);
                check(record, path, number);
                records.Add(record);
            }
        }

        return records.DrainToImmutable();
    }

    private static T Read<T>(string json, JsonTypeInfo<T> type, string path, int? line)
    {
        try
        {
            return JsonSerializer.Deserialize(json, type) ?? throw new BenchmarkRunException(path, line, "it is null");
        }
        catch (JsonException e)
        {
            throw new BenchmarkRunException(path, line, JsonShape.Explain(e), e);
        }
    }

    private static Task WriteLinesAsync<T>(string path, ImmutableArray<T> records, JsonTypeInfo<T> type, CancellationToken cancellationToken) =>
        ReplaceAsync(path, async writer =>
        {
            foreach (T record in records)
            {
                await writer.WriteLineAsync(JsonSerializer.Serialize(record, type).AsMemory(), cancellationToken).ConfigureAwait(false);
            }
        });
}

/// <summary>A run's file cannot be read.</summary>
/// <param name="path">The file.</param>
/// <param name="line">The line, from 1; <see langword="null"/> where the file is one document.</param>
/// <param name="reason">What is wrong.</param>
/// <param name="inner">The cause.</param>
public sealed class BenchmarkRunException(string path, int? line, string reason, Exception? inner = null)
    : Exception(string.Create(CultureInfo.InvariantCulture, $"{path}{(line is null ? "" : $", line {line}")}: {reason}"), inner);

/// <summary>The JSON forms.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(RunRecord))]
[JsonSerializable(typeof(UserRecord))]
[JsonSerializable(typeof(ResultRecord))]
[JsonSerializable(typeof(BenchmarkTables))]
internal sealed partial class RunJsonContext : JsonSerializerContext;

/// <summary>How the JSON forms are written: text as it is, and <c>\n</c> line ends.</summary>
internal static class RunJson
{
    /// <summary>One line.</summary>
    public static RunJsonContext Line { get; } = new(new JsonSerializerOptions(RunJsonContext.Default.Options)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });

    /// <summary>Indented.</summary>
    public static RunJsonContext Document { get; } = new(new JsonSerializerOptions(RunJsonContext.Default.Options)
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
