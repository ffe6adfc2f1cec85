namespace SynthesizeMe.Signatures;

/// <summary>Finds fields that are written as XML elements, in one pass.</summary>
internal static class ReplyTags
{
    private const int LongestName = 100;

    /// <summary>Locates the element of each field; returns how many were found.</summary>
    /// <exception cref="PromptParseException">A field stands twice with different content.</exception>
    public static int Locate(string reply, int from, ReadOnlySpan<FieldDescriptor> fields, Span<Section> sections, ref List<Repair>? repairs)
    {
        ReadOnlySpan<char> text = reply;
        int found = 0;
        int at = from;
        while (TryFindOpening(text, ref at, fields, out int field, out int start))
        {
            int end = FindClosing(text, start, fields[field].Name, out int after);
            if (end < 0)
            {
                (repairs ??= []).Add(new Repair(RepairKind.MissingCloser, fields[field].Name, text.Length));
                end = after = text.Length;
            }

            var section = new Section { Start = start, Length = end - start, Style = SectionStyle.Tag };
            found += ReplySections.Put(reply, fields, sections, field, section, section.Start, ref repairs) ? 1 : 0;
            at = after;
        }

        return found;
    }

    private static bool TryFindOpening(ReadOnlySpan<char> text, ref int at, ReadOnlySpan<FieldDescriptor> fields, out int field, out int start)
    {
        while (true)
        {
            int next = text[at..].IndexOf('<');
            field = start = -1;
            if (next < 0)
            {
                return false;
            }

            at += next + 1;
            ReadOnlySpan<char> tag = text.Slice(at, Math.Min(LongestName, text.Length - at));
            int close = tag.IndexOf('>');
            if (close <= 0)
            {
                continue;
            }

            int name = tag[..close].IndexOfAny(' ', '/');
            field = FieldNames.IndexOf(fields, name < 0 ? tag[..close] : tag[..name]);
            if (field >= 0)
            {
                at = start = at + close + 1;
                return true;
            }
        }
    }

    private static int FindClosing(ReadOnlySpan<char> text, int from, string name, out int after)
    {
        for (int at = from; ;)
        {
            int next = text[at..].IndexOf("</");
            if (next < 0)
            {
                after = -1;
                return -1;
            }

            at += next;
            ReadOnlySpan<char> tag = text.Slice(at + 2, Math.Min(LongestName, text.Length - at - 2));
            int close = tag.IndexOf('>');
            if (close > 0 && FieldNames.Match(tag[..close].Trim(), name))
            {
                after = at + 2 + close + 1;
                return at;
            }

            at += 2;
        }
    }
}
