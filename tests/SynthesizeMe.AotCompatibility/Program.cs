// Does what the libraries promise, once each, as a native program: the exit code is 0 when all of it holds. Its publishing is the other half
// of the proof: every library is a root, so what does not suit NativeAOT is a warning, and a warning is an error.
using SynthesizeMe.AotCompatibility;

(string Name, Func<Task> Run)[] checks =
[
    ("every adapter renders a prompt and reads its reply", Checks.AdaptersAsync),
    ("a broken reply is repaired", Checks.BrokenReplyAsync),
    ("an unreadable reply is refused", Checks.UnreadableReplyAsync),
    ("a program runs its predictors", Checks.ProgramAsync),
    ("a program's state survives JSON", Checks.StateAsync),
    ("a fitted judge survives its file", Checks.ArtefactAsync),
    ("people are measured", Checks.HeldOutAsync),
    ("a Parquet file is read", DataChecks.ParquetAsync),
    ("a reward model is trained, and survives its file", DataChecks.RewardModelAsync),
    ("a reply store replays, and goes through its lines and a batch", Checks.ReplyStoreAsync),
];

int failed = 0;
foreach ((string name, Func<Task> run) in checks)
{
    try
    {
        await run();
        Console.WriteLine($"ok: {name}");
    }
    catch (Exception e)
    {
        failed++;
        Console.WriteLine($"FAILED: {name}: {e}");
    }
}

Console.WriteLine($"{checks.Length - failed} of {checks.Length} hold");
return failed == 0 ? 0 : 1;
