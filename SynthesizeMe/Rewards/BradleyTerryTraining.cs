using System.Collections.Immutable;

namespace SynthesizeMe;

/// <summary>How a training came out.</summary>
/// <param name="Model">The model.</param>
/// <param name="Pairs">The pairs that were learned from.</param>
/// <param name="LeftOut">The pairs that were not, because they are marked as test, or the generator refused a text of theirs.</param>
/// <param name="PooledWeight">The prior weight of the pooled part that was chosen.</param>
/// <param name="ResidualWeight">The prior weight of people's own parts that was chosen; <see langword="null"/> when a part of their own did not pay.</param>
/// <param name="Validations">What cross-validation found, in the order of trying.</param>
public sealed record BradleyTerryTraining(
    BradleyTerryRewardModel Model,
    int Pairs,
    int LeftOut,
    double PooledWeight,
    double? ResidualWeight,
    ImmutableArray<RewardValidation> Validations);

/// <summary>One trial of cross-validation.</summary>
/// <param name="PooledWeight">The prior weight of the pooled part.</param>
/// <param name="ResidualWeight">The prior weight of people's own parts; <see langword="null"/> without them.</param>
/// <param name="LogLoss">The mean of −log of the probability given to what was chosen, over pairs that were held out; log 2 is chance.</param>
/// <param name="Accuracy">The share of these pairs on which the chosen completion had the higher score, 0 to 1; a tie counts one half.</param>
public readonly record struct RewardValidation(double PooledWeight, double? ResidualWeight, double LogLoss, double Accuracy);
