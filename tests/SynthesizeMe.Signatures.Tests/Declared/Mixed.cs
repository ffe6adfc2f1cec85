namespace SynthesizeMe.Signatures.Tests.Declared;

public sealed record Item(string Name, int? Rank, Mood Mood);

/// <summary>Outputs of every shape, optional ones included, over one text.</summary>
[Signature]
public partial record Mixed(
    [Input] string Text,
    [Output] string Answer,
    [Output] string? Note,
    [Output] Mood Mood,
    [Output] Mood? Second,
    [Output] bool? Sure,
    [Output] double? Score,
    [Output] IReadOnlyList<string> Words,
    [Output] IReadOnlyList<Item>? Items,
    [Output] Item? Best);
