using System.Text.Json;
using System.Text.Json.Nodes;

namespace SynthesizeMe.Signatures;

/// <summary>Values that stand in for one that cannot be read, so that what comes after it in a demonstration is still tried, and named too.</summary>
internal static class DspyPlaceholder
{
    private const string OneOf = "one of: ";
    private const string Schema = "JSON of this schema: ";

    /// <summary>Values of every type, one of which a field reads; none is ever kept.</summary>
    /// <param name="field">The field; <see langword="null"/> for what is none of the signature's, such as the reasoning.</param>
    public static IEnumerable<JsonElement> Of(FieldDescriptor? field)
    {
        string type = field?.Type ?? "";
        int labels = type.IndexOf(OneOf, StringComparison.Ordinal);
        string label = labels < 0 ? "x" : type[(labels + OneOf.Length)..].Split("; ")[0].Split(" (")[0];
        string[] texts = [label, "2000-01-01", "00:00:00", "2000-01-01T00:00:00Z", "PT0S", Guid.Empty.ToString("D"), "data:text/plain;base64,eA=="];
        string[] others = ["0", "true", "[]", "{}", """{"uri":"https://example.org/x","mediaType":"image/png"}"""];
        IEnumerable<JsonElement> all = [.. texts.Select(DspyValue.Text), .. others.Select(DspyValue.Parse)];
        return type.StartsWith(Schema, StringComparison.Ordinal) && Smallest(type[Schema.Length..]) is { } smallest ? all.Prepend(smallest) : all;
    }

    /// <summary>The smallest value of a schema; null where a text after it, or a part of it, is not understood.</summary>
    private static JsonElement? Smallest(string schema)
    {
        try
        {
            var reader = new Utf8JsonReader(System.Text.Encoding.UTF8.GetBytes(schema));
            using JsonDocument document = JsonDocument.ParseValue(ref reader);
            return Smallest(document.RootElement) is { } value ? DspyValue.Parse(value.ToJsonString()) : null;
        }
        catch (JsonException)
        {
            // It is a description of another form: the other placeholders are tried.
            return null;
        }
    }

    private static JsonNode? Smallest(JsonElement schema)
    {
        if (schema.TryGetProperty("enum", out JsonElement values))
        {
            return JsonNode.Parse(values[0].GetRawText());
        }

        if (schema.TryGetProperty("const", out JsonElement only))
        {
            return JsonNode.Parse(only.GetRawText());
        }

        if (schema.TryGetProperty("anyOf", out JsonElement choices))
        {
            return Smallest(choices[0]);
        }

        return (schema.TryGetProperty("type", out JsonElement type) ? type.GetString() : null) switch
        {
            "object" => Object(schema),
            "array" => new JsonArray(),
            "string" => JsonValue.Create(Text(schema)),
            "boolean" => JsonValue.Create(true),
            "integer" or "number" => JsonValue.Create(0),
            _ => null,
        };
    }

    private static string Text(JsonElement schema) => (schema.TryGetProperty("format", out JsonElement format) ? format.GetString() : null) switch
    {
        "date" => "2000-01-01",
        "time" => "00:00:00",
        "date-time" => "2000-01-01T00:00:00Z",
        "duration" => "PT0S",
        "uuid" => Guid.Empty.ToString("D"),
        _ => "x",
    };

    private static JsonObject? Object(JsonElement schema)
    {
        var smallest = new JsonObject();
        if (!schema.TryGetProperty("required", out JsonElement required))
        {
            return smallest;
        }

        foreach (string name in required.EnumerateArray().Select(r => r.GetString()!))
        {
            if (Smallest(schema.GetProperty("properties").GetProperty(name)) is not { } value)
            {
                return null;
            }

            smallest[name] = value;
        }

        return smallest;
    }
}
