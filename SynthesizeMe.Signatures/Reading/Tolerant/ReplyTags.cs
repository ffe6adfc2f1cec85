namespace SynthesizeMe.Signatures;

/// <summary>Finds fields that are written as XML elements, in one pass.</summary>
internal static class ReplyTags
{
    public const int LongestName = 100;

    /// <summary>Locates the element of each field; returns whether each that was found is closed.</summary>
    /// <exception cref="PromptParseException">A field stands twice with different content.</exception>
    public static bool Locate(string reply, int from, ReadOnlySpan<FieldDescriptor> fields, Span<Section> sections, ref List<Repair>? repairs)
    {
        ReadOnlySpan<char> text = reply;
        bool closed = true;
        int at = from;
        int outside = from;
        while (TryFindOpening(text, ref at, fields, out Opening tag))
        {
            NoteOutside(text, outside, tag.At, ref repairs);
            int after = tag.Content;
            int end = tag.IsEmpty ? tag.Content : FindClosing(text, tag.Content, fields[tag.Field].Name, out after);
            if (end < 0)
            {
                (repairs ??= []).Add(new Repair(RepairKind.MissingCloser, fields[tag.Field].Name, tag.At));
                int next = tag.Content;
                bool more = TryFindOpening(text, ref next, fields, out Opening following);
                after = more ? following.At : text.Length;
                end = WithoutForeignClosing(text, tag.Content, after);
                closed &= more;
            }

            var section = new Section { Start = tag.Content, Length = end - tag.Content, Style = SectionStyle.Tag };
            ReplySections.Put(reply, fields, sections, tag.Field, section, tag.At, ref repairs);
            outside = at = after;
        }

        NoteOutside(text, outside, text.Length, ref repairs);
        return closed;
    }

    private static bool TryFindOpening(ReadOnlySpan<char> text, ref int at, ReadOnlySpan<FieldDescriptor> fields, out Opening opening)
    {
        while (true)
        {
            int next = text[at..].IndexOf('<');
            opening = default;
            if (next < 0)
            {
                return false;
            }

            int start = at + next;
            at = start + 1;
            if (text[at..].StartsWith("!--"))
            {
                int end = text[at..].IndexOf("-->");
                at = end < 0 ? text.Length : at + end + 3;
                continue;
            }

            ReadOnlySpan<char> tag = text.Slice(at, Math.Min(LongestName, text.Length - at));
            int close = tag.IndexOf('>');
            if (close <= 0)
            {
                continue;
            }

            tag = tag[..close];
            int name = tag.IndexOfAny(" \t\r\n/");
            int field = FieldNames.IndexOf(fields, name < 0 ? tag : tag[..name]);
            if (field >= 0)
            {
                at += close + 1;
                opening = new Opening(field, start, at, tag.EndsWith('/'));
                return true;
            }
        }
    }

    /// <summary>Where the element's closing tag stands, not counting one in a CDATA section; -1 when nowhere.</summary>
    private static int FindClosing(ReadOnlySpan<char> text, int from, string name, out int after)
    {
        bool cdata = true;
        for (int at = from; ;)
        {
            int next = text[at..].IndexOf('<');
            if (next < 0)
            {
                after = -1;
                return -1;
            }

            at += next;
            ReadOnlySpan<char> rest = text[at..];
            if (cdata && rest.StartsWith(XmlText.CDataOpen))
            {
                int end = rest.IndexOf(XmlText.CDataClose);
                cdata = end >= 0;
                at += Math.Max(end, 0);
            }
            else if (rest.StartsWith("</"))
            {
                ReadOnlySpan<char> tag = rest[2..Math.Min(LongestName, rest.Length)];
                int close = tag.IndexOf('>');
                if (close > 0 && FieldNames.Match(tag[..close].Trim(), name))
                {
                    after = at + 2 + close + 1;
                    return at;
                }
            }

            at++;
        }
    }

    /// <summary>Where the content of an element without its own closing tag ends: before one of another name that nothing opened, or a cut one.</summary>
    private static int WithoutForeignClosing(ReadOnlySpan<char> text, int start, int end)
    {
        ReadOnlySpan<char> content = text[start..end].TrimEnd();
        int tag = content.LastIndexOf('<');
        ReadOnlySpan<char> last = tag < 0 ? default : content[tag..];
        bool closing = last is ['<', '/', ..] or ['<'] && last.Length <= LongestName && last.IndexOf('>') is var close && (close < 0 || close == last.Length - 1);
        bool foreign = closing && (last.Length <= 2 || !content[..tag].Contains($"<{last[2..].TrimEnd('>')}", StringComparison.Ordinal));
        return foreign ? start + tag : end;
    }

    /// <summary>Notes text, but not the tags around the fields nor a fence.</summary>
    private static void NoteOutside(ReadOnlySpan<char> text, int from, int to, ref List<Repair>? repairs)
    {
        bool inTag = false;
        for (int i = Words.SkipBlanks(text, from); i < to; i++)
        {
            char c = text[i];
            if (!inTag && c != '<' && !char.IsWhiteSpace(c))
            {
                bool fenced = Fences.IsOpening(text[i..to]) || Fences.IsClosing(text[i..to]);
                (repairs ??= []).Add(new Repair(fenced ? RepairKind.FencedJson : RepairKind.TextOutsideSections, "", i));
                return;
            }

            inTag = c == '<' || (inTag && c != '>');
        }
    }

    private readonly record struct Opening(int Field, int At, int Content, bool IsEmpty);
}
