using System.Buffers;
using System.Globalization;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace SynthesizeMe.Signatures;

/// <summary>Reads and writes the values of fields as JSON. Generated code is its caller.</summary>
public static partial class JsonShape
{
    /// <summary>What is wrong with a text that is no JSON, or with a value in it, and where, counted from 1: without the types of .NET.</summary>
    public static string Explain(JsonException exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        const string Lacking = "missing required properties including: ";
        string within = exception.Path is null or "$" ? "" : $"{exception.Path}: ";
        if (exception.Message.IndexOf(Lacking, StringComparison.Ordinal) is >= 0 and var at)
        {
            return $"{within}it lacks {exception.Message[(at + Lacking.Length)..].TrimEnd('.')}";
        }

        if (exception.LineNumber is not { } line || exception.BytePositionInLine is not { } position)
        {
            return exception.Message;
        }

        string place = string.Create(CultureInfo.InvariantCulture, $"at line {line + 1}, byte {position + 1}");
        return exception.Path is null || exception.InnerException is JsonException ? $"not valid JSON {place}" : $"{within}the value {place} cannot be used";
    }

    /// <summary>A property of an object; an undefined element when it is absent and optional.</summary>
    /// <exception cref="JsonShapeException">Not an object, or the property is required and absent.</exception>
    public static JsonElement Property(JsonElement json, string name, JsonPlace place, bool optional = false)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            throw Problem(place, $"an object was expected, but it is {Kind(json)}");
        }

        try
        {
            if (place.Repairs ? TryFind(json, name, place, out JsonElement value) : json.TryGetProperty(name, out value))
            {
                return value;
            }
        }
        catch (InvalidOperationException)
        {
            throw Problem(place, "half of a surrogate pair stands alone in a property's name");
        }

        return optional ? default : throw Problem(place, $"the property '{name}' is missing");
    }

    /// <summary>Whether a value is absent or <c>null</c>.</summary>
    public static bool IsNull(JsonElement json) => json.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined;

    /// <summary>A string.</summary>
    public static string Text(JsonElement json, JsonPlace place)
    {
        if (json.ValueKind != JsonValueKind.String)
        {
            throw Problem(place, $"a string was expected, but it is {Kind(json)}");
        }

        try
        {
            return json.GetString()!;
        }
        catch (InvalidOperationException)
        {
            throw Problem(place, "half of a surrogate pair stands alone");
        }
    }

    /// <summary><c>true</c> or <c>false</c>; in a reply also as text.</summary>
    public static bool Boolean(JsonElement json, JsonPlace place)
    {
        ArgumentNullException.ThrowIfNull(place);
        switch (json.ValueKind)
        {
            case JsonValueKind.True or JsonValueKind.False:
                return json.ValueKind == JsonValueKind.True;
            case JsonValueKind.String when place.Repairs && TruthText.TryRead(Words.TrimWrapping(Text(json, place)), out bool value):
                place.Note(RepairKind.WrappedValue);
                return value;
            case JsonValueKind.String when place.Repairs && TruthText.TryFind(Words.TrimWrapping(Text(json, place)), out bool value):
                place.Note(RepairKind.TruthInText);
                return value;
            default:
                throw Problem(place, $"true or false was expected, but it is {Kind(json)}");
        }
    }

    /// <summary>A number that fits the type; in a reply also as text.</summary>
    public static T Number<T>(JsonElement json, JsonPlace place)
        where T : struct, INumber<T>
    {
        ArgumentNullException.ThrowIfNull(place);
        if (json.ValueKind is JsonValueKind.Number && NumberText.TryRead(JsonMarshal.GetRawUtf8Value(json), out T value))
        {
            return value;
        }

        if (json.ValueKind is JsonValueKind.String && place.Repairs)
        {
            ReadOnlySpan<char> text = Words.TrimWrapping(Text(json, place));
            if (NumberText.TryRead(text, out value) || NumberText.TryFind(text, out value))
            {
                place.Note(RepairKind.NumberInText);
                return value;
            }
        }

        throw Problem(place, $"{NumberText.Describe<T>()} was expected, but it is {Kind(json)}");
    }

    /// <summary>A label of an enum; in a reply read as leniently as a field by itself.</summary>
    public static TEnum Label<TEnum>(JsonElement json, JsonPlace place, Labels<TEnum> labels)
        where TEnum : struct, Enum
    {
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentNullException.ThrowIfNull(place);
        if (!labels.TryRead(Text(json, place), out TEnum value, out RepairKind? repair, out string? problem))
        {
            throw Problem(place, problem!);
        }

        if (repair is { } kind)
        {
            place.Note(kind);
        }

        return value;
    }

    /// <summary>A list; an item that cannot be read fails the whole list.</summary>
    public static T[] List<T>(JsonElement json, JsonPlace place, Func<JsonElement, JsonPlace, T> read)
    {
        ArgumentNullException.ThrowIfNull(read);
        if (json.ValueKind != JsonValueKind.Array)
        {
            throw Problem(place, $"a list was expected, but it is {Kind(json)}");
        }

        var items = new T[json.GetArrayLength()];
        JsonPlace at = place.Item(0);
        int i = 0;
        foreach (JsonElement item in json.EnumerateArray())
        {
            at.MoveTo(i);
            items[i++] = read(item, at);
        }

        return items;
    }

    /// <summary>A conversation: a list of <c>{"role", "content"}</c>, where the content is text or a list of parts.</summary>
    public static Conversation Conversation(JsonElement json, JsonPlace place) => new(List(json, place, static (turn, at) =>
    {
        string role = Text(Property(turn, "role", at), at.Property("role"));
        return Turn.IsName(role)
            ? Said(new ChatRole(role), Property(turn, "content", at), at.Property("content"))
            : throw Problem(at.Property("role"), $"'{role}' is not a role");
    }));

    /// <summary>Writes a conversation as a list of <c>{"role", "content"}</c>.</summary>
    public static void WriteConversation(Utf8JsonWriter writer, Conversation value)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(value);
        writer.WriteStartArray();
        foreach (Turn turn in value.Turns)
        {
            writer.WriteStartObject();
            writer.WriteString("role", turn.Role.Value);
            writer.WritePropertyName("content");
            if (turn.HasContents)
            {
                WriteSaid(writer, turn);
            }
            else
            {
                writer.WriteStringValue(turn.Text);
            }

            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    /// <summary>The only property of that name; the name may differ by case, blanks, dashes or underscores.</summary>
    private static bool TryFind(JsonElement json, string name, JsonPlace place, out JsonElement value)
    {
        value = default;
        bool found = false;
        bool spelled = true;
        foreach (JsonProperty property in json.EnumerateObject())
        {
            bool exact = property.NameEquals(name);
            if (exact || FieldNames.Match(property, name))
            {
                if (found && !JsonElement.DeepEquals(value, property.Value))
                {
                    throw Problem(place, $"the property '{name}' stands twice");
                }

                spelled &= exact;
                (found, value) = (true, property.Value);
            }
        }

        if (!spelled)
        {
            place.Property(name).Note(RepairKind.SectionName);
        }

        return found;
    }

    /// <summary>A value as JSON in UTF-8; only what JSON itself needs is escaped, so that a model reads the text as it is.</summary>
    internal static ReadOnlySpan<byte> ToUtf8<T>(T value, Action<Utf8JsonWriter, T> write)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes, new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            write(json, value);
        }

        return bytes.WrittenSpan;
    }

    private static JsonShapeException Problem(JsonPlace place, string problem) => new(place.ToString(), problem);

    internal static string Kind(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "a list",
        JsonValueKind.String => "a string",
        JsonValueKind.Number => $"the number {json.GetRawText()}",
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        JsonValueKind.Null => "null",
        _ => "absent",
    };
}
