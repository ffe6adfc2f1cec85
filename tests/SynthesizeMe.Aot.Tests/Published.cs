using System.Diagnostics;
using System.Text.RegularExpressions;

namespace SynthesizeMe.Aot.Tests;

/// <summary>What a program said, and how it ended.</summary>
internal sealed record Outcome(int Code, string Out, string Error);

/// <summary>A native program that <c>eng/publish-aot.sh</c> published. Without it a test is skipped.</summary>
internal sealed partial class Published
{
    /// <summary>The environment variable that names the folder.</summary>
    private const string Variable = "SYNTHESIZEME_AOT";

    private readonly string _folder;
    private readonly string _name;

    private Published(string folder, string name) => (_folder, _name) = (folder, name);

    public static Published Sample => Named("AotJudge");

    public static Published Compatibility => Named("SynthesizeMe.AotCompatibility");

    [GeneratedRegex(@"\b(warning|error)\b|\bIL\d{4}\b", RegexOptions.IgnoreCase)]
    private static partial Regex Warning { get; }

    /// <summary>The native compiler has run, and had nothing to say.</summary>
    public void WasPublishedWithoutAWarning()
    {
        string[] log = File.ReadAllLines(Path.Combine(_folder, $"{_name}.log"));
        Assert.Contains(log, line => line.Contains("Generating native code", StringComparison.Ordinal));
        Assert.DoesNotContain(log, Warning.IsMatch);
    }

    /// <summary>Runs it to its end.</summary>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="key">The value of OPENAI_API_KEY; the machine's own is not passed on.</param>
    public async Task<Outcome> RunAsync(string[] arguments, string? key = null)
    {
        var start = new ProcessStartInfo(Path.Combine(_folder, _name, OperatingSystem.IsWindows() ? $"{_name}.exe" : _name), arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["OPENAI_API_KEY"] = key;
        using Process process = Process.Start(start)!;
        CancellationToken stop = TestContext.Current.CancellationToken;
        Task<string> output = process.StandardOutput.ReadToEndAsync(stop);
        Task<string> error = process.StandardError.ReadToEndAsync(stop);
        await process.WaitForExitAsync(stop);
        return new Outcome(process.ExitCode, await output, await error);
    }

    private static Published Named(string name)
    {
        string? folder = Environment.GetEnvironmentVariable(Variable);
        Assert.SkipWhen(string.IsNullOrEmpty(folder), $"The native programs are not published: run eng/publish-aot.sh FOLDER, and set {Variable} to the folder.");
        string skipped = Path.Combine(folder!, "skipped.txt");
        Assert.SkipWhen(File.Exists(skipped), File.Exists(skipped) ? File.ReadAllText(skipped).TrimEnd() : "");
        return new Published(folder!, name);
    }
}
