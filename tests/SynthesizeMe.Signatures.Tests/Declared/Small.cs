namespace SynthesizeMe.Signatures.Tests.Declared;

[Signature("Answer the question.")]
public partial record Ask([Input] string Question, [Output] string Answer);

/// <summary>Measure it.</summary>
[Signature]
public partial record Measure([Input] string Text, [Output] int Count, [Output] double Ratio, [Output] bool Sure);

/// <summary>A word to the wise.</summary>
[Signature]
public partial record Motto([Output] string Words);

[Signature]
public partial record Tags([Input] string Text, [Output] IReadOnlyList<Tag> Found);

public sealed record Tag(string Name, int Weight);

[Signature("Think for yourself.")]
public partial record OwnReasoning([Input] string Question, [Output] string Reasoning, [Output] string Answer);

public enum Presence
{
    None,
    Some,
}

[Signature]
public partial record Find([Input] string Text, [Output] Presence? Presence);
