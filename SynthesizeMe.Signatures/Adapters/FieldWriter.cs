using System.Buffers;
using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace SynthesizeMe.Signatures;

/// <summary>The constant text around the fields of a message.</summary>
internal sealed class FieldFrame(FieldStyle style, string signature, ImmutableArray<FieldDescriptor> fields)
{
    private readonly string[] _headers = [.. fields.Select(f => style.Header(f.Name))];
    private readonly string[] _footers = [.. fields.Select(f => style.Footer(f.Name))];

    public FieldStyle Style { get; } = style;

    public string Header(int field) => _headers[field];

    public string Footer(int field) => _footers[field];

    /// <summary>Says that a field is null whose type is not nullable.</summary>
    public ArgumentException Null(int field) => JsonShape.Unwritable(signature, JsonShape.Null(fields[field].Name));

    /// <summary>Says what in a field cannot be written.</summary>
    public ArgumentException Unwritable(int field, JsonShapeException problem) => JsonShape.Unwritable(signature, JsonShape.Within(fields[field].Name, problem));
}

/// <summary>
/// Writes the fields of a signature into a rented buffer, one after the other. Generated code is its caller, and writes no field that is null and may be;
/// of another it is told that it must not be.
/// </summary>
public ref struct FieldWriter
{
    private static readonly SearchValues<char> XmlSigns = SearchValues.Create("&<");

    private readonly FieldFrame _frame;
    private readonly bool _isExample;
    private TextBuffer _buffer;
    private PlacedContents? _contents;

    internal FieldWriter(int capacity, FieldFrame frame, bool isExample = false)
    {
        _frame = frame;
        _isExample = isExample;
        _buffer = new TextBuffer(capacity);
    }

    /// <summary>Whether a demonstration is written.</summary>
    public readonly bool IsExample => _isExample;

    /// <summary>The conversation that goes before the message, as messages of its own.</summary>
    internal Conversation? History { get; private set; }

    /// <summary>Writes a text field.</summary>
    /// <exception cref="ArgumentException">It is null; the message names it.</exception>
    public void Text(int field, string value)
    {
        if (value is null)
        {
            throw _frame.Null(field);
        }

        Open(field);
        Encode(value);
        Close(field);
    }

    /// <summary>Writes a field as <c>true</c> or <c>false</c>.</summary>
    public void Boolean(int field, bool value)
    {
        Open(field);
        Append(value ? "true" : "false");
        Close(field);
    }

    /// <summary>Writes a number in invariant notation.</summary>
    public void Number<T>(int field, T value)
        where T : ISpanFormattable
    {
        Open(field);
        _buffer.AppendNumber(value);
        Close(field);
    }

    /// <summary>Writes a conversation, each turn indented under its speaker.</summary>
    /// <exception cref="ArgumentException">It is null; the message names it.</exception>
    public void Conversation(int field, Conversation value)
    {
        if (value is null)
        {
            throw _frame.Null(field);
        }

        if (value.HasContents)
        {
            Open(field);
            EncodeAround(PlacedContents.Of(value.ToParts(), out string text), text);
            Close(field);
        }
        else if (_frame.Style.Encoding != FieldEncoding.Marked)
        {
            Text(field, value.ToString());
        }
        else
        {
            Open(field);
            int start = _buffer.Length;
            value.WriteTo(ref _buffer);
            if (SectionMarker.NextEscape(_buffer.Text, start, 0) >= 0)
            {
                string plain = _buffer.Text[start..].ToString();
                _buffer.Truncate(start);
                Encode(plain);
            }

            Close(field);
        }
    }

    /// <summary>Writes a conversation that is sent as messages; in a demonstration it is text.</summary>
    public void Turns(int field, Conversation? value)
    {
        if (_isExample && value is not null)
        {
            Conversation(field, value);
        }
        else
        {
            History = value;
        }
    }

    /// <summary>Writes an image, audio or a file as a part of its own, in the place of the field.</summary>
    /// <exception cref="ArgumentException">It is null; the message names it.</exception>
    public void Content(int field, AIContent value)
    {
        if (value is null)
        {
            throw _frame.Null(field);
        }

        Open(field);
        Place(value);
        Close(field);
    }

    /// <summary>Writes images, audio or files as parts of their own, each under its number.</summary>
    /// <exception cref="ArgumentException">The list is null; the message names it.</exception>
    public void Contents(int field, IEnumerable<AIContent> values)
    {
        if (values is null)
        {
            throw _frame.Null(field);
        }

        Open(field);
        int number = 0;
        foreach (AIContent value in values)
        {
            Append(number == 0 ? "Item " : "\nItem ");
            _buffer.AppendNumber(++number);
            Append(":\n");
            Place(value);
        }

        Append(number == 0 ? "none" : "");
        Close(field);
    }

    /// <summary>Writes a list or a record as JSON.</summary>
    /// <exception cref="ArgumentException">It is null, or a text in it is; the message names it.</exception>
    public void Json<T>(int field, T value, Action<Utf8JsonWriter, T> write)
    {
        ArgumentNullException.ThrowIfNull(write);
        if (value is null)
        {
            throw _frame.Null(field);
        }

        string text;
        try
        {
            text = System.Text.Encoding.UTF8.GetString(JsonShape.ToUtf8(value, write));
        }
        catch (JsonShapeException e)
        {
            throw _frame.Unwritable(field, e);
        }

        Open(field);
        if (_frame.Style.Encoding == FieldEncoding.Json)
        {
            Append(text);
        }
        else
        {
            Encode(text);
        }

        Close(field);
    }

    /// <summary>Writes a text field that is not one of the frame's.</summary>
    internal void Field(string name, string value)
    {
        Begin();
        Append(_frame.Style.Header(name));
        Encode(value);
        Append(_frame.Style.Footer(name));
    }

    /// <summary>Writes a section of the layout's own, whose text is not encoded.</summary>
    internal void Section(string name, string text)
    {
        Begin();
        Append(_frame.Style.Header(name));
        Append(text);
        Append(_frame.Style.Footer(name));
    }

    /// <summary>The text written, closed as the style says; the writer is not usable afterwards.</summary>
    internal string Finish()
    {
        Append(_buffer.Length == 0 ? _frame.Style.Nothing : _frame.Style.End);
        string text = _buffer.Text.ToString();
        _buffer.Return();
        return text;
    }

    /// <summary>The message with the text written and the contents in it; the writer is not usable afterwards.</summary>
    internal Turn Finish(ChatRole role)
    {
        if (_contents is null)
        {
            return new(role, Finish());
        }

        Append(_frame.Style.End);
        Turn turn = _contents.ToTurn(role, _buffer.Text);
        _buffer.Return();
        return turn;
    }

    private void Place(AIContent content) => (_contents ??= new()).Add(_buffer.Length, content);

    private void Append(scoped ReadOnlySpan<char> text) => _buffer.Append(text);

    private void Open(int field)
    {
        Begin();
        Append(_frame.Header(field));
    }

    private void Close(int field) => Append(_frame.Footer(field));

    private void Begin() => Append(_buffer.Length == 0 ? _frame.Style.Begin : _frame.Style.Separator);

    /// <summary>Writes text so that it can leave neither its field nor, where it is quoted in another layout, a section.</summary>
    private void Encode(string text)
    {
        EncodeEscaped(SectionMarker.Escape(text));
    }

    private void EncodeAround(PlacedContents contents, string text)
    {
        string escaped = SectionMarker.Escape(text);
        int from = 0;
        foreach ((int place, AIContent content) in contents.MovedTo(text, 0, escaped).All)
        {
            EncodeEscaped(escaped[from..place]);
            Place(content);
            from = place;
        }

        EncodeEscaped(escaped[from..]);
    }

    private void EncodeEscaped(string text)
    {
        switch (_frame.Style.Encoding)
        {
            case FieldEncoding.Json:
                Append("\"");
                Append(JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(text));
                Append("\"");
                break;
            case FieldEncoding.Xml:
                EncodeXml(text);
                break;
            default:
                Append(text);
                break;
        }
    }

    private void EncodeXml(ReadOnlySpan<char> text)
    {
        while (text.IndexOfAny(XmlSigns) is var sign and >= 0)
        {
            Append(text[..sign]);
            Append(text[sign] == '&' ? "&amp;" : "&lt;");
            text = text[(sign + 1)..];
        }

        Append(text);
    }
}
