using System.Globalization;
using System.Numerics;
using System.Text.Json;

namespace SynthesizeMe.Signatures;

/// <summary>Reads the output fields of a signature from the sections of a reply. Generated code is its caller.</summary>
public ref struct FieldReader
{
    private readonly string _reply;
    private readonly ReadOnlySpan<FieldDescriptor> _fields;
    private readonly ReadOnlySpan<Section> _sections;
    private List<Repair>? _repairs;

    internal FieldReader(string reply, ReadOnlySpan<FieldDescriptor> fields, ReadOnlySpan<Section> sections, List<Repair>? repairs)
    {
        _reply = reply;
        _fields = fields;
        _sections = sections;
        _repairs = repairs;
    }

    internal readonly List<Repair>? Repairs => _repairs;

    /// <summary>Whether the reply has no section for an optional field.</summary>
    public readonly bool IsMissing(int field) => !_sections[field].Found;

    /// <summary>Whether an optional field is left out: no section, or one that says <c>null</c>, <c>none</c> or <c>n/a</c>.</summary>
    public readonly bool IsAbsent(int field) => IsMissing(field) || SaysNothing(Words.TrimPunctuation(Raw(field)));

    /// <summary>Whether an optional label is left out, as for <see cref="IsAbsent(int)"/>; a label such as <c>None</c> is not.</summary>
    public readonly bool IsAbsent<TEnum>(int field, Labels<TEnum> labels)
        where TEnum : struct, Enum
    {
        ArgumentNullException.ThrowIfNull(labels);
        return IsMissing(field) || (IsAbsent(field) && !labels.TryRead(Raw(field), out _, out _, out _));
    }

    /// <summary>Whether an optional list or record is left out, as for <see cref="IsAbsent(int)"/>; an empty one is not.</summary>
    public readonly bool IsAbsentJson(int field) => IsMissing(field) || SaysNothing(Raw(field).Trim());

    /// <summary>The text of a field, exactly as it stands between the markers.</summary>
    public readonly string Text(int field) => SectionMarker.Unescape(Raw(field));

    /// <summary>A truth value: <c>true</c> or <c>false</c>, <c>yes</c> or <c>no</c>.</summary>
    public bool Boolean(int field)
    {
        ReadOnlySpan<char> text = Bare(field);
        if (text.Equals("true", StringComparison.OrdinalIgnoreCase) || text.Equals("yes", StringComparison.OrdinalIgnoreCase))
        {
            return true;
        }

        if (text.Equals("false", StringComparison.OrdinalIgnoreCase) || text.Equals("no", StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        throw Failure(field, $"'{Excerpt(text)}' is neither true nor false");
    }

    /// <summary>A number in invariant notation.</summary>
    public T Number<T>(int field)
        where T : struct, INumber<T>
    {
        ReadOnlySpan<char> text = Bare(field);
        if (NumberText.TryRead(text, out T value))
        {
            return value;
        }

        throw Failure(field, $"'{Excerpt(text)}' is not {NumberText.Describe<T>()}");
    }

    /// <summary>A member of an enum, by its label.</summary>
    public TEnum Label<TEnum>(int field, Labels<TEnum> labels)
        where TEnum : struct, Enum
    {
        ArgumentNullException.ThrowIfNull(labels);
        if (!labels.TryRead(Raw(field), out TEnum value, out RepairKind? repair, out string? problem))
        {
            throw Failure(field, problem!);
        }

        if (repair is { } kind)
        {
            Note(kind, field);
        }

        return value;
    }

    /// <summary>A list or a record, written as JSON.</summary>
    /// <param name="field">The output field.</param>
    /// <param name="read">Makes the value of the JSON; the second argument is the path for messages.</param>
    public T Json<T>(int field, Func<JsonElement, string, T> read)
    {
        ArgumentNullException.ThrowIfNull(read);
        string text = SectionMarker.Unescape(Unfence(field, Raw(field).Trim()));
        try
        {
            using JsonDocument document = Document(field, text);
            return read(document.RootElement, _fields[field].Name);
        }
        catch (JsonException e)
        {
            throw Failure(field, string.Create(CultureInfo.InvariantCulture, $"it is not valid JSON at line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}"));
        }
        catch (JsonShapeException e)
        {
            throw Failure(field, e.Message);
        }
    }

    private readonly JsonDocument Document(int field, string text)
    {
        try
        {
            return JsonDocument.Parse(text, new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip });
        }
        catch (ArgumentException)
        {
            throw Failure(field, "it is not valid JSON: half of a surrogate pair stands alone");
        }
    }

    private ReadOnlySpan<char> Unfence(int field, ReadOnlySpan<char> text)
    {
        if (!text.StartsWith("```") || !text.EndsWith("```") || text.Length < 6)
        {
            return text;
        }

        Note(RepairKind.FencedJson, field);
        text = text[3..^3];
        int line = text.IndexOf('\n');
        return line < 0 ? text : text[(line + 1)..];
    }

    private ReadOnlySpan<char> Bare(int field)
    {
        ReadOnlySpan<char> text = Raw(field).Trim();
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
        Section section = _sections[field];
        return section.Found
            ? _reply.AsSpan(section.Start, section.Length)
            : throw Failure(field, "its section is missing");
    }

    private void Note(RepairKind kind, int field) => (_repairs ??= []).Add(new Repair(kind, _fields[field].Name, _sections[field].Start));

    private readonly PromptParseException Failure(int field, string hint) => new(_fields[field].Name, _reply, hint);

    private static string Excerpt(ReadOnlySpan<char> text) => text.Length <= 80 ? text.ToString() : string.Concat(text[..80], "…");
}
