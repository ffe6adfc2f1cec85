using SynthesizeMe.Signatures;

namespace SynthesizeMe.Optimizers;

/// <summary>
/// Adds scores up so that totals can be compared: fractions of ten have no exact form, and the same scores added in another order differ in their last
/// digits, which would break ties and take leaders out of a race.
/// </summary>
internal static class Totals
{
    private const int Digits = 9;

    /// <summary>The sum of scores.</summary>
    public static double Of(IEnumerable<double> scores) => Math.Round(scores.Sum(), Digits);

    /// <summary>The sum of the results' scores.</summary>
    public static double Of<T>(IEnumerable<ExampleResult<T>> results)
        where T : class, ISignature<T> => Of(results.Select(r => r.Score.Value));
}
