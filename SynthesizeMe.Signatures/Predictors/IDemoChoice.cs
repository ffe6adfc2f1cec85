using System.Collections.Immutable;

namespace SynthesizeMe.Signatures;

/// <summary>
/// Chooses, call by call, which of a predictor's demonstrations the model is shown (<see cref="PredictOptions.DemoChoice"/>). The state holds them
/// all, so a saved state and the same choice give the same prompts.
/// </summary>
public interface IDemoChoice
{
    /// <summary>Chooses for one call.</summary>
    /// <param name="inputs">The live inputs as text: a line <c>name: value</c> a field.</param>
    /// <param name="demos">The inputs of each demonstration likewise, in the order of the state; not empty.</param>
    /// <param name="cancellationToken">Stops at once.</param>
    /// <returns>Positions in <paramref name="demos"/>, in the order in which they are shown.</returns>
    ValueTask<ImmutableArray<int>> ChooseAsync(string inputs, ImmutableArray<string> demos, CancellationToken cancellationToken);
}
