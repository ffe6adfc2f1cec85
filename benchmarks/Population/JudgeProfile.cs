namespace SynthesizeMe.Population;

/// <summary>What kind of model answers.</summary>
/// <param name="Name">What tables call it.</param>
internal sealed record JudgeProfile(string Name)
{
    /// <summary>How far its idea of the general taste is off.</summary>
    public double Ignorance { get; init; } = 0.15;

    /// <summary>How much it learns from a choice that it is shown, from 0 to 1.</summary>
    public double Attention { get; init; } = 0.5;

    /// <summary>How much more it learns from a choice that comes with reasoning.</summary>
    public double Insight { get; init; } = 1.3;

    /// <summary>How many demonstrations it takes for each to count half.</summary>
    public double Crowding { get; init; } = 20;

    /// <summary>How much of an unnamed trait it sees in a demonstration with reasoning, from 0 to 1.</summary>
    public double Tunnel { get; init; } = 0.5;

    /// <summary>How much of what a persona says it follows, from 0 to 1.</summary>
    public double Obedience { get; init; } = 0.6;

    /// <summary>The spread of the error in the estimates that it writes a persona from.</summary>
    public double Invention { get; init; } = 0.3;

    /// <summary>The spread of its error on a pair, whatever the rest of the prompt.</summary>
    public double Misreading { get; init; } = 0.6;

    /// <summary>The spread of its error on a prompt.</summary>
    public double Noise { get; init; } = 0.4;

    /// <summary>Its leaning to the completion that it sees first.</summary>
    public double PositionBias { get; init; } = 0.3;

    /// <summary>The share of replies that cannot be read.</summary>
    public double Failures { get; init; } = 0.02;

    /// <summary>The models that a fit must do well with.</summary>
    public static JudgeProfile[] All =>
    [
        new("able") { Attention = 0.9, Crowding = 40, Obedience = 0.8, Noise = 0.2, Invention = 0.15, PositionBias = 0.1 },
        new("middling"),
        new("biased") { PositionBias = 1.2, Failures = 0.05 },
        new("noisy") { Noise = 1.2, Misreading = 1, Attention = 0.4 },
        new("distractible") { Crowding = 4, Tunnel = 0.2, Obedience = 0.7 },
        new("bookish") { Attention = 0.15, Insight = 5, Tunnel = 0.3 },
        new("inventive") { Invention = 1, Obedience = 1 },
    ];
}
