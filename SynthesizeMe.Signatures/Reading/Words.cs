namespace SynthesizeMe.Signatures;

/// <summary>Finds words in prose.</summary>
internal static class Words
{
    private static readonly string[] Denials = ["not", "n't", "n’t", "never", "neither", "nor", "than", "without", "no", "instead of", "against"];

    /// <summary>The position at which the phrase stands on word boundaries, in any case; -1 if nowhere.</summary>
    public static int IndexOf(ReadOnlySpan<char> text, int from, ReadOnlySpan<char> phrase)
    {
        while (true)
        {
            int next = text[from..].IndexOf(phrase, StringComparison.OrdinalIgnoreCase);
            if (next < 0)
            {
                return -1;
            }

            int start = from + next;
            int end = start + phrase.Length;
            if ((start == 0 || !IsWord(text[start - 1])) && (end == text.Length || !IsWord(text[end])))
            {
                return start;
            }

            from = start + 1;
        }
    }

    /// <summary>Whether the text just before a word denies it ("not", "n't", "rather than", with at most an article between).</summary>
    public static bool IsNegated(ReadOnlySpan<char> before)
    {
        before = TrimEndPunctuation(before);
        foreach (string article in (ReadOnlySpan<string>)["the", "a", "an", "completion", "answer"])
        {
            if (EndsWithWord(before, article))
            {
                before = TrimEndPunctuation(before[..^article.Length]);
                break;
            }
        }

        foreach (string denial in Denials)
        {
            bool contraction = denial[0] == 'n' && denial[^1] == 't' && denial.Length == 3 && denial != "not";
            if (contraction ? before.EndsWith(denial, StringComparison.OrdinalIgnoreCase) : EndsWithWord(before, denial))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The text without quotes, asterisks, brackets, full stops and blanks around it.</summary>
    public static ReadOnlySpan<char> TrimPunctuation(ReadOnlySpan<char> text)
    {
        int start = 0;
        int end = text.Length;
        while (start < end && IsWrapping(text[start]))
        {
            start++;
        }

        while (end > start && IsWrapping(text[end - 1]))
        {
            end--;
        }

        return text[start..end];
    }

    private static ReadOnlySpan<char> TrimEndPunctuation(ReadOnlySpan<char> text)
    {
        while (!text.IsEmpty && IsWrapping(text[^1]))
        {
            text = text[..^1];
        }

        return text;
    }

    private static bool EndsWithWord(ReadOnlySpan<char> text, string word) =>
        text.EndsWith(word, StringComparison.OrdinalIgnoreCase) && (text.Length == word.Length || !IsWord(text[^(word.Length + 1)]));

    private static bool IsWrapping(char c) =>
        char.IsWhiteSpace(c) || c is '"' or '\'' or '`' or '*' or '_' or '.' or ',' or ':' or ';' or '!' or '(' or ')' or '[' or ']' or '{' or '}' or '<' or '>'
            or '“' or '”' or '‘' or '’' or '«' or '»' or '#';

    private static bool IsWord(char c) => char.IsLetterOrDigit(c) || c is '_';
}
