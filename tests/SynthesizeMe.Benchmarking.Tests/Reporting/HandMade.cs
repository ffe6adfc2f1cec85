using System.Collections.Immutable;
using SynthesizeMe.Benchmarking.Tests.Runs;

namespace SynthesizeMe.Benchmarking.Tests.Reporting;

/// <summary>Runs made by hand, of the methods <c>generic</c> and <c>chosen</c>.</summary>
internal static class HandMade
{
    /// <summary>A run in which each person has these scores; both methods are asked about the same pairs.</summary>
    public static BenchmarkRun Of(params (int Training, double[] Generic, double[] Chosen)[] people) => new(
        Records.Full.Run with
        {
            Interrupted = null,
            Price = null,
            DataSets = [Records.Full.Run.DataSets[0] with { Unfinished = 0 }],
            Methods = [Method("generic"), Method("chosen")],
        },
        [.. people.Select((p, at) => Person($"p{at}", p.Training, p.Generic.Length))],
        [.. people.SelectMany((p, at) => Results("generic", $"p{at}", p.Generic, 500).Concat(Results("chosen", $"p{at}", p.Chosen, 1500)))]);

    /// <summary>So many people, alike.</summary>
    public static (int Training, double[] Generic, double[] Chosen)[] Alike(int people, int training, double[] generic, double[] chosen) =>
        [.. Enumerable.Repeat((training, generic, chosen), people)];

    public static UserRecord Person(string user, int training, int tests) => Records.Full.Users[0] with
    {
        User = user,
        TrainingPairs = training,
        TestPairs = tests,
    };

    private static RunMethod Method(string name) => new() { Name = name, About = $"Method {name}.", NotAvailable = ImmutableSortedDictionary<string, string>.Empty };

    private static IEnumerable<ResultRecord> Results(string method, string user, double[] scores, int tokens) => scores.Select((score, at) => new ResultRecord
    {
        Data = "people",
        User = user,
        Method = method,
        Pair = $"{at}",
        Conversation = $"{at}",
        Forward = score > 0 ? Said.First : Said.Second,
        Backward = score == 1 ? Said.Second : Said.First,
        Score = score,
        Confidence = score == 0.5 ? 0.5 : 0.9,
        Spend = new(2, tokens, 0),
    });
}
