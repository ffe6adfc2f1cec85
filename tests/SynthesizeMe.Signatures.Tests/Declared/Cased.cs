using System.Collections.Immutable;

namespace SynthesizeMe.Signatures.Tests.Declared;

/// <summary>When was it?</summary>
[Signature]
public partial record Moments(
    [Input] string Text, [Output] DateOnly Day, [Output] TimeOnly? Hour, [Output] DateTime? At, [Output] DateTimeOffset? Instant, [Output] TimeSpan? Wait);

/// <summary>Which is it, and where?</summary>
[Signature]
public partial record Addresses([Input] string Text, [Output] Guid Id, [Output] Uri? Link, [Output] IReadOnlyList<Uri>? Links);

/// <summary>Count the words.</summary>
[Signature]
public partial record Counts(
    [Input] string Text, [Output] Dictionary<string, int> Words, [Output] IReadOnlyDictionary<Mood, string>? Notes, [Output] IReadOnlySet<string>? Tags);

/// <summary>Draw it.</summary>
[Signature]
public partial record Figures([Input] string Text, [Output] Figure Figure, [Output] IReadOnlyList<Figure>? Others);

/// <summary>Say why.</summary>
[Signature]
public partial record Reasons([Input] string Text, [Output] ImmutableArray<Evidence> Found, [Output] Finding? Best);

/// <summary>Whatever there is.</summary>
[Signature]
public partial record Optionals(
    [Input] string Text,
    [Output] string? Note,
    [Output] int? Count,
    [Output] Mood? Mood,
    [Output] bool? Sure,
    [Output] DateOnly? Day,
    [Output] IReadOnlyList<string>? Words,
    [Output] Item? Best);
