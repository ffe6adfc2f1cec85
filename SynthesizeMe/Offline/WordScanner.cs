namespace SynthesizeMe.Offline;

/// <summary>Walks the words of a text: runs of letters and digits, with apostrophes inside, hashed in lower case.</summary>
internal ref struct WordScanner(ReadOnlySpan<char> text)
{
    private readonly ReadOnlySpan<char> _text = text;

    /// <summary>Where the last word began.</summary>
    public int Start { get; private set; }

    /// <summary>Where the last word ended.</summary>
    public int End { get; private set; }

    /// <summary>How many of the last word's characters are capital letters.</summary>
    public int Capitals { get; private set; }

    /// <summary>How many of the last word's characters are digits.</summary>
    public int Digits { get; private set; }

    /// <summary>Whether the last word holds an apostrophe.</summary>
    public bool Apostrophe { get; private set; }

    /// <summary>Moves to the next word.</summary>
    public bool Next(out uint hash, out int length)
    {
        ReadOnlySpan<char> text = _text;
        int i = End;
        while ((uint)i < (uint)text.Length && !IsWord(text[i]))
            i++;
        Start = i;
        uint h = StyleLexicon.Seed;
        int capitals = 0, digits = 0;
        bool apostrophe = false;
        for (; (uint)i < (uint)text.Length; i++)
        {
            uint c = text[i];
            if (c - 'a' <= 'z' - 'a')
            {
            }
            else if (c - 'A' <= 'Z' - 'A')
            {
                capitals++;
                c |= 0x20;
            }
            else if (c - '0' <= 9)
            {
                digits++;
            }
            else if (c is '\'' or '\u2019' && i + 1 < text.Length && char.IsAsciiLetter(text[i + 1]))
            {
                apostrophe = true;
                c = '\'';
            }
            else if (c < 0x80 || !char.IsLetterOrDigit((char)c))
            {
                break;
            }
            else
            {
                c = char.ToLowerInvariant((char)c);
            }
            h = StyleLexicon.Extend(h, c);
        }
        End = i;
        Capitals = capitals;
        Digits = digits;
        Apostrophe = apostrophe;
        hash = h;
        length = i - Start;
        return length > 0;
    }

    private static bool IsWord(char c) => c < 0x80 ? char.IsAsciiLetterOrDigit(c) : char.IsLetterOrDigit(c);
}
