namespace SynthesizeMe.Signatures;

/// <summary>Takes the fields that a layout finds in a reply as it is written.</summary>
internal abstract class FieldSink
{
    /// <summary>The fields asked for.</summary>
    public abstract ReadOnlySpan<FieldDescriptor> Fields { get; }

    /// <summary>Whether the field's text grows: it is text, and it was not there before.</summary>
    public abstract bool Grows(int field);

    /// <summary>More of a text, decoded but for the escapes of section markers.</summary>
    public abstract void Append(int field, ReadOnlySpan<char> text);

    /// <summary>The text has come to its end.</summary>
    public abstract void CompleteText(int field);

    /// <summary>A field's content, whole and as it stands in the reply.</summary>
    public abstract void Complete(int field, ReadOnlySpan<char> content, SectionStyle style = SectionStyle.Marked);
}

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
