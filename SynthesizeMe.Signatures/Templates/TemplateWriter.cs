using System.Buffers;
using System.Collections.Immutable;
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
    private readonly TemplateRecorder? _recorder;
    private readonly ImmutableArray<TemplatePart> _parts;
    private TextBuffer _buffer;
    private FieldSpan[] _fields;
    private int _fieldCount;
    private ChatRole _role;
    private PlacedContents? _contents;

    internal TemplateWriter(FieldGuard? guard, TemplateRecorder recorder)
        : this(guard, ImmutableArray<TemplatePart>.Empty) => _recorder = recorder;

    internal TemplateWriter(FieldGuard? guard, ImmutableArray<TemplatePart> parts, ImmutableArray<Turn>.Builder turns)
        : this(guard, parts) => _turns = turns;

    internal TemplateWriter(FieldGuard? guard, ImmutableArray<TemplatePart> parts, List<ChatMessage> messages)
        : this(guard, parts) => _messages = messages;

    private TemplateWriter(FieldGuard? guard, ImmutableArray<TemplatePart> parts)
    {
        _guard = guard;
        _parts = parts;
        _buffer = new TextBuffer(4096);
        _fields = ArrayPool<FieldSpan>.Shared.Rent(64);
        _role = ChatRole.User;
    }

    /// <summary>Ends the message at hand, if it has any text, and starts one of that role.</summary>
    public void Role(ChatRole role)
    {
        if (_recorder is { IsBeforeMessages: true })
        {
            _recorder.Open(Take());
        }
        else
        {
            Close();
        }

        _role = role;
    }

    /// <summary>Ends a stretch of the template that does not depend on the inputs, while such are written for all prompts to come.</summary>
    /// <exception cref="InvalidOperationException">A prompt is being written.</exception>
    public void EndPart() =>
        (_recorder ?? throw new InvalidOperationException("The template's parts have been written already.")).End(Take(), _role);

    /// <summary>Writes the stretch of that number as it was written before.</summary>
    public void Part(int part)
    {
        TemplatePart written = _parts[part];
        Append(written.Before);
        if (written.Role is { } role)
        {
            Close();
            Add(written.Messages);
            _role = role;
            Append(written.After);
        }
    }

    /// <summary>Writes text of the template's author or of the adapter.</summary>
    public void Append(ReadOnlySpan<char> text) => _buffer.Append(text);

    /// <summary>Writes text that comes from a field.</summary>
    public void Text(ReadOnlySpan<char> text)
    {
        int start = _buffer.Length;
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
        where T : struct, ISpanFormattable => _buffer.AppendNumber(value);

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
        int start = _buffer.Length;
        _buffer.AppendUtf8(JsonShape.ToUtf8(value, write));
        Mark(start);
    }

    /// <summary>Writes an image, audio or a file as a part of its own, or nothing when there is none.</summary>
    public void Content(AIContent? value)
    {
        if (value is not null)
        {
            (_contents ??= new()).Add(_buffer.Length, value);
        }
    }

    /// <summary>Writes images, audio or files as parts of their own, one after the other.</summary>
    public void Contents(IEnumerable<AIContent>? values)
    {
        foreach (AIContent value in values ?? [])
        {
            Content(value);
        }
    }

    /// <summary>Writes a conversation, each turn indented under its speaker.</summary>
    public void Conversation(Conversation? value)
    {
        if (value is not { HasContents: true })
        {
            int start = _buffer.Length;
            value?.WriteTo(ref _buffer);
            Mark(start);
            return;
        }

        foreach (TurnPart part in value.ToParts())
        {
            Text(part.Text);
            Content(part.Content);
        }
    }

    /// <summary>Ends the message at hand, writes each turn of a conversation as a message, and goes on with another message of the same role.</summary>
    public void Turns(Conversation? value)
    {
        Close();
        foreach (Turn turn in value?.Turns ?? [])
        {
            Add(HistoryTurns.Message(turn, _guard));
        }
    }

    /// <summary>Ends the last message and gives the buffers back; the writer is not usable afterwards.</summary>
    internal void Finish()
    {
        Close();
        _buffer.Return();
        ArrayPool<FieldSpan>.Shared.Return(_fields);
        _fields = [];
    }

    /// <summary>Blanks at the ends of a message are the template's layout, unless they come from a field.</summary>
    private void Close()
    {
        ReadOnlySpan<char> text = _buffer.Text;
        ReadOnlySpan<FieldSpan> fields = _fields.AsSpan(0, _fieldCount);
        int firstField = fields.IsEmpty ? text.Length : fields[0].Start;
        int lastField = fields.IsEmpty ? 0 : fields[^1].End;
        if (_contents is not null)
        {
            CloseAround(_contents, text, Math.Min(firstField, _contents.First), Math.Max(lastField, _contents.Last), fields);
            return;
        }

        int start = firstField - text[..firstField].TrimStart().Length;
        int end = lastField + text[lastField..].TrimEnd().Length;
        if (end > start)
        {
            Add(FieldGuard.Protect(_guard, text[..end], start, fields));
        }

        Clear();
    }

    private void CloseAround(PlacedContents contents, ReadOnlySpan<char> text, int first, int last, ReadOnlySpan<FieldSpan> fields)
    {
        int start = first - text[..first].TrimStart().Length;
        int end = last + text[last..].TrimEnd().Length;
        string safe = FieldGuard.Protect(_guard, text[..end], start, fields);
        Add(contents.MovedTo(text, start, safe).ToTurn(_role, safe));
        Clear();
    }

    private readonly void Add(Turn turn)
    {
        _recorder?.Add(turn);
        _turns?.Add(turn);
        _messages?.Add(turn.ToMessage());
    }

    private readonly void Add(string text)
    {
        _recorder?.Add(new Turn(_role, text));
        _turns?.Add(new Turn(_role, text));
        _messages?.Add(new ChatMessage(_role, text));
    }

    private readonly void Add(ImmutableArray<Turn> messages)
    {
        _turns?.AddRange(messages);
        if (_messages is not null)
        {
            foreach (Turn message in messages)
            {
                _messages.Add(message.ToMessage());
            }
        }
    }

    private void Append(TemplatePiece piece)
    {
        int start = _buffer.Length;
        Append(piece.Text);
        foreach (FieldSpan field in piece.Fields)
        {
            Mark(start + field.Start, start + field.End);
        }

        if (piece.Contents is not null)
        {
            foreach ((int place, AIContent content) in piece.Contents.All)
            {
                (_contents ??= new()).Add(start + place, content);
            }
        }
    }

    /// <summary>What has been written and belongs to no message yet.</summary>
    private TemplatePiece Take()
    {
        var piece = new TemplatePiece(_buffer.Text.ToString(), [.. _fields.AsSpan(0, _fieldCount)], _contents);
        Clear();
        return piece;
    }

    private void Clear()
    {
        _buffer.Truncate(0);
        _fieldCount = 0;
        _contents = null;
    }

    private void Mark(int start) => Mark(start, _buffer.Length);

    private void Mark(int start, int end)
    {
        if (start == end)
        {
            return;
        }

        if (_fieldCount > 0 && _fields[_fieldCount - 1].End == start)
        {
            _fields[_fieldCount - 1] = new(_fields[_fieldCount - 1].Start, end);
            return;
        }

        if (_fieldCount == _fields.Length)
        {
            FieldSpan[] larger = ArrayPool<FieldSpan>.Shared.Rent(_fieldCount * 2);
            _fields.AsSpan().CopyTo(larger);
            ArrayPool<FieldSpan>.Shared.Return(_fields);
            _fields = larger;
        }

        _fields[_fieldCount++] = new(start, end);
    }
}

/// <summary>Characters of a message that come from a field.</summary>
internal readonly record struct FieldSpan(int Start, int End);
