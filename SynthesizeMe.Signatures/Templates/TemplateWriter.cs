using System.Buffers;
using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace SynthesizeMe.Signatures;

/// <summary>
/// Writes the messages of a prompt template into a rented buffer. Generated code is its caller.
/// It remembers which characters come from fields: those keep every blank, and can neither open a section nor help to open one.
/// </summary>
public ref struct TemplateWriter
{
    private readonly FieldGuard? _guard;
    private readonly ImmutableArray<Turn>.Builder? _turns;
    private readonly List<ChatMessage>? _messages;
    private char[] _buffer;
    private int _length;
    private FieldSpan[] _fields;
    private int _fieldCount;
    private ChatRole _role;

    internal TemplateWriter(FieldGuard? guard, ImmutableArray<Turn>.Builder turns)
        : this(guard) => _turns = turns;

    internal TemplateWriter(FieldGuard? guard, List<ChatMessage> messages)
        : this(guard) => _messages = messages;

    private TemplateWriter(FieldGuard? guard)
    {
        _guard = guard;
        _buffer = ArrayPool<char>.Shared.Rent(4096);
        _fields = ArrayPool<FieldSpan>.Shared.Rent(64);
        _role = ChatRole.User;
    }

    /// <summary>Ends the message at hand, if it has any text, and starts one of that role.</summary>
    public void Role(ChatRole role)
    {
        Close();
        _role = role;
    }

    /// <summary>Writes text of the template's author or of the adapter.</summary>
    public void Append(ReadOnlySpan<char> text)
    {
        Reserve(text.Length);
        text.CopyTo(_buffer.AsSpan(_length));
        _length += text.Length;
    }

    /// <summary>Writes text that comes from a field.</summary>
    public void Text(ReadOnlySpan<char> text)
    {
        int start = _length;
        Append(text);
        Mark(start);
    }

    /// <summary>Writes <c>true</c>, <c>false</c>, or nothing when there is no value.</summary>
    public void Boolean(bool? value)
    {
        if (value is { } truth)
        {
            Append(truth ? "true" : "false");
        }
    }

    /// <summary>Writes a number in invariant notation.</summary>
    public void Number<T>(T value)
        where T : struct, ISpanFormattable
    {
        int written;
        Reserve(32);
        while (!value.TryFormat(_buffer.AsSpan(_length), out written, default, CultureInfo.InvariantCulture))
        {
            Reserve(_buffer.Length - _length + 1);
        }

        _length += written;
    }

    /// <summary>Writes a number in invariant notation, or nothing when there is none.</summary>
    public void Number<T>(T? value)
        where T : struct, ISpanFormattable
    {
        if (value is { } number)
        {
            Number(number);
        }
    }

    /// <summary>Writes a list or a record as JSON.</summary>
    public void Json<T>(T value, Action<Utf8JsonWriter, T> write)
    {
        ArgumentNullException.ThrowIfNull(write);
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes, TemplateText.Readable))
        {
            write(json, value);
        }

        int start = _length;
        Reserve(bytes.WrittenCount);
        _length += System.Text.Encoding.UTF8.GetChars(bytes.WrittenSpan, _buffer.AsSpan(_length));
        Mark(start);
    }

    /// <summary>Ends the last message and gives the buffers back; the writer is not usable afterwards.</summary>
    internal void Finish()
    {
        Close();
        ArrayPool<char>.Shared.Return(_buffer);
        ArrayPool<FieldSpan>.Shared.Return(_fields);
        _buffer = [];
        _fields = [];
    }

    /// <summary>Blanks at the ends of a message are the template's layout, unless they come from a field.</summary>
    private void Close()
    {
        ReadOnlySpan<FieldSpan> fields = _fields.AsSpan(0, _fieldCount);
        int firstField = fields.IsEmpty ? _length : fields[0].Start;
        int lastField = fields.IsEmpty ? 0 : fields[^1].End;
        int start = firstField - _buffer.AsSpan(0, firstField).TrimStart().Length;
        int end = lastField + _buffer.AsSpan(lastField, _length - lastField).TrimEnd().Length;
        if (end > start)
        {
            Add(FieldGuard.Protect(_guard, _buffer.AsSpan(0, end), start, fields));
        }

        _length = 0;
        _fieldCount = 0;
    }

    private readonly void Add(string text)
    {
        _turns?.Add(new Turn(_role, text));
        _messages?.Add(new ChatMessage(_role, text));
    }

    private void Mark(int start)
    {
        if (start == _length)
        {
            return;
        }

        if (_fieldCount > 0 && _fields[_fieldCount - 1].End == start)
        {
            _fields[_fieldCount - 1] = new(_fields[_fieldCount - 1].Start, _length);
            return;
        }

        if (_fieldCount == _fields.Length)
        {
            FieldSpan[] larger = ArrayPool<FieldSpan>.Shared.Rent(_fieldCount * 2);
            _fields.AsSpan().CopyTo(larger);
            ArrayPool<FieldSpan>.Shared.Return(_fields);
            _fields = larger;
        }

        _fields[_fieldCount++] = new(start, _length);
    }

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

/// <summary>Characters of a message that come from a field.</summary>
internal readonly record struct FieldSpan(int Start, int End);
