using System.Collections.Immutable;

namespace SynthesizeMe.Signatures;

/// <summary>
/// What optimizers search over: an immutable map from predictor name to instructions and demonstrations.
/// A predictor that is not in the map has its signature's own instructions and no demonstration.
/// </summary>
public sealed class ProgramState : IEquatable<ProgramState>
{
    private ProgramState(ImmutableSortedDictionary<string, PredictorState> predictors) => Predictors = predictors;

    /// <summary>The state of a program that nothing was chosen for.</summary>
    public static ProgramState Empty { get; } = new(ImmutableSortedDictionary.Create<string, PredictorState>(StringComparer.Ordinal));

    /// <summary>The predictors that something was chosen for, by name in ordinal order.</summary>
    public ImmutableSortedDictionary<string, PredictorState> Predictors { get; }

    /// <summary>The state of a predictor.</summary>
    public PredictorState this[string predictor] => Predictors.TryGetValue(predictor, out PredictorState? state) ? state : PredictorState.Empty;

    /// <summary>The number of demonstrations over all predictors.</summary>
    public int DemoCount => Predictors.Values.Sum(p => p.Demos.Length);

    /// <summary>The number of those whose outputs a metric confirmed.</summary>
    public int VerifiedDemoCount => Predictors.Values.Sum(p => p.Demos.Count(d => d.Verified));

    /// <summary>The same state with another choice for one predictor.</summary>
    public ProgramState With(string predictor, PredictorState state)
    {
        ArgumentException.ThrowIfNullOrEmpty(predictor);
        ArgumentNullException.ThrowIfNull(state);
        return new(state == PredictorState.Empty ? Predictors.Remove(predictor) : Predictors.SetItem(predictor, state));
    }

    /// <inheritdoc/>
    public bool Equals(ProgramState? other) =>
        other is not null && Predictors.Count == other.Predictors.Count && Predictors.SequenceEqual(other.Predictors);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as ProgramState);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach ((string name, PredictorState state) in Predictors)
        {
            hash.Add(name);
            hash.Add(state);
        }

        return hash.ToHashCode();
    }
}
