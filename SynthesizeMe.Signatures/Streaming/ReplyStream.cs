namespace SynthesizeMe.Signatures;

/// <summary>Reads the fields of a reply as it is written.</summary>
/// <remarks>The whole reply is read once more when it is complete, and only that counts: what is shown before is a view of it.</remarks>
internal sealed class ReplyStream<T> : FieldSink
    where T : class, ISignature<T>
{
    /// <summary>What stands behind a complete value, so that it is not taken for a cut one.</summary>
    private const string End = "|";

    private readonly FieldDescriptor[] _fields;
    private readonly int _skip;
    private readonly int _ask;
    private readonly GrowingText?[] _texts;
    private readonly bool[] _isComplete;
    private readonly Section[] _section;
    private readonly ReplyOpening _opening;
    private StreamedLayout? _layout;
    private PartialPrediction<T> _partial;
    private char[] _reply = new char[1024];
    private int _length;

    /// <summary>How long the reply has to be before there is something to see.</summary>
    private int _next;

    /// <param name="outputs">The fields asked for, the chain of thought included.</param>
    /// <param name="reasons">Whether the first of them is a chain of thought.</param>
    /// <param name="ask">Which ask this is the reply to.</param>
    public ReplyStream(ReadOnlySpan<FieldDescriptor> outputs, bool reasons, int ask)
    {
        _fields = outputs.ToArray();
        _skip = reasons ? 1 : 0;
        _ask = ask;
        _texts = new GrowingText?[_fields.Length];
        _isComplete = new bool[_fields.Length];
        _section = new Section[_fields.Length];
        _opening = new ReplyOpening(_fields);
        _partial = Nothing();
    }

    public override ReadOnlySpan<FieldDescriptor> Fields => _fields;

    /// <summary>All of the reply.</summary>
    public string Whole() => new(_reply, 0, _length);

    /// <summary>Takes more of the reply.</summary>
    /// <returns>What is shown now; null when that is as before.</returns>
    public PartialPrediction<T>? Add(string text)
    {
        if (_length + text.Length > _reply.Length)
        {
            Array.Resize(ref _reply, Math.Max(_reply.Length * 2, _length + text.Length));
        }

        text.CopyTo(_reply.AsSpan(_length));
        _length += text.Length;
        if (_length < _next)
        {
            return null;
        }

        PartialPrediction<T> before = _partial;
        Read(_reply.AsSpan(0, _length));
        ShowTexts(before);
        return ReferenceEquals(_partial, before) ? null : _partial;
    }

    /// <summary>What is shown of the whole prediction.</summary>
    public PartialPrediction<T> Finish(Prediction<T> prediction)
    {
        PartialPrediction<T> whole = _partial.Copy();
        Outputs(whole).ShowAll(prediction.Value);
        whole.Reasoning = PartialText.Whole(prediction.Reasoning, _partial.Reasoning);
        whole.Final = prediction;
        return whole;
    }

    public override bool Grows(int field) => _fields[field].IsText && !_isComplete[field];

    public override void Append(int field, ReadOnlySpan<char> text) => Text(field).Append(text);

    public override void CompleteText(int field)
    {
        Text(field).Complete();
        _isComplete[field] = true;
    }

    public override void Complete(int field, ReadOnlySpan<char> content, SectionStyle style)
    {
        if (Grows(field))
        {
            Append(field, content);
            CompleteText(field);
        }
        else if (!_isComplete[field])
        {
            _isComplete[field] = true;
            Show(field, content, style);
        }
    }

    private void Read(ReadOnlySpan<char> reply)
    {
        while ((_layout ??= _opening.Find(reply)) is { } layout)
        {
            if (!layout.HasFailed && !layout.HasEnded)
            {
                _next = layout.Read(reply, this);
            }

            if (_opening.EndsThoughts(reply, layout))
            {
                Array.Clear(_texts);
                Array.Clear(_isComplete);
                _partial = Nothing();
            }
            else if (!layout.HasFailed || HasAny())
            {
                return;
            }

            _layout = null; // It was no answer.
        }
    }

    private PartialPrediction<T> Nothing()
    {
        PartialPrediction<T> none = T.NewPartial();
        none.Ask = _ask;
        return none;
    }

    private static IPartialOutputs<T> Outputs(PartialPrediction<T> partial) => (IPartialOutputs<T>)partial;

    private bool HasAny() => _isComplete.AsSpan().Contains(true) || _texts.AsSpan().ContainsAnyExcept((GrowingText?)null);

    private GrowingText Text(int field) => _texts[field] ??= new();

    /// <summary>Shows what texts have grown, and that others have not any more.</summary>
    private void ShowTexts(PartialPrediction<T> before)
    {
        bool isNew = !ReferenceEquals(_partial, before);
        foreach (GrowingText? text in _texts)
        {
            isNew |= text is { HasNews: true };
        }

        for (int i = 0; i < _texts.Length; i++)
        {
            if (!isNew || _texts[i] is not { } text || !(text.HasNews || text.HasAdded))
            {
                continue;
            }

            PartialText shown = text.Take();
            PartialPrediction<T> next = _partial.Copy();
            if (i < _skip)
            {
                next.Reasoning = shown;
            }
            else
            {
                FieldReader none = default;
                Outputs(next).Show(i - _skip, shown, ref none);
            }

            _partial = next;
        }
    }

    private void Show(int field, ReadOnlySpan<char> content, SectionStyle style)
    {
        _section[field] = new Section { Start = 0, Length = content.Length, Style = style };
        var reader = new FieldReader(string.Concat(content, End), _fields, _section, null, null, _skip);
        try
        {
            PartialPrediction<T> next = _partial.Copy();
            Outputs(next).Show(field - _skip, default, ref reader);
            _partial = next;
        }
        catch (PromptParseException)
        {
            // Not to be shown. Whether it can be read after all, the whole reply tells, and it tells the caller why not.
        }
        finally
        {
            _section[field] = default;
        }
    }
}
