using System.Text;
using System.Xml;
using System.Xml.Linq;
using Microsoft.CodeAnalysis;

namespace SynthesizeMe.Generators;

/// <summary>
/// The text of a declaration's XML summary. It is read from the trivia, because the compiler parses documentation only
/// when it is asked to write a documentation file.
/// </summary>
internal static class SummaryText
{
    public static string? Of(SyntaxNode declaration)
    {
        var xml = new StringBuilder();
        foreach (string line in declaration.GetLeadingTrivia().ToFullString().Split('\n'))
        {
            string text = line.Trim();
            if (text.StartsWith("///", StringComparison.Ordinal))
            {
                xml.Append(text.Substring(3)).Append('\n');
            }
        }

        if (xml.Length == 0)
        {
            return null;
        }

        if (Plain(xml.ToString()) is { } simple)
        {
            return simple.Length == 0 ? null : simple;
        }

        try
        {
            XElement? summary = XElement.Parse($"<doc>{xml}</doc>").Element("summary");
            string plain = summary is null ? "" : Normalize(Flatten(summary));
            return plain.Length == 0 ? null : plain;
        }
        catch (XmlException)
        {
            return null; // The compiler reports malformed documentation itself.
        }
    }

    /// <summary>The text of a summary that is all there is and has no element in it, as most are; null when it has to be parsed.</summary>
    private static string? Plain(string xml)
    {
        const string open = "<summary>";
        const string close = "</summary>";
        string trimmed = xml.Trim();
        if (!trimmed.StartsWith(open, StringComparison.Ordinal) || !trimmed.EndsWith(close, StringComparison.Ordinal)
            || trimmed.Length < open.Length + close.Length)
        {
            return null;
        }

        string text = trimmed.Substring(open.Length, trimmed.Length - open.Length - close.Length);
        return text.IndexOfAny(['<', '&']) >= 0 ? null : Normalize(text);
    }

    private static string Flatten(XElement element)
    {
        var text = new StringBuilder();
        foreach (XNode node in element.Nodes())
        {
            text.Append(node switch
            {
                XText words => words.Value,
                XElement { Name.LocalName: "para" } paragraph => "\n\n" + Flatten(paragraph) + "\n\n",
                XElement inner when (inner.Attribute("cref") ?? inner.Attribute("name") ?? inner.Attribute("langword")) is { } reference && inner.IsEmpty
                    => reference.Value.Split('.').Last(),
                XElement inner => Flatten(inner),
                _ => "",
            });
        }

        return text.ToString();
    }

    /// <summary>Lines of a paragraph are joined; paragraphs stay apart.</summary>
    private static string Normalize(string text)
    {
        var paragraphs = text.Split(["\n\n"], StringSplitOptions.RemoveEmptyEntries)
            .Select(p => string.Join(" ", p.Split([' ', '\t', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries)))
            .Where(p => p.Length > 0);
        return string.Join("\n\n", paragraphs);
    }
}
