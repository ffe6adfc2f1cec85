using System.Collections.Immutable;

namespace SynthesizeMe.Signatures;

/// <summary>How an enum's members are written in prompts, and read from replies.</summary>
/// <typeparam name="TEnum">The enum.</typeparam>
/// <remarks>
/// Reading is lenient and never guesses: the label itself, else the label in another case or wrapped in punctuation,
/// else the only label that stands as whole words in the text. Two different labels, or one that is negated, are refused.
/// </remarks>
public sealed class Labels<TEnum>
    where TEnum : struct, Enum
{
    private const int FewLabels = 64;

    /// <summary>How often labels may be mentioned; who says one more often than that does not answer.</summary>
    private const int MostMentions = 32;

    private readonly ImmutableArray<(string Label, TEnum Value)> _entries;

    /// <summary>Creates the table from label and value pairs; the first label of a value is the one that is written.</summary>
    public Labels(params ReadOnlySpan<(string Label, TEnum Value)> entries) => _entries = [.. entries];

    /// <summary>The label of a value.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not a member of the enum.</exception>
    public string Write(TEnum value)
    {
        foreach ((string label, TEnum candidate) in _entries)
        {
            if (EqualityComparer<TEnum>.Default.Equals(candidate, value))
            {
                return label;
            }
        }

        throw new ArgumentOutOfRangeException(nameof(value), value, $"{value} is not a member of {typeof(TEnum).Name}.");
    }

    /// <summary>Reads a label.</summary>
    /// <param name="text">What stands in the field.</param>
    /// <param name="value">The member it names.</param>
    /// <param name="repair">How far the text was from the label itself; <see langword="null"/> when it is the label.</param>
    /// <param name="problem">Why it cannot be read; <see langword="null"/> when it can.</param>
    internal bool TryRead(ReadOnlySpan<char> text, out TEnum value, out RepairKind? repair, out string? problem)
    {
        repair = null;
        problem = null;
        text = text.Trim();
        foreach ((string label, TEnum candidate) in _entries)
        {
            if (text.SequenceEqual(label))
            {
                value = candidate;
                return true;
            }
        }

        ReadOnlySpan<char> bare = Words.TrimPunctuation(text);
        foreach ((string label, TEnum candidate) in _entries)
        {
            if (bare.Equals(label, StringComparison.OrdinalIgnoreCase))
            {
                value = candidate;
                repair = RepairKind.LabelSpelling;
                return true;
            }
        }

        repair = RepairKind.LabelInSentence;
        return TryFindOnly(text, out value, out problem);
    }

    /// <summary>Whether a label begins with the text and goes on.</summary>
    internal bool IsBeginning(ReadOnlySpan<char> text)
    {
        text = text.Trim();
        foreach ((string label, _) in _entries)
        {
            if (label.Length > text.Length && label.AsSpan().StartsWith(text, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    private bool TryFindOnly(ReadOnlySpan<char> text, out TEnum value, out string? problem)
    {
        value = default;
        string? found = null;
        Span<int> next = _entries.Length <= FewLabels ? stackalloc int[_entries.Length] : new int[_entries.Length];
        next.Fill(-1);
        int at = 0;
        for (int mentions = 0; TryFindNext(text, at, next, out int hit, out int entry); mentions++)
        {
            (string label, TEnum candidate) = _entries[entry];
            at = hit + label.Length;
            if (Denials.IsIdiom(text, hit, at))
            {
                continue;
            }

            if (Denials.IsDenied(text, hit, at))
            {
                problem = $"it says '{label}' only to deny it; name one label: {Choices}";
                return false;
            }

            if (mentions == MostMentions || (found is not null && !EqualityComparer<TEnum>.Default.Equals(candidate, value)))
            {
                problem = $"it names both '{found}' and '{label}'; name one label: {Choices}";
                return false;
            }

            (found, value) = (label, candidate);
        }

        problem = found is null ? $"it names none of the labels: {Choices}" : null;
        return found is not null;
    }

    /// <summary>The label that stands first, at or after a position; the longest of several. Keeps where each label stands next, so that all is read once.</summary>
    private bool TryFindNext(ReadOnlySpan<char> text, int at, Span<int> next, out int hit, out int entry)
    {
        hit = text.Length;
        entry = -1;
        for (int i = 0; i < next.Length; i++)
        {
            if (next[i] < at)
            {
                int found = Words.IndexOf(text, at, _entries[i].Label);
                next[i] = found < 0 ? text.Length : found;
            }

            if (next[i] < hit || (entry >= 0 && next[i] == hit && _entries[i].Label.Length > _entries[entry].Label.Length))
            {
                (hit, entry) = (next[i], i);
            }
        }

        return entry >= 0;
    }

    private string Choices => string.Join("; ", _entries.Select(e => e.Label));
}
