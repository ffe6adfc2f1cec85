namespace SynthesizeMe.Signatures;

/// <summary>
/// What has been read of a reply that is still being written. The generator derives one class per signature, its nested <c>Partial</c>, with a
/// property per output: texts grow, everything else appears when it is complete.
/// </summary>
/// <typeparam name="T">The signature.</typeparam>
/// <remarks>
/// Nothing of it changes once it was shown; the next one is another object. What is shown is provisional until <see cref="Final"/> is there: only the whole reply tells whether it contradicts itself. A layout that cannot
/// be followed with certainty shows nothing before its end.
/// </remarks>
public abstract class PartialPrediction<T>
    where T : class, ISignature<T>
{
    /// <summary>The chain of thought; never begun where none was asked for.</summary>
    public PartialText Reasoning { get; internal set; }

    /// <summary>Which ask this is the reply to: 1, or more after a reply that could not be read, of which nothing stays.</summary>
    public int Ask { get; internal set; } = 1;

    /// <summary>The whole prediction, with the last update; <see langword="null"/> before.</summary>
    public Prediction<T>? Final { get; internal set; }

    /// <summary>A copy to be changed: what was shown once stays as it is.</summary>
    internal PartialPrediction<T> Copy() => (PartialPrediction<T>)MemberwiseClone();
}
