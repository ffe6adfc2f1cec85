namespace SynthesizeMe.Offline;

/// <summary>The logistic function, exact under a turn of the sign: p(-x) is 1 - p(x) to the last bit.</summary>
internal static class Logistic
{
    /// <summary>1 / (1 + exp(-x)).</summary>
    public static double Probability(double x) => x >= 0 ? 1 / (1 + Math.Exp(-x)) : 1 - 1 / (1 + Math.Exp(x));
}
