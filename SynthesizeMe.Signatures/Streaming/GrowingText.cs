namespace SynthesizeMe.Signatures;

/// <summary>Text that only grows, and from which the escapes of section markers are taken as it does.</summary>
internal sealed class GrowingText
{
    private char[] _text = new char[256];
    private int _length;
    private int _known;

    /// <summary>How much of the text is certain: an escape may have begun after it.</summary>
    private int _certain;

    /// <summary>How much has to be undecided before it is looked at again.</summary>
    private int _next;

    public bool IsComplete { get; private set; }

    /// <summary>Whether there is something that was not taken yet.</summary>
    public bool HasNews { get; private set; } = true;

    /// <summary>Whether what was taken last had something new.</summary>
    public bool HasAdded { get; private set; }

    public void Append(ReadOnlySpan<char> text)
    {
        if (_length + text.Length > _text.Length)
        {
            Array.Resize(ref _text, Math.Max(_text.Length * 2, _length + text.Length));
        }

        text.CopyTo(_text.AsSpan(_length));
        _length += text.Length;
        HasNews |= Settle(isEnd: false);
    }

    public void Complete()
    {
        Settle(isEnd: true);
        IsComplete = true;
        HasNews = true;
    }

    /// <summary>The text, and what was added since the last time.</summary>
    public PartialText Take()
    {
        var taken = new PartialText(_text.AsMemory(0, _certain), _known, IsComplete);
        HasAdded = _certain > _known;
        HasNews = false;
        _known = _certain;
        return taken;
    }

    /// <summary>Moves what is certain by now to the end of the text, without its escapes.</summary>
    private bool Settle(bool isEnd)
    {
        int undecided = _length - _certain;
        if (!isEnd && undecided < _next)
        {
            return false;
        }

        int before = _certain;
        ReadOnlySpan<char> rest = _text.AsSpan(_certain, undecided);
        while (!rest.IsEmpty)
        {
            int open = rest.IndexOf('[');
            int plain = open < 0 ? rest.Length : open;
            if (plain > 0)
            {
                Keep(rest[..plain]);
                rest = rest[plain..];
                continue;
            }

            switch (SectionMarker.ReadEscape(rest, isEnd))
            {
                case true:
                    Keep("[[");
                    rest = rest[3..];
                    break;
                case false:
                    Keep("[");
                    rest = rest[1..];
                    break;
                default:
                    rest.CopyTo(_text.AsSpan(_certain));
                    _length = _certain + rest.Length;
                    _next = StreamedLayout.NextLook(rest.Length);
                    return _certain > before;
            }
        }

        _length = _certain;
        _next = 0;
        return _certain > before;
    }

    private void Keep(ReadOnlySpan<char> text)
    {
        text.CopyTo(_text.AsSpan(_certain));
        _certain += text.Length;
    }
}
