using Microsoft.Extensions.AI;

namespace SynthesizeMe.Signatures;

/// <summary>Answers a signature after thinking aloud: the reply opens with a <c>reasoning</c> section, which the prediction carries.</summary>
/// <typeparam name="T">The signature.</typeparam>
public sealed class ChainOfThought<T> : Predict<T>
    where T : class, ISignature<T>
{
    /// <summary>Creates a predictor.</summary>
    /// <param name="chatClient">The model.</param>
    /// <param name="options">How to call it.</param>
    /// <exception cref="ArgumentException">The signature has a field of its own called <c>reasoning</c>.</exception>
    public ChainOfThought(IChatClient chatClient, PredictOptions? options = null)
        : base(chatClient, options, reasons: true)
    {
    }

    private ChainOfThought(ChainOfThought<T> source, Rebinding change)
        : base(source, change)
    {
    }

    /// <inheritdoc cref="Predict{T}.With(PredictorState)"/>
    public new ChainOfThought<T> With(PredictorState state) => (ChainOfThought<T>)base.With(state);

    /// <inheritdoc cref="Predict{T}.With(PredictOptions)"/>
    public new ChainOfThought<T> With(PredictOptions options) => (ChainOfThought<T>)base.With(options);

    internal override Predict<T> Rebind(Rebinding change) => new ChainOfThought<T>(this, change);
}
