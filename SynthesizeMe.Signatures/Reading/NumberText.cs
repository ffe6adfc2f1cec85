using System.Globalization;
using System.Numerics;

namespace SynthesizeMe.Signatures;

/// <summary>Reads numbers in invariant notation.</summary>
internal static class NumberText
{
    private const NumberStyles Style = NumberStyles.Float;

    /// <summary>Words that make a number another one, or no more than a bound.</summary>
    private static readonly string[] Changes =
    [
        "minus", "negative", "hundred", "hundreds", "thousand", "thousands", "million", "millions", "billion", "billions", "trillion", "dozen", "dozens", "half", "quarter", "third",
        "least", "most", "under", "below", "above", "over", "beyond", "exceeding", "up to", "less", "fewer", "more", "maximum", "minimum", "max", "min", "plus", "times", "squared", "lakh", "crore",
    ];

    /// <summary>Reads a finite number; a whole number may be written with a decimal part of zeros.</summary>
    public static bool TryRead<T>(ReadOnlySpan<char> text, out T value)
        where T : struct, INumber<T>
    {
        if (T.TryParse(text, Style, CultureInfo.InvariantCulture, out value))
        {
            return T.IsFinite(value);
        }

        return false;
    }

    /// <inheritdoc cref="TryRead{T}(ReadOnlySpan{char}, out T)"/>
    public static bool TryRead<T>(ReadOnlySpan<byte> text, out T value)
        where T : struct, INumber<T> => T.TryParse(text, Style, CultureInfo.InvariantCulture, out value) && T.IsFinite(value);

    /// <summary>
    /// Finds the only number in a text: <c>about 7</c>, <c>85 %</c>, <c>$1,234</c>. Two numbers, a number that is denied or called negative in
    /// words, and digits grouped in another way than by thousands are not read.
    /// </summary>
    public static bool TryFind<T>(ReadOnlySpan<char> text, out T value)
        where T : struct, INumber<T>
    {
        value = default;
        int start = text.IndexOfAnyInRange('0', '9');
        if (start < 0)
        {
            return false;
        }

        int end = EndOfNumber(text, start);
        if (start > 0 && text[start - 1] is '.')
        {
            start--;
        }

        bool negative = start > 0 && text[start - 1] is '-' or '−';
        ReadOnlySpan<char> before = text[..(negative ? start - 1 : start)];
        ReadOnlySpan<char> after = text[end..];
        bool alone = !after.ContainsAnyInRange('0', '9')
            && (before.IsEmpty || !(char.IsLetterOrDigit(before[^1]) || before[^1] is '/' or '^' or '_' or '.'))
            && before.TrimEnd() is not [.., '<' or '>' or '≤' or '≥' or '±' or '×' or '*']
            && (after.IsEmpty || !(char.IsLetterOrDigit(after[0]) || char.IsNumber(after[0]) || after[0] is '/' or '^' or '_' or '+' or '!'))
            && after.TrimStart() is not ['×' or '/' or '±' or '+', ..];
        if (!alone || Denials.IsDenied(text, start, end) || Words.HasAny(before, Changes) || Words.HasAny(after, Changes))
        {
            return false;
        }

        string digits = text[start..end].ToString();
        if (digits.Contains(',', StringComparison.Ordinal))
        {
            if (!GroupsThousands(digits))
            {
                return false;
            }

            digits = digits.Replace(",", "", StringComparison.Ordinal);
        }

        return TryRead(negative ? "-" + digits : digits, out value);
    }

    private static int EndOfNumber(ReadOnlySpan<char> text, int start)
    {
        int end = start;
        while (end < text.Length && (char.IsAsciiDigit(text[end]) || (text[end] is '.' or ',' && end + 1 < text.Length && char.IsAsciiDigit(text[end + 1]))))
        {
            end++;
        }

        if (end + 1 < text.Length && text[end] is 'e' or 'E')
        {
            int exponent = end + (text[end + 1] is '-' or '+' ? 2 : 1);
            int digit = exponent;
            while (digit < text.Length && char.IsAsciiDigit(text[digit]))
            {
                digit++;
            }

            end = digit > exponent ? digit : end;
        }

        return end;
    }

    /// <summary>Whether commas stand before every third digit and nowhere else.</summary>
    private static bool GroupsThousands(ReadOnlySpan<char> digits)
    {
        int point = digits.IndexOf('.');
        ReadOnlySpan<char> whole = point < 0 ? digits : digits[..point];
        bool first = true;
        foreach (Range part in whole.Split(','))
        {
            int length = whole[part].Length;
            if (first ? length is 0 or > 3 : length != 3)
            {
                return false;
            }

            first = false;
        }

        return point < 0 || !digits[point..].Contains(',');
    }

    /// <summary>What kind of number is wanted, in words.</summary>
    public static string Describe<T>()
        where T : struct, INumber<T> =>
        IsWhole<T>()
            ? string.Create(CultureInfo.InvariantCulture, $"a whole number that fits {typeof(T).Name}")
            : "a number";

    private static bool IsWhole<T>()
        where T : struct, INumber<T> => T.One / (T.One + T.One) == T.Zero;
}
