using SynthesizeMe.Optimizers;
using SynthesizeMe.Signatures;

namespace SynthesizeMe;

/// <summary>Turns preference pairs into labelled examples: two views a pair, one for each order.</summary>
internal static class PairExamples
{
    public static Example<JudgePreference>[] Plain(IEnumerable<PreferencePair> pairs) => Views(
        pairs, static (pair, first, second, preference) => new JudgePreference(pair.Context, first, second, preference));

    public static Example<JudgePreferenceForPersona>[] ForPersona(IEnumerable<PreferencePair> pairs, Func<PreferencePair, string> persona) => Views(
        pairs, (pair, first, second, preference) => new JudgePreferenceForPersona(persona(pair), pair.Context, first, second, preference));

    /// <summary>The pairs' reliability, from results of both views of each.</summary>
    public static Reliability Reliability<T>(IEnumerable<ExampleResult<T>> results)
        where T : class, ISignature<T>
    {
        Reliability total = default;
        foreach (IGrouping<string, ExampleResult<T>> pair in results.GroupBy(r => r.Example.Id, StringComparer.Ordinal))
        {
            double score = pair.Average(r => r.Score.Value);
            bool answered = pair.All(r => r.Failure is null);
            bool consistent = answered && pair.Select(r => r.Score.Value).Distinct().Count() == 1;
            total = new(
                total.Pairs + 1,
                total.Score + score,
                total.Consistent + (consistent ? 1 : 0),
                total.ConsistentAndRight + (consistent && score == 1 ? 1 : 0));
        }

        return total;
    }

    private static Example<T>[] Views<T>(IEnumerable<PreferencePair> pairs, Func<PreferencePair, string, string, Preference, T> view)
        where T : class, ISignature<T> =>
        [.. pairs.SelectMany(pair => new[]
        {
            new Example<T>(view(pair, pair.Chosen, pair.Rejected, Preference.First), pair.Id, pair.ConversationId),
            new Example<T>(view(pair, pair.Rejected, pair.Chosen, Preference.Second), pair.Id, pair.ConversationId),
        })];
}
