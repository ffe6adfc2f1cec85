namespace SynthesizeMe.Signatures;

/// <summary>
/// Skips what a model thinks aloud before it answers: <c>&lt;think&gt;…&lt;/think&gt;</c>, also after a few words of prose, and everything before a
/// closing tag whose opening one stood in the prompt. Drafts of an answer are often in there, so a block that never ends hides the whole reply.
/// </summary>
internal static class Thoughts
{
    private const int LongestTag = 11;

    private static readonly string[] Names = ["think", "thinking", "thought", "thoughts"];

    /// <summary>Where the answer begins.</summary>
    public static int Skip(ReadOnlySpan<char> text, ReadOnlySpan<FieldDescriptor> fields, ref List<Repair>? repairs)
    {
        int at = 0;
        Tag open = default;
        Tag close = default;
        while (true)
        {
            int start = Words.SkipBlanks(text, at);
            if (text[start..].StartsWith("[["))
            {
                return at; // The layout that was asked for; tags in it are text.
            }

            open = Next(text, open, start, closing: false, fields);
            close = Next(text, close, start, closing: true, fields);
            int end = End(text, start, open, close);
            if (end < 0)
            {
                return at;
            }

            (repairs ??= []).Add(new Repair(RepairKind.ThinkingBlock, "", open.Start < end ? open.Start : start));
            at = end;
        }
    }

    /// <summary>Whether a tag opens thoughts; what stands between its brackets is given.</summary>
    public static bool IsName(ReadOnlySpan<char> tag, ReadOnlySpan<FieldDescriptor> fields)
    {
        foreach (string known in Names)
        {
            if (tag.Equals(known, StringComparison.OrdinalIgnoreCase))
            {
                return FieldNames.IndexOf(fields, known) < 0;
            }
        }

        return false;
    }

    /// <summary>Goes behind the next closing tag, or where one may begin that is not all there yet.</summary>
    public static bool TryFindEnd(ReadOnlySpan<char> text, ref int from, ReadOnlySpan<FieldDescriptor> fields)
    {
        Tag close = Next(text, default, from, closing: true, fields);
        bool found = close.Start < text.Length;
        from = found ? close.End : Math.Max(from, text.Length - LongestTag);
        return found;
    }

    /// <summary>Where the thoughts that begin here, or have begun in the prompt, end; -1 when there are none.</summary>
    private static int End(ReadOnlySpan<char> text, int start, Tag open, Tag close)
    {
        bool opens = open.Start == start || (open.Start < close.Start && OpensLine(text, start, open.Start) && !OpensJson(text[start..]));
        if (opens && open.Start < text.Length)
        {
            return close.End;
        }

        return close.Start < text.Length && close.Start < open.Start && EndsThoughts(text, start, close) ? close.End : -1;
    }

    /// <summary>Whether a closing tag without an opening one stands where thoughts end, and not in a text that speaks of it.</summary>
    private static bool EndsThoughts(ReadOnlySpan<char> text, int start, Tag close)
    {
        ReadOnlySpan<char> after = text[close.End..].TrimStart(" \t");
        bool alone = after.IsEmpty || after[0] is '\n' or '\r' or '{' or '<' || after.StartsWith("[[") || after.StartsWith("```");
        ReadOnlySpan<char> before = text[start..close.Start].TrimEnd(" \t");
        return alone && (!OpensJson(text[start..]) || (before.EndsWith('\n') && before.TrimEnd() is [.., '}' or ']' or '`']));
    }

    private static bool OpensLine(ReadOnlySpan<char> text, int start, int at)
    {
        ReadOnlySpan<char> before = text[start..at].TrimEnd(" \t");
        return before.IsEmpty || before[^1] is '\n' or '.' or '!' or ':';
    }

    private static bool OpensJson(ReadOnlySpan<char> text) => text.StartsWith('{') || text.StartsWith('"') || text.StartsWith("```") || text.StartsWith("~~~");

    /// <summary>The next tag at or after a position; the one at hand when it is still ahead.</summary>
    private static Tag Next(ReadOnlySpan<char> text, Tag current, int from, bool closing, ReadOnlySpan<FieldDescriptor> fields)
    {
        if (current.End > 0 && current.Start >= from)
        {
            return current;
        }

        ReadOnlySpan<char> mark = closing ? "</" : "<";
        for (int at = from; ; at++)
        {
            int next = text[at..].IndexOf(mark);
            if (next < 0)
            {
                return new Tag(text.Length, text.Length);
            }

            at += next;
            int name = at + mark.Length;
            foreach (string known in Names)
            {
                int end = name + known.Length;
                if (end < text.Length && text[end] == '>' && text[name..end].Equals(known, StringComparison.OrdinalIgnoreCase) && FieldNames.IndexOf(fields, known) < 0)
                {
                    return new Tag(at, end + 1);
                }
            }
        }
    }

    private readonly record struct Tag(int Start, int End);
}
