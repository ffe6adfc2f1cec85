using System.Diagnostics;
using SynthesizeMe.Optimizers;

namespace SynthesizeMe.Cli.Tests;

/// <summary>
/// Resume is replay. The law: a reply that is in the store is never paid for again, and whatever a run has acted upon is in the store. So at a kill only
/// calls under way can be lost, at most as many as <c>--parallel</c> allows, and the run that is started again has the bytes of one that was not killed.
/// </summary>
public sealed class ResumeTests : IDisposable
{
    private const int Parallel = 4;

    private readonly string _folder = Directory.CreateTempSubdirectory("synthesizeme-resume-").FullName;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private string Store => Path.Combine(_folder, "judges", "replies.sqlite");

    private string Judge => Path.Combine(_folder, "judges", "ada.judge.json");

    [Fact]
    public async Task A_run_that_is_killed_at_fifty_moments_ends_with_the_same_bytes_and_pays_for_no_reply_twice()
    {
        const int wanted = 50;
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no SIGKILL.");
        using var ledger = new Ledger();
        File.WriteAllLines(Path.Combine(_folder, "p.jsonl"), People.Terse("ada", 8));
        (int code, string expected) = await RunAsync(ledger, Ct);
        Assert.Equal(0, code);
        byte[] judge = File.ReadAllBytes(Judge);
        int calls = ledger.Calls.Length;
        Assert.Equal(calls, ledger.Calls.Distinct().Count());
        Directory.Delete(Path.Combine(_folder, "judges"), recursive: true);

        var random = new SeededRandom(4, "kills");
        int ended = 0;
        for (int kills = 0; kills < wanted || ended == 0;)
        {
            ledger.Begin(anew: !File.Exists(Store));
            if (await RunAndKillAsync(ledger, random, calls, mayKill: kills < wanted) is { } output)
            {
                ended++;
                Assert.Equal(expected, output);
                Assert.Equal(judge, File.ReadAllBytes(Judge));
                Directory.Delete(Path.Combine(_folder, "judges"), recursive: true);
                continue;
            }

            kills++;
            Assert.InRange(ledger.Keep(await ExportAsync()), 0, 2 * Parallel);
            Assert.Empty(ledger.PaidTwice);
        }

        Assert.Empty(ledger.PaidTwice);
        Assert.True(ended >= 2, $"{ended} runs came to their end.");
    }

    [Fact]
    public async Task Two_processes_with_one_store_pay_for_every_reply_once()
    {
        Assert.SkipWhen(OperatingSystem.IsMacOS(), ".NET has no locks on parts of files there.");
        using var ledger = new Ledger();
        File.WriteAllLines(Path.Combine(_folder, "p.jsonl"), People.Terse("ada", 8));

        Task<(int Code, string Out)>[] runs = [RunAsync(ledger, Ct, "--store", "shared.sqlite"), RunAsync(ledger, Ct, "--store", "shared.sqlite")];
        (int Code, string Out)[] outcomes = await Task.WhenAll(runs);

        Assert.True(outcomes.All(o => o.Code == 0), string.Join("\n", outcomes));
        Assert.Equal((0, 0, outcomes[0].Out), (outcomes[0].Code, outcomes[1].Code, outcomes[1].Out));
        Assert.NotEmpty(ledger.Calls);
        Assert.Equal(ledger.Calls.Length, ledger.Calls.Distinct().Count());
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>Runs the tool until a moment that chance decides; gives its output when it was done before.</summary>
    private async Task<string?> RunAndKillAsync(Ledger ledger, SeededRandom random, int calls, bool mayKill)
    {
        using var kill = new CancellationTokenSource();
        if (mayKill && random.Next(4) == 0)
        {
            // Anywhere: while the program starts, opens its store, asks, or writes its result.
            kill.CancelAfter(random.Next(1500));
        }
        else if (mayKill)
        {
            // Around a call: when it comes in, or when its reply is on its way into the store.
            int at = 1 + random.Next(calls / 3);
            int after = random.Next(3) - 1;
            ledger.OnCall = n =>
            {
                if (n != at)
                {
                    return;
                }

                if (after < 0)
                {
                    kill.Cancel();
                }
                else
                {
                    kill.CancelAfter(after);
                }
            };
        }

        (int code, string output) = await RunAsync(ledger, kill.Token);
        ledger.OnCall = _ => { };
        if (code == 0)
        {
            return output;
        }

        Assert.True(kill.IsCancellationRequested, output);
        return null;
    }

    private async Task<(int Code, string Output)> RunAsync(Ledger ledger, CancellationToken kill, params string[] more)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            WorkingDirectory = _folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            ArgumentList =
            {
                typeof(CommandLine).Assembly.Location, "fit", "p.jsonl", "--output", "judges", "--candidates", "3", "--json",
                "--model", "openai:m", "--endpoint", ledger.Address, "--parallel", $"{Parallel}",
            },
        };
        foreach (string argument in more)
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment["OPENAI_API_KEY"] = "none";
        start.Environment["DOTNET_TieredPGO"] = "0";
        using Process process = Process.Start(start)!;
        await using CancellationTokenRegistration killing = kill.Register(() =>
        {
            try
            {
                process.Kill();
            }
            catch (InvalidOperationException)
            {
                // It was done.
            }
        });
        Task<string> output = process.StandardOutput.ReadToEndAsync(Ct);
        Task<string> error = process.StandardError.ReadToEndAsync(Ct);
        await process.WaitForExitAsync(Ct);
        return (process.ExitCode, process.ExitCode is 0 ? await output : await output + await error);
    }

    /// <summary>What the store has, read from a copy: the killed run's own files are left as they are.</summary>
    private async Task<string> ExportAsync()
    {
        if (!File.Exists(Store))
        {
            return "";
        }

        string copy = Path.Combine(_folder, "copy");
        Directory.CreateDirectory(copy);
        foreach (string suffix in (string[])["", "-wal", "-tail"])
        {
            if (File.Exists(Store + suffix))
            {
                File.Copy(Store + suffix, Path.Combine(copy, "replies.sqlite" + suffix), overwrite: true);
            }
        }

        using var text = new StringWriter();
        using (ReplyStore store = ReplyStore.Open(Path.Combine(copy, "replies.sqlite")))
        {
            Assert.Null(store.SetAside);
            await store.ExportAsync(text, Ct);
        }

        Directory.Delete(copy, recursive: true);
        return text.ToString();
    }
}
