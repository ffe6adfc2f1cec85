namespace SynthesizeMe.Optimizers;

/// <summary>An estimate with the range in which the true value probably lies.</summary>
/// <param name="Mean">The estimate.</param>
/// <param name="Low">The lower end.</param>
/// <param name="High">The upper end.</param>
public readonly record struct Interval(double Mean, double Low, double High)
{
    private const int Resamples = 1000;

    /// <summary>
    /// The mean of values with its 95 % interval by the percentile bootstrap over groups (Efron, 1979): whole groups are drawn again, because the
    /// values of one group are not independent. With a single group the interval is the whole range of the values.
    /// </summary>
    /// <param name="values">Each value with the group it belongs to.</param>
    /// <param name="seed">Equal seeds give equal intervals.</param>
    public static Interval Bootstrap(IEnumerable<(string Group, double Value)> values, int seed)
    {
        ArgumentNullException.ThrowIfNull(values);
        (double Sum, int Count)[] groups = [.. values
            .GroupBy(v => v.Group, StringComparer.Ordinal)
            .Select(g => (g.Sum(v => v.Value), g.Count()))];
        if (groups.Length == 0)
        {
            return new(double.NaN, double.NaN, double.NaN);
        }

        double mean = groups.Sum(g => g.Sum) / groups.Sum(g => g.Count);
        if (groups.Length == 1)
        {
            return new(mean, 0, 1);
        }

        var random = new SeededRandom(seed, "bootstrap interval");
        var means = new double[Resamples];
        for (int r = 0; r < Resamples; r++)
        {
            double sum = 0;
            int count = 0;
            for (int g = 0; g < groups.Length; g++)
            {
                (double Sum, int Count) drawn = groups[random.Next(groups.Length)];
                sum += drawn.Sum;
                count += drawn.Count;
            }

            means[r] = sum / count;
        }

        Array.Sort(means);
        return new(mean, means[(int)(0.025 * Resamples)], means[(int)(0.975 * Resamples) - 1]);
    }
}
