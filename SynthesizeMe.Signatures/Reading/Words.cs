using System.Buffers;

namespace SynthesizeMe.Signatures;

/// <summary>Finds words in prose.</summary>
internal static class Words
{
    private const int WordsAfter = 3;

    private static readonly string[] Denials = ["not", "n't", "n’t", "never", "neither", "nor", "than", "without", "no", "instead of", "against", "cannot"];
    private static readonly string[] LateDenials = ["not", "n't", "n’t", "never", "cannot"];
    private static readonly SearchValues<char> ClauseEnds = SearchValues.Create(".,;:!?\n—–");

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

    /// <summary>
    /// Whether what stands from start to end is denied: by a word just before it, by one earlier in its clause ("I do not think the first"),
    /// or by one right after it ("the first is not").
    /// </summary>
    public static bool IsDenied(ReadOnlySpan<char> text, int start, int end)
    {
        ReadOnlySpan<char> before = text[..start];
        ReadOnlySpan<char> after = text[end..];
        int stop = after.IndexOfAny(ClauseEnds);
        return EndsInDenial(before)
            || HasAny(before[(before.LastIndexOfAny(ClauseEnds) + 1)..], Denials, int.MaxValue)
            || HasAny(stop < 0 ? after : after[..stop], LateDenials, WordsAfter);
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

    /// <summary>The text without what may stand around a value; a sign, a leading point and a lone <c>&lt;</c> belong to it.</summary>
    public static ReadOnlySpan<char> TrimWrapping(ReadOnlySpan<char> text)
    {
        while (!text.IsEmpty)
        {
            if (text is ['<', .., '>'])
            {
                text = text[1..^1];
            }
            else if (IsWrapping(text[0]) && text[0] is not ('.' or ',' or '!' or '<' or '>'))
            {
                text = text[1..];
            }
            else if (IsWrapping(text[^1]) && text[^1] is not ('<' or '>'))
            {
                text = text[..^1];
            }
            else
            {
                break;
            }
        }

        return text;
    }

    /// <summary>Whether the last word denies what follows, with at most an article between.</summary>
    private static bool EndsInDenial(ReadOnlySpan<char> before)
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
            if (EndsWithWord(before, denial))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether one of the denials is among the first words.</summary>
    private static bool HasAny(ReadOnlySpan<char> clause, string[] denials, int words)
    {
        int at = 0;
        for (; words > 0; words--)
        {
            while (at < clause.Length && !IsWord(clause[at]))
            {
                at++;
            }

            if (at == clause.Length)
            {
                return false;
            }

            while (at < clause.Length && (IsWord(clause[at]) || clause[at] is '\'' or '’'))
            {
                at++;
            }

            foreach (string denial in denials)
            {
                if (EndsWithWord(clause[..at], denial))
                {
                    return true;
                }
            }
        }

        return false;
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
        text.EndsWith(word, StringComparison.OrdinalIgnoreCase)
        && (text.Length == word.Length || word is ['n', _, 't'] and not "not" || !IsWord(text[^(word.Length + 1)]));

    private static bool IsWrapping(char c) =>
        char.IsWhiteSpace(c) || c is '"' or '\'' or '`' or '*' or '_' or '.' or ',' or ':' or ';' or '!' or '(' or ')' or '[' or ']' or '{' or '}' or '<' or '>'
            or '“' or '”' or '‘' or '’' or '«' or '»' or '#';

    private static bool IsWord(char c) => char.IsLetterOrDigit(c) || c is '_';
}
