using System.Text;

namespace SynthesizeMe.Signatures;

/// <summary>
/// The markers <c>[[ ## name ## ]]</c> that divide a message into sections, and the escape that keeps text from forging one:
/// wherever text has <c>[[</c>, any backslashes, blanks and <c>##</c>, one more backslash is written after the brackets, and taken away on reading.
/// </summary>
public static class SectionMarker
{
    /// <summary>The section that ends a reply.</summary>
    public const string Completed = "completed";

    /// <summary>The section that says what to reply.</summary>
    public const string Respond = "respond";

    /// <summary>The section of a chain of thought.</summary>
    public const string Reasoning = "reasoning";

    private const int LongestName = 100;

    /// <summary>The marker that opens the section of that name.</summary>
    public static string Open(string name) => $"[[ ## {name} ## ]]";

    /// <summary>Text in which no section marker is left.</summary>
    public static string Escape(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        int at = NextEscape(text, 0, 0);
        if (at < 0)
        {
            return text;
        }

        var escaped = new StringBuilder(text.Length + 16);
        int from = 0;
        for (; at >= 0; at = NextEscape(text, from, 0))
        {
            escaped.Append(text, from, at + 2 - from).Append('\\');
            from = at + 2;
        }

        return escaped.Append(text, from, text.Length - from).ToString();
    }

    /// <summary>The text that <see cref="Escape"/> was given.</summary>
    public static string Unescape(ReadOnlySpan<char> text)
    {
        int at = NextEscape(text, 0, 1);
        if (at < 0)
        {
            return text.ToString();
        }

        var plain = new StringBuilder(text.Length);
        int from = 0;
        for (; at >= 0; at = NextEscape(text, from, 1))
        {
            plain.Append(text[from..(at + 2)]);
            from = at + 3;
        }

        return plain.Append(text[from..]).ToString();
    }

    /// <summary>The position of the next <c>[[</c> that is followed by at least so many backslashes, blanks and <c>##</c>; -1 if none.</summary>
    internal static int NextEscape(ReadOnlySpan<char> text, int from, int backslashes)
    {
        while (true)
        {
            int next = text[from..].IndexOf("[[");
            if (next < 0)
            {
                return -1;
            }

            int start = from + next;
            int i = start + 2;
            while (i < text.Length && text[i] == '\\')
            {
                i++;
            }

            if (i - start - 2 >= backslashes)
            {
                i = SkipBlanks(text, i);
                if (text[i..].StartsWith("##"))
                {
                    return start;
                }
            }

            from = start + 1;
        }
    }

    /// <summary>Finds the next marker at or after a position.</summary>
    internal static bool TryFind(ReadOnlySpan<char> text, int from, out int start, out int end, out ReadOnlySpan<char> name)
    {
        while (true)
        {
            int next = text[from..].IndexOf("[[");
            if (next < 0)
            {
                start = end = text.Length;
                name = default;
                return false;
            }

            start = from + next;
            if (TryRead(text, start, out end, out name))
            {
                return true;
            }

            from = start + 1;
        }
    }

    /// <summary>Whether text that begins with a bracket begins with an escaped marker; null while it ends too early to tell.</summary>
    internal static bool? ReadEscape(ReadOnlySpan<char> text, bool isEnd)
    {
        bool? tooEarly = isEnd ? false : null;
        if (text.Length < 2 || text[1] != '[')
        {
            return text.Length < 2 ? tooEarly : false;
        }

        int i = 2;
        while (i < text.Length && text[i] == '\\')
        {
            i++;
        }

        bool escaped = i > 2;
        ReadOnlySpan<char> rest = text[SkipBlanks(text, i)..];
        if (escaped && rest.StartsWith("##"))
        {
            return true;
        }

        return (escaped && rest is "" or "#") || text.Length == 2 ? tooEarly : false;
    }

    /// <summary>Whether text that begins with a bracket ends too early to tell whether it is a marker.</summary>
    internal static bool MayBecome(ReadOnlySpan<char> text)
    {
        int i = 0;
        if (!SkipMark(text, ref i, "[[") || !SkipMark(text, ref i, "##"))
        {
            return i < 0;
        }

        ReadOnlySpan<char> name = text[SkipBlanks(text, i)..];
        int close = name.IndexOf('#');
        bool isName = IsName((close < 0 ? name : name[..close]).TrimEnd(" \t"));
        if (close < 0 || !isName)
        {
            return isName && name.Length <= LongestName;
        }

        i = text.Length - name.Length + close;
        return (!SkipMark(text, ref i, "##") || !SkipMark(text, ref i, "]]")) && i < 0;
    }

    /// <summary>Goes behind a mark and what blanks are before it; when it is not there, to a negative position if the text ends too early to tell.</summary>
    private static bool SkipMark(ReadOnlySpan<char> text, ref int at, ReadOnlySpan<char> mark)
    {
        at = SkipBlanks(text, at);
        ReadOnlySpan<char> rest = text[at..];
        bool found = rest.StartsWith(mark);
        at = found ? at + mark.Length : mark.StartsWith(rest) ? -1 : at;
        return found;
    }

    private static bool IsName(ReadOnlySpan<char> text)
    {
        foreach (char c in text)
        {
            if (!char.IsLetterOrDigit(c) && c is not ('_' or '-' or ' '))
            {
                return false;
            }
        }

        return true;
    }

    internal static bool TryRead(ReadOnlySpan<char> text, int start, out int end, out ReadOnlySpan<char> name)
    {
        end = 0;
        name = default;
        int i = SkipBlanks(text, start + 2);
        if (!text[i..].StartsWith("##"))
        {
            return false;
        }

        i = SkipBlanks(text, i + 2);
        ReadOnlySpan<char> rest = text.Slice(i, Math.Min(LongestName, text.Length - i));
        int close = rest.IndexOf("##");
        if (close <= 0)
        {
            return false;
        }

        name = rest[..close].TrimEnd(" \t");
        i = SkipBlanks(text, i + close + 2);
        if (name.IsEmpty || !IsName(name) || !text[i..].StartsWith("]]"))
        {
            return false;
        }

        end = i + 2;
        return true;
    }

    private static int SkipBlanks(ReadOnlySpan<char> text, int i)
    {
        while (i < text.Length && text[i] is ' ' or '\t')
        {
            i++;
        }

        return i;
    }
}
