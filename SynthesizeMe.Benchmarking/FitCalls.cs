using SynthesizeMe.Signatures;

namespace SynthesizeMe.Benchmarking;

/// <summary>The most calls that a person's fit can make.</summary>
internal static class FitCalls
{
    /// <summary>
    /// Two searches over the training pairs, one with the history as a further candidate, and a persona; a persona for every pair when there is one
    /// conversation only.
    /// </summary>
    /// <param name="pairs">The person's training pairs; at least two that differ.</param>
    /// <param name="options">How the person is fitted.</param>
    public static long AtMost(IEnumerable<PreferencePair> pairs, SynthesisOptions options)
    {
        PreferenceSplit split = PreferenceSplit.Of(pairs);
        int asks = 1 + (options.Predict ?? PredictOptions.Default).MaxReasks;
        long train = 2L * split.Train.Length;
        long validation = 2L * split.Validation.Length;
        long candidates = options.Candidates + 3L;
        long personas = 1 + (split.Kind == SplitKind.LeaveOneOut ? split.Train.Length : 0);
        return asks * (train + ((candidates + 1) * validation) + personas + train + (candidates * validation));
    }
}
