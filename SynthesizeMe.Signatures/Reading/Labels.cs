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
        int at = 0;
        while (at < text.Length)
        {
            int hit = -1;
            int entry = -1;
            for (int i = 0; i < _entries.Length; i++)
            {
                int next = Words.IndexOf(text, at, _entries[i].Label);
                bool earlier = next >= 0 && (hit < 0 || next < hit || (next == hit && _entries[i].Label.Length > _entries[entry].Label.Length));
                if (earlier)
                {
                    (hit, entry) = (next, i);
                }
            }

            if (hit < 0)
            {
                break;
            }

            (string label, TEnum candidate) = _entries[entry];
            if (Words.IsDenied(text, hit, hit + label.Length))
            {
                problem = $"it says '{label}' only to deny it; name one label: {Choices}";
                return false;
            }

            if (found is not null && !EqualityComparer<TEnum>.Default.Equals(candidate, value))
            {
                problem = $"it names both '{found}' and '{label}'; name one label: {Choices}";
                return false;
            }

            (found, value) = (label, candidate);
            at = hit + label.Length;
        }

        problem = found is null ? $"it names none of the labels: {Choices}" : null;
        return found is not null;
    }

    private string Choices => string.Join("; ", _entries.Select(e => e.Label));
}
