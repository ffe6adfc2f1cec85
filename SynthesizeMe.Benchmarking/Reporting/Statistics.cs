using System.Globalization;
using SynthesizeMe.Optimizers;

namespace SynthesizeMe.Benchmarking;

/// <summary>What the report needs of statistics.</summary>
internal static class Statistics
{
    /// <summary>Of fewer people even the same sign throughout comes by chance more often than once in twenty.</summary>
    public const int FewestPeople = 6;

    private const int MostExact = 12;
    private const int Draws = 5000;

    /// <summary>What to know before reading the intervals of few people; <see langword="null"/> for enough of them, and for one, whose interval is the whole range.</summary>
    public static string? NoteOnIntervals(int people) => people is > 1 and < FewestPeople
        ? string.Create(CultureInfo.InvariantCulture, $"The intervals of fewer than {FewestPeople} people are too narrow to tell of others.")
        : null;

    /// <summary>
    /// The probability of a sum as far from zero if each person's part had come with either sign (the two-sided randomization test of Fisher, 1935): over
    /// all signs for up to 12 people, else over 5,000 draws.
    /// </summary>
    /// <param name="parts">What each person adds.</param>
    /// <param name="seed">Equal seeds give equal draws.</param>
    /// <returns>Above 0 to 1; 1 where there is nobody.</returns>
    public static double SignFlipTest(double[] parts, int seed)
    {
        // Sums of the same parts in another order differ in their last digits.
        double found = Math.Abs(parts.Sum()) - 1e-9;
        if (parts.Length <= MostExact)
        {
            int all = 1 << parts.Length;
            return Enumerable.Range(0, all).Count(signs => IsAsFar(i => ((signs >> i) & 1) == 0)) / (double)all;
        }

        var random = new SeededRandom(seed, "sign flips");
        return (1 + Enumerable.Range(0, Draws).Count(_ => IsAsFar(_ => random.Next(2) == 0))) / (1d + Draws);

        bool IsAsFar(Func<int, bool> plus)
        {
            double sum = 0;
            for (int i = 0; i < parts.Length; i++)
            {
                sum += plus(i) ? parts[i] : -parts[i];
            }

            return Math.Abs(sum) >= found;
        }
    }

    /// <summary>
    /// The probability that a fair coin divides so many at least as unevenly (the two-sided exact sign test; those without a difference are left out).
    /// </summary>
    /// <param name="more">The greater or lesser part.</param>
    /// <param name="less">The other part.</param>
    /// <returns>0 to 1; 1 where there is nobody.</returns>
    public static double SignTest(int more, int less)
    {
        int all = more + less;
        double log = -all * Math.Log(2), tail = 0;
        for (int k = 0; k <= Math.Min(more, less); k++)
        {
            tail += Math.Exp(log);
            log += Math.Log(all - k) - Math.Log(k + 1);
        }

        return Math.Min(1, 2 * tail);
    }
}
