using SynthesizeMe.Signatures;

namespace SynthesizeMe.Optimizers;

/// <summary>The model answered every training example, but not one reply could be read: there is nothing to learn from.</summary>
/// <param name="attempts">The examples that were tried.</param>
/// <param name="usage">What was used to get the replies.</param>
/// <param name="first">The first reply that could not be read.</param>
public sealed class UnreadableRepliesException(int attempts, Usage usage, PromptParseException first)
    : Exception($"None of the model's {attempts} answers could be read. The first: {first.Message.TrimEnd('.')}.{(first.Reply.Length > 0 ? " Use a model that follows the prompt's layout." : "")}", first)
{
    /// <summary>What was used to get the replies.</summary>
    public Usage Usage { get; } = usage;
}
