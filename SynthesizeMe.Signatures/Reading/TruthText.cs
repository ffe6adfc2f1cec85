namespace SynthesizeMe.Signatures;

/// <summary>Reads truth values.</summary>
internal static class TruthText
{
    private static readonly string[] Yes = ["true", "yes"];
    private static readonly string[] No = ["false", "no"];
    private static readonly string[] Doubts = ["but", "not", "n't", "n’t", "however", "although", "though", "unless", "except", "only", "if", "maybe"];

    /// <summary>Reads the word itself.</summary>
    public static bool TryRead(ReadOnlySpan<char> text, out bool value)
    {
        value = IsOneOf(text, Yes);
        return value || IsOneOf(text, No);
    }

    /// <summary>Reads the word that a sentence begins with, before a sign: <c>Yes, it is.</c> What takes it back or says another is not read.</summary>
    public static bool TryFind(ReadOnlySpan<char> text, out bool value)
    {
        value = false;
        int end = 0;
        while (end < text.Length && char.IsLetter(text[end]))
        {
            end++;
        }

        if (end == text.Length || !TryRead(text[..end], out value) || text[end..].TrimStart() is not [',' or '.' or ';' or ':' or '!' or '(' or '-' or '–' or '—', ..])
        {
            return false;
        }

        ReadOnlySpan<char> rest = text[end..];
        return !Words.HasAny(rest, Yes) && !Words.HasAny(rest, No) && !Words.HasAny(rest, Doubts);
    }

    private static bool IsOneOf(ReadOnlySpan<char> text, string[] words)
    {
        foreach (string word in words)
        {
            if (text.Equals(word, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }
}
