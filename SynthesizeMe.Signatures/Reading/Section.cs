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

    public readonly ReadOnlySpan<char> In(string reply) => reply.AsSpan(Start, Length);
}
