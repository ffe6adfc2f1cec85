namespace SynthesizeMe.Signatures;

/// <summary>
/// Finds fields that are written as labelled lines: <c>**Reasoning:** …</c>, <c>preference: First</c>, <c>- Preference: First</c>, under headings, or
/// under markers that are not written as asked: <c>[[ preference ]]</c>, <c>## preference ##</c>. Where lines alone do not give every field, labels
/// within a line count too: <c>Reasoning: … Preference: First</c>.
/// </summary>
internal static class ReplyLabels
{
    /// <summary>Locates the text behind each label, up to the next one; returns whether a closing marker was there.</summary>
    /// <exception cref="PromptParseException">A field stands twice with different content.</exception>
    public static bool Locate(string reply, int from, ReadOnlySpan<FieldDescriptor> fields, Span<Section> sections, ref List<Repair>? repairs)
    {
        bool closed = Locate(reply, from, fields, sections, inLine: false, ref repairs);
        int found = Count(sections);
        if (found == 0 || found == fields.Length)
        {
            return closed;
        }

        var more = new Section[sections.Length];
        List<Repair>? others = null;
        bool closes = Locate(reply, from, fields, more, inLine: true, ref others);
        if (Count(more) <= found)
        {
            return closed;
        }

        more.CopyTo(sections);
        repairs = others;
        return closes;
    }

    private static bool Locate(
        string reply, int from, ReadOnlySpan<FieldDescriptor> fields, Span<Section> sections, bool inLine, ref List<Repair>? repairs)
    {
        ReadOnlySpan<char> text = reply;
        var open = new LabelLine { Field = LabelLine.None };
        int start = from;
        bool fenced = false;
        bool any = false;
        for (int at = from; at <= text.Length;)
        {
            int end = text[at..].IndexOf('\n');
            end = end < 0 ? text.Length : at + end;
            LabelLine label = LabelLine.At(text[at..end], fields);
            if (label.Field != LabelLine.None)
            {
                if (any)
                {
                    Close(reply, open, start, at, fenced: false, fields, sections, ref repairs);
                }
                else
                {
                    fenced = NoteBefore(text[from..at], from, ref repairs);
                }

                (open, start, any) = (label, at + label.Length, true);
                if (label.Field == LabelLine.Completed)
                {
                    return true;
                }
            }

            int scan = Math.Max(at, start);
            while (inLine && any && scan < end && LabelLine.Within(text[scan..end], fields, out int past) is var next && next.Field >= 0)
            {
                Close(reply, open, start, scan + past, fenced: false, fields, sections, ref repairs, separated: true);
                (open, start) = (next, scan + past + next.Length);
                scan = start;
            }

            at = end + 1;
        }

        if (any)
        {
            Close(reply, open, start, text.Length, fenced, fields, sections, ref repairs);
        }

        return false;
    }

    private static void Close(
        string reply, LabelLine label, int start, int end, bool fenced, ReadOnlySpan<FieldDescriptor> fields, Span<Section> sections, ref List<Repair>? repairs,
        bool separated = false)
    {
        ReadOnlySpan<char> text = reply;
        SectionStyle style = LabelText.Style(text[start..end], out int mark);
        start += mark;
        end = start + text[start..end].TrimEnd().Length;
        if (fenced && text[start..end].EndsWith("```"))
        {
            end = start + text[start..end].TrimEnd('`').TrimEnd().Length;
        }

        if (style == SectionStyle.Plain)
        {
            start = Math.Min(end, Words.SkipBlanks(text, start));
            end -= LabelText.Remainder(text[start..end], label.Emphasis, separated);
        }

        var section = new Section { Start = start, Length = end - start, Style = style };
        ReplySections.Put(reply, fields, sections, label.Field, section, start, ref repairs);
    }

    private static bool NoteBefore(ReadOnlySpan<char> text, int at, ref List<Repair>? repairs)
    {
        ReadOnlySpan<char> rest = text.Trim();
        bool fenced = Fences.IsOpening(rest[(rest.LastIndexOf('\n') + 1)..]);
        if (!rest.IsEmpty && rest is not "---")
        {
            (repairs ??= []).Add(new Repair(Fences.IsOpening(rest) ? RepairKind.FencedJson : RepairKind.TextOutsideSections, "", at));
        }

        return fenced;
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
