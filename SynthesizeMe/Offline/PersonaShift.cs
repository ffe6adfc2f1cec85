namespace SynthesizeMe.Offline;

/// <summary>One preference that a persona states.</summary>
/// <param name="Feature">What it is about.</param>
/// <param name="Strength">How much of it the person wants: below zero is less; 1 is a plain preference, 2 a strong one.</param>
/// <param name="Relative">Whether it compares the person with most people; else it says what the person wants, whatever others do.</param>
internal readonly record struct PersonaStatement(StyleFeature Feature, double Strength, bool Relative)
{
    /// <summary>The weight that an absolute statement of strength 1 asks for.</summary>
    private const double PlainWeight = 0.9;

    /// <summary>The smallest spread a statement is measured in: some features hardly vary among the people of the prior.</summary>
    private const double LeastUnit = 0.1;

    /// <summary>One step of a relative statement.</summary>
    public static double Unit(StylePrior prior, StyleFeature feature) => Math.Max(LeastUnit, prior.Deviation(feature));

    /// <summary>Where the statement puts the weight, counted from the general taste.</summary>
    public double Target(StylePrior prior) => Relative ? Strength * Unit(prior, Feature) : Strength * PlainWeight - prior.Mean[Feature];

    /// <summary>How far the weight may be from the target: a variance.</summary>
    public double Variance(StylePrior prior)
    {
        double deviation = Relative ? 0.3 * Unit(prior, Feature) : 0.2;
        return deviation * deviation;
    }
}

/// <summary>The preferences that a persona states, at most one for each feature.</summary>
internal sealed class PersonaShift(IReadOnlyList<PersonaStatement> statements)
{
    /// <summary>The preferences in the order of <see cref="StyleFeature"/>; none when the text says nothing about style.</summary>
    public IReadOnlyList<PersonaStatement> Statements { get; } = statements;
}
