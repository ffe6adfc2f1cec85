using System.Collections.Immutable;

namespace SynthesizeMe.Signatures;

/// <summary>What an optimizer may choose for one predictor.</summary>
/// <param name="Instructions">Replaces the signature's instructions; <see langword="null"/> keeps them.</param>
/// <param name="Demos">The demonstrations in the order in which the model sees them.</param>
public sealed record PredictorState(string? Instructions, ImmutableArray<Demo> Demos)
{
    /// <summary>The signature's own instructions and no demonstration.</summary>
    public static PredictorState Empty { get; } = new(null, []);

    /// <summary>The same instructions with other demonstrations.</summary>
    public PredictorState WithDemos(params IEnumerable<Demo> demos) => this with { Demos = [.. demos] };

    /// <inheritdoc/>
    public bool Equals(PredictorState? other) => other is not null && Instructions == other.Instructions && Demos.SequenceEqual(other.Demos);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.Add(Instructions);
        foreach (Demo demo in Demos)
        {
            hash.Add(demo);
        }

        return hash.ToHashCode();
    }
}
