using System.Globalization;

namespace SynthesizeMe.Signatures;

/// <summary>The functions that templates call, with the results that Scriban's have. Generated code is their caller.</summary>
public static class TemplateText
{
    /// <summary><c>true</c>, <c>false</c>, or <see langword="null"/>.</summary>
    public static string? Of(bool? value) => value is { } truth ? (truth ? "true" : "false") : null;

    /// <summary>A number in invariant notation.</summary>
    public static string Of<T>(T value)
        where T : struct, IFormattable => value.ToString(null, CultureInfo.InvariantCulture);

    /// <summary>A number in invariant notation, or <see langword="null"/>.</summary>
    public static string? Of<T>(T? value)
        where T : struct, IFormattable => value?.ToString(null, CultureInfo.InvariantCulture);

    /// <summary>The text of a value, or <see langword="null"/>.</summary>
    public static string? Of<T>(T? value, Func<T, string> write)
        where T : struct => value is { } some ? write(some) : null;

    /// <summary>The text of a value, or <see langword="null"/>.</summary>
    public static string? Of<T>(T? value, Func<T, string> write)
        where T : class => value is { } some ? write(some) : null;

    /// <summary>The items, to be counted and indexed; none for <see langword="null"/>.</summary>
    public static IReadOnlyList<T> List<T>(IEnumerable<T>? items) => items as IReadOnlyList<T> ?? [.. items ?? []];

    /// <summary>The items, each turned into another.</summary>
    public static IReadOnlyList<TResult> List<T, TResult>(IEnumerable<T>? items, Func<T, TResult> change) => [.. (items ?? []).Select(change)];

    /// <summary>The number of characters.</summary>
    public static int Size(string? text) => text?.Length ?? 0;

    /// <summary>The number of items.</summary>
    public static int Size<T>(IEnumerable<T>? items) => items is null ? 0 : items.TryGetNonEnumeratedCount(out int count) ? count : items.Count();

    /// <summary>The text in capitals.</summary>
    public static string? Upcase(string? text) => text?.ToUpperInvariant();

    /// <summary>The text in small letters.</summary>
#pragma warning disable CA1308 // Small letters are what is asked for.
    public static string? Downcase(string? text) => text?.ToLowerInvariant();
#pragma warning restore CA1308

    /// <summary>The text with its first letter as a capital.</summary>
    public static string Capitalize(string? text) =>
        string.IsNullOrEmpty(text) ? "" : char.IsUpper(text[0]) ? text : $"{char.ToUpperInvariant(text[0])}{text.AsSpan(1)}";

    /// <summary>The text without blanks at its ends.</summary>
    public static string? Strip(string? text) => text?.Trim();

    /// <summary>The text without blanks at its start.</summary>
    public static string? StripStart(string? text) => text?.TrimStart();

    /// <summary>The text without blanks at its end.</summary>
    public static string? StripEnd(string? text) => text?.TrimEnd();

    /// <summary>The text without line ends.</summary>
    public static string StripNewlines(string? text) =>
        text is null ? "" : text.Replace("\r\n", "", StringComparison.Ordinal).Replace("\n", "", StringComparison.Ordinal);

    /// <summary>The text with every occurrence replaced.</summary>
    public static string Replace(string? text, string? match, string? replacement) =>
        string.IsNullOrEmpty(text) ? "" : string.IsNullOrEmpty(match) ? text : text.Replace(match, replacement ?? "", StringComparison.Ordinal);

    /// <summary>At most so many characters, the ellipsis among them.</summary>
    public static string Truncate(string? text, int length, string? ellipsis = null)
    {
        if (string.IsNullOrEmpty(text) || text.Length <= length)
        {
            return text ?? "";
        }

        ellipsis ??= "...";
        return string.Concat(text.AsSpan(0, Math.Max(0, length - ellipsis.Length)), ellipsis);
    }

    /// <summary>The text and then another.</summary>
    public static string Append(string? text, string? last) => text + last;

    /// <summary>Another text and then this.</summary>
    public static string Prepend(string? text, string? first) => first + text;

    /// <summary>Whether the text has the other in it; never an empty one.</summary>
    public static bool Contains(string? text, string? part) =>
        !string.IsNullOrEmpty(text) && !string.IsNullOrEmpty(part) && text.Contains(part, StringComparison.Ordinal);

    /// <summary>Whether the text starts with the other; never with an empty one.</summary>
    public static bool StartsWith(string? text, string? part) =>
        !string.IsNullOrEmpty(text) && !string.IsNullOrEmpty(part) && text.StartsWith(part, StringComparison.Ordinal);

    /// <summary>Whether the text ends with the other; never with an empty one.</summary>
    public static bool EndsWith(string? text, string? part) =>
        !string.IsNullOrEmpty(text) && !string.IsNullOrEmpty(part) && text.EndsWith(part, StringComparison.Ordinal);

    /// <summary>The items with the separator between them.</summary>
    public static string Join(IEnumerable<string?>? items, string? separator) => string.Join(separator, items ?? []);
}
