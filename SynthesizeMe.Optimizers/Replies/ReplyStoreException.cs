namespace SynthesizeMe.Optimizers;

/// <summary>A reply store cannot be used: its file is of something else, newer than this library, damaged, or cannot be read or written.</summary>
/// <param name="message">Which file, what is wrong with it, and what to do about it.</param>
/// <param name="inner">The cause.</param>
public sealed class ReplyStoreException(string message, Exception? inner = null) : IOException(message, inner);

/// <summary>A reply is not in the store, and nobody was asked for it: it is to be had in a batch. It is neither an answer nor a failure of the model.</summary>
/// <param name="key">The request's address.</param>
public sealed class ReplyMissingException(ReplyKey key) : Exception($"There is no reply to request {key} yet.")
{
    /// <summary>The request's address.</summary>
    public ReplyKey Key { get; } = key;
}
