using System.Text.Json;

namespace SynthesizeMe.Signatures;

/// <summary>The fields of a reply that is, or contains, a JSON object.</summary>
/// <param name="Document">Owns the values.</param>
/// <param name="Values">The value of each field; undefined where the object has none.</param>
/// <param name="IsCut">Whether the reply ended before the object did.</param>
/// <param name="CutField">The field whose value the reply's end may have cut; -1 when none.</param>
internal sealed record ReplyJson(JsonDocument Document, JsonElement[] Values, bool IsCut, int CutField) : IDisposable
{
    public void Dispose() => Document.Dispose();
}

/// <summary>Finds the JSON object in a reply that holds the fields, whatever stands around it.</summary>
internal static class ReplyObjects
{
    /// <summary>How many braces are tried; a reply with more objects that are not the answer is not read as JSON.</summary>
    private const int MostAttempts = 16;

    private const int DeepestWrapper = 3;

    /// <summary>Finds the object.</summary>
    /// <param name="reply">The reply.</param>
    /// <param name="from">Where to start.</param>
    /// <param name="fields">The fields asked for.</param>
    /// <param name="repairs">Receives the repairs of the object that is taken.</param>
    /// <returns>The values; null when no object has one of the fields.</returns>
    /// <exception cref="PromptParseException">Two objects answer differently.</exception>
    public static ReplyJson? Find(string reply, int from, ReadOnlySpan<FieldDescriptor> fields, ref List<Repair>? repairs)
    {
        Candidate? best = null;
        int at = from;
        for (int attempt = 0; attempt < MostAttempts; attempt++)
        {
            int brace = reply.AsSpan(at).IndexOf('{');
            if (brace < 0)
            {
                break;
            }

            at += brace;
            Candidate? found = Read(reply, at, members: false, fields, out int end);
            best = Better(best, found, reply, fields);
            at = Math.Max(end, at + 1);
        }

        best ??= ReadWithoutBrace(reply, from, fields);
        if (best is null)
        {
            return null;
        }

        NoteAround(reply.AsSpan(from, best.Start - from), from, after: false, ref repairs);
        NoteAround(reply.AsSpan(best.End), best.End, after: true, ref repairs);
        if (best.Repairs is { } more)
        {
            (repairs ??= []).AddRange(more);
        }

        return best.Json;
    }

    /// <summary>The text of a reply that is a JSON string, or JSON whose quotes are escaped as in one; null when it is neither.</summary>
    public static string? Decode(string reply, int from)
    {
        ReadOnlySpan<char> text = reply.AsSpan(from).Trim();
        if (!text.Contains("\\\"", StringComparison.Ordinal))
        {
            return null;
        }

        string quoted = text.StartsWith('"') ? text.ToString() : $"\"{text}\"";
        try
        {
            using JsonDocument document = JsonDocument.Parse(quoted);
            return document.RootElement.ValueKind == JsonValueKind.String ? document.RootElement.GetString() : null;
        }
        catch (Exception e) when (e is JsonException or ArgumentException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>What kind of repair it is to leave out what stands before or after JSON; null when nothing of note does.</summary>
    public static RepairKind? Surroundings(ReadOnlySpan<char> text, bool after)
    {
        const string fence = "```";
        ReadOnlySpan<char> rest = text.Trim().TrimEnd("}]").Trim();
        bool fenced = rest.StartsWith(fence) && !rest[fence.Length..].ContainsAny(" \n`");
        return rest.IsEmpty || (fenced && after) ? null : fenced ? RepairKind.FencedJson : RepairKind.TextOutsideSections;
    }

    private static void NoteAround(ReadOnlySpan<char> text, int at, bool after, ref List<Repair>? repairs)
    {
        if (Surroundings(text, after) is { } kind)
        {
            (repairs ??= []).Add(new Repair(kind, "", at));
        }
    }

    private static Candidate? ReadWithoutBrace(string reply, int from, ReadOnlySpan<FieldDescriptor> fields)
    {
        int at = from;
        for (int attempt = 0; attempt < MostAttempts; attempt++)
        {
            int quote = reply.AsSpan(at).IndexOfAny('"', '\'', '“');
            if (quote < 0)
            {
                return null;
            }

            at += quote;
            if (TolerantJson.KeyAt(reply, at) is { Length: > 0 } key && FieldNames.IndexOf(fields, key) >= 0)
            {
                return Read(reply, at, members: true, fields, out _);
            }

            at++;
        }

        return null;
    }

    private static Candidate? Read(string reply, int at, bool members, ReadOnlySpan<FieldDescriptor> fields, out int end)
    {
        var json = new TolerantJson(reply, at, null);
        try
        {
            bool read = members ? json.TryReadMembers() : json.TryRead();
            end = json.Position;
            if (!read || json.HasHalfSurrogate)
            {
                return null;
            }

            JsonDocument document = JsonDocument.Parse(json.Json.ToString(), new() { MaxDepth = TolerantJson.DeepestNesting + 2 });
            List<Repair>? repairs = json.Repairs;
            if (Unwrap(document.RootElement, fields, DeepestWrapper, at, ref repairs) is not { } answer)
            {
                document.Dispose();
                return null;
            }

            JsonElement[] values = Map(answer, fields, reply, at, ref repairs, out int known, out int last);
            return new Candidate(new ReplyJson(document, values, json.IsCut, json.IsCutInScalar ? last : -1), at, end, known, repairs);
        }
        catch (Exception e) when (e is JsonException or ArgumentException)
        {
            end = at + 1; // Half of a surrogate pair, or a number out of bounds: this is not the answer.
            return null;
        }
        finally
        {
            json.Return();
        }
    }

    /// <summary>The object with fields: this one, or the only object within it.</summary>
    private static JsonElement? Unwrap(JsonElement json, ReadOnlySpan<FieldDescriptor> fields, int depth, int at, ref List<Repair>? repairs)
    {
        if (json.ValueKind == JsonValueKind.Array)
        {
            return json.GetArrayLength() == 1 && depth > 0 ? Unwrap(json[0], fields, depth - 1, at, ref repairs) : null;
        }

        if (json.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        JsonElement? only = null;
        int count = 0;
        foreach (JsonProperty property in json.EnumerateObject())
        {
            if (FieldNames.IndexOf(fields, property.Name) >= 0)
            {
                return json;
            }

            only = property.Value;
            count++;
        }

        if (count != 1 || depth == 0 || Unwrap(only!.Value, fields, depth - 1, at, ref repairs) is not { } inner)
        {
            return null;
        }

        (repairs ??= []).Add(new Repair(RepairKind.Wrapper, "", at));
        return inner;
    }

    private static JsonElement[] Map(
        JsonElement json, ReadOnlySpan<FieldDescriptor> fields, string reply, int at, ref List<Repair>? repairs, out int known, out int last)
    {
        var values = new JsonElement[fields.Length];
        known = 0;
        last = -1;
        foreach (JsonProperty property in json.EnumerateObject())
        {
            int field = FieldNames.IndexOf(fields, property.Name);
            last = field;
            if (field < 0)
            {
                (repairs ??= []).Add(new Repair(RepairKind.UnknownSection, "", at));
                continue;
            }

            if (!property.NameEquals(fields[field].Name))
            {
                (repairs ??= []).Add(new Repair(RepairKind.SectionName, fields[field].Name, at));
            }

            if (values[field].ValueKind == JsonValueKind.Undefined)
            {
                values[field] = property.Value;
                known++;
            }
            else if (JsonElement.DeepEquals(values[field], property.Value))
            {
                (repairs ??= []).Add(new Repair(RepairKind.RepeatedSection, fields[field].Name, at));
            }
            else
            {
                throw new PromptParseException(fields[field].Name, reply, "it stands twice with different content");
            }
        }

        return values;
    }

    private static Candidate? Better(Candidate? best, Candidate? found, string reply, ReadOnlySpan<FieldDescriptor> fields)
    {
        if (found is null || best is null || found.Known < best.Known)
        {
            return best ?? found;
        }

        if (found.Known > best.Known)
        {
            return found;
        }

        for (int i = 0; i < fields.Length; i++)
        {
            JsonElement one = best.Json.Values[i];
            JsonElement two = found.Json.Values[i];
            bool same = one.ValueKind == JsonValueKind.Undefined || two.ValueKind == JsonValueKind.Undefined
                ? one.ValueKind == two.ValueKind
                : JsonElement.DeepEquals(one, two);
            if (!same)
            {
                throw new PromptParseException("", reply, "it has two objects that answer differently; write one");
            }
        }

        return best;
    }

    private sealed record Candidate(ReplyJson Json, int Start, int End, int Known, List<Repair>? Repairs);
}
