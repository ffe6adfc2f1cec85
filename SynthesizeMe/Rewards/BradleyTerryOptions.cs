using System.Collections.Immutable;

namespace SynthesizeMe;

/// <summary>How a Bradley-Terry reward model is trained.</summary>
public sealed record BradleyTerryOptions
{
    /// <summary>What the embedded text says of the person; nothing by default. Training and scoring use the same.</summary>
    public RewardConditions Conditions { get; init; }

    /// <summary>Whether each person gets a part of their own; true by default.</summary>
    public bool Residuals { get; init; } = true;

    /// <summary>
    /// The prior weights among which cross-validation chooses that of the pooled part: the inverse of the variance that a usual pair's log-odds have before any
    /// pair was seen.
    /// </summary>
    public ImmutableArray<double> PooledWeights { get; init; } = [0.03, 0.1, 0.3, 1, 3, 10, 30];

    /// <summary>The same for each person's own part, counted from the pooled one. No part of their own is always among the choices.</summary>
    public ImmutableArray<double> ResidualWeights { get; init; } = [0.3, 1, 3, 10, 30, 100];

    /// <summary>The folds of the cross-validation, at least 2; 5 by default. A person's conversation is never on both sides.</summary>
    public int Folds { get; init; } = 5;

    /// <summary>The most pairs that cross-validation works on, whole people drawn by the seed; 8,000 by default. The final fit takes all.</summary>
    public int MostValidated { get; init; } = 8000;

    /// <summary>The texts that are embedded at once; 128 by default.</summary>
    public int BatchSize { get; init; } = 128;

    /// <summary>Draws folds and people; 0 by default.</summary>
    public int Seed { get; init; }
}
