using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace SynthesizeMe.Benchmarks;

/// <summary>
/// The figures of ax and BAML on the same judge, measured by the script <c>run.sh</c> of a folder of its own (it takes a work folder and
/// a count, and prints a line of JSON for each figure). Node and that folder may be missing; then the table says so.
/// </summary>
internal static class Peers
{
    /// <summary>The environment variable that names the folder of <c>run.sh</c>.</summary>
    public const string Variable = "SYNTHESIZEME_PEERS";

    private const int Calls = 1000;

    /// <summary>Which of their figures stands in which cell: the start of its name, the row, the column.</summary>
    private static readonly (string Name, string Row, string Column)[] Cells =
    [
        ("ax render (AxPromptTemplate.render, 8 demos", "render, 8 demonstrations, built-in layout", Rows.Ax),
        ("baml render b.request.X, 0 demos", "render, 0 demonstrations, built-in layout", Rows.Baml),
        ("baml render runtime.buildRequestSync", "render, 8 demonstrations, built-in layout", Rows.Baml),
        ("baml parse raw N-API, empty env: clean", Rows.ParseJson, Rows.Baml),
        ("baml parse raw N-API, empty env: malformed", Rows.ParseMalformed, Rows.Baml),
        ("baml parse malformed list 200", Rows.ParseList, Rows.Baml),
        ("ax forward() non-streaming, 8 demos", Rows.Predict, Rows.Ax),
        ("baml full call over loopback HTTP, 8 demos", Rows.Predict, Rows.Baml),
        ("ax forward() streaming 47 chunks", Rows.Streaming, Rows.Ax),
        ("baml stream: parseStream", Rows.Streaming, Rows.Baml),
    ];

    /// <summary>Their figures, or why there are none.</summary>
    public static async Task<(IReadOnlyList<Figure> Figures, string? Absent)> MeasureAsync(string? folder)
    {
        if (folder is null)
        {
            return ([], $"ax and BAML were not measured: name the folder of run.sh with --peers or {Variable}.");
        }

        string script = Path.Combine(folder, "run.sh");
        if (!File.Exists(script) || !IsInstalled("node"))
        {
            return ([], $"ax and BAML were not measured: {(File.Exists(script) ? "node is not installed" : $"there is no {script}")}.");
        }

        string work = Path.Combine(Path.GetTempPath(), "synthesizeme-peers");
        var start = new ProcessStartInfo(script, [work, Calls.ToString(CultureInfo.InvariantCulture)]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = await process.StandardOutput.ReadToEndAsync().ConfigureAwait(false);
        await process.WaitForExitAsync().ConfigureAwait(false);
        Figure[] figures = [.. output.Split('\n').SelectMany(Read)];
        return process.ExitCode == 0
            ? (figures, null)
            : (figures, $"run.sh ended with {process.ExitCode}, so figures of ax and BAML are missing: {(await errors.ConfigureAwait(false)).Trim()}");
    }

    private static IEnumerable<Figure> Read(string line)
    {
        if (!line.StartsWith("{\"name\"", StringComparison.Ordinal))
        {
            yield break;
        }

        using var figure = JsonDocument.Parse(line);
        string name = figure.RootElement.GetProperty("name").GetString()!;
        double median = figure.RootElement.GetProperty("us_per_op").GetProperty("median").GetDouble();
        foreach ((string start, string row, string column) in Cells)
        {
            if (name.StartsWith(start, StringComparison.Ordinal))
            {
                yield return new(row, column, median);
            }
        }
    }

    private static bool IsInstalled(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => folder.Length > 0 && File.Exists(Path.Combine(folder, program)));
}
