namespace SynthesizeMe.Signatures;

/// <summary>The text of an output that is still being written: what is there so far, and what is new of it.</summary>
/// <remarks>A view of memory that only grows, so that following a long reply takes time in proportion to its length.</remarks>
public readonly struct PartialText
{
    private readonly int _known;

    internal PartialText(ReadOnlyMemory<char> text, int known, bool isComplete)
    {
        Memory = text;
        _known = known;
        HasBegun = true;
        IsComplete = isComplete;
    }

    /// <summary>Whether the field has begun; while it has not, its text is empty.</summary>
    public bool HasBegun { get; }

    /// <summary>Whether nothing more will come.</summary>
    public bool IsComplete { get; }

    /// <summary>All of the text that has come so far.</summary>
    public ReadOnlyMemory<char> Memory { get; }

    /// <summary>What the last update added: what is to be appended to what is shown.</summary>
    public ReadOnlySpan<char> Added => Memory.Span[_known..];

    /// <summary>A text that is there as a whole; one that has not begun when there is none. Generated code is its caller.</summary>
    /// <param name="text">The text.</param>
    /// <param name="shown">What came of it before.</param>
    public static PartialText Whole(string? text, PartialText shown) =>
        text is null ? default : new(text.AsMemory(), text.AsSpan().StartsWith(shown.Memory.Span) ? shown.Memory.Length : 0, isComplete: true);

    /// <summary>All of the text that has come so far, as a string of its own.</summary>
    public override string ToString() => Memory.ToString();
}
