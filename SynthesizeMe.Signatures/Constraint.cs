using System.Globalization;
using System.Text.RegularExpressions;

namespace SynthesizeMe.Signatures;

/// <summary>
/// What data annotations ask of a value. Each check returns what is wrong, in words that help a model to mend it, or <see langword="null"/>.
/// Generated code is its caller.
/// </summary>
public static partial class Constraint
{
    private const int LongestExcerpt = 80;

    private static readonly TimeSpan LongestMatch = TimeSpan.FromMilliseconds(250);

    /// <summary><c>[Range]</c>, bounds included.</summary>
    public static string? Range(double value, double minimum, double maximum) =>
        value >= minimum && value <= maximum ? null : $"{Text(value)} is not from {Text(minimum)} to {Text(maximum)}";

    /// <inheritdoc cref="Range(double, double, double)"/>
    public static string? Range(decimal value, decimal minimum, decimal maximum) =>
        value >= minimum && value <= maximum ? null : $"{Text(value)} is not from {Text(minimum)} to {Text(maximum)}";

    /// <summary><c>[Range]</c> that is open above.</summary>
    public static string? AtLeast(double value, double minimum) => value >= minimum ? null : $"{Text(value)} is not at least {Text(minimum)}";

    /// <inheritdoc cref="AtLeast(double, double)"/>
    public static string? AtLeast(decimal value, decimal minimum) => value >= minimum ? null : $"{Text(value)} is not at least {Text(minimum)}";

    /// <summary><c>[Range]</c> that is open below.</summary>
    public static string? AtMost(double value, double maximum) => value <= maximum ? null : $"{Text(value)} is not at most {Text(maximum)}";

    /// <inheritdoc cref="AtMost(double, double)"/>
    public static string? AtMost(decimal value, decimal maximum) => value <= maximum ? null : $"{Text(value)} is not at most {Text(maximum)}";

    /// <summary><c>[Range(MinimumIsExclusive = true)]</c>.</summary>
    public static string? MoreThan(double value, double bound) => value > bound ? null : $"{Text(value)} is not more than {Text(bound)}";

    /// <inheritdoc cref="MoreThan(double, double)"/>
    public static string? MoreThan(decimal value, decimal bound) => value > bound ? null : $"{Text(value)} is not more than {Text(bound)}";

    /// <summary><c>[Range(MaximumIsExclusive = true)]</c>.</summary>
    public static string? LessThan(double value, double bound) => value < bound ? null : $"{Text(value)} is not less than {Text(bound)}";

    /// <inheritdoc cref="LessThan(double, double)"/>
    public static string? LessThan(decimal value, decimal bound) => value < bound ? null : $"{Text(value)} is not less than {Text(bound)}";

    /// <summary><c>[Required]</c> text.</summary>
    public static string? NotEmpty(string value) => string.IsNullOrWhiteSpace(value) ? "it is empty" : null;

    /// <summary><c>[MinLength]</c> of a text, in UTF-16 characters.</summary>
    public static string? MinLength(string value, int minimum)
    {
        ArgumentNullException.ThrowIfNull(value);
        return value.Length >= minimum ? null : $"it has {Count(value.Length, "character")}, which is fewer than {Text(minimum)}";
    }

    /// <summary><c>[MaxLength]</c> and <c>[StringLength]</c> of a text, in UTF-16 characters.</summary>
    public static string? MaxLength(string value, int maximum)
    {
        ArgumentNullException.ThrowIfNull(value);
        return value.Length <= maximum ? null : $"it has {Count(value.Length, "character")}, which is more than {Text(maximum)}";
    }

    /// <summary><c>[MinLength]</c> of a list, a set or a dictionary.</summary>
    public static string? MinItems<T>(IReadOnlyCollection<T> value, int minimum)
    {
        ArgumentNullException.ThrowIfNull(value);
        return value.Count >= minimum ? null : $"it has {Count(value.Count, "item")}, which is fewer than {Text(minimum)}";
    }

    /// <summary><c>[MaxLength]</c> of a list, a set or a dictionary.</summary>
    public static string? MaxItems<T>(IReadOnlyCollection<T> value, int maximum)
    {
        ArgumentNullException.ThrowIfNull(value);
        return value.Count <= maximum ? null : $"it has {Count(value.Count, "item")}, which is more than {Text(maximum)}";
    }

    /// <summary><c>[AllowedValues]</c> of text, compared exactly.</summary>
    public static string? OneOf(string value, params ReadOnlySpan<string> allowed) =>
        allowed.Contains(value) ? null : $"'{Excerpt(value)}' is none of these: {string.Join("; ", allowed!)}";

    /// <summary><c>[AllowedValues]</c> of a number.</summary>
    public static string? OneOf(double value, params ReadOnlySpan<double> allowed) =>
        allowed.Contains(value) ? null : $"{Text(value)} is none of these: {Choices(allowed)}";

    /// <inheritdoc cref="OneOf(double, ReadOnlySpan{double})"/>
    public static string? OneOf(decimal value, params ReadOnlySpan<decimal> allowed) =>
        allowed.Contains(value) ? null : $"{Text(value)} is none of these: {Choices(allowed)}";

    /// <summary><c>[RegularExpression]</c>; a match that takes longer than a quarter of a second is refused.</summary>
    /// <param name="value">The text.</param>
    /// <param name="pattern">What <see cref="Whole"/> made.</param>
    public static string? Pattern(string value, Regex pattern)
    {
        ArgumentNullException.ThrowIfNull(pattern);
        try
        {
            return pattern.IsMatch(value) ? null : $"'{Excerpt(value)}' does not match {Words(pattern)}";
        }
        catch (RegexMatchTimeoutException)
        {
            return $"it takes too long to match {Words(pattern)}; write it more simply";
        }
    }

    /// <summary>A pattern that a text has to match as a whole, the same in every culture.</summary>
    public static Regex Whole(string pattern) => new($@"\A(?:{pattern})\z", RegexOptions.CultureInvariant, LongestMatch);

    /// <summary>The pattern as the prompt and the schema show it.</summary>
    private static string Words(Regex pattern)
    {
        string inner = pattern.ToString()[5..^3];
        return inner.Contains('|', StringComparison.Ordinal) ? $"^(?:{inner})$" : $"^{inner}$";
    }

    private static string Excerpt(string text) => text.Length <= LongestExcerpt ? text : text[..LongestExcerpt] + "…";

    private static string Count(int number, string unit) => number == 1 ? $"1 {unit}" : $"{Text(number)} {unit}s";

    private static string Text<T>(T number)
        where T : IFormattable => number.ToString(null, CultureInfo.InvariantCulture);

    private static string Choices<T>(ReadOnlySpan<T> allowed)
        where T : IFormattable
    {
        var all = new string[allowed.Length];
        for (int i = 0; i < all.Length; i++)
        {
            all[i] = Text(allowed[i]);
        }

        return string.Join("; ", all);
    }
}
