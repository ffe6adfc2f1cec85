namespace SynthesizeMe.Signatures;

/// <summary>
/// Finds the output fields in a reply, whatever layout the model chose: marked sections, a JSON object, XML elements, labelled lines, or the
/// bare value of an only field (not of a text: any refusal would pass for one). The first layout that has every required field is taken, else the one that has most of them.
/// </summary>
internal static class ReplyLocator
{
    /// <summary>Locates every field.</summary>
    /// <param name="reply">The reply; replaced by the JSON within it when it is encoded twice.</param>
    /// <param name="fields">The fields asked for.</param>
    /// <param name="sections">Receives the place of each field that is found as text.</param>
    /// <param name="repairs">Receives what was left out or repaired; created when needed.</param>
    /// <param name="json">The fields' values when the reply is JSON; the caller disposes it.</param>
    /// <returns>Whether the reply came to its own end: a closing marker, brace or tag was there.</returns>
    /// <exception cref="PromptParseException">A field is answered twice in different ways.</exception>
    public static bool Locate(
        ref string reply, ReadOnlySpan<FieldDescriptor> fields, Span<Section> sections, ref List<Repair>? repairs, out ReplyJson? json)
    {
        json = null;
        int start = ReplySections.SkipThoughts(reply, ref repairs);
        if (reply.AsSpan(start).Contains("[[", StringComparison.Ordinal))
        {
            int before = repairs?.Count ?? 0;
            bool completed = ReplySections.Locate(reply, start, fields, sections, ref repairs);
            if (Count(sections) > 0)
            {
                return completed;
            }

            repairs?.RemoveRange(before, repairs.Count - before);
        }

        return LocateOther(ref reply, start, fields, sections, ref repairs, ref json);
    }

    private static bool LocateOther(
        ref string reply, int start, ReadOnlySpan<FieldDescriptor> fields, Span<Section> sections, ref List<Repair>? repairs, ref ReplyJson? json)
    {
        List<Repair>? asJson = null;
        json = ReplyObjects.Find(reply, start, fields, ref asJson);
        if (json is null && ReplyObjects.Decode(reply, start) is { } decoded)
        {
            json = ReplyObjects.Find(decoded, 0, fields, ref asJson);
            if (json is not null)
            {
                reply = decoded;
                (asJson ??= []).Insert(0, new Repair(RepairKind.DoubleEncoded, "", 0));
            }
        }

        int inJson = json is null ? 0 : json.Values.Count(v => v.ValueKind != System.Text.Json.JsonValueKind.Undefined);
        if (inJson >= Required(fields))
        {
            return Take(ref repairs, asJson, RepairKind.WrittenAsJson, start, !json!.IsCut);
        }

        List<Repair>? asTags = null;
        int inTags = ReplyTags.Locate(reply, start, fields, sections, ref asTags);
        if (inTags > inJson)
        {
            Drop(ref json);
            return Take(ref repairs, asTags, RepairKind.WrittenAsXml, start, asTags?.Exists(r => r.Kind == RepairKind.MissingCloser) != true);
        }

        sections.Clear();
        List<Repair>? asLabels = null;
        int inLabels = ReplyLabels.Locate(reply, start, fields, sections, ref asLabels);
        if (inLabels > inJson)
        {
            Drop(ref json);
            return Take(ref repairs, asLabels, RepairKind.WrittenAsLabels, start, complete: false);
        }

        sections.Clear();
        if (json is not null)
        {
            return Take(ref repairs, asJson, RepairKind.WrittenAsJson, start, !json.IsCut);
        }

        ReadOnlySpan<char> whole = reply.AsSpan(start).Trim();
        if (fields.Length == 1 && fields[0].Type != FieldDescriptor.Text && !whole.IsEmpty)
        {
            sections[0] = new Section { Start = reply.IndexOf(whole[0], start), Length = whole.Length, Style = SectionStyle.Plain };
            (repairs ??= []).Add(new Repair(RepairKind.WholeReply, fields[0].Name, sections[0].Start));
        }

        return false;
    }

    private static bool Take(ref List<Repair>? repairs, List<Repair>? more, RepairKind layout, int start, bool complete)
    {
        repairs ??= [];
        repairs.Add(new Repair(layout, "", start));
        repairs.AddRange(more ?? []);
        return complete;
    }

    private static void Drop(ref ReplyJson? json)
    {
        json?.Dispose();
        json = null;
    }

    private static int Required(ReadOnlySpan<FieldDescriptor> fields)
    {
        int required = 0;
        foreach (FieldDescriptor field in fields)
        {
            required += field.Optional ? 0 : 1;
        }

        return Math.Max(required, 1);
    }

    private static int Count(ReadOnlySpan<Section> sections)
    {
        int found = 0;
        foreach (Section section in sections)
        {
            found += section.Found ? 1 : 0;
        }

        return found;
    }
}
