namespace SynthesizeMe.Signatures;

/// <content>Numbers, words and unquoted text.</content>
internal ref partial struct TolerantJson
{
    /// <summary>Reads a word, a number or an unquoted text.</summary>
    private void ReadBare(Context context)
    {
        int start = _at;
        int end = EndOfBare(context);
        _at = end;
        ReadOnlySpan<char> token = _text[start..end].Trim();
        if (end >= _text.Length && context != Context.Root)
        {
            IsCut = true;
            IsCutInScalar = IsCutInside = token is not ("true" or "false" or "null") && (token.Length == end - start || !IsNumber(token));
        }

        if (token is "true" or "false" or "null" || IsNumber(token))
        {
            _json.Append(token);
        }
        else if (token is "True" or "TRUE" or "False" or "FALSE" or "None" or "NULL" or "undefined")
        {
            NoteAt(RepairKind.Literal, start);
            _json.Append(token is "True" or "TRUE" ? "true" : token is "False" or "FALSE" ? "false" : "null");
        }
        else
        {
            NoteAt(RepairKind.UnquotedText, start);
            WriteString(token);
        }
    }

    private readonly int EndOfBare(Context context)
    {
        for (int i = _at; i < _text.Length; i++)
        {
            switch (_text[i])
            {
                case '\n':
                    int next = Ahead(i + 1);
                    if (context != Context.Member || MemberFollows(next))
                    {
                        return i;
                    }

                    i = next - 1;
                    break;
                case '}' when context != Context.Root:
                case ']' when context != Context.Root:
                case ')' when _call:
                    return i;
                case ',' or '，' when context == Context.Item || (context == Context.Member && (MemberFollows(i + 1) || ObjectFollowsNumber(i))):
                    return i;
                case ' ' or '\t' when context == Context.Member && QuotedKeyFollows(i + 1):
                    return i;
                case '/' when i + 1 < _text.Length && _text[i + 1] is '/' or '*' && (i == _at || char.IsWhiteSpace(_text[i - 1]) || IsNumber(_text[_at..i])):
                    return i;
                case '#' when i > _at && char.IsWhiteSpace(_text[i - 1]):
                    return i;
            }
        }

        return _text.Length;
    }

    /// <summary>Whether the next object of a list follows, and this one is not closed.</summary>
    private readonly bool ObjectFollowsNumber(int comma) =>
        Ahead(comma + 1) is var next && next < _text.Length && _text[next] == '{' && IsNumber(_text[_at..comma]);

    /// <summary>Whether a key in quotes stands right here: a comma is missing before it.</summary>
    private readonly bool QuotedKeyFollows(int at) => at < _text.Length && IsQuote(_text[at]) && KeyFollows(at);

    private static bool IsNumber(ReadOnlySpan<char> token)
    {
        int i = token.StartsWith('-') ? 1 : 0;
        int whole = Digits(token, ref i);
        if (whole == 0 || (whole > 1 && token[i - whole] == '0'))
        {
            return false;
        }

        if (i < token.Length && token[i] == '.')
        {
            i++;
            if (Digits(token, ref i) == 0)
            {
                return false;
            }
        }

        if (i < token.Length && token[i] is 'e' or 'E')
        {
            i++;
            if (i < token.Length && token[i] is '+' or '-')
            {
                i++;
            }

            if (Digits(token, ref i) == 0)
            {
                return false;
            }
        }

        return i == token.Length;
    }

    private static int Digits(ReadOnlySpan<char> token, ref int i)
    {
        int start = i;
        while (i < token.Length && char.IsAsciiDigit(token[i]))
        {
            i++;
        }

        return i - start;
    }
}
