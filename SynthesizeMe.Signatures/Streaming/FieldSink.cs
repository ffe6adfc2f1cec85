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
