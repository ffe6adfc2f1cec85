using Microsoft.Extensions.AI;

namespace SynthesizeMe.Signatures;

/// <summary>How a predictor calls its model.</summary>
public sealed record PredictOptions
{
    /// <summary>One second ask, the client's own defaults.</summary>
    public static PredictOptions Default { get; } = new();

    /// <summary>How often the model is asked again, with the problem named, when its reply cannot be read; 0 or more, 1 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative.</exception>
    public int MaxReasks
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            field = value;
        }
    } = 1;

    /// <summary>Temperature, model, token limit and the like, sent with every call; <see langword="null"/> leaves all to the client.</summary>
    public ChatOptions? ChatOptions { get; init; }
}
