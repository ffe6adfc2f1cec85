using System.Runtime.InteropServices;
using System.Text.Json;

namespace SynthesizeMe.Signatures;

/// <summary>Takes the object with the fields out of what a model put around it: other objects, a list of one, JSON within a string.</summary>
internal static class ReplyWrapper
{
    private const int Deepest = 3;

    /// <summary>The object with fields: this one, or the only one within it.</summary>
    /// <exception cref="PromptParseException">There are two that answer differently.</exception>
    public static bool TryUnwrap(JsonElement json, ReadOnlySpan<FieldDescriptor> fields, string reply, int at, ref List<Repair>? repairs, out JsonElement answer)
    {
        int depth = 0;
        bool encoded = false;
        if (!TryUnwrap(json, fields, reply, Deepest, ref depth, ref encoded, out answer))
        {
            return false;
        }

        if (encoded)
        {
            (repairs ??= []).Add(new Repair(RepairKind.DoubleEncoded, "", at));
        }

        for (; depth > 0; depth--)
        {
            (repairs ??= []).Add(new Repair(RepairKind.Wrapper, "", at));
        }

        return true;
    }

    private static bool TryUnwrap(
        JsonElement json, ReadOnlySpan<FieldDescriptor> fields, string reply, int left, ref int depth, ref bool encoded, out JsonElement answer)
    {
        answer = json;
        switch (json.ValueKind)
        {
            case JsonValueKind.Array when json.GetArrayLength() == 1 && left > 0:
                depth++;
                return TryUnwrap(json[0], fields, reply, left - 1, ref depth, ref encoded, out answer);
            case JsonValueKind.String when left > 0 && Decode(json) is { } decoded:
                encoded = true;
                return TryUnwrap(decoded, fields, reply, left - 1, ref depth, ref encoded, out answer);
            case JsonValueKind.Object:
                return HasField(json, fields) || TryUnwrapObject(json, fields, reply, left, ref depth, ref encoded, out answer);
            default:
                return false;
        }
    }

    private static bool TryUnwrapObject(
        JsonElement json, ReadOnlySpan<FieldDescriptor> fields, string reply, int left, ref int depth, ref bool encoded, out JsonElement answer)
    {
        answer = default;
        int inner = depth;
        bool any = false;
        foreach (JsonProperty property in json.EnumerateObject())
        {
            int level = depth + 1;
            bool text = encoded;
            if (left == 0 || !TryUnwrap(property.Value, fields, reply, left - 1, ref level, ref text, out JsonElement found))
            {
                continue;
            }

            if (any && !JsonElement.DeepEquals(answer, found))
            {
                throw new PromptParseException("", reply, "it has two objects that answer differently; write one");
            }

            (any, answer, inner, encoded) = (true, found, level, text);
        }

        depth = inner;
        return any;
    }

    private static bool HasField(JsonElement json, ReadOnlySpan<FieldDescriptor> fields)
    {
        foreach (JsonProperty property in json.EnumerateObject())
        {
            if (FieldNames.IndexOf(fields, property, out _) >= 0)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The object in a string; it lives on its own.</summary>
    private static JsonElement? Decode(JsonElement text)
    {
        ReadOnlySpan<byte> raw = JsonMarshal.GetRawUtf8Value(text)[1..];
        if (raw.TrimStart(" \\nrt"u8) is not [(byte)'{', ..])
        {
            return null;
        }

        string inner = text.GetString()!;
        var json = new TolerantJson(inner, inner.IndexOf('{', StringComparison.Ordinal), null);
        try
        {
            if (!json.TryRead() || json.HasHalfSurrogate || json.IsCut)
            {
                return null;
            }

            using JsonDocument document = JsonDocument.Parse(json.Json, TolerantJson.Options);
            return document.RootElement.Clone();
        }
        catch (Exception e) when (e is JsonException or ArgumentException)
        {
            return null;
        }
        finally
        {
            json.Return();
        }
    }
}
