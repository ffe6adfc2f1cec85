using System.Buffers;

namespace SynthesizeMe.Signatures;

/// <content>Quoted text: where it ends, and what in it has to be escaped.</content>
internal ref partial struct TolerantJson
{
    private static readonly SearchValues<char> Straight = SearchValues.Create("\"\\\n\r\t");
    private static readonly SearchValues<char> Single = SearchValues.Create("'\"\\\n\r\t");
    private static readonly SearchValues<char> Ticked = SearchValues.Create("`\"\\\n\r\t");
    private static readonly SearchValues<char> SmartSingle = SearchValues.Create("’‘'\"\\\n\r\t");
    private static readonly SearchValues<char> Angled = SearchValues.Create("»\"\\\n\r\t");
    private static readonly SearchValues<char> Smart = SearchValues.Create("”“\"\\\n\r\t");

    private void ReadString(Context context)
    {
        int start = _at;
        char open = _text[_at];
        if (open is '"' or '\'' or '`' && _text[_at..].StartsWith([open, open, open]))
        {
            ReadTriple(open, start);
            return;
        }

        if (open != '"')
        {
            NoteAt(RepairKind.Quotes, start);
        }

        _at++;
        _json.Append('"');
        bool inner = false;
        SearchValues<char> stops = open switch
        {
            '"' => Straight,
            '\'' => Single,
            '`' => Ticked,
            '‘' => SmartSingle,
            '«' => Angled,
            _ => Smart,
        };
        while (true)
        {
            int next = _text[_at..].IndexOfAny(stops);
            if (next < 0)
            {
                WriteText(_text[_at..]);
                _at = _text.Length;
                IsCut = IsCutInScalar = IsCutInside = true;
                NoteAt(RepairKind.MissingCloser, start);
                break;
            }

            WriteText(_text.Slice(_at, next));
            _at += next;
            char c = _text[_at];
            if (c == '\\')
            {
                ReadEscape();
            }
            else if (c is '\n' or '\r' or '\t')
            {
                NoteOnce(RepairKind.RawLineBreak);
                _json.Append(c switch { '\n' => "\\n", '\r' => "\\r", _ => "\\t" });
                _at++;
            }
            else if (Closes(open, c) && EndsString(_at + 1, context, open))
            {
                _at++;
                break;
            }
            else if (!inner && context == Context.Member && IsQuote(c) && OpensNextMember(start))
            {
                break;
            }
            else
            {
                if (Closes(open, c))
                {
                    inner = true;
                    NoteAt(RepairKind.Quotes, _at);
                }

                _json.Append(c == '"' ? "\\\"" : [c]);
                _at++;
            }
        }

        _json.Append('"');
    }

    private void ReadTriple(char quote, int start)
    {
        NoteAt(RepairKind.Quotes, start);
        _at += 3;
        int end = _text[_at..].IndexOf([quote, quote, quote]);
        ReadOnlySpan<char> body = end < 0 ? _text[_at..] : _text.Slice(_at, end);
        if (end < 0)
        {
            IsCut = IsCutInScalar = IsCutInside = true;
            NoteAt(RepairKind.MissingCloser, start);
        }

        WriteString(body);
        _at += body.Length + (end < 0 ? 0 : 3);
    }

    private void ReadEscape()
    {
        if (_at + 1 >= _text.Length)
        {
            _json.Append("\\\\");
            _at++;
            return;
        }

        char c = _text[_at + 1];
        if (c is '"' or '\\' or '/' or 'b' or 'f' or 'n' or 'r' or 't')
        {
            _json.Append(_text.Slice(_at, 2));
            _at += 2;
        }
        else if (c == 'u' && _at + 6 <= _text.Length && IsHex(_text.Slice(_at + 2, 4)))
        {
            int length = IsPair(_text[_at..]) ? 12 : 6;
            HasHalfSurrogate |= length == 6 && _text[_at + 2] is 'd' or 'D' && _text[_at + 3] is not (>= '0' and <= '7');
            _json.Append(_text.Slice(_at, length));
            _at += length;
        }
        else if (c is '\'' or '`')
        {
            NoteAt(RepairKind.Escape, _at);
            _json.Append(c);
            _at += 2;
        }
        else
        {
            NoteAt(RepairKind.Escape, _at); // A backslash that escapes nothing is meant as one.
            _json.Append("\\\\");
            _at++;
        }
    }

    /// <summary>Whether the escapes of both halves of a surrogate pair stand here.</summary>
    private static bool IsPair(ReadOnlySpan<char> text) =>
        text is ['\\', 'u', 'd' or 'D', '8' or '9' or 'a' or 'b' or 'A' or 'B', _, _, '\\', 'u', 'd' or 'D', 'c' or 'd' or 'e' or 'f' or 'C' or 'D' or 'E' or 'F', _, _, ..]
        && IsHex(text.Slice(8, 4));

    private static bool IsHex(ReadOnlySpan<char> text)
    {
        foreach (char c in text)
        {
            if (!char.IsAsciiHexDigit(c))
            {
                return false;
            }
        }

        return true;
    }

    private static bool Closes(char open, char c) => open switch
    {
        '"' or '\'' or '`' => c == open,
        '‘' => c is '’' or '\'',
        '«' => c == '»',
        _ => c is '”' or '“' or '"',
    };

    /// <summary>Whether what follows a quote shows that the string is over there, and that the quote is not one within it.</summary>
    private readonly bool EndsString(int at, Context context, char open)
    {
        int next = Ahead(at);
        if (next >= _text.Length)
        {
            return true;
        }

        char c = _text[next];
        return context switch
        {
            Context.Key => c is ':' or '=' or '：' || StartsValue(next),
            Context.Root => true,
            Context.Item => c == ']' || (c is ',' or '，' && ItemFollows(next + 1)) || (c == '}' && CloserFollows(next, open)) || (next > at && (IsQuote(c) || CommentFollows(next))),
            _ => (c == '}' && CloserFollows(next, open)) || c == ']' || (c == ')' && _call)
                || (c is ',' or '，' && MemberFollows(next + 1))
                || (c is ';' or '；' && Ahead(next + 1) is var after && after < _text.Length && KeyFollows(after))
                || CommentFollows(next)
                || ((next > at || IsQuote(c)) && KeyFollows(next)),
        };
    }

    /// <summary>
    /// Whether the quote here opens the object's next key, so that the string was over at the comma before it, and its own closing quote is missing.
    /// What was written of the comma is taken back.
    /// </summary>
    private bool OpensNextMember(int start)
    {
        int comma = _at - 1;
        int written = 0;
        while (comma > start && Words.IsBlank(_text[comma]))
        {
            written += _text[comma] is '\n' or '\r' or '\t' ? 2 : 1;
            comma--;
        }

        if (comma == start || _text[comma] != ',' || _at - comma > 80 || !KeyFollows(_at))
        {
            return false;
        }

        int value = Ahead(_at + _text[_at..].IndexOf(':') + 1);
        if (value >= _text.Length || !(StartsValue(value) || char.IsAsciiDigit(_text[value])))
        {
            return false;
        }

        NoteAt(RepairKind.MissingCloser, comma);
        _json.Truncate(_json.Length - written - 1);
        _at = comma;
        return true;
    }

    /// <summary>Whether a brace closes an object, and is not one within a string of these quotes.</summary>
    private readonly bool CloserFollows(int at, char open)
    {
        int next = Ahead(at + 1);
        return next >= _text.Length || !Closes(open, _text[next]) || FenceFollows(next) || KeyFollows(next);
    }

    private readonly bool CommentFollows(int at) =>
        _text[at] == '#' || (_text[at] == '/' && at + 1 < _text.Length && _text[at + 1] is '/' or '*');

    private readonly bool FenceFollows(int at) => _text[at] is '`' or '~' && _text[at..].StartsWith([_text[at], _text[at], _text[at]]);

    private readonly bool MemberFollows(int at)
    {
        int next = Ahead(at);
        return next >= _text.Length || _text[next] is '}' or ']' or ',' or '/' or '#' || (_call && _text[next] == ')') || FenceFollows(next) || KeyFollows(next);
    }

    private readonly bool ItemFollows(int at)
    {
        int next = Ahead(at);
        return next >= _text.Length || _text[next] is ']' or '{' or '[' or ',' or '-' or '/' or '#' || IsQuote(_text[next]) || char.IsAsciiDigit(_text[next]) || StartsValue(next);
    }

    private readonly bool StartsValue(int at) =>
        IsQuote(_text[at]) || _text[at] is '{' or '[' || _text[at..].StartsWith("true") || _text[at..].StartsWith("false") || _text[at..].StartsWith("null");

    /// <summary>Whether a key and a colon stand here.</summary>
    private readonly bool KeyFollows(int at) => KeyFollows(_text[at..], _equals);

    private static bool KeyFollows(ReadOnlySpan<char> rest, bool equals)
    {
        const int longestKey = 80;
        rest = rest[..Math.Min(longestKey, rest.Length)];
        bool quoted = IsQuote(rest[0]);
        int i = quoted ? 1 : 0;
        int letters = i;
        while (i < rest.Length && (char.IsLetterOrDigit(rest[i]) || rest[i] is '_' or '-' or '$' || (quoted && rest[i] is ' ' or '.' or '*' or '\\')))
        {
            i++;
        }

        if (i == letters)
        {
            return false;
        }

        if (quoted)
        {
            if (i >= rest.Length || !IsQuote(rest[i]))
            {
                return false;
            }

            i++;
        }

        while (i < rest.Length && rest[i] is ' ' or '\t')
        {
            i++;
        }

        return i < rest.Length && (rest[i] is ':' or '：' || (rest[i] == '=' && (quoted || equals)));
    }

    /// <summary>The quoted key that stands at a position, with a colon after it; empty when there is none.</summary>
    public static ReadOnlySpan<char> KeyAt(ReadOnlySpan<char> text, int at)
    {
        ReadOnlySpan<char> rest = text[at..];
        if (!KeyFollows(rest, equals: false))
        {
            return default;
        }

        int end = 1;
        while (!IsQuote(rest[end]))
        {
            end++;
        }

        return rest[1..end];
    }

    private readonly int Ahead(int at)
    {
        while (at < _text.Length && Words.IsBlank(_text[at]))
        {
            at++;
        }

        return at;
    }

    private static bool IsQuote(char c) => c is '"' or '\'' or '`' || (c > '\u0080' && c is '“' or '”' or '‘' or '’' or '«' or '»' or '„');

    private void WriteString(scoped ReadOnlySpan<char> text)
    {
        _json.Append('"');
        if (!text.ContainsAny('"', '\\') && !text.ContainsAnyInRange('\0', '\u001F'))
        {
            _json.Append(text);
            _json.Append('"');
            return;
        }

        foreach (char c in text)
        {
            switch (c)
            {
                case '"' or '\\':
                    _json.Append('\\');
                    _json.Append(c);
                    break;
                case '\n':
                    _json.Append("\\n");
                    break;
                default:
                    WriteText([c]);
                    break;
            }
        }

        _json.Append('"');
    }

    /// <summary>Writes text that has no quote and no backslash; other control characters become escapes.</summary>
    private void WriteText(scoped ReadOnlySpan<char> text)
    {
        int control = text.IndexOfAnyInRange('\0', '\u001F');
        if (control < 0)
        {
            _json.Append(text);
            return;
        }

        foreach (char c in text)
        {
            if (c < ' ')
            {
                _json.Append("\\u00");
                _json.Append("0123456789abcdef"[c >> 4]);
                _json.Append("0123456789abcdef"[c & 15]);
            }
            else
            {
                _json.Append(c);
            }
        }
    }
}
