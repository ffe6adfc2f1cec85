using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace SynthesizeMe.Signatures;

/// <summary>Writes the fields of a signature, one section each, into a rented buffer. Generated code is its caller.</summary>
public ref struct FieldWriter
{
    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly ReadOnlySpan<string> _headers;
    private char[] _buffer;
    private int _length;

    internal FieldWriter(int capacity, ReadOnlySpan<string> headers = default)
    {
        _headers = headers;
        _buffer = ArrayPool<char>.Shared.Rent(Math.Max(capacity, 256));
    }

    /// <summary>Writes a text field.</summary>
    public void Text(int field, string? value)
    {
        if (value is not null)
        {
            Open(field);
            AppendEscaped(value);
        }
    }

    /// <summary>Writes a field as <c>true</c> or <c>false</c>.</summary>
    public void Boolean(int field, bool value)
    {
        Open(field);
        Append(value ? "true" : "false");
    }

    /// <summary>Writes a number in invariant notation.</summary>
    public void Number<T>(int field, T value)
        where T : ISpanFormattable
    {
        Open(field);
        int written;
        Reserve(32);
        while (!value.TryFormat(_buffer.AsSpan(_length), out written, default, CultureInfo.InvariantCulture))
        {
            Reserve(_buffer.Length - _length + 1);
        }

        _length += written;
    }

    /// <summary>Writes a conversation, each turn indented under its speaker.</summary>
    public void Conversation(int field, Conversation? value)
    {
        if (value is not null)
        {
            Open(field);
            AppendEscaped(value.ToString());
        }
    }

    /// <summary>Writes a list or a record as JSON.</summary>
    public void Json<T>(int field, T value, Action<Utf8JsonWriter, T> write)
    {
        ArgumentNullException.ThrowIfNull(write);
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes, Readable))
        {
            write(json, value);
        }

        Open(field);
        AppendEscaped(System.Text.Encoding.UTF8.GetString(bytes.WrittenSpan));
    }

    internal void Append(ReadOnlySpan<char> text)
    {
        Reserve(text.Length);
        text.CopyTo(_buffer.AsSpan(_length));
        _length += text.Length;
    }

    internal void AppendEscaped(ReadOnlySpan<char> text)
    {
        int from = 0;
        for (int at = SectionMarker.NextEscape(text, 0, 0); at >= 0; at = SectionMarker.NextEscape(text, from, 0))
        {
            Append(text[from..(at + 2)]);
            Append("\\");
            from = at + 2;
        }

        Append(text[from..]);
    }

    /// <summary>Starts a section whose header is not one of the fields'.</summary>
    internal void OpenSection(string header)
    {
        if (_length > 0)
        {
            Append("\n\n");
        }

        Append(header);
    }

    /// <summary>The text written; the writer is not usable afterwards.</summary>
    internal string Finish()
    {
        string text = new(_buffer, 0, _length);
        ArrayPool<char>.Shared.Return(_buffer);
        _buffer = [];
        _length = 0;
        return text;
    }

    private readonly string Header(int field) => _headers[field];

    private void Open(int field) => OpenSection(Header(field));

    private void Reserve(int more)
    {
        if (_length + more <= _buffer.Length)
        {
            return;
        }

        char[] larger = ArrayPool<char>.Shared.Rent(Math.Max(_buffer.Length * 2, _length + more));
        _buffer.AsSpan(0, _length).CopyTo(larger);
        ArrayPool<char>.Shared.Return(_buffer);
        _buffer = larger;
    }
}
