using System.Diagnostics;
using System.Globalization;
using BenchScale;

// The tool's bench command over as many people as the published benchmark has, against a server on this machine that takes its time: how near it comes to
// the ideal time (calls x latency / calls at once), how much memory it takes, and what a kill in the middle costs.
// Usage: dotnet run -c Release --project benchmarks/BenchScale [USERS] [MILLISECONDS] [AT ONCE]
if (args is [BareCalls.Command, string address, string bareNumber, string bareAtOnce])
{
    Console.WriteLine((await BareCalls.RunAsync(address, int.Parse(bareNumber, CultureInfo.InvariantCulture), int.Parse(bareAtOnce, CultureInfo.InvariantCulture)))
        .ToString(CultureInfo.InvariantCulture));
    return 0;
}

int users = Argument(0, 854);
int latency = Argument(1, 50);
int atOnce = Argument(2, 64);
string folder = Directory.CreateTempSubdirectory("synthesizeme-scale-").FullName;
try
{
    string data = Path.Combine(folder, "people.jsonl");
    await File.WriteAllLinesAsync(data, SimulatedPeople.Lines(users));
    await using SlowServer server = await SlowServer.StartAsync(TimeSpan.FromMilliseconds(latency));
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{users} people, {latency} ms a call, {atOnce} at once, {Environment.ProcessorCount} cores, load {Load()}"));

    int bareCalls = Math.Max(2_000, users * 20);
    double bare = await BareCalls.RunApartAsync(server.Address, bareCalls, atOnce) * 1000 * atOnce / (bareCalls * (double)latency);
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"bare     {bareCalls,8} calls, {bare:F3} x the ideal: what the client alone makes of it here"));

    Ended whole = await RunAsync(server, data, "whole", killAfter: null);
    Show("whole", whole);

    Ended killed = await RunAsync(server, data, "resumed", killAfter: whole.Calls / 2);
    Show("killed", killed);
    Ended resumed = await RunAsync(server, data, "resumed", killAfter: null);
    Show("resumed", resumed);

    long twice = killed.Calls + resumed.Calls - whole.Calls;
    bool equal = File.ReadAllText(Path.Combine(folder, "whole", "results.jsonl")) == File.ReadAllText(Path.Combine(folder, "resumed", "results.jsonl"));
    double ideal = whole.Calls * (double)latency / atOnce / 1000;
    Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"ideal {ideal:F1} s; whole {whole.Seconds / ideal:F3} x the ideal; peak {whole.PeakMegabytes} MB; {twice} calls of {whole.Calls} made twice for the kill; results {(equal ? "equal" : "DIFFER")}"));

    // What was under way at the kill is lost: as many calls as run at once, and as many replies that were on their way into the store.
    return whole.Seconds <= 1.1 * ideal && whole.PeakMegabytes < 1000 && twice <= 2 * atOnce && equal ? 0 : 1;
}
finally
{
    Directory.Delete(folder, recursive: true);
}

int Argument(int index, int fallback) => args.Length > index ? int.Parse(args[index], CultureInfo.InvariantCulture) : fallback;

static string Load() => File.Exists("/proc/loadavg") ? File.ReadAllText("/proc/loadavg").Split(' ')[0] : "unknown";

static void Show(string name, Ended run) => Console.WriteLine(string.Create(
    CultureInfo.InvariantCulture, $"{name,-8} {run.Calls,8} calls {run.Seconds,7:F1} s, {run.CallMilliseconds:F1} ms a call at the server, at most {run.MostAtOnce} at once, peak {run.PeakMegabytes} MB, {run.CpuSeconds:F0} s of CPU, exit {run.Code}"));

async Task<Ended> RunAsync(SlowServer server, string data, string output, long? killAfter)
{
    server.Begin();
    var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
    foreach (string argument in (string[])
    [
        Path.Combine(AppContext.BaseDirectory.Replace(Path.Combine("benchmarks", "BenchScale"), "SynthesizeMe.Cli", StringComparison.Ordinal), "SynthesizeMe.Cli.dll"), "bench", data, "--output", Path.Combine(folder, output),
        "--model", "openai:slow", "--endpoint", server.Address, "--parallel", atOnce.ToString(CultureInfo.InvariantCulture),
    ])
    {
        start.ArgumentList.Add(argument);
    }

    var clock = Stopwatch.StartNew();
    using Process process = Process.Start(start)!;
    Task<string> said = process.StandardOutput.ReadToEndAsync();
    Task<string> complained = process.StandardError.ReadToEndAsync();
    long peak = 0;
    double cpu = 0;
    bool killed = false;
    while (!process.WaitForExit(100))
    {
        try
        {
            process.Refresh();
            peak = Math.Max(peak, process.PeakWorkingSet64);
            cpu = process.TotalProcessorTime.TotalSeconds;
        }
        catch (InvalidOperationException) when (process.HasExited)
        {
            // It ended between two looks.
        }

        if (server.Answered >= killAfter)
        {
            killed = true;
            process.Kill();
        }
    }

    await Task.WhenAll(said, complained);
    if (process.ExitCode != 0 && !killed)
    {
        throw new InvalidOperationException($"The tool failed: {await complained}");
    }

    return new(server.Answered, clock.Elapsed.TotalSeconds, server.Took.TotalMilliseconds, server.MostAtOnce, peak / 1_000_000, cpu, process.ExitCode);
}

internal sealed record Ended(long Calls, double Seconds, double CallMilliseconds, int MostAtOnce, long PeakMegabytes, double CpuSeconds, int Code);
