namespace SynthesizeMe.Signatures;

/// <summary>Follows a reply in one layout as it is written.</summary>
internal abstract class StreamedLayout
{
    /// <summary>Whether the reply cannot be followed in this layout.</summary>
    public bool HasFailed { get; protected set; }

    /// <summary>Whether the layout has come to its end.</summary>
    public bool HasEnded { get; protected set; }

    /// <summary>Reads on, as far as it can be read; not after it has failed or ended.</summary>
    /// <param name="reply">All of the reply that has come so far.</param>
    /// <param name="sink">Receives what was found.</param>
    /// <returns>How much of the reply has to be there before there is something to see.</returns>
    public abstract int Read(ReadOnlySpan<char> reply, FieldSink sink);

    /// <summary>When to look again at what was undecided: rarely when that is long, so that the time stays linear.</summary>
    public static int NextLook(int undecided) => undecided < 512 ? 0 : undecided + (undecided / 2);
}
