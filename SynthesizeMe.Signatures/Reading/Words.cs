using System.Runtime.CompilerServices;

namespace SynthesizeMe.Signatures;

/// <summary>Finds words in prose.</summary>
internal static class Words
{
    /// <summary>The position at which the phrase stands on word boundaries, in any case; -1 if nowhere.</summary>
    /// <remarks>A hyphen or an underscore joins words: <c>first-rate</c> and <c>the_first</c> are not <c>first</c>, but <c>_first_</c> is.</remarks>
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
            if (!IsJoined(text, start - 1, -1) && !IsJoined(text, end, 1))
            {
                return start;
            }

            from = start + 1;
        }
    }

    /// <summary>Whether one of the words stands in the text; <c>n't</c> also at the end of one.</summary>
    public static bool HasAny(ReadOnlySpan<char> text, string[] words) => HasAny(text, words, int.MaxValue);

    /// <summary>Whether one of the words is among the first so many of the text.</summary>
    public static bool HasAny(ReadOnlySpan<char> text, string[] words, int count)
    {
        int at = 0;
        for (; count > 0; count--)
        {
            while (at < text.Length && !IsWord(text[at]))
            {
                at++;
            }

            if (at == text.Length)
            {
                return false;
            }

            while (at < text.Length && (IsWord(text[at]) || text[at] is '\'' or '’'))
            {
                at++;
            }

            foreach (string word in words)
            {
                if (EndsWithWord(text[..at], word))
                {
                    return true;
                }
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

    /// <summary>The next position that is not blank; the text's length when all is.</summary>
    public static int SkipBlanks(ReadOnlySpan<char> text, int at)
    {
        while (at < text.Length && IsBlank(text[at]))
        {
            at++;
        }

        return at;
    }

    /// <summary>White space, and what has no width.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsBlank(char c) => c < '\u0080' ? c <= ' ' && char.IsWhiteSpace(c) : char.IsWhiteSpace(c) || c is '\uFEFF' or '\u200B' or '\u200C' or '\u200D' or '\u200E' or '\u200F' or '\u2060';

    public static bool IsWrapping(char c) =>
        IsBlank(c) || c is '"' or '\'' or '`' or '*' or '_' or '.' or ',' or ':' or ';' or '!' or '(' or ')' or '[' or ']' or '{' or '}' or '<' or '>'
            or '“' or '”' or '‘' or '’' or '«' or '»' or '#';

    public static bool EndsWithWord(ReadOnlySpan<char> text, string word) =>
        text.EndsWith(word, StringComparison.OrdinalIgnoreCase)
        && (text.Length == word.Length || word is ['n', _, 't'] and not "not" || !IsWord(text[^(word.Length + 1)]));

    private static bool IsWord(char c) => char.IsLetterOrDigit(c) || c is '_';

    /// <summary>Whether the character at a position, seen from a word in that direction, makes it part of a longer one.</summary>
    private static bool IsJoined(ReadOnlySpan<char> text, int at, int step)
    {
        if (at < 0 || at >= text.Length)
        {
            return false;
        }

        if (char.IsLetterOrDigit(text[at]))
        {
            return true;
        }

        int beyond = at + step;
        return text[at] is '_' or '-' && beyond >= 0 && beyond < text.Length && char.IsLetterOrDigit(text[beyond]);
    }
}
