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

    /// <summary>How fields are laid out, and how the reply is asked for; <see cref="PromptAdapter.Chat"/> by default.</summary>
    public PromptAdapter Adapter { get; init; } = PromptAdapter.Chat;

    /// <summary>
    /// Whether an adapter that can do so gives the provider a JSON schema to hold the model to; on by default. Switch it off for a client that
    /// refuses <see cref="ChatOptions.ResponseFormat"/>.
    /// </summary>
    public bool StructuredOutput { get; init; } = true;

    /// <summary>Which of its demonstrations a predictor shows in a call; <see langword="null"/>, the default, for all of them.</summary>
    public IDemoChoice? DemoChoice { get; init; }

    /// <summary>Temperature, model, token limit and the like, sent with every call; <see langword="null"/> leaves all to the client.</summary>
    public ChatOptions? ChatOptions { get; init; }
}
