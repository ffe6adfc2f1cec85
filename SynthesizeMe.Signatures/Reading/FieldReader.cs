using System.Numerics;
using System.Text.Json;

namespace SynthesizeMe.Signatures;

/// <summary>Reads the output fields of a signature from a reply. Generated code is its caller.</summary>
public ref partial struct FieldReader
{
    private readonly string _reply;
    private readonly ReadOnlySpan<FieldDescriptor> _fields;
    private readonly ReadOnlySpan<Section> _sections;
    private readonly ReplyJson? _json;
    private readonly int _skip;
    private List<Repair>? _repairs;

    /// <param name="reply">The reply.</param>
    /// <param name="fields">The fields asked for.</param>
    /// <param name="sections">Where each stands, when it is text.</param>
    /// <param name="json">The fields' values, when the reply is JSON.</param>
    /// <param name="repairs">What was repaired so far.</param>
    /// <param name="skip">The fields before the signature's first output.</param>
    internal FieldReader(
        string reply, ReadOnlySpan<FieldDescriptor> fields, ReadOnlySpan<Section> sections, ReplyJson? json, List<Repair>? repairs, int skip)
    {
        _reply = reply;
        _fields = fields;
        _sections = sections;
        _json = json;
        _repairs = repairs;
        _skip = skip;
    }

    internal readonly List<Repair>? Repairs => _repairs;

    /// <summary>Whether the reply does not have an optional field.</summary>
    public readonly bool IsMissing(int field) =>
        _json is null ? !_sections[field + _skip].Found : JsonShape.IsNull(_json.Values[field + _skip]);

    /// <summary>Whether an optional field is left out: no section, or one that says <c>null</c>, <c>none</c> or <c>n/a</c>.</summary>
    public readonly bool IsAbsent(int field) => IsMissing(field) || SaysNothing(Words.TrimPunctuation(Said(field)));

    /// <summary>Whether an optional label is left out, as for <see cref="IsAbsent(int)"/>; a label such as <c>None</c> is not.</summary>
    public readonly bool IsAbsent<TEnum>(int field, Labels<TEnum> labels)
        where TEnum : struct, Enum
    {
        ArgumentNullException.ThrowIfNull(labels);
        return IsMissing(field) || (IsAbsent(field) && !labels.TryRead(Said(field), out _, out _, out _));
    }

    /// <summary>Whether an optional list or record is left out, as for <see cref="IsAbsent(int)"/>; an empty one is not.</summary>
    public readonly bool IsAbsentJson(int field) => IsMissing(field) || (_json is null && SaysNothing(Fences.Unwrap(Said(field)).Trim()));

    /// <summary>The text of a field, exactly as it stands in the reply's layout.</summary>
    public string Text(int field)
    {
        ReadOnlySpan<char> text = Raw(field);
        SectionStyle style = _json is null ? _sections[field + _skip].Style : SectionStyle.Marked;
        if (style == SectionStyle.Marked)
        {
            return SectionMarker.Unescape(text);
        }

        bool unquoted = false;
        string decoded = style == SectionStyle.Tag ? XmlText.Decode(text) : LabelText.Decode(text, style, out unquoted);
        if (unquoted)
        {
            Note(RepairKind.Quotes, field);
        }

        return SectionMarker.NextEscape(decoded, 0, 1) < 0 ? decoded : SectionMarker.Unescape(decoded);
    }

    /// <summary>A truth value: <c>true</c> or <c>false</c>, <c>yes</c> or <c>no</c>, or one of these at the beginning of a sentence.</summary>
    public bool Boolean(int field)
    {
        RefuseCut(field);
        ReadOnlySpan<char> text = Bare(field);
        if (TruthText.TryRead(text, out bool value))
        {
            return value;
        }

        if (TruthText.TryFind(text, out value))
        {
            Note(RepairKind.TruthInText, field);
            return value;
        }

        throw Failure(field, $"'{Excerpt(text)}' is neither true nor false");
    }

    /// <summary>A number in invariant notation; around it may stand words, a percent sign or a currency, and commas may group its digits.</summary>
    public T Number<T>(int field)
        where T : struct, INumber<T>
    {
        RefuseCut(field);
        ReadOnlySpan<char> text = Bare(field);
        if (NumberText.TryRead(text, out T value))
        {
            return value;
        }

        if (NumberText.TryFind(text, out value))
        {
            Note(RepairKind.NumberInText, field);
            return value;
        }

        throw Failure(field, $"'{Excerpt(text)}' is not {NumberText.Describe<T>()}");
    }

    /// <summary>A member of an enum, by its label.</summary>
    public TEnum Label<TEnum>(int field, Labels<TEnum> labels)
        where TEnum : struct, Enum
    {
        ArgumentNullException.ThrowIfNull(labels);
        ReadOnlySpan<char> text = Said(field);
        if (!labels.TryRead(text, out TEnum value, out RepairKind? repair, out string? problem))
        {
            throw Failure(field, problem!);
        }

        if (IsCut(field) && (repair == RepairKind.LabelInSentence || labels.IsBeginning(text) || _json!.Values[field + _skip].ValueKind != JsonValueKind.String))
        {
            throw Failure(field, $"the reply ends within it, and '{Excerpt(text)}' may be the beginning of another label");
        }

        if (repair is { } kind)
        {
            Note(kind, field);
        }

        return value;
    }

    /// <summary>A list or a record, written as JSON.</summary>
    /// <param name="field">The output field.</param>
    /// <param name="read">Makes the value of the JSON; the second argument is the place for messages.</param>
    public T Json<T>(int field, Func<JsonElement, JsonPlace, T> read)
    {
        ArgumentNullException.ThrowIfNull(read);
        List<Repair>? notes = null;
        string name = _fields[field + _skip].Name;
        int start = _json is null ? _sections[field + _skip].Start : 0;
        JsonPlace place = JsonPlace.Of(name, (kind, path) => (notes ??= []).Add(new Repair(kind, path, start)));
        try
        {
            T value;
            if (_json is not null && _json.Values[field + _skip] is { ValueKind: not (JsonValueKind.String or JsonValueKind.Undefined) } json)
            {
                RefuseCut(field);
                value = read(json, place);
            }
            else
            {
                using JsonDocument document = Document(field, out notes, out bool isCut);
                value = read(document.RootElement, place);
                if (isCut)
                {
                    throw Failure(field, "it ends before its JSON is complete");
                }
            }

            if (notes is not null)
            {
                notes.InsertRange(0, _repairs ?? []); // Of a list there may be thousands of notes, and few before them.
                _repairs = notes;
            }

            return value;
        }
        catch (JsonShapeException e)
        {
            throw Failure(field, e.Message);
        }
    }

    private JsonDocument Document(int field, out List<Repair>? notes, out bool isCut)
    {
        Section section = _json is null ? _sections[field + _skip] : default;
        ReadOnlySpan<char> raw = Raw(field);
        bool isPlain = section.Style == SectionStyle.Marked || (section.Style == SectionStyle.Plain && raw is not ['"' or '\'', ..]);
        ReadOnlySpan<char> text = isPlain && SectionMarker.NextEscape(raw, 0, 1) < 0 ? raw : Text(field); // A long list is not copied without need.
        bool open = _json is null && section.Start + section.Length >= _reply.AsSpan().TrimEnd().Length;
        JsonDocument? document = ReplyValue.Find(text, _fields[field + _skip].Name, section.Start, open, out notes, out isCut, out string? problem);
        return document ?? throw Failure(field, problem!);
    }

    private ReadOnlySpan<char> Bare(int field)
    {
        ReadOnlySpan<char> text = Said(field).Trim();
        ReadOnlySpan<char> bare = Words.TrimWrapping(text);
        if (bare.Length != text.Length)
        {
            Note(RepairKind.WrappedValue, field);
        }

        return bare;
    }

    private static bool SaysNothing(ReadOnlySpan<char> text) =>
        text.IsEmpty
        || text.Equals("null", StringComparison.OrdinalIgnoreCase)
        || text.Equals("none", StringComparison.OrdinalIgnoreCase)
        || text.Equals("n/a", StringComparison.OrdinalIgnoreCase);

    private readonly ReadOnlySpan<char> Raw(int field)
    {
        if (_json is not null)
        {
            return RawJson(_json.Values[field + _skip], field);
        }

        Section section = _sections[field + _skip];
        return section.Found ? section.In(_reply) : throw Failure(field, "its section is missing");
    }

    /// <summary>What a field says, where blanks around it do not matter.</summary>
    private readonly ReadOnlySpan<char> Said(int field)
    {
        ReadOnlySpan<char> text = Raw(field);
        return _json is null && _sections[field + _skip].Style == SectionStyle.Tag && text.ContainsAny('&', '<') ? XmlText.Decode(text) : text;
    }

    private readonly ReadOnlySpan<char> RawJson(JsonElement json, int field) => json.ValueKind switch
    {
        JsonValueKind.String => JsonShape.Text(json, JsonPlace.Of(_fields[field + _skip].Name)),
        JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => json.GetRawText(),
        JsonValueKind.Array when json.GetArrayLength() == 1 => RawJson(json[0], field),
        JsonValueKind.Undefined => throw Failure(field, "it is missing"),
        JsonValueKind.Null => throw Failure(field, "it is null"),
        _ => throw Failure(field, $"a single value was expected, but it is {JsonShape.Kind(json)}"),
    };

    /// <summary>A value at which the reply breaks off may be incomplete without looking so.</summary>
    private readonly void RefuseCut(int field)
    {
        if (IsCut(field))
        {
            throw Failure(field, "the reply ends within it");
        }
    }

    private readonly bool IsCut(int field) =>
        _json?.CutField == field + _skip && (_json.CutInScalar || _json.Values[field + _skip].ValueKind is JsonValueKind.Array or JsonValueKind.Object);

    private void Note(RepairKind kind, int field) =>
        (_repairs ??= []).Add(new Repair(kind, _fields[field + _skip].Name, _json is null ? _sections[field + _skip].Start : 0));

    private readonly PromptParseException Failure(int field, string hint) => new(_fields[field + _skip].Name, _reply, hint);

    private static string Excerpt(ReadOnlySpan<char> text) => text.Length <= 80 ? text.ToString() : string.Concat(text[..80], "…");
}
