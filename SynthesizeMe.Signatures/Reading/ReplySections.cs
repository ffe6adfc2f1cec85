namespace SynthesizeMe.Signatures;

/// <summary>Divides a reply into the sections of its output fields, in one pass.</summary>
internal static class ReplySections
{
    private const string ThinkOpen = "<think>";
    private const string ThinkClose = "</think>";

    /// <summary>Locates every field's section.</summary>
    /// <param name="reply">The reply.</param>
    /// <param name="at">Where to start.</param>
    /// <param name="fields">The fields asked for.</param>
    /// <param name="sections">Receives the place of each field; not found when absent.</param>
    /// <param name="repairs">Receives what was left out or repaired; created when needed.</param>
    /// <returns>Whether the closing marker was there.</returns>
    /// <exception cref="PromptParseException">A field stands twice with different content.</exception>
    public static bool Locate(string reply, int at, ReadOnlySpan<FieldDescriptor> fields, Span<Section> sections, ref List<Repair>? repairs)
    {
        ReadOnlySpan<char> text = reply;
        bool any = SectionMarker.TryFind(text, at, out int start, out int end, out ReadOnlySpan<char> name);
        if (!text[at..start].IsWhiteSpace())
        {
            Note(ref repairs, RepairKind.TextOutsideSections, "", at);
        }

        while (any)
        {
            if (FieldNames.Match(name, SectionMarker.Completed))
            {
                return true;
            }

            int field = FieldNames.IndexOf(fields, name);
            int open = end;
            int nameAt = start;
            bool spelled = field >= 0 && name.SequenceEqual(fields[field].Name);
            any = SectionMarker.TryFind(text, open, out start, out end, out name);
            if (field < 0)
            {
                Note(ref repairs, RepairKind.UnknownSection, "", nameAt);
                continue;
            }

            if (!spelled)
            {
                Note(ref repairs, RepairKind.SectionName, fields[field].Name, nameAt);
            }

            Put(reply, fields, sections, field, Content(text, open, any ? start : text.Length), nameAt, ref repairs);
        }

        return false;
    }

    /// <summary>Keeps a field's section; true when it is the field's first. A second one must say the same.</summary>
    /// <exception cref="PromptParseException">It says something else.</exception>
    public static bool Put(
        string reply, ReadOnlySpan<FieldDescriptor> fields, Span<Section> sections, int field, Section found, int at, ref List<Repair>? repairs)
    {
        if (!sections[field].Found)
        {
            sections[field] = found;
            return true;
        }

        if (!sections[field].In(reply).Trim().SequenceEqual(found.In(reply).Trim()))
        {
            throw new PromptParseException(fields[field].Name, reply, "its section stands twice with different content");
        }

        Note(ref repairs, RepairKind.RepeatedSection, fields[field].Name, at);
        return false;
    }

    /// <summary>Where the reply goes on after a leading block of thoughts.</summary>
    public static int SkipThoughts(ReadOnlySpan<char> text, ref List<Repair>? repairs)
    {
        ReadOnlySpan<char> trimmed = text.TrimStart();
        int start = text.Length - trimmed.Length;
        if (!trimmed.StartsWith(ThinkOpen))
        {
            return 0;
        }

        int close = trimmed.IndexOf(ThinkClose);
        Note(ref repairs, RepairKind.ThinkingBlock, "", start);
        return close < 0 ? text.Length : start + close + ThinkClose.Length;
    }

    /// <summary>The content between two markers, without the line ends that belong to the layout.</summary>
    public static Section Content(ReadOnlySpan<char> text, int start, int end)
    {
        ReadOnlySpan<char> body = text[start..end];
        bool last = end == text.Length;
        int from = 0;
        while (from < body.Length && body[from] is ' ' or '\t')
        {
            from++;
        }

        if (from < body.Length && body[from] == '\n')
        {
            from++;
        }
        else if (body[from..].StartsWith("\r\n"))
        {
            from += 2;
        }

        body = body[from..];
        int cut = body switch
        {
            _ when !last && body.EndsWith("\n\n") => 2,
            _ when !last && body.EndsWith("\r\n\r\n") => 4,
            _ when body.EndsWith("\r\n") => 2,
            _ when body.EndsWith("\n") => 1,
            _ => 0,
        };
        return new Section { Start = start + from, Length = body.Length - cut };
    }

    private static void Note(ref List<Repair>? repairs, RepairKind kind, string field, int position) =>
        (repairs ??= []).Add(new Repair(kind, field, position));
}
