using System.Globalization;

namespace SynthesizeMe.Signatures;

/// <content>Labels, dates and times, what is denied, and the items of lists.</content>
public static partial class Constraint
{
    /// <summary><c>[AllowedValues]</c> of an enum.</summary>
    public static string? OneOf<T>(T value, Labels<T> labels, params ReadOnlySpan<T> allowed)
        where T : struct, Enum => allowed.Contains(value, null) ? null : $"'{Written(value, labels)}' is none of these: {Choices(allowed, labels)}";

    /// <summary><c>[DeniedValues]</c> of an enum.</summary>
    public static string? NoneOf<T>(T value, Labels<T> labels, params ReadOnlySpan<T> denied)
        where T : struct, Enum => denied.Contains(value, null) ? $"'{Written(value, labels)}' is not to be answered" : null;

    /// <summary><c>[DeniedValues]</c> of text, compared exactly.</summary>
    public static string? NoneOf(string value, params ReadOnlySpan<string> denied) =>
        denied.Contains(value) ? $"'{Excerpt(value)}' is not to be answered" : null;

    /// <summary><c>[DeniedValues]</c> of a number.</summary>
    public static string? NoneOf(double value, params ReadOnlySpan<double> denied) => denied.Contains(value) ? $"{Text(value)} is not to be answered" : null;

    /// <inheritdoc cref="NoneOf(double, ReadOnlySpan{double})"/>
    public static string? NoneOf(decimal value, params ReadOnlySpan<decimal> denied) => denied.Contains(value) ? $"{Text(value)} is not to be answered" : null;

    /// <summary><c>[Range]</c> of a date, a time or a duration, bounds included. A <see cref="DateTime"/> is compared as it is written, whatever its kind.</summary>
    public static string? Range<T>(T value, ScalarFormat<T> format, T minimum, T maximum)
        where T : struct, IComparable<T>
    {
        ArgumentNullException.ThrowIfNull(format);
        return value.CompareTo(minimum) >= 0 && value.CompareTo(maximum) <= 0
            ? null
            : $"{format.Write(value)} is not from {format.Write(minimum)} to {format.Write(maximum)}";
    }

    /// <summary>The lower bound of such a range, included.</summary>
    public static string? NotBefore<T>(T value, ScalarFormat<T> format, T minimum)
        where T : struct, IComparable<T> => value.CompareTo(minimum) >= 0 ? null : Problem(value, format, "before", minimum);

    /// <summary>The upper bound of such a range, included.</summary>
    public static string? NotAfter<T>(T value, ScalarFormat<T> format, T maximum)
        where T : struct, IComparable<T> => value.CompareTo(maximum) <= 0 ? null : Problem(value, format, "after", maximum);

    /// <summary>The lower bound of such a range, excluded.</summary>
    public static string? After<T>(T value, ScalarFormat<T> format, T bound)
        where T : struct, IComparable<T> => value.CompareTo(bound) > 0 ? null : Problem(value, format, "not after", bound);

    /// <summary>The upper bound of such a range, excluded.</summary>
    public static string? Before<T>(T value, ScalarFormat<T> format, T bound)
        where T : struct, IComparable<T> => value.CompareTo(bound) < 0 ? null : Problem(value, format, "not before", bound);

    /// <summary>What is wrong with the first item that does not satisfy a check, and which it is, counted from 1.</summary>
    public static string? Each<T>(IEnumerable<T> values, Func<T, string?> check)
    {
        ArgumentNullException.ThrowIfNull(values);
        ArgumentNullException.ThrowIfNull(check);
        int number = 0;
        foreach (T value in values)
        {
            number++;
            if (check(value) is { } problem)
            {
                return string.Create(CultureInfo.InvariantCulture, $"item {number}: {problem}");
            }
        }

        return null;
    }

    private static string Problem<T>(T value, ScalarFormat<T> format, string relation, T bound)
    {
        ArgumentNullException.ThrowIfNull(format);
        return $"{format.Write(value)} is {relation} {format.Write(bound)}";
    }

    private static string Written<T>(T value, Labels<T> labels)
        where T : struct, Enum
    {
        ArgumentNullException.ThrowIfNull(labels);
        return labels.Write(value);
    }

    private static string Choices<T>(ReadOnlySpan<T> allowed, Labels<T> labels)
        where T : struct, Enum
    {
        var all = new string[allowed.Length];
        for (int i = 0; i < all.Length; i++)
        {
            all[i] = labels.Write(allowed[i]);
        }

        return string.Join("; ", all);
    }
}
