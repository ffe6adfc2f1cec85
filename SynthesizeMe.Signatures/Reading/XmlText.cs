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
        content = content switch
        {
            ['\r', '\n', .. var rest] => rest,
            ['\n', .. var rest] => rest,
            _ => content,
        };
        content = content switch
        {
            [.. var rest, '\r', '\n'] => rest,
            [.. var rest, '\n'] => rest,
            _ => content,
        };
        ReadOnlySpan<char> trimmed = content.Trim();
        if (trimmed.StartsWith(CDataOpen) && trimmed.EndsWith(CDataClose))
        {
            return trimmed[CDataOpen.Length..^CDataClose.Length].ToString();
        }

        return content.Contains('&') ? WebUtility.HtmlDecode(content.ToString()) : content.ToString();
    }
}
