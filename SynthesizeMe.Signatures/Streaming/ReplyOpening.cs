namespace SynthesizeMe.Signatures;

/// <summary>Finds where the answer begins in a reply that is still being written, and in what layout.</summary>
/// <param name="fields">The fields asked for.</param>
internal sealed class ReplyOpening(FieldDescriptor[] fields)
{
    /// <summary>How many braces are tried that open no answer.</summary>
    private const int MostAttempts = 16;

    /// <summary>Where the answer, or prose before it, begins.</summary>
    private int _start;
    private int _scan;
    private bool _thinks;
    private int _attempts;

    /// <summary>
    /// Where to look for the end of thoughts whose opening tag stood in the prompt: prose stood before the layout, or it is an object, which drafts
    /// are. Negative otherwise.
    /// </summary>
    private int _thoughts = -1;

    /// <summary>The layout and its place; null while nothing tells.</summary>
    public StreamedLayout? Find(ReadOnlySpan<char> reply)
    {
        while (true)
        {
            if (_thinks && !SkipThoughts(reply, ref _scan))
            {
                return null;
            }

            int sign = reply[_scan..].IndexOfAny('[', '{', '<');
            _scan = sign < 0 ? reply.Length : _scan + sign;
            ReadOnlySpan<char> rest = reply[_scan..];
            if (rest.Length < 2 && rest is not "{")
            {
                return null;
            }

            int at = _scan++;
            if (rest.StartsWith("[["))
            {
                return new StreamedMarks(_start, fenced: Opens(reply[_start..at]));
            }

            if (rest[0] == '{' && _attempts++ < MostAttempts)
            {
                _thoughts = at;
                return new StreamedJson(at);
            }

            int close = rest[0] == '<' ? rest[..Math.Min(ReplyTags.LongestName, rest.Length)].IndexOf('>') : 0;
            if (close < 0 && rest.Length < ReplyTags.LongestName)
            {
                _scan = at;
                return null;
            }

            ReadOnlySpan<char> tag = close > 1 ? rest[1..close] : default;
            if (StreamedTags.IndexOf(tag, fields) >= 0)
            {
                Opens(reply[_start..at]);
                return new StreamedTags(at);
            }

            _thinks = Thoughts.IsName(tag, fields);
        }
    }

    /// <summary>Whether what was taken for the answer were thoughts, whose end is here; then it is looked for behind them.</summary>
    public bool EndsThoughts(ReadOnlySpan<char> reply, StreamedLayout layout) =>
        _thoughts >= 0 && (layout is not StreamedJson || layout.HasEnded || layout.HasFailed) && SkipThoughts(reply, ref _thoughts);

    /// <summary>Notes whether prose stands before the layout; true when only a fence does.</summary>
    private bool Opens(ReadOnlySpan<char> before)
    {
        bool fenced = Fences.IsOpening(before);
        _thoughts = fenced || before.IsWhiteSpace() ? -1 : _start;
        return fenced;
    }

    private bool SkipThoughts(ReadOnlySpan<char> reply, ref int from)
    {
        if (!Thoughts.TryFindEnd(reply, ref from, fields))
        {
            return false;
        }

        (_start, _scan, _thoughts, _attempts, _thinks) = (from, from, -1, 0, false);
        return true;
    }
}
