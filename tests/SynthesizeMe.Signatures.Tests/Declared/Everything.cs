using System.Collections.Immutable;
using System.ComponentModel;
using System.Runtime.Serialization;
using System.Text.Json.Serialization;

namespace SynthesizeMe.Signatures.Tests.Declared;

public enum Mood
{
    [EnumMember(Value = "very good")]
    Good,

    [Description("so-so")]
    Middling,

    Bad,
}

public sealed record Evidence([Description("A quotation.")] string Quote, int Weight, bool Decisive, Mood? Mood);

public sealed record Finding(string Title, Evidence Best, [property: JsonPropertyName("alt")] Evidence? Alternative);

/// <summary>One field of every type there is.</summary>
[Signature]
public partial record Everything(
    [Input("What was said.")] Conversation Talk,
    [Input] string Text,
    [Input] bool Flag,
    [Input] int Count,
    [Input] double Ratio,
    [Input] decimal Price,
    [Input("How it feels.")] Mood Mood,
    [Input] string? Hint,
    [Input] IReadOnlyList<string> Tags,
    [Input] Evidence Evidence,
    [Output("In one sentence.")] string Summary,
    [Output] bool Sure,
    [Output] byte Small,
    [Output] long Total,
    [Output] float Weight,
    [Output] decimal Cost,
    [Output] Mood Verdict,
    [Output("If there is something to add.")] string? Remark,
    [Output] double? Share,
    [Output] Mood? Runner,
    [Output] IReadOnlyList<string> Words,
    [Output] List<int>? Ranks,
    [Output] ImmutableArray<Evidence> Reasons,
    [Output] Finding Finding)
{
    public static Everything Example { get; } = new(
        new Conversation(new Turn(new("user"), "Two\nlines"), new Turn(new("assistant"), "One line")),
        "Some text", true, 3, 0.25, 9.90m, Mood.Good, null, ["red", "blue"], new("so it is", 2, true, null),
        "A summary", false, 255, -9_000_000_000, 1.5f, 0.10m, Mood.Middling, "By the way", 0.5, Mood.Bad,
        ["one", "two"], [1, 2], [new("q", 1, false, Mood.Good)], new("T", new("best", 1, true, null), null));
}
