namespace SynthesizeMe.Signatures;

/// <summary>
/// The model's provider refuses this prompt and would refuse it again, for its content or its length, while it takes others. Chat clients may throw it; a
/// predictor then throws <see cref="PromptParseException"/>, as for a reply that cannot be read, and whoever asks for many answers goes on with the others.
/// </summary>
/// <param name="message">Who refuses, and why.</param>
/// <param name="inner">What the provider's client threw.</param>
public sealed class PromptRefusedException(string message, Exception? inner = null) : Exception(message, inner);
