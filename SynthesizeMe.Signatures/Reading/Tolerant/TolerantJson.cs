using System.Text.Json;

namespace SynthesizeMe.Signatures;

/// <summary>
/// Reads JSON as models write it and writes JSON as it should be: one value, from one pass over the text.
/// Unquoted, single-quoted, smart-quoted and triple-quoted strings, inner quotes, raw line breaks, comments, missing, trailing and doubled commas,
/// missing colons and missing closers are repaired, and each repair is listed. What is nested deeper than <see cref="DeepestNesting"/> is refused.
/// </summary>
internal ref partial struct TolerantJson
{
    public const int DeepestNesting = 48;

    /// <summary>How the JSON that is written here is parsed.</summary>
    public static readonly JsonDocumentOptions Options = new() { MaxDepth = DeepestNesting + 2 };

    private readonly ReadOnlySpan<char> _text;
    private TextBuffer _json;
    private readonly string _field = "";
    private readonly int _offset;
    private List<Repair>? _repairs;
    private int _at;
    private bool _call;
    private bool _equals;
    private int _listEndedByKey;

    /// <param name="text">The text.</param>
    /// <param name="start">Where the value begins in it.</param>
    /// <param name="repairs">What was repaired so far.</param>
    /// <param name="field">The field that repairs are listed with.</param>
    /// <param name="offset">Where the text begins in the reply.</param>
    public TolerantJson(ReadOnlySpan<char> text, int start, List<Repair>? repairs, string field = "", int offset = 0)
    {
        _field = field;
        _offset = offset;
        _text = text;
        _at = start;
        _json = new TextBuffer(text.Length - start + 64);
        _repairs = repairs;
    }

    private TolerantJson(ReadOnlySpan<char> text, int start)
    {
        _text = text;
        _at = start;
    }

    /// <summary>Where reading stopped.</summary>
    public readonly int Position => _at;

    /// <summary>The value as strict JSON.</summary>
    public readonly ReadOnlyMemory<char> Json => _json.Memory;

    public readonly List<Repair>? Repairs => _repairs;

    /// <summary>Whether the text ended within the value.</summary>
    public bool IsCut { get; private set; }

    /// <summary>Whether the text ended within a string, a number or a word, so that its last scalar may be incomplete.</summary>
    public bool IsCutInScalar { get; private set; }

    /// <summary>Whether the text ended within the last member's value: in a scalar, a list or an inner object.</summary>
    public bool IsCutInside { get; private set; }

    /// <summary>Whether an escape names half of a surrogate pair.</summary>
    public bool HasHalfSurrogate { get; private set; }

    public void Return() => _json.Return();

    /// <summary>Reads one value; false when there is none, or it is nested too deeply.</summary>
    public bool TryRead() => TryReadStrictly() || TryReadValue(0, Context.Root);

    /// <summary>Reads the members of an object whose opening brace is missing, or the arguments of a call that makes it.</summary>
    public bool TryReadMembers(bool call)
    {
        _call = _equals = call;
        Note(call ? RepairKind.Wrapper : RepairKind.MissingOpener);
        return TryReadObject(1, inList: false);
    }

    private bool TryReadValue(int depth, Context context)
    {
        SkipBlanks();
        if (_at >= _text.Length)
        {
            IsCut = true;
            return false;
        }

        char c = _text[_at];
        switch (c)
        {
            case '{':
                _at++;
                return depth < DeepestNesting && TryReadObject(depth + 1, context == Context.Item);
            case '[':
                _at++;
                return depth < DeepestNesting && TryReadArray(depth + 1, context == Context.Member);
            case '"' or '\'' or '`' or '“' or '‘' or '«' or '„':
                ReadString(context);
                return true;
            default:
                ReadBare(context);
                return true;
        }
    }

    private bool TryReadObject(int depth, bool inList)
    {
        _json.Append('{');
        bool first = true;
        while (true)
        {
            SkipSeparators(first);
            if (_at >= _text.Length)
            {
                CloseCut(inside: depth > 1);
                break;
            }

            char c = _text[_at];
            if (c == '}' || (c == ')' && _call && depth == 1))
            {
                _at++;
                break;
            }

            if (c == ']' || (c == '{' && inList && !first) || FenceFollows(_at))
            {
                Note(RepairKind.MissingCloser); // What is around this object goes on: the object is over.
                if (c == ']' && _listEndedByKey == depth)
                {
                    return false; // The list that a key seemed to end was not over.
                }

                break;
            }

            int before = _json.Length;
            if (!first)
            {
                _json.Append(',');
            }

            if (!TryReadMember(depth))
            {
                if (!IsCut)
                {
                    return false;
                }

                _json.Truncate(before);
                CloseCut(inside: depth > 1);
                break;
            }

            first = false;
        }

        _json.Append('}');
        return true;
    }

    private bool TryReadMember(int depth)
    {
        if (!TryReadKey())
        {
            return false;
        }

        _json.Append(':');
        SkipBlanks();
        bool separated = _at < _text.Length && _text[_at] is ':' or '=' or '：';
        if (separated)
        {
            _equals |= _text[_at] == '=';
            if (_text[_at] != ':')
            {
                Note(RepairKind.Separator);
            }

            _at++;
            if (_at < _text.Length && _text[_at] == '>')
            {
                _at++;
            }
        }
        else if (_at < _text.Length)
        {
            Note(RepairKind.Separator);
        }

        SkipBlanks();
        if (_at < _text.Length && _text[_at] is ',' or '}')
        {
            if (!separated)
            {
                return false; // A word in braces, not a key.
            }

            Note(RepairKind.MissingValue);
            _json.Append("null");
            return true;
        }

        return TryReadValue(depth, Context.Member);
    }

    private bool TryReadKey()
    {
        char c = _text[_at];
        if (c is '"' or '\'' or '`' or '“' or '‘' or '«' or '„')
        {
            ReadString(Context.Key);
            return _at < _text.Length;
        }

        int start = _at;
        while (_at < _text.Length && (char.IsLetterOrDigit(_text[_at]) || _text[_at] is '_' or '-' or '.' or '$' or ' '))
        {
            _at++;
        }

        ReadOnlySpan<char> key = _text[start.._at].Trim();
        if (key.IsEmpty || _at >= _text.Length)
        {
            IsCut |= _at >= _text.Length;
            return false;
        }

        NoteAt(RepairKind.UnquotedText, start);
        WriteString(key);
        return true;
    }

    private bool TryReadArray(int depth, bool inObject)
    {
        _json.Append('[');
        bool first = true;
        while (true)
        {
            SkipSeparators(first);
            if (_at >= _text.Length)
            {
                CloseCut(inside: true);
                break;
            }

            char c = _text[_at];
            if (c == ']')
            {
                _at++;
                break;
            }

            if (c == '}' || FenceFollows(_at))
            {
                Note(RepairKind.MissingCloser);
                break;
            }

            if (inObject && !first && IsQuote(c) && KeyFollows(_at))
            {
                Note(RepairKind.MissingCloser); // The object's next key.
                _listEndedByKey = depth - 1;
                break;
            }

            int before = _json.Length;
            if (!first)
            {
                _json.Append(',');
            }

            if (!TryReadValue(depth, Context.Item))
            {
                if (!IsCut)
                {
                    return false;
                }

                _json.Truncate(before);
                CloseCut(inside: true);
                break;
            }

            first = false;
        }

        _json.Append(']');
        return true;
    }

    private void CloseCut(bool inside)
    {
        IsCut = true;
        IsCutInside |= inside;
        Note(RepairKind.MissingCloser);
    }

    /// <summary>Passes over commas between members; more or fewer than one is a repair.</summary>
    private void SkipSeparators(bool first)
    {
        SkipBlanks();
        int commas = 0;
        while (_at < _text.Length && _text[_at] is ',' or ';' or '，' or '；')
        {
            commas++;
            _at++;
            SkipBlanks();
        }

        bool ends = _at >= _text.Length || _text[_at] is '}' or ']' || (_call && _text[_at] == ')');
        int wanted = first || ends ? 0 : 1;
        if (commas != wanted && !(ends && _at >= _text.Length))
        {
            Note(RepairKind.Separator);
        }
    }

    /// <summary>Passes over white space and comments.</summary>
    private void SkipBlanks()
    {
        while (_at < _text.Length)
        {
            char c = _text[_at];
            if (Words.IsBlank(c))
            {
                _at++;
            }
            else if (c == '#' || (c == '/' && _at + 1 < _text.Length && _text[_at + 1] == '/'))
            {
                Note(RepairKind.Comment);
                int end = _text[_at..].IndexOf('\n');
                _at = end < 0 ? _text.Length : _at + end;
            }
            else if (c == '/' && _at + 1 < _text.Length && _text[_at + 1] == '*')
            {
                Note(RepairKind.Comment);
                int end = _text[(_at + 2)..].IndexOf("*/");
                _at = end < 0 ? _text.Length : _at + 2 + end + 2;
            }
            else
            {
                return;
            }
        }
    }

    private void Note(RepairKind kind) => NoteAt(kind, _at);

    private void NoteOnce(RepairKind kind)
    {
        if (_repairs is not { Count: > 0 } || _repairs[^1].Kind != kind)
        {
            Note(kind);
        }
    }

    private void NoteAt(RepairKind kind, int position)
    {
        const int many = 64;
        _repairs ??= [];
        if (_repairs.Count == many)
        {
            _repairs.EnsureCapacity(_text.Length / 8); // A long list of the same faults: about one in so many characters.
        }

        _repairs.Add(new Repair(kind, _field, position + _offset));
    }

    private enum Context
    {
        Root,
        Key,
        Member,
        Item,
    }
}
