namespace SynthesizeMe.Benchmarking;

/// <summary>What the report needs of statistics.</summary>
internal static class Statistics
{
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
