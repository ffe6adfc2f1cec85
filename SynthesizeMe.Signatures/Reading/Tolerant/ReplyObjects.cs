using System.Text.Json;

namespace SynthesizeMe.Signatures;

/// <summary>Finds the JSON object in a reply that holds the fields, whatever stands around it.</summary>
internal static class ReplyObjects
{
    /// <summary>How many braces are tried; a reply with more objects that are not the answer is not read as JSON.</summary>
    private const int MostAttempts = 16;

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
            Candidate? found = Read(reply, at, Opener.Brace, fields, out int end);
            best = best is null ? found : found is null ? best : Join(best, found, reply, fields);
            at = Math.Max(end, at + 1);
        }

        best ??= ReadWithoutBrace(reply, from, fields) ?? ReadCall(reply, from, fields);
        if (best is null)
        {
            return null;
        }

        NoteAround(reply, from, best, ref repairs);
        if (best.Repairs is { } more)
        {
            (repairs ??= []).AddRange(more);
        }

        return best.Json;
    }

    /// <summary>Reads a reply that is nothing but one sound object with every required field under its own name; null when it is not.</summary>
    public static ReplyJson? ReadSound(string reply, int from, ReadOnlySpan<FieldDescriptor> fields)
    {
        int at = Words.SkipBlanks(reply, from);
        if (at == reply.Length || reply[at] != '{')
        {
            return null;
        }

        int end = TolerantJson.EndOfSound(reply, at);
        if (end < 0 || !reply.AsSpan(end).IsWhiteSpace())
        {
            return null;
        }

        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(reply.AsMemory(at, end - at), TolerantJson.Options);
        }
        catch (Exception e) when (e is JsonException or ArgumentException)
        {
            return null; // Half of a surrogate pair.
        }

        var values = new JsonElement[fields.Length];
        if (TryMapSound(document.RootElement, fields, values))
        {
            return new ReplyJson(document, values, IsCut: false, CutField: -1, CutInScalar: false);
        }

        document.Dispose();
        return null;
    }

    private static bool TryMapSound(JsonElement json, ReadOnlySpan<FieldDescriptor> fields, JsonElement[] values)
    {
        bool any = false;
        foreach (JsonProperty property in json.EnumerateObject())
        {
            int field = FieldNames.IndexOf(fields, property, out bool spelled);
            if (field < 0 || !spelled || values[field].ValueKind != JsonValueKind.Undefined)
            {
                return false;
            }

            values[field] = property.Value;
            any = true;
        }

        for (int i = 0; i < values.Length; i++)
        {
            if (values[i].ValueKind == JsonValueKind.Undefined && !fields[i].Optional)
            {
                return false;
            }
        }

        return any;
    }

    /// <summary>The text of a reply that is a JSON string of JSON, or JSON whose quotes are escaped as in one; null when it is neither.</summary>
    public static string? Decode(ReadOnlySpan<char> reply)
    {
        ReadOnlySpan<char> text = reply.Trim();
        if (!text.Contains("\\\"", StringComparison.Ordinal))
        {
            return null;
        }

        text = Fences.Unwrap(text);
        if (text.IsEmpty || text[0] is not ('"' or '{' or '['))
        {
            return null;
        }

        string quoted = text[0] == '"' ? text.ToString() : $"\"{text}\"";
        try
        {
            using JsonDocument document = JsonDocument.Parse(quoted);
            string? decoded = document.RootElement.ValueKind == JsonValueKind.String ? document.RootElement.GetString() : null;
            return decoded.AsSpan().TrimStart() is ['{' or '[', ..] ? decoded : null;
        }
        catch (Exception e) when (e is JsonException or ArgumentException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>What kind of repair it is to leave out what stands before or after JSON; null when nothing of note does.</summary>
    public static RepairKind? Surroundings(ReadOnlySpan<char> text, bool after)
    {
        ReadOnlySpan<char> rest = text.Trim();
        if (after && rest is ['}' or ']', ..])
        {
            rest = rest.TrimStart("}]").Trim();
            if (rest.IsEmpty || Fences.IsClosing(rest))
            {
                return RepairKind.StrayCloser;
            }
        }

        bool fenced = after ? Fences.IsClosing(rest) : Fences.IsOpening(rest);
        return rest.IsEmpty || (fenced && after) ? null : fenced ? RepairKind.FencedJson : RepairKind.TextOutsideSections;
    }

    private static void NoteAround(string reply, int from, Candidate taken, ref List<Repair>? repairs)
    {
        ReadOnlySpan<char> before = reply.AsSpan(from, taken.Start - from).TrimEnd();
        ReadOnlySpan<char> after = reply.AsSpan(taken.End).TrimStart();
        if (before.EndsWith('[') && after.StartsWith(']'))
        {
            (repairs ??= []).Add(new Repair(RepairKind.Wrapper, "", from + before.Length - 1));
            before = before[..^1];
            after = after[1..];
        }

        if (Surroundings(before, after: false) is { } one)
        {
            (repairs ??= []).Add(new Repair(one, "", from));
        }

        if (Surroundings(after, after: true) is { } two)
        {
            (repairs ??= []).Add(new Repair(two, "", reply.Length - after.Length));
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
                return Read(reply, at, Opener.None, fields, out _);
            }

            at++;
        }

        return null;
    }

    /// <summary>Reads what is written as a constructor's call: <c>Judge(reasoning='…', preference='First')</c>.</summary>
    private static Candidate? ReadCall(string reply, int from, ReadOnlySpan<FieldDescriptor> fields)
    {
        int at = from;
        for (int attempt = 0; attempt < MostAttempts; attempt++)
        {
            int paren = reply.AsSpan(at).IndexOf('(');
            if (paren < 0)
            {
                return null;
            }

            at += paren + 1;
            ReadOnlySpan<char> head = reply.AsSpan(at, Math.Min(100, reply.Length - at));
            int equals = head.IndexOf('=');
            if (equals > 0 && FieldNames.IndexOf(fields, head[..equals].Trim()) >= 0)
            {
                return Read(reply, at, Opener.Paren, fields, out _);
            }
        }

        return null;
    }

    private static Candidate? Read(string reply, int at, Opener opener, ReadOnlySpan<FieldDescriptor> fields, out int end)
    {
        var json = new TolerantJson(reply, at, null);
        try
        {
            bool read = opener == Opener.Brace ? json.TryRead() : json.TryReadMembers(call: opener == Opener.Paren);
            end = json.Position;
            if (!read || json.HasHalfSurrogate)
            {
                return null;
            }

            JsonDocument document = JsonDocument.Parse(json.Json, TolerantJson.Options);
            List<Repair>? repairs = json.Repairs;
            if (!ReplyWrapper.TryUnwrap(document.RootElement, fields, reply, at, ref repairs, out JsonElement answer))
            {
                document.Dispose();
                return null;
            }

            JsonElement[] values = Map(answer, fields, reply, at, ref repairs, out int last);
            return new Candidate(new ReplyJson(document, values, json.IsCut, json.IsCutInside ? last : -1, json.IsCutInScalar), at, end, repairs);
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

    private static JsonElement[] Map(
        JsonElement json, ReadOnlySpan<FieldDescriptor> fields, string reply, int at, ref List<Repair>? repairs, out int last)
    {
        var values = new JsonElement[fields.Length];
        last = -1;
        int repeats = 0;
        foreach (JsonProperty property in json.EnumerateObject())
        {
            int field = FieldNames.IndexOf(fields, property, out bool spelled);
            last = field;
            if (field < 0)
            {
                (repairs ??= []).Add(new Repair(RepairKind.UnknownSection, "", at));
                continue;
            }

            if (!spelled)
            {
                (repairs ??= []).Add(new Repair(RepairKind.SectionName, fields[field].Name, at));
            }

            if (values[field].ValueKind == JsonValueKind.Undefined)
            {
                values[field] = property.Value;
            }
            else if (++repeats <= Section.MostRepeats && ReplyJson.Same(values[field], property.Value))
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

    /// <summary>Both objects' fields; what both have must be the same.</summary>
    private static Candidate Join(Candidate one, Candidate two, string reply, ReadOnlySpan<FieldDescriptor> fields)
    {
        bool more = false;
        for (int i = 0; i < fields.Length; i++)
        {
            JsonElement first = one.Json.Values[i];
            JsonElement second = two.Json.Values[i];
            if (first.ValueKind == JsonValueKind.Undefined)
            {
                more |= second.ValueKind != JsonValueKind.Undefined;
                one.Json.Values[i] = second;
            }
            else if (second.ValueKind != JsonValueKind.Undefined && !ReplyJson.Same(first, second))
            {
                throw new PromptParseException("", reply, "it has two objects that answer differently; write one");
            }
        }

        if (!more)
        {
            two.Json.Dispose();
        }

        List<Repair> repairs = [.. one.Repairs ?? [], new Repair(more ? RepairKind.Wrapper : RepairKind.RepeatedSection, "", two.Start), .. more ? two.Repairs ?? [] : []];
        ReplyJson json = more ? one.Json with { IsCut = two.Json.IsCut, CutField = two.Json.CutField, CutInScalar = two.Json.CutInScalar, Other = Chain(one.Json, two.Json) } : one.Json;
        return new Candidate(json, one.Start, two.End, repairs);
    }

    private static ReplyJson Chain(ReplyJson one, ReplyJson two) => one.Other is null ? two : two with { Other = one.Other };

    private enum Opener
    {
        Brace,
        None,
        Paren,
    }

    private sealed record Candidate(ReplyJson Json, int Start, int End, List<Repair>? Repairs);
}
