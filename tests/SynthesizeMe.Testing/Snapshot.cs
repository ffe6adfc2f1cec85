using System.Runtime.CompilerServices;
using DiffPlex.DiffBuilder;
using DiffPlex.DiffBuilder.Model;
using Xunit;

namespace SynthesizeMe.Testing;

/// <summary>
/// Compares text with a file beside the test, by Verify's naming: <c>Snapshots/{Class}.{Member}[_{parameter}].verified.{extension}</c>.
/// Set SNAPSHOT_ACCEPT=1 to accept what the tests produce; with CI=true a missing file fails.
/// </summary>
public static class Snapshot
{
    public static void Match(
        string actual, string? parameter = null, string extension = "txt", [CallerFilePath] string file = "", [CallerMemberName] string member = "")
    {
        string suffix = parameter is null ? "" : $"_{parameter}";
        string stem = Path.Combine(Path.GetDirectoryName(file)!, "Snapshots", $"{Path.GetFileNameWithoutExtension(file)}.{member}{suffix}");
        string verified = $"{stem}.verified.{extension}";
        string received = $"{stem}.received.{extension}";
        actual = actual.ReplaceLineEndings("\n");
        string? expected = File.Exists(verified) ? File.ReadAllText(verified).ReplaceLineEndings("\n") : null;
        if (expected == actual)
        {
            File.Delete(received);
            return;
        }

        bool ci = Environment.GetEnvironmentVariable("CI") == "true";
        if (!ci && Environment.GetEnvironmentVariable("SNAPSHOT_ACCEPT") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(verified)!);
            File.WriteAllText(verified, actual);
            File.Delete(received);
            return;
        }

        if (!ci)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(received)!);
            File.WriteAllText(received, actual);
        }

        Assert.Fail($"{Path.GetFileName(verified)} {(expected is null ? "does not exist yet" : "differs")}; SNAPSHOT_ACCEPT=1 accepts:\n{Diff(expected ?? "", actual)}");
    }

    private static string Diff(string expected, string actual)
    {
        IEnumerable<string> lines = InlineDiffBuilder.Diff(expected, actual).Lines
            .Where(l => l.Type != ChangeType.Unchanged)
            .Select(l => $"{(l.Type == ChangeType.Inserted ? '+' : '-')} {l.Text}");
        return string.Join('\n', lines.Take(60));
    }
}
