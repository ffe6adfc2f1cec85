namespace SynthesizeMe.Signatures;

/// <summary>Where the content of a section stands in a reply.</summary>
internal struct Section
{
    /// <summary>How often a section may be repeated; a model that says it more often is caught in a loop.</summary>
    public const int MostRepeats = 16;

    private int _startPlusOne;

    public readonly bool Found => _startPlusOne > 0;

    public int Start
    {
        readonly get => _startPlusOne - 1;
        set => _startPlusOne = value + 1;
    }

    public int Length;

    public SectionStyle Style;

    public byte Repeats;

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

    /// <summary>Behind a label, in indented lines that are kept.</summary>
    Block,

    /// <summary>Behind a label, in indented lines that are joined.</summary>
    Folded,
}
