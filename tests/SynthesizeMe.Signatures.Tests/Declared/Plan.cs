using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace SynthesizeMe.Signatures.Tests.Declared;

public sealed record Visit([Description("When.")][Range(typeof(DateOnly), "2026-01-01", "2026-12-31")] DateOnly Day, [DeniedValues(Mood.Bad)] Mood Mood = Mood.Good);

/// <summary>Plan it.</summary>
[Signature]
public partial record Plan(
    [Input] string Text,
    [Output, AllowedValues(Mood.Good, Mood.Middling)] Mood Mood,
    [Output, DeniedValues("none", "n/a")] string Name,
    [Output, DeniedValues(0, 13)] int? Size,
    [Output, Length(1, 3), AllowedValues("red", "blue", "green")] IReadOnlyList<string>? Colours,
    [Output, DeniedValues(Mood.Bad), MaxLength(2)] List<Mood>? Moods,
    [Output, Range(0, 1)] double[]? Shares,
    [Output, StringLength(5, MinimumLength = 2), RegularExpression("[a-z]+")] IReadOnlyList<string>? Words,
    [Output, Range(typeof(DateOnly), "2026-01-01", "2026-12-31")] DateOnly? Day,
    [Output, Range(typeof(TimeOnly), "08:00", "17:00", MaximumIsExclusive = true)] TimeOnly? Start,
    [Output, Range(typeof(DateTime), "2026-01-01", "2026-12-31T12:00:00")] DateTime? At,
    [Output, Range(typeof(DateTimeOffset), "2026-01-01T00:00:00Z", "2026-12-31T00:00:00Z", MinimumIsExclusive = true)] DateTimeOffset? Instant,
    [Output, Range(typeof(TimeSpan), "00:10:00", "1.00:00:00")] TimeSpan? Wait,
    [Output, Range(typeof(DateOnly), "2026-01-01", "2026-12-31")] IReadOnlySet<DateOnly>? Days,
    [Output] IReadOnlyList<Visit>? Visits);
