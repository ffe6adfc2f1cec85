using System.Buffers;

namespace SynthesizeMe.Signatures;

/// <summary>Recognizes that what is named in prose is not what is meant: it is denied, called the worse, asked about, or the word is part of an idiom.</summary>
internal static class Denials
{
    private const int Window = 200;
    private const int WordsAfter = 6;

    private static readonly string[] Before =
    [
        "not", "n't", "n’t", "never", "neither", "nor", "than", "without", "no", "instead of", "against", "cannot", "anything but", "all but", "everything but", "except", "excluding",
        "worse", "worst", "weaker", "inferior", "poorer", "less", "least", "wrong", "false", "incorrect", "dislike", "dislikes", "disliked", "hate", "hates", "reject", "rejects", "rejected",
        "rejecting", "avoid", "avoids", "over", "unlike", "versus", "vs", "beat", "beats", "outperforms", "compared", "hardly", "barely", "unlikely", "doubt", "doubtful", "initially", "originally",
    ];

    private static readonly string[] After =
    [
        "not", "n't", "n’t", "never", "cannot", "worse", "worst", "weaker", "inferior", "poorer", "less", "too", "wrong", "false", "incorrect", "loses", "lost", "fails", "lacks", "rejected", "disliked",
        "unlikely", "hardly", "barely", "neither",
    ];

    private static readonly string[] Articles = ["the", "a", "an", "completion", "answer"];
    private static readonly string[] Ordinals = ["first", "second", "third"];
    private static readonly string[] AfterOrdinal = ["of all", "and foremost", "glance", "sight", "impression", "impressions", "thought", "thoughts", "place"];
    private static readonly string[] BeforeOrdinal = ["at", "per", "split"];
    private static readonly string[] Discourse = ["i", "we", "let", "note", "consider"];

    private static readonly SearchValues<char> ClauseEnds = SearchValues.Create(".,:;!?\n—–");
    private static readonly SearchValues<char> ClauseStarts = SearchValues.Create(".,;!?\n—–");
    private static readonly SearchValues<char> SentenceEnds = SearchValues.Create(".!?\n");

    /// <summary>
    /// Whether what stands from start to end is denied: by a word just before it, by one earlier in its clause ("I do not think the first"),
    /// by one after it ("the first is not", "the first is worse"), or by the question mark of its sentence.
    /// </summary>
    public static bool IsDenied(ReadOnlySpan<char> text, int start, int end)
    {
        ReadOnlySpan<char> before = text[Math.Max(0, start - Window)..start];
        ReadOnlySpan<char> after = text[end..Math.Min(text.Length, end + Window)];
        after = after.StartsWith("\":") ? after[2..] : after; // A key: what it is given says whether it holds.
        ReadOnlySpan<char> clause = after.IndexOfAny(ClauseEnds) is var stop and > 0 ? after[..stop] : after;
        int because = Words.IndexOf(clause, 0, "because");
        return EndsInDenial(before)
            || Words.HasAny(before[(before.LastIndexOfAny(ClauseStarts) + 1)..], Before)
            || Words.HasAny(because < 0 ? clause : clause[..because], After, WordsAfter)
            || (after.IndexOfAny(SentenceEnds) is var last and >= 0 && after[last] == '?');
    }

    /// <summary>Whether an ordinal at that place names nothing: <c>first of all</c>, <c>on second thought</c>, <c>a second</c>, <c>First, I …</c>.</summary>
    public static bool IsIdiom(ReadOnlySpan<char> text, int start, int end)
    {
        ReadOnlySpan<char> word = text[start..end];
        if (!IsOneOf(word, Ordinals))
        {
            return false;
        }

        ReadOnlySpan<char> before = text[..start].TrimEnd();
        ReadOnlySpan<char> after = text[end..Math.Min(text.Length, end + Window)];
        bool opens = before.IsEmpty || before[^1] is '.' or '!' or '?' or '\n' || before.Length < text[..start].TrimEnd(" \t").Length;
        return StartsWithAny(after.TrimStart(), AfterOrdinal)
            || EndsWithAny(before, BeforeOrdinal)
            || (word.Equals("second", StringComparison.OrdinalIgnoreCase) && Words.EndsWithWord(before, "a"))
            || (opens && after.StartsWith(',') && StartsWithAny(after[1..].TrimStart(), Discourse));
    }

    /// <summary>Whether the last word denies what follows, with at most an article between.</summary>
    private static bool EndsInDenial(ReadOnlySpan<char> before)
    {
        before = TrimEndPunctuation(before);
        foreach (string article in Articles)
        {
            if (Words.EndsWithWord(before, article))
            {
                before = TrimEndPunctuation(before[..^article.Length]);
                break;
            }
        }

        return EndsWithAny(before, Before);
    }

    private static ReadOnlySpan<char> TrimEndPunctuation(ReadOnlySpan<char> text)
    {
        while (!text.IsEmpty && Words.IsWrapping(text[^1]))
        {
            text = text[..^1];
        }

        return text;
    }

    private static bool EndsWithAny(ReadOnlySpan<char> text, string[] words)
    {
        foreach (string word in words)
        {
            if (Words.EndsWithWord(text, word))
            {
                return true;
            }
        }

        return false;
    }

    private static bool StartsWithAny(ReadOnlySpan<char> text, string[] words)
    {
        foreach (string word in words)
        {
            if (text.StartsWith(word, StringComparison.OrdinalIgnoreCase) && (text.Length == word.Length || !char.IsLetterOrDigit(text[word.Length])))
            {
                return true;
            }
        }

        return false;
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
