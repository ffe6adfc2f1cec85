using System.Text;
using System.Text.Json;

namespace SynthesizeMe.Signatures;

/// <summary>The text behind a label, written plainly or as in YAML.</summary>
internal static class LabelText
{
    /// <summary>How the text is written, and how long the mark is that says so.</summary>
    public static SectionStyle Style(ReadOnlySpan<char> text, out int mark)
    {
        mark = 0;
        int i = 0;
        while (i < text.Length && text[i] is ' ' or '\t')
        {
            i++;
        }

        if (i == text.Length || text[i] is not ('|' or '>'))
        {
            return SectionStyle.Plain;
        }

        char style = text[i++];
        i += i < text.Length && text[i] is '-' or '+' ? 1 : 0;
        int line = text[i..].IndexOf('\n');
        if (line < 0 || !text.Slice(i, line).IsWhiteSpace())
        {
            return SectionStyle.Plain;
        }

        mark = i + line + 1;
        return style == '|' ? SectionStyle.Block : SectionStyle.Folded;
    }

    /// <summary>How much of the text's end belongs to the layout: emphasis that the label opened, a line that ends a document of YAML.</summary>
    public static int Remainder(ReadOnlySpan<char> text, int emphasis, bool separated)
    {
        ReadOnlySpan<char> body = text.EndsWith("\n---") ? text[..^4].TrimEnd() : text;
        while (emphasis-- > 0 && body is [.., '*' or '_'])
        {
            body = body[..^1];
        }

        return text.Length - (separated ? body.TrimEnd(" \t,;|") : body).Length;
    }

    /// <summary>The text itself: without quotes around it, without indentation, joined.</summary>
    public static string Decode(ReadOnlySpan<char> text, SectionStyle style, out bool unquoted)
    {
        unquoted = false;
        return style switch
        {
            SectionStyle.Block => Unindent(text, '\n'),
            SectionStyle.Folded => Unindent(text, ' '),
            _ => Unquote(text, out unquoted),
        };
    }

    private static string Unindent(ReadOnlySpan<char> text, char join)
    {
        int indent = text.Length - text.TrimStart(" \t").Length;
        var lines = new StringBuilder(text.Length);
        foreach (ReadOnlySpan<char> line in text.EnumerateLines())
        {
            int blanks = Math.Min(indent, line.Length - line.TrimStart(" \t").Length);
            lines.Append(lines.Length > 0 ? join : null).Append(line[blanks..]);
        }

        return lines.ToString();
    }

    private static string Unquote(ReadOnlySpan<char> text, out bool unquoted)
    {
        unquoted = text is ['"', _, .., '"'] or ['\'', _, .., '\''];
        if (!unquoted)
        {
            return text.ToString();
        }

        ReadOnlySpan<char> inner = text[1..^1];
        if (text[0] == '\'')
        {
            unquoted = inner.Count('\'') == 2 * inner.Count("''");
            return unquoted ? inner.ToString().Replace("''", "'", StringComparison.Ordinal) : text.ToString();
        }

        try
        {
            using JsonDocument json = JsonDocument.Parse(text.ToString());
            return json.RootElement.GetString()!;
        }
        catch (Exception e) when (e is JsonException or ArgumentException or InvalidOperationException)
        {
            unquoted = !inner.ContainsAny('"', '\\');
            return (unquoted ? inner : text).ToString();
        }
    }
}
