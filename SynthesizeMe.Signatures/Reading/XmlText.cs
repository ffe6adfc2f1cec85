using System.Net;
using System.Text;

namespace SynthesizeMe.Signatures;

/// <summary>Text in XML elements.</summary>
internal static class XmlText
{
    internal const string CDataOpen = "<![CDATA[";
    internal const string CDataClose = "]]>";

    /// <summary>The text of an element's content: without the line ends next to its tags, entities as what they stand for, CDATA as it is.</summary>
    public static string Decode(ReadOnlySpan<char> content)
    {
        string line = content.StartsWith("\r\n") ? "\r\n" : "\n";
        content = content.StartsWith(line) ? content[line.Length..] : content;
        content = content.EndsWith(line) ? content[..^line.Length] : content;
        int open = content.IndexOf(CDataOpen);
        return open < 0 ? Entities(content) : DecodeWithCData(content, open);
    }

    private static string DecodeWithCData(ReadOnlySpan<char> content, int open)
    {
        ReadOnlySpan<char> trimmed = content.Trim();
        if (trimmed.StartsWith(CDataOpen) && trimmed.IndexOf(CDataClose) == trimmed.Length - CDataClose.Length)
        {
            return trimmed[CDataOpen.Length..^CDataClose.Length].ToString();
        }

        var text = new StringBuilder(content.Length);
        for (; open >= 0; open = content.IndexOf(CDataOpen))
        {
            text.Append(Entities(content[..open]));
            content = content[(open + CDataOpen.Length)..];
            int close = content.IndexOf(CDataClose);
            text.Append(close < 0 ? content : content[..close]);
            content = close < 0 ? default : content[(close + CDataClose.Length)..];
        }

        return text.Append(Entities(content)).ToString();
    }

    private static string Entities(ReadOnlySpan<char> text) => text.Contains('&') ? WebUtility.HtmlDecode(text.ToString()) : text.ToString();
}
