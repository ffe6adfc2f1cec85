using System.Buffers;
using System.Globalization;
using System.Text.Json;

namespace SynthesizeMe.Signatures;

/// <summary>Follows the members of a JSON object, as long as it is written without faults.</summary>
/// <param name="start">Where its brace stands.</param>
/// <remarks>A value counts when a member or the end follows it: a quote within a text could be taken for its end.</remarks>
internal sealed class StreamedJson(int start) : StreamedLayout
{
    private const int LongestKey = 200;

    private static readonly SearchValues<char> InText = SearchValues.Create("\"\\");
    private static readonly SearchValues<char> InNested = SearchValues.Create("\"[]{}");
    private static readonly SearchValues<char> AfterBare = SearchValues.Create(",}] \t\r\n");

    private State _state = State.Member;
    private int _at = start + 1;

    /// <summary>The field whose value is read, or was and waits for what follows it.</summary>
    private int _field = -1;

    /// <summary>The field whose key was read.</summary>
    private int _next = -1;

    /// <summary>Where the value stands.</summary>
    private int _value;
    private int _end;
    private int _depth;
    private bool _inString;

    private enum State
    {
        Member,
        Colon,
        Value,
        Text,
        Whole,
        After,
    }

    public override int Read(ReadOnlySpan<char> reply, FieldSink sink)
    {
        while (Step(reply, sink) && !HasFailed)
        {
        }

        return reply.Length;
    }

    /// <summary>Reads the next part; false when it is not all there yet.</summary>
    private bool Step(ReadOnlySpan<char> reply, FieldSink sink)
    {
        while (_state is not (State.Text or State.Whole) && _at < reply.Length && reply[_at] is ' ' or '\t' or '\r' or '\n')
        {
            _at++;
        }

        if (_at >= reply.Length)
        {
            return false;
        }

        switch (_state)
        {
            case State.Member:
                return reply[_at] == '}' ? Finish(reply, sink) : ReadKey(reply, sink);
            case State.Colon when reply[_at] == ':':
                Settle(reply, sink);
                _field = _next;
                return Expect(true, State.Value);
            case State.Colon:
                return Expect(false, State.Colon);
            case State.Value:
                Begin(reply, sink);
                return true;
            case State.Text:
                return ReadText(reply, sink);
            case State.Whole:
                return ReadWhole(reply);
            default:
                return reply[_at] == '}' ? Finish(reply, sink) : Expect(reply[_at] == ',', State.Member);
        }
    }

    private bool Expect(bool found, State then)
    {
        HasFailed = !found;
        _at++;
        _state = then;
        return found;
    }

    private bool Finish(ReadOnlySpan<char> reply, FieldSink sink)
    {
        Settle(reply, sink);
        HasEnded = true;
        return false;
    }

    private bool ReadKey(ReadOnlySpan<char> reply, FieldSink sink)
    {
        ReadOnlySpan<char> rest = reply[_at..];
        int end = rest[1..].IndexOfAny(InText);
        if (rest[0] != '"' || (end >= 0 && rest[end + 1] == '\\') || (end < 0 && rest.Length > LongestKey))
        {
            HasFailed = true;
            return false;
        }

        if (end >= 0)
        {
            _next = FieldNames.IndexOf(sink.Fields, rest.Slice(1, end));
            _at += end + 2;
            _state = State.Colon;
        }

        return end >= 0;
    }

    private void Begin(ReadOnlySpan<char> reply, FieldSink sink)
    {
        _value = _at;
        _end = 0;
        _depth = 0;
        _inString = false;
        bool grows = reply[_at] == '"' && _field >= 0 && sink.Grows(_field);
        _at += grows ? 1 : 0;
        _state = grows ? State.Text : State.Whole;
    }

    /// <summary>Passes on a text as it comes.</summary>
    private bool ReadText(ReadOnlySpan<char> reply, FieldSink sink)
    {
        ReadOnlySpan<char> rest = reply[_at..];
        int stop = rest.IndexOfAny(InText);
        ReadOnlySpan<char> plain = stop < 0 ? rest : rest[..stop];
        if (!plain.IsEmpty)
        {
            sink.Append(_field, plain);
            _at += plain.Length;
            return stop >= 0;
        }

        if (rest[0] == '"')
        {
            _at++;
            _state = State.After;
            return true;
        }

        int length = rest.Length < 2 ? 2 : rest[1] == 'u' ? 6 : 2;
        if (rest.Length < length)
        {
            return false;
        }

        if (Decode(rest[1..length]) is not { } c)
        {
            HasFailed = true;
            return false;
        }

        sink.Append(_field, [c]);
        _at += length;
        return true;
    }

    private static char? Decode(ReadOnlySpan<char> escape) => escape[0] switch
    {
        '"' or '\\' or '/' => escape[0],
        'n' => '\n',
        't' => '\t',
        'r' => '\r',
        'b' => '\b',
        'f' => '\f',
        'u' when ushort.TryParse(escape[1..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ushort code) => (char)code,
        _ => null,
    };

    /// <summary>Goes behind a value that counts only as a whole.</summary>
    private bool ReadWhole(ReadOnlySpan<char> reply)
    {
        while (_at < reply.Length)
        {
            ReadOnlySpan<char> rest = reply[_at..];
            bool isBare = !_inString && _depth == 0 && rest[0] is not ('"' or '[' or '{');
            int stop = rest.IndexOfAny(_inString ? InText : isBare ? AfterBare : InNested);
            if (stop < 0)
            {
                _at = reply.Length;
                return false;
            }

            char c = rest[stop];
            if (isBare)
            {
                _at += stop;
                HasFailed = _at == _value;
            }
            else if (_inString && c == '\\')
            {
                _at += stop + 2; // Perhaps behind what is there.
                continue;
            }
            else
            {
                _at += stop + 1;
                _inString = c == '"' && !_inString;
                _depth += c is '[' or '{' ? 1 : c is ']' or '}' ? -1 : 0;
                if (_inString || _depth > 0)
                {
                    continue;
                }
            }

            _end = _at;
            _state = State.After;
            return true;
        }

        return false;
    }

    /// <summary>Passes on the end of the value before, now that it is known to be one.</summary>
    private void Settle(ReadOnlySpan<char> reply, FieldSink sink)
    {
        if (_field < 0)
        {
            return;
        }

        if (_end == 0)
        {
            sink.CompleteText(_field);
            return;
        }

        ReadOnlySpan<char> value = reply[_value.._end];
        if (value is "null" || (value[0] is '[' or '{' && sink.Grows(_field)))
        {
            return;
        }

        if (value[0] != '"')
        {
            sink.Complete(_field, value);
        }
        else if (TryDecode(value, out string text))
        {
            sink.Complete(_field, text);
        }
        else
        {
            HasFailed = true;
        }
    }

    private static bool TryDecode(ReadOnlySpan<char> json, out string text)
    {
        text = json[1..^1].ToString();
        if (!json.Contains('\\'))
        {
            return true;
        }

        try
        {
            using JsonDocument document = JsonDocument.Parse(json.ToString());
            text = document.RootElement.GetString()!;
            return true;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return false; // Only the whole reply tells what was meant.
        }
    }
}
