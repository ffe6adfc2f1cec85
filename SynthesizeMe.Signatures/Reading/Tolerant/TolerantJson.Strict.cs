using System.Buffers;

namespace SynthesizeMe.Signatures;

/// <content>
/// What is JSON already is taken as it stands. Repair guesses at what a quote or a comma means, and in sound JSON whose keys are unusual it could guess wrong.
/// </content>
internal ref partial struct TolerantJson
{
    private static readonly SearchValues<char> ScalarEnds = SearchValues.Create(" \t\r\n,]}");

    /// <summary>Where sound JSON ends that begins with the bracket at a position; -1 when it is not sound.</summary>
    public static int EndOfSound(ReadOnlySpan<char> text, int at)
    {
        var json = new TolerantJson(text, at);
        return json.TryPassStrictly(out _) ? json._at : -1;
    }

    /// <summary>Takes an object or a list that is sound JSON; false, with nothing read, when it is not.</summary>
    private bool TryReadStrictly()
    {
        if (!TryPassStrictly(out int start))
        {
            return false;
        }

        _json.Append(_text[start.._at]);
        return true;
    }

    private bool TryPassStrictly(out int start)
    {
        start = SkipWhiteSpace(_at);
        if (start >= _text.Length || _text[start] is not ('{' or '['))
        {
            return false;
        }

        int at = start;
        ulong objects = 0; // One bit for each open bracket, the innermost lowest: whether it is an object.
        int depth = 0;
        do
        {
            char open = _text[at];
            if (open is '{' or '[')
            {
                if (depth == DeepestNesting)
                {
                    return false;
                }

                depth++;
                objects = (objects << 1) | (open == '{' ? 1ul : 0);
                at = SkipWhiteSpace(at + 1);
                if (at < _text.Length && _text[at] != (open == '{' ? '}' : ']'))
                {
                    if (!TryPassKey(objects, ref at))
                    {
                        return false;
                    }

                    continue;
                }
            }
            else if (!TryPassScalar(ref at))
            {
                return false;
            }

            at = SkipWhiteSpace(at);
            while (depth > 0 && at < _text.Length && _text[at] == ((objects & 1) == 1 ? '}' : ']'))
            {
                depth--;
                objects >>= 1;
                at = depth == 0 ? at + 1 : SkipWhiteSpace(at + 1);
            }

            if (depth > 0)
            {
                if (at >= _text.Length || _text[at] != ',')
                {
                    return false;
                }

                at = SkipWhiteSpace(at + 1);
                if (!TryPassKey(objects, ref at))
                {
                    return false;
                }
            }
        }
        while (depth > 0);

        _at = at;
        return true;
    }

    /// <summary>Passes over a key and its colon where an object is open, and stops at a value.</summary>
    private readonly bool TryPassKey(ulong objects, ref int at)
    {
        if ((objects & 1) == 1)
        {
            if (!TryPassString(ref at))
            {
                return false;
            }

            at = SkipWhiteSpace(at);
            if (at >= _text.Length || _text[at] != ':')
            {
                return false;
            }

            at = SkipWhiteSpace(at + 1);
        }

        return at < _text.Length;
    }

    private readonly bool TryPassScalar(ref int at)
    {
        if (_text[at] == '"')
        {
            return TryPassString(ref at);
        }

        int length = _text[at..].IndexOfAny(ScalarEnds);
        ReadOnlySpan<char> token = length < 0 ? _text[at..] : _text.Slice(at, length);
        at += token.Length;
        return token is "true" or "false" or "null" || IsNumber(token);
    }

    private readonly bool TryPassString(ref int at)
    {
        if (at >= _text.Length || _text[at] != '"')
        {
            return false;
        }

        at++;
        while (at < _text.Length)
        {
            int next = _text[at..].IndexOfAny('"', '\\');
            if (next < 0 || _text.Slice(at, next).ContainsAnyInRange('\0', '\u001F'))
            {
                return false;
            }

            at += next + 1;
            if (_text[at - 1] == '"')
            {
                return true;
            }

            if (!TryPassEscape(ref at))
            {
                return false;
            }
        }

        return false;
    }

    /// <summary>Passes over what follows a backslash; half of a surrogate pair is left to be repaired or refused.</summary>
    private readonly bool TryPassEscape(ref int at)
    {
        if (at >= _text.Length)
        {
            return false;
        }

        if (_text[at] != 'u')
        {
            return _text[at++] is '"' or '\\' or '/' or 'b' or 'f' or 'n' or 'r' or 't';
        }

        if (at + 5 > _text.Length || !IsHex(_text.Slice(at + 1, 4)))
        {
            return false;
        }

        bool half = _text[at + 1] is 'd' or 'D' && _text[at + 2] is not (>= '0' and <= '7');
        if (half && !IsPair(_text[(at - 1)..]))
        {
            return false;
        }

        at += half ? 11 : 5;
        return true;
    }

    private readonly int SkipWhiteSpace(int at)
    {
        int rest = _text[at..].IndexOfAnyExcept(" \t\r\n");
        return rest < 0 ? _text.Length : at + rest;
    }
}
