using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace SynthesizeMe.Signatures.Tests.Declared;

public sealed record Tree(string Name, IReadOnlyList<Tree> Branches);

[JsonDerivedType(typeof(Circle), "circle")]
[JsonDerivedType(typeof(Ring), "ring")]
[JsonDerivedType(typeof(Group), "group")]
public abstract record Figure(string Name);

public record Circle(string Name, double Radius) : Figure(Name);

public sealed record Ring(string Name, double Radius, double Inner) : Circle(Name, Radius);

public sealed record Group(string Name, ImmutableList<Figure> All) : Figure(Name);

/// <summary>One output of every kind that is not plain.</summary>
[Signature]
public partial record Kinds(
    [Input] DateOnly Since,
    [Input] Dictionary<string, int> Seen,
    [Input] Figure Shown,
    [Output] DateOnly Day,
    [Output] TimeOnly Hour,
    [Output] DateTime Moment,
    [Output] DateTimeOffset Instant,
    [Output] TimeSpan Length,
    [Output] Guid Id,
    [Output] Uri Link,
    [Output] TimeSpan? Wait,
    [Output] Uri? Source,
    [Output] Dictionary<string, int> Counts,
    [Output] IReadOnlyDictionary<Mood, string?> Notes,
    [Output] ImmutableSortedDictionary<string, Item>? Items,
    [Output] ImmutableList<DateOnly> Days,
    [Output] IReadOnlySet<string> Tags,
    [Output] ImmutableHashSet<int>? Ranks,
    [Output] Tree Tree,
    [Output] Figure Figure,
    [Output] IReadOnlyList<Figure> Figures)
{
    public static Kinds Example { get; } = new(
        new(2024, 2, 29), new() { ["b"] = 2, ["a"] = 1 }, new Circle("sun", 1.5),
        new(2026, 3, 31), new(14, 30), new(2026, 3, 31, 14, 30, 0, DateTimeKind.Utc), new(2026, 3, 31, 14, 30, 0, TimeSpan.FromHours(2)),
        TimeSpan.FromMinutes(90), new("123e4567-e89b-12d3-a456-426614174000"), new("https://example.org/a?b=c"), null, new("../up", UriKind.Relative),
        new() { ["two"] = 2, ["one"] = 1 }, new Dictionary<Mood, string?> { [Mood.Good] = "yes", [Mood.Bad] = null },
        ImmutableSortedDictionary<string, Item>.Empty.Add("x", new("X", 1, Mood.Bad)), [new(2026, 1, 1)], new HashSet<string> { "red", "blue" }, [10, 9],
        new("root", [new("left", []), new("right", [new("leaf", [])])]), new Ring("r", 2, 1), [new Group("g", [new Circle("c", 1)])]);

    public static Inputs Any { get; } = Example.ToInputs();
}
