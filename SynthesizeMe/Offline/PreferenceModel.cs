namespace SynthesizeMe.Offline;

/// <summary>
/// One person's weights, and where they come from: general taste, plus what the choices moved, plus what the persona moved.
/// </summary>
internal sealed class PreferenceModel
{
    private readonly StyleVector _weights;

    /// <summary>The weights <paramref name="prior"/> + <paramref name="fromChoices"/> + <paramref name="fromPersona"/>.</summary>
    public PreferenceModel(StylePrior prior, in StyleVector fromChoices, in StyleVector fromPersona, int choices, int statements)
    {
        Prior = prior;
        FromChoices = fromChoices;
        FromPersona = fromPersona;
        Choices = choices;
        Statements = statements;
        StyleVector mean = prior.Mean;
        for (int i = 0; i < StyleVector.Count; i++)
            _weights[i] = mean[i] + fromChoices[i] + fromPersona[i];
    }

    /// <summary>The general taste that this person was fitted from.</summary>
    public StylePrior Prior { get; }

    /// <summary>What the person's choices added to the weights.</summary>
    public StyleVector FromChoices { get; }

    /// <summary>What the persona added to the weights.</summary>
    public StyleVector FromPersona { get; }

    /// <summary>The number of choices learned from.</summary>
    public int Choices { get; }

    /// <summary>The number of preferences found in the persona.</summary>
    public int Statements { get; }

    /// <summary>The person's weights.</summary>
    public StyleVector Weights => _weights;

    /// <summary>How far the person is from the general taste in one feature.</summary>
    public double Shift(StyleFeature feature) => FromChoices[feature] + FromPersona[feature];

    /// <summary>
    /// The probability, between 0 and 1, that the person prefers the first completion; <paramref name="difference"/> is first minus
    /// second.
    /// </summary>
    public double ProbabilityOfFirst(in StyleVector difference) => Logistic.Probability(_weights.Dot(difference));

    /// <summary>Whether the person prefers the first completion; a tie goes to the first.</summary>
    public bool PrefersFirst(in StyleVector difference) => _weights.Dot(difference) >= 0;
}
