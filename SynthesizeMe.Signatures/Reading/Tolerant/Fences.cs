namespace SynthesizeMe.Signatures;

/// <summary>Recognizes the lines that open and close a code fence.</summary>
internal static class Fences
{
    /// <summary>Whether the text, but for blanks, is what opens a fence: three ticks or tildes or more, and perhaps the name of a language.</summary>
    public static bool IsOpening(ReadOnlySpan<char> text)
    {
        text = text.Trim();
        ReadOnlySpan<char> tag = WithoutMark(text);
        return tag.Length < text.Length && !tag.ContainsAny(" \n`~");
    }

    /// <summary>Whether the text, but for blanks, is what closes a fence.</summary>
    public static bool IsClosing(ReadOnlySpan<char> text)
    {
        text = text.Trim();
        return !text.IsEmpty && WithoutMark(text).IsEmpty;
    }

    /// <summary>The text without the fence around it; the text itself when it has none.</summary>
    public static ReadOnlySpan<char> Unwrap(ReadOnlySpan<char> text)
    {
        ReadOnlySpan<char> trimmed = text.Trim();
        ReadOnlySpan<char> body = WithoutMark(trimmed);
        int line = body.IndexOf('\n');
        if (body.Length == trimmed.Length || line < 0 || !(trimmed.EndsWith("```") || trimmed.EndsWith("~~~")))
        {
            return text;
        }

        return body[line..].TrimEnd(trimmed[0]).Trim();
    }

    private static ReadOnlySpan<char> WithoutMark(ReadOnlySpan<char> text) =>
        text.StartsWith("```") ? text.TrimStart('`') : text.StartsWith("~~~") ? text.TrimStart('~') : text;
}
