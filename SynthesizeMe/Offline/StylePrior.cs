namespace SynthesizeMe.Offline;

/// <summary>
/// What people in general like, and how people differ from it: a Gaussian over the weights of the features. The learner starts here and
/// moves as far as one person's choices, or a persona, carry it.
/// </summary>
internal sealed class StylePrior
{
    private readonly StyleVector _variance;
    private readonly StyleVector _axis;

    /// <summary>
    /// A prior with this mean; its covariance is a diagonal, each feature's own <paramref name="variance"/>, plus the outer product of
    /// <paramref name="axis"/>, the direction in which people differ in several features at once.
    /// </summary>
    public StylePrior(ReadOnlySpan<double> mean, ReadOnlySpan<double> variance, ReadOnlySpan<double> axis)
    {
        Mean = StyleVector.From(mean);
        _variance = StyleVector.From(variance);
        _axis = StyleVector.From(axis);
    }

    /// <summary>The built-in prior, estimated by benchmarks/PriorFit.</summary>
    public static StylePrior General { get; } = new(StylePriorConstants.Mean, StylePriorConstants.Variance, StylePriorConstants.Axis);

    /// <summary>The weights of the general taste.</summary>
    public StyleVector Mean { get; }

    /// <summary>How much people differ in the weight of a feature: one standard deviation.</summary>
    public double Deviation(StyleFeature feature) => Math.Sqrt(_variance[feature] + _axis[feature] * _axis[feature]);

    /// <summary>The covariance times a vector: where all weights go when evidence pulls along <paramref name="direction"/>.</summary>
    public StyleVector Spread(in StyleVector direction)
    {
        double along = _axis.Dot(direction);
        StyleVector result = default;
        for (int i = 0; i < StyleVector.Count; i++)
            result[i] = _variance[i] * direction[i] + _axis[i] * along;
        return result;
    }
}
