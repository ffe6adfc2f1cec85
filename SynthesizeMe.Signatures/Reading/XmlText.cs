using System.Net;

namespace SynthesizeMe.Signatures;

/// <summary>Text in XML elements.</summary>
internal static class XmlText
{
    private const string CDataOpen = "<![CDATA[";
    private const string CDataClose = "]]>";

    /// <summary>The text of an element's content: without the line ends next to its tags, entities as what they stand for.</summary>
    public static string Decode(ReadOnlySpan<char> content)
    {
        string line = content.StartsWith("\r\n") ? "\r\n" : "\n";
        content = content.StartsWith(line) ? content[line.Length..] : content;
        content = content.EndsWith(line) ? content[..^line.Length] : content;
        ReadOnlySpan<char> trimmed = content.Trim();
        if (trimmed.StartsWith(CDataOpen) && trimmed.EndsWith(CDataClose))
        {
            return trimmed[CDataOpen.Length..^CDataClose.Length].ToString();
        }

        return content.Contains('&') ? WebUtility.HtmlDecode(content.ToString()) : content.ToString();
    }
}
