namespace SynthesizeMe.Signatures;

/// <summary>Divides a reply into the sections of its output fields, in one pass.</summary>
internal static class ReplySections
{
    private const string LastMarker = "[[##completed##]]";

    /// <summary>Locates every field's section.</summary>
    /// <param name="reply">The reply.</param>
    /// <param name="at">Where to start.</param>
    /// <param name="fields">The fields asked for.</param>
    /// <param name="sections">Receives the place of each field; not found when absent.</param>
    /// <param name="repairs">Receives what was left out or repaired; created when needed.</param>
    /// <returns>Whether the closing marker was there.</returns>
    /// <exception cref="PromptParseException">A field stands twice with different content, be it after the closing marker.</exception>
    public static bool Locate(string reply, int at, ReadOnlySpan<FieldDescriptor> fields, Span<Section> sections, ref List<Repair>? repairs)
    {
        ReadOnlySpan<char> text = reply;
        bool any = SectionMarker.TryFind(text, at, out int start, out int end, out ReadOnlySpan<char> name);
        int line = LineStart(text, at, start);
        bool fenced = NoteBefore(text, at, line, ref repairs);
        bool completed = false;
        while (any)
        {
            if (FieldNames.Match(name, SectionMarker.Completed))
            {
                completed = completed || NoteAfter(text, end, fenced, ref repairs);
                if (text[end..].IsWhiteSpace())
                {
                    return true;
                }

                any = SectionMarker.TryFind(text, end, out start, out end, out name);
                continue;
            }

            int field = FieldNames.IndexOf(fields, name);
            int open = AfterMarker(text, end, start > line);
            bool asAsked = field >= 0 && open == end && line == start && name.SequenceEqual(fields[field].Name);
            int nameAt = start;
            any = SectionMarker.TryFind(text, open, out start, out end, out name);
            line = any ? LineStart(text, open, start) : text.Length;
            if (completed && (field < 0 || !sections[field].Found))
            {
                continue; // Only what contradicts the answer matters after it.
            }

            if (field < 0)
            {
                Note(ref repairs, RepairKind.UnknownSection, "", nameAt);
                continue;
            }

            if (!asAsked)
            {
                Note(ref repairs, RepairKind.SectionName, fields[field].Name, nameAt);
            }

            Put(reply, fields, sections, field, Content(text, open, line, fenced), nameAt, ref repairs);
        }

        return completed;
    }

    /// <summary>Keeps a field's section; true when it is the field's first. A second one must say the same.</summary>
    /// <exception cref="PromptParseException">It says something else, or the reply goes on and on.</exception>
    public static bool Put(
        string reply, ReadOnlySpan<FieldDescriptor> fields, Span<Section> sections, int field, Section found, int at, ref List<Repair>? repairs)
    {
        if (!sections[field].Found)
        {
            sections[field] = found;
            return true;
        }

        if (++sections[field].Repeats > Section.MostRepeats)
        {
            throw new PromptParseException(fields[field].Name, reply, "its section stands again and again");
        }

        if (!sections[field].In(reply).Trim().SequenceEqual(found.In(reply).Trim()))
        {
            throw new PromptParseException(fields[field].Name, reply, "its section stands twice with different content");
        }

        Note(ref repairs, RepairKind.RepeatedSection, fields[field].Name, at);
        return false;
    }

    /// <summary>Where the emphasis, heading or bullet that belongs to a marker begins; the marker itself when it has none.</summary>
    public static int LineStart(ReadOnlySpan<char> text, int from, int marker)
    {
        int i = marker;
        while (i > from && text[i - 1] is ' ' or '\t' or '*' or '_' or '#' or '>' or '-' or '•')
        {
            i--;
        }

        bool opensLine = i == from || text[i - 1] == '\n';
        return opensLine && !text[i..marker].IsWhiteSpace() ? i : marker;
    }

    /// <summary>Where the content begins: after the emphasis or the colon that belongs to the marker.</summary>
    public static int AfterMarker(ReadOnlySpan<char> text, int end, bool decorated)
    {
        int i = end;
        while (i < text.Length && text[i] is '*' or '_' or ':')
        {
            i++;
        }

        bool belongs = i > end && (decorated || text[end..i].Contains(':') || i == text.Length || text[i] is '\n' or '\r');
        return belongs ? i : end;
    }

    /// <summary>The content between two markers, without the line ends that belong to the layout.</summary>
    public static Section Content(ReadOnlySpan<char> text, int start, int end, bool fenced = false)
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

        body = last ? WithoutEnd(body[from..], fenced) : body[from..];
        int cut = body switch
        {
            _ when !last && body.EndsWith("\n\n") => 2,
            _ when !last && body.EndsWith("\r\n\r\n") => 4,
            _ when body.EndsWith("\r\n") => 2,
            _ when body.EndsWith("\n") => 1,
            _ when !last => body.Length - body.TrimEnd(" \t").Length,
            _ => 0,
        };
        return new Section { Start = start + from, Length = body.Length - cut };
    }

    /// <summary>The last section without the beginning of a closing marker, and without the end of the fence around the whole reply.</summary>
    private static ReadOnlySpan<char> WithoutEnd(ReadOnlySpan<char> body, bool fenced)
    {
        ReadOnlySpan<char> rest = body.TrimEnd();
        if (fenced && (rest.EndsWith("```") || rest.EndsWith("~~~")))
        {
            return rest[..^3].TrimEnd('`');
        }

        int open = rest[^Math.Min(rest.Length, LastMarker.Length + 8)..].LastIndexOf("[[");
        if (open < 0)
        {
            return body;
        }

        open += rest.Length - Math.Min(rest.Length, LastMarker.Length + 8);
        int i = 0;
        foreach (char c in rest[open..])
        {
            if (c is not (' ' or '\t') && (i == LastMarker.Length || char.ToLowerInvariant(c) != LastMarker[i++]))
            {
                return body;
            }
        }

        return i > 2 ? rest[..open].TrimEnd() : body;
    }

    /// <summary>Notes what stands before the first marker; true when that opens a fence around the reply.</summary>
    private static bool NoteBefore(ReadOnlySpan<char> text, int at, int start, ref List<Repair>? repairs)
    {
        int first = Words.SkipBlanks(text, at);
        if (first >= start)
        {
            return false;
        }

        bool fenced = Fences.IsOpening(text[first..start]);
        Note(ref repairs, fenced ? RepairKind.FencedJson : RepairKind.TextOutsideSections, "", at);
        return fenced;
    }

    private static bool NoteAfter(ReadOnlySpan<char> text, int end, bool fenced, ref List<Repair>? repairs)
    {
        ReadOnlySpan<char> rest = text[end..].Trim().TrimStart("*:");
        if (!rest.IsWhiteSpace() && !(fenced && Fences.IsClosing(rest)))
        {
            Note(ref repairs, RepairKind.TextOutsideSections, "", Words.SkipBlanks(text, end));
        }

        return true;
    }

    private static void Note(ref List<Repair>? repairs, RepairKind kind, string field, int position) =>
        (repairs ??= []).Add(new Repair(kind, field, position));
}
