using System.Text.Json;

namespace SynthesizeMe.Signatures;

/// <summary>
/// Finds the output fields in a reply, whatever layout the model chose: marked sections, a JSON object, XML elements, labelled lines, or the
/// bare value of an only field (not of a text: any refusal would pass for one).
/// </summary>
/// <remarks>
/// An outer layout opens before what is quoted in it, so layouts are tried in the order in which their first signs stand in the reply. The
/// first that has every required field is taken, else the one that has most of them.
/// </remarks>
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
        int mark = IndexOf(reply, start, "[[");
        int brace = IndexOf(reply, start, "{");
        int angle = IndexOf(reply, start, "<");
        if (mark < Math.Min(brace, angle))
        {
            int before = repairs?.Count ?? 0;
            bool completed = ReplySections.Locate(reply, start, fields, sections, ref repairs);
            if (Count(sections) > 0)
            {
                return completed;
            }

            repairs?.RemoveRange(before, repairs.Count - before);
            mark = int.MaxValue;
        }

        Attempt? best = null;
        int required = Required(fields);
        foreach (Func<string, int, FieldDescriptor[], Attempt> layout in Order(mark, brace, angle))
        {
            Attempt attempt = layout(reply, start, fields.ToArray());
            if (best is null || attempt.Count > best.Count)
            {
                best?.Json?.Dispose();
                best = attempt;
            }
            else
            {
                attempt.Json?.Dispose();
            }

            if (best.Count >= required)
            {
                break;
            }
        }

        return Take(best!, ref reply, start, fields, sections, ref repairs, out json);
    }

    private static IEnumerable<Func<string, int, FieldDescriptor[], Attempt>> Order(int mark, int brace, int angle)
    {
        (int At, Func<string, int, FieldDescriptor[], Attempt> Layout)[] structured = [(mark, TryMarks), (brace, TryObject), (angle, TryTags)];
        return structured.OrderBy(l => l.At).Select(l => l.Layout).Append(TryLabels);
    }

    private static Attempt TryMarks(string reply, int start, FieldDescriptor[] fields)
    {
        var sections = new Section[fields.Length];
        List<Repair>? repairs = null;
        bool complete = ReplySections.Locate(reply, start, fields, sections, ref repairs);
        return new(reply, Count(sections), sections, null, repairs, null, complete);
    }

    private static Attempt TryObject(string reply, int start, FieldDescriptor[] fields)
    {
        List<Repair>? repairs = null;
        ReplyJson? json = ReplyObjects.Find(reply, start, fields, ref repairs);
        if (json is null && ReplyObjects.Decode(reply, start) is { } decoded)
        {
            json = ReplyObjects.Find(decoded, 0, fields, ref repairs);
            if (json is not null)
            {
                reply = decoded;
                (repairs ??= []).Insert(0, new Repair(RepairKind.DoubleEncoded, "", 0));
            }
        }

        int count = json is null ? 0 : json.Values.Count(v => v.ValueKind != JsonValueKind.Undefined);
        return new(reply, count, null, json, repairs, RepairKind.WrittenAsJson, json?.IsCut == false);
    }

    private static Attempt TryTags(string reply, int start, FieldDescriptor[] fields)
    {
        var sections = new Section[fields.Length];
        List<Repair>? repairs = null;
        int count = ReplyTags.Locate(reply, start, fields, sections, ref repairs);
        return new(reply, count, sections, null, repairs, RepairKind.WrittenAsXml, repairs?.Exists(r => r.Kind == RepairKind.MissingCloser) != true);
    }

    private static Attempt TryLabels(string reply, int start, FieldDescriptor[] fields)
    {
        var sections = new Section[fields.Length];
        List<Repair>? repairs = null;
        int count = ReplyLabels.Locate(reply, start, fields, sections, ref repairs);
        return new(reply, count, sections, null, repairs, RepairKind.WrittenAsLabels, Complete: false);
    }

    private static bool Take(
        Attempt best, ref string reply, int start, ReadOnlySpan<FieldDescriptor> fields, Span<Section> sections, ref List<Repair>? repairs, out ReplyJson? json)
    {
        json = best.Json;
        if (best.Count > 0)
        {
            reply = best.Reply;
            best.Sections?.CopyTo(sections);
            if (best.Layout is { } layout)
            {
                (repairs ??= []).Add(new Repair(layout, "", start));
            }

            if (best.Repairs is { } more)
            {
                (repairs ??= []).AddRange(more);
            }

            return best.Complete;
        }

        ReadOnlySpan<char> whole = reply.AsSpan(start).Trim();
        if (fields.Length == 1 && fields[0].Type != FieldDescriptor.Text && !whole.IsEmpty)
        {
            sections[0] = new Section { Start = reply.IndexOf(whole[0], start), Length = whole.Length, Style = SectionStyle.Plain };
            (repairs ??= []).Add(new Repair(RepairKind.WholeReply, fields[0].Name, sections[0].Start));
        }

        return false;
    }

    private static int IndexOf(string reply, int start, string sign) =>
        reply.IndexOf(sign, start, StringComparison.Ordinal) is var at and >= 0 ? at : int.MaxValue;

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

    /// <summary>What one layout finds.</summary>
    private sealed record Attempt(
        string Reply, int Count, Section[]? Sections, ReplyJson? Json, List<Repair>? Repairs, RepairKind? Layout, bool Complete);
}
