namespace SynthesizeMe.Optimizers;

/// <summary>
/// Guards against the winner's curse: the best of many candidates on a few examples looks better than it is. A challenger may replace the incumbent
/// only if chance alone would rarely let any of the challengers lead by as much.
/// </summary>
internal static class SwitchTest
{
    private const int MostExact = 12;
    private const int Draws = 2000;

    /// <summary>
    /// For each challenger the probability that, were all challengers as good as the incumbent, some challenger would lead by at least as much: the
    /// sign-flip test of the largest mean (Westfall and Young, Resampling-Based Multiple Testing, 1993). Up to twelve groups every flip is counted, so
    /// the probability is exact.
    /// </summary>
    /// <param name="leads">By challenger, its lead over the incumbent in each group of examples; groups are independent of each other.</param>
    /// <param name="seed">The seed of the flips.</param>
    public static double[] Probabilities(IReadOnlyList<double[]> leads, int seed)
    {
        if (leads.Count == 0)
        {
            return [];
        }

        int groups = leads[0].Length;
        double[] observed = [.. leads.Select(l => l.Sum())];
        int flips = groups <= MostExact ? 1 << groups : Draws;
        var random = new SeededRandom(seed, "sign flips");
        int[] reached = new int[leads.Count];
        bool[] flipped = new bool[groups];
        for (int f = 0; f < flips; f++)
        {
            for (int g = 0; g < groups; g++)
            {
                flipped[g] = groups <= MostExact ? (f >> g & 1) == 1 : f > 0 && random.Next(2) == 1;
            }

            double largest = leads.Max(l => Sum(l, flipped));
            for (int c = 0; c < observed.Length; c++)
            {
                reached[c] += largest >= observed[c] - 1e-9 ? 1 : 0;
            }
        }

        return [.. reached.Select(r => (double)r / flips)];
    }

    private static double Sum(double[] leads, bool[] flipped)
    {
        double sum = 0;
        for (int g = 0; g < leads.Length; g++)
        {
            sum += flipped[g] ? -leads[g] : leads[g];
        }

        return sum;
    }
}
