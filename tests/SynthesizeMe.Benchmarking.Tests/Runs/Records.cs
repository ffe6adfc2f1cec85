using System.Collections.Immutable;
using SynthesizeMe.Optimizers;

namespace SynthesizeMe.Benchmarking.Tests.Runs;

/// <summary>A small run, with everything in it that a run can have.</summary>
internal static class Records
{
    public static BenchmarkRun Full { get; } = new(
        new RunRecord
        {
            Schema = RunRecord.CurrentSchema,
            LibraryVersion = "0.1.0",
            Arguments = ["people.jsonl", "--methods", "all"],
            Model = "offline",
            Seed = 7,
            Settings = new() { TestFraction = 0.5, Candidates = 10, Samples = 5, Confidence = 0.7, SampledUsers = 2 },
            DataSets = [new() { Name = "people", Fingerprint = "00ff", Users = 3, Pairs = 9, Unfinished = 1 }],
            Methods = [new() { Name = "generic", About = "Told nothing.", NotAvailable = ImmutableSortedDictionary<string, string>.Empty.Add("people", "no model") }],
            Price = new TokenPrice(0.1m, 0.4m) { PerMillionCachedInputTokens = 0.05m },
            Interrupted = "stopped.",
        },
        [
            new UserRecord
            {
                Data = "people",
                User = "ann <b>",
                TrainingPairs = 4,
                TestPairs = 2,
                Demographics = ImmutableSortedDictionary<string, string>.Empty.Add("age", "25-34 years old"),
                NotAvailable = ImmutableSortedDictionary<string, string>.Empty,
                Fit = new()
                {
                    Chosen = "demos",
                    Why = "It was right about 3 of 3.",
                    Persona = "Likes it short.\nAnd \"plain\".",
                    DemonstrationsOf = "demos",
                    Demonstrations = [new() { Context = [new("user", "Why?")], Preferred = "So.", Other = "Because…", Reasoning = "Short.", Verified = true }],
                    Candidates = [new("final choice", "Demos", "Chosen", 1, 1, 0, 0), new("reasoning", "seed 3", "NotTried", null, 0, 2, 0)],
                    Split = SplitKind.Given,
                    LearnedFrom = 3,
                    ComparedOn = 1,
                    Notes = ["One."],
                    Spend = new(12, 3400, 56) { Cost = 0.0012m },
                },
            },
            new UserRecord
            {
                Data = "people",
                User = "",
                TrainingPairs = 1,
                TestPairs = 0,
                Demographics = ImmutableSortedDictionary<string, string>.Empty,
                NotAvailable = ImmutableSortedDictionary<string, string>.Empty,
                Skipped = "too few",
            },
        ],
        [
            new ResultRecord
            {
                Data = "people",
                User = "ann <b>",
                Method = "generic",
                Pair = "ab",
                Conversation = "c",
                Forward = Said.First,
                Backward = Said.Nothing,
                Score = 0.5,
                Confidence = 0.5,
                BackwardFailure = "no section",
                Spend = new(3, 30, 15),
            },
        ]);
}
