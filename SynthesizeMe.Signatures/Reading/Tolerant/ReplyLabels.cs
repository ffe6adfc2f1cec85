namespace SynthesizeMe.Signatures;

/// <summary>Finds fields that are written as labelled lines: <c>**Reasoning:** …</c>, <c>preference: First</c>, <c>- Preference: First</c>.</summary>
internal static class ReplyLabels
{
    private const int LongestLabel = 100;

    /// <summary>Locates the text behind each label, up to the next one; returns how many were found.</summary>
    /// <exception cref="PromptParseException">A field stands twice with different content.</exception>
    public static int Locate(string reply, int from, ReadOnlySpan<FieldDescriptor> fields, Span<Section> sections, ref List<Repair>? repairs)
    {
        ReadOnlySpan<char> text = reply;
        int found = 0;
        int field = -1;
        int start = from;
        int at = from;
        while (at <= text.Length)
        {
            int end = text[at..].IndexOf('\n');
            end = end < 0 ? text.Length : at + end;
            int label = Label(text[at..end], fields, out int length);
            if (label >= 0)
            {
                found += Close(at, ref repairs, sections, fields);
                field = label;
                start = at + length;
            }

            at = end + 1;
        }

        return found + Close(text.Length, ref repairs, sections, fields);

        int Close(int end, ref List<Repair>? all, Span<Section> into, ReadOnlySpan<FieldDescriptor> known)
        {
            if (field < 0)
            {
                return 0;
            }

            (int first, int past) = Trim(reply, start, end);
            var section = new Section { Start = first, Length = past - first, Style = SectionStyle.Plain };
            return ReplySections.Put(reply, known, into, field, section, section.Start, ref all) ? 1 : 0;
        }
    }

    /// <summary>The field whose label opens the line; -1 when none does.</summary>
    private static int Label(ReadOnlySpan<char> line, ReadOnlySpan<FieldDescriptor> fields, out int length)
    {
        length = 0;
        ReadOnlySpan<char> head = line[..Math.Min(line.Length, LongestLabel)];
        int colon = head.IndexOfAny(':', '：');
        if (colon < 0)
        {
            return -1;
        }

        int start = 0;
        while (start < colon && (char.IsWhiteSpace(head[start]) || char.IsAsciiDigit(head[start]) || head[start] is '*' or '_' or '#' or '>' or '-' or '.' or ')' or '"' or '`'))
        {
            start++;
        }

        int field = FieldNames.IndexOf(fields, head[start..colon].TrimEnd("*_\"` "));
        length = colon + 1;
        return field;
    }

    /// <summary>The text without blanks, emphasis that belongs to the label, and a block mark of YAML.</summary>
    private static (int Start, int End) Trim(ReadOnlySpan<char> text, int start, int end)
    {
        while (start < end && text[start] is '*' or '_')
        {
            start++;
        }

        while (start < end && char.IsWhiteSpace(text[start]))
        {
            start++;
        }

        if (start + 1 < end && text[start] is '|' or '>' && text[start + 1] is '\n' or '-' or '\r')
        {
            start += text[start + 1] == '-' ? 2 : 1;
            while (start < end && char.IsWhiteSpace(text[start]))
            {
                start++;
            }
        }

        end = TrimEnd(text, start, end);
        if (text[start..end].EndsWith("```"))
        {
            end = TrimEnd(text, start, end - 3); // The labels stood in a fence.
        }

        return (start, end);
    }

    private static int TrimEnd(ReadOnlySpan<char> text, int start, int end)
    {
        while (end > start && char.IsWhiteSpace(text[end - 1]))
        {
            end--;
        }

        return end;
    }
}
