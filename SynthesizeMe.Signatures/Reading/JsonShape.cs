using System.Numerics;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace SynthesizeMe.Signatures;

/// <summary>Reads and writes the values of fields as JSON. Generated code is its caller.</summary>
public static class JsonShape
{
    /// <summary>A property of an object; an undefined element when it is absent and optional.</summary>
    /// <exception cref="JsonShapeException">Not an object, or the property is required and absent.</exception>
    public static JsonElement Property(JsonElement json, string name, string path, bool optional = false)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            throw new JsonShapeException(path, $"an object was expected, but it is {Kind(json)}");
        }

        try
        {
            if (json.TryGetProperty(name, out JsonElement value))
            {
                return value;
            }
        }
        catch (InvalidOperationException)
        {
            throw new JsonShapeException(path, "half of a surrogate pair stands alone in a property's name");
        }

        return optional ? default : throw new JsonShapeException(path, $"the property '{name}' is missing");
    }

    /// <summary>Whether a value is absent or <c>null</c>.</summary>
    public static bool IsNull(JsonElement json) => json.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined;

    /// <summary>A string.</summary>
    public static string Text(JsonElement json, string path)
    {
        if (json.ValueKind != JsonValueKind.String)
        {
            throw new JsonShapeException(path, $"a string was expected, but it is {Kind(json)}");
        }

        try
        {
            return json.GetString()!;
        }
        catch (InvalidOperationException)
        {
            throw new JsonShapeException(path, "half of a surrogate pair stands alone");
        }
    }

    /// <summary><c>true</c> or <c>false</c>.</summary>
    public static bool Boolean(JsonElement json, string path) => json.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => throw new JsonShapeException(path, $"true or false was expected, but it is {Kind(json)}"),
    };

    /// <summary>A number that fits the type.</summary>
    public static T Number<T>(JsonElement json, string path)
        where T : struct, INumber<T>
    {
        if (json.ValueKind is JsonValueKind.Number && NumberText.TryRead(json.GetRawText(), out T value))
        {
            return value;
        }

        throw new JsonShapeException(path, $"{NumberText.Describe<T>()} was expected, but it is {Kind(json)}");
    }

    /// <summary>A label of an enum.</summary>
    public static TEnum Label<TEnum>(JsonElement json, string path, Labels<TEnum> labels)
        where TEnum : struct, Enum
    {
        ArgumentNullException.ThrowIfNull(labels);
        return labels.TryRead(Text(json, path), out TEnum value, out _, out string? problem) ? value : throw new JsonShapeException(path, problem!);
    }

    /// <summary>A list; an item that cannot be read fails the whole list.</summary>
    public static T[] List<T>(JsonElement json, string path, Func<JsonElement, string, T> read)
    {
        ArgumentNullException.ThrowIfNull(read);
        if (json.ValueKind != JsonValueKind.Array)
        {
            throw new JsonShapeException(path, $"a list was expected, but it is {Kind(json)}");
        }

        var items = new T[json.GetArrayLength()];
        int i = 0;
        foreach (JsonElement item in json.EnumerateArray())
        {
            items[i] = read(item, $"{path}[{i}]");
            i++;
        }

        return items;
    }

    /// <summary>A conversation: a list of <c>{"role", "content"}</c>.</summary>
    public static Conversation Conversation(JsonElement json, string path) => new(List(json, path, static (turn, at) =>
    {
        string role = Text(Property(turn, "role", at), $"{at}.role");
        return Turn.IsName(role)
            ? new Turn(new ChatRole(role), Text(Property(turn, "content", at), $"{at}.content"))
            : throw new JsonShapeException($"{at}.role", $"'{role}' is not a role");
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
            writer.WriteString("content", turn.Text);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static string Kind(JsonElement json) => json.ValueKind switch
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
