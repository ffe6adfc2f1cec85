using System.Collections.Immutable;
using SynthesizeMe.Optimizers;
using SynthesizeMe.Signatures;

namespace SynthesizeMe;

/// <summary>What a judge said of a pair in one order.</summary>
/// <param name="PairId">The pair.</param>
/// <param name="ConversationId">Its conversation.</param>
/// <param name="Order">Where the preferred completion stood.</param>
/// <param name="Score">1 when it was right.</param>
/// <param name="Answered">Whether there was an answer.</param>
internal readonly record struct OrderResult(string PairId, string ConversationId, Preference Order, double Score, bool Answered)
{
    public static ImmutableArray<OrderResult> Of<T>(Evaluation<T>? evaluation)
        where T : class, ISignature<T> => evaluation is null ? [] :
        [
            .. evaluation.Results.Select(r => new OrderResult(
                r.Example.Id,
                r.Example.Group,
                r.Example.Value switch
                {
                    JudgePreference plain => plain.Preference,
                    JudgePreferenceForPersona informed => informed.Preference,
                    _ => throw new ArgumentException("Judges answer their own signatures.", nameof(evaluation)),
                },
                r.Score.Value,
                r.Failure is null)),
        ];

    /// <summary>
    /// How often a judge was right, with both orders counting equally: one that always names the same side is right half of the time, though it was asked
    /// about an odd number of pairs in one order each.
    /// </summary>
    public static double BalancedAccuracy(IEnumerable<OrderResult> results) => results.GroupBy(r => r.Order, r => r.Score).Select(o => o.Average()).DefaultIfEmpty(0).Average();

    /// <summary>The pairs' reliability; only a pair that was judged in both orders can be consistent.</summary>
    public static Reliability Reliability(IEnumerable<OrderResult> results)
    {
        Reliability total = default;
        foreach (IGrouping<string, OrderResult> pair in results.GroupBy(r => r.PairId, StringComparer.Ordinal))
        {
            OrderResult[] orders = [.. pair];
            double score = orders.Average(r => r.Score);
            bool consistent = orders.Length > 1 && orders.All(r => r.Answered) && orders.Select(r => r.Score).Distinct().Count() == 1;
            total = new(
                total.Pairs + 1,
                total.Score + score,
                total.Consistent + (consistent ? 1 : 0),
                total.ConsistentAndRight + (consistent && score == 1 ? 1 : 0));
        }

        return total;
    }
}
