using System.Globalization;

namespace SynthesizeMe.Signatures;

/// <summary>The forms of dates, times, identifiers and addresses: ISO 8601, RFC 4122 and RFC 3986. Generated code is its caller.</summary>
public static class ScalarFormats
{
    private const string DateForm = "yyyy-MM-dd";
    private const string TimeForm = "HH:mm:ss.FFFFFFF";

    private static readonly CultureInfo Invariant = CultureInfo.InvariantCulture;
    private static readonly string[] Dates = ["yyyy/M/d", "yyyyMMdd", "d MMMM yyyy", "d MMM yyyy", "MMMM d, yyyy", "MMM d, yyyy", "MMMM d yyyy", "MMM d yyyy"];
    private static readonly string[] Times = [TimeForm, "HH:mm"];
    private static readonly string[] TwelveHours = ["h:mm tt", "h:mm:ss tt", "h tt", "h:mmtt", "htt"];
    private static readonly string[] Moments = [DateForm + "'T'" + TimeForm, DateForm + "'T'HH:mm"];
    private static readonly string[] SpacedMoments = [DateForm + " " + TimeForm, DateForm + " HH:mm"];
    private static readonly string[] Instants = [DateForm + "'T'" + TimeForm + "zzz", DateForm + "'T'HH:mmzzz"];
    private static readonly string[] SpacedInstants =
        [DateForm + " " + TimeForm + "zzz", DateForm + " HH:mmzzz", DateForm + " " + TimeForm + " zzz", DateForm + " HH:mm zzz"];

    /// <summary>A date as <c>2026-03-31</c>.</summary>
    public static ScalarFormat<DateOnly> Date { get; } = new(
        "a date such as 2026-03-31",
        static value => value.ToString(DateForm, Invariant),
        static (text, out value) => DateOnly.TryParseExact(text, DateForm, Invariant, DateTimeStyles.None, out value),
        static (text, out value) => DateOnly.TryParseExact(text, Dates, Invariant, DateTimeStyles.None, out value));

    /// <summary>A time of day as <c>14:30:00</c>, with as many decimals as it needs.</summary>
    public static ScalarFormat<TimeOnly> Time { get; } = new(
        "a time of day such as 14:30:00",
        static value => value.ToString(TimeForm, Invariant),
        static (text, out value) => TimeOnly.TryParseExact(text, Times, Invariant, DateTimeStyles.None, out value),
        static (text, out value) => TimeOnly.TryParseExact(text, TwelveHours, Invariant, DateTimeStyles.None, out value));

    /// <summary>
    /// A date and time as <c>2026-03-31T14:30:00</c>, with <c>Z</c> when it is of UTC. What is of local time, or has another offset, is
    /// turned into UTC, so that it means the same on every machine.
    /// </summary>
    public static ScalarFormat<DateTime> DateTime { get; } = new(
        "a date and time such as 2026-03-31T14:30:00",
        static value => (value.Kind == DateTimeKind.Local ? value.ToUniversalTime() : value).ToString(DateForm + "'T'" + TimeForm + "K", Invariant),
        static (text, out value) => TryReadMoment(text, Moments, Instants, out value),
        static (text, out value) => TryReadMoment(text, SpacedMoments, SpacedInstants, out value));

    /// <summary>A date and time with its offset from UTC, as <c>2026-03-31T14:30:00+02:00</c>.</summary>
    public static ScalarFormat<DateTimeOffset> Instant { get; } = new(
        "a date and time with its offset such as 2026-03-31T14:30:00+02:00",
        static value => value.ToString(Instants[0], Invariant),
        static (text, out value) => TryReadInstant(text, Instants, out value),
        static (text, out value) => TryReadInstant(text, SpacedInstants, out value));

    /// <summary>A duration as <c>P1DT2H30M</c>; years and months have no fixed length and are not read.</summary>
    public static ScalarFormat<TimeSpan> Duration { get; } = new(
        "a duration such as PT1H30M",
        DurationText.Write,
        DurationText.TryRead,
        static (text, out value) => TimeSpan.TryParseExact(text, ["h\\:mm\\:ss", "d\\.hh\\:mm\\:ss", "h\\:mm\\:ss\\.FFFFFFF"], Invariant, out value));

    /// <summary>A UUID, in groups with dashes.</summary>
    public static ScalarFormat<Guid> Uuid { get; } = new(
        "a UUID such as 123e4567-e89b-12d3-a456-426614174000",
        static value => value.ToString("D"),
        static (text, out value) => Guid.TryParseExact(text, "D", out value),
        static (text, out value) => Guid.TryParseExact(text, "N", out value));

    /// <summary>An address, absolute or relative as it was given; what no address may contain is written with percent signs.</summary>
    public static ScalarFormat<Uri> Uri { get; } = new("a URI such as https://example.org/a", UriText.Write, UriText.TryRead, static (text, out value) => UriText.TryRead(text, out value));

    private static bool TryReadMoment(ReadOnlySpan<char> text, string[] forms, string[] withOffset, out DateTime value)
    {
        if (System.DateTime.TryParseExact(text, forms, Invariant, DateTimeStyles.None, out value))
        {
            return true;
        }

        bool read = TryReadInstant(text, withOffset, out DateTimeOffset instant);
        value = instant.UtcDateTime;
        return read;
    }

    private static bool TryReadInstant(ReadOnlySpan<char> text, string[] forms, out DateTimeOffset value)
    {
        if (!text.IsEmpty && text[^1] is 'Z' or 'z')
        {
            text = string.Concat(text[..^1], "+00:00");
        }

        return DateTimeOffset.TryParseExact(text, forms, Invariant, DateTimeStyles.None, out value);
    }
}
