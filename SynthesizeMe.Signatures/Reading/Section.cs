namespace SynthesizeMe.Signatures;

/// <summary>Where the content of a section stands in a reply.</summary>
internal struct Section
{
    private int _startPlusOne;

    public readonly bool Found => _startPlusOne > 0;

    public int Start
    {
        readonly get => _startPlusOne - 1;
        set => _startPlusOne = value + 1;
    }

    public int Length;

    public SectionStyle Style;

    public readonly ReadOnlySpan<char> In(string reply) => reply.AsSpan(Start, Length);
}

/// <summary>How a section's content is written.</summary>
internal enum SectionStyle : byte
{
    /// <summary>Between markers, exactly.</summary>
    Marked,

    /// <summary>In an XML element.</summary>
    Tag,

    /// <summary>Behind a label, or as the whole reply.</summary>
    Plain,
}
