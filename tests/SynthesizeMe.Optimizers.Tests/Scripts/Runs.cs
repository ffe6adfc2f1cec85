using SynthesizeMe.Signatures;

namespace SynthesizeMe.Optimizers.Tests;

/// <summary>A run in words, so that two can be compared.</summary>
internal static class Runs
{
    public static string Describe<T>(OptimizationResult<T> r)
        where T : class, ISignature<T> =>
        $"{r.Best.Name} {r.Usage} {r.Stopped} {string.Join(' ', r.Notes)}\n"
        + string.Join('\n', r.Candidates.Select(c => $"{c.Name} {c.Status} {c.Score} {c.Evaluation?.Results.Length} {ProgramStateJson.Write(c.State)}"));
}
