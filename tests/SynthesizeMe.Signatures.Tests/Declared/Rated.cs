using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace SynthesizeMe.Signatures.Tests.Declared;

public sealed record Score([Description("In stars.")][Range(1, 5)] int Stars, [StringLength(20)] string? Why = "no reason", int? Weight = 1, Mood Mood = Mood.Middling);

/// <summary>Rate it.</summary>
[Signature]
public partial record Rated(
    [Input] string Text,
    [Output, Required, StringLength(20, MinimumLength = 2)] string Title,
    [Output, RegularExpression("[a-z]+(-[a-z]+)*")] string Slug,
    [Output, Range(0, 1)] double Share,
    [Output, Range(0.0, 10.0, MinimumIsExclusive = true)] decimal? Price,
    [Output, AllowedValues("low", "high")] string Level,
    [Output, AllowedValues(1, 2, 4)] int Size,
    [Output, Length(1, 2)] IReadOnlyList<Score> Scores,
    [Output, Required] Mood? Mood,
    [Input] string Style = "plain",
    [Output] int Count = 3,
    [Output] string Note = "none given",
    [Output] Mood Second = Mood.Bad);

/// <summary>Does the pattern match?</summary>
[Signature]
public partial record Slow([Output, RegularExpression("(a+)+b")] string Letters);
