namespace SynthesizeMe.Generators.Tests.Caching;

/// <summary>An edit elsewhere that changes what a declaration means whose own file stays the same.</summary>
/// <param name="Judge">The file of the declaration.</param>
/// <param name="Before">The other files.</param>
/// <param name="After">The other files after the edit.</param>
internal sealed record StaleReading(string Judge, string[] Before, string[] After)
{
    private const string Usings =
        "using System; using System.Collections.Generic; using System.ComponentModel; using System.ComponentModel.DataAnnotations; "
        + "using System.Text.Json.Serialization; using SynthesizeMe.Signatures;\n";

    private const string MoodJudge = "namespace Outer.Inner; [Signature] public partial record Judge([Input] string Text, [Output] Mood Mood);";
    private const string ItemJudge = "namespace Outer.Inner; [Signature] public partial record Judge([Input] string Text, [Output] Item Item);";
    private const string RangeJudge = "namespace Outer.Inner; [Signature] public partial record Judge([Input] string Text, [Output, Range(0, {0})] int Score);";
    private const string Mood = "namespace Outer; public enum Mood { Good, Bad }";

    public static IReadOnlyDictionary<string, StaleReading> All { get; } = new Dictionary<string, StaleReading>
    {
        ["an enum in a nearer namespace"] = new(MoodJudge, [Mood], [Mood, "namespace Outer.Inner; public enum Mood { Yes, No }"]),
        ["the nearer enum goes"] = new(MoodJudge, [Mood, "namespace Outer.Inner; public enum Mood { Yes, No }"], [Mood]),
        ["a label more"] = new(MoodJudge, [Mood], ["namespace Outer; public enum Mood { Good, Fair, Bad }"]),
        ["a description of a label"] = new(MoodJudge, [Mood], [Usings + "namespace Outer; public enum Mood { [Description(\"fine\")] Good, Bad }"]),
        ["the enum goes"] = new(MoodJudge, [Mood], []),
        ["the enum comes"] = new(MoodJudge, [], [Mood]),
        ["the enum moves to another namespace"] = new(MoodJudge, [Mood], ["namespace Outer.Inner; public enum Mood { Good, Bad }"]),
        ["the enum becomes a record"] = new(MoodJudge, [Mood], ["namespace Outer; public record Mood(string Word);"]),
        ["the enum becomes generic"] = new(MoodJudge, [Mood], ["namespace Outer; public record Mood<T>(string Word);"]),
        ["two namespaces that are used have it"] = new(
            MoodJudge, [Mood, "global using Far; namespace Far { }"], ["namespace Outer.Inner.Deep { }", "global using Far; namespace Far { public enum Mood { Up } }"]),
        ["a namespace of that name"] = new(MoodJudge, [Mood], [Mood, "namespace Outer.Inner.Mood { }"]),
        ["a namespace that hides the framework's"] = new(
            "namespace Outer; [Signature] public partial record Judge([Input] System.DateOnly Day, [Output] string Text);",
            ["namespace Other { }"], ["namespace Other { }", "namespace Outer.System { }"]),
        ["a type that hides the framework's"] = new(
            "namespace Outer; [Signature] public partial record Judge([Input] DateOnly Day, [Output] string Text);",
            [Mood], [Mood, "namespace Outer; public record DateOnly(int Days);"]),
        ["a record's property"] = new(
            ItemJudge, ["namespace Outer; public record Item(string Name);"], ["namespace Outer; public record Item(string Title);"]),
        ["a property of a record in a record"] = new(
            ItemJudge,
            ["namespace Outer; public record Item(Part Part);", "namespace Outer; public record Part(int Count);"],
            ["namespace Outer; public record Item(Part Part);", "namespace Outer; public record Part(int Count, string? Note);"]),
        ["a base record's property"] = new(
            ItemJudge,
            ["namespace Outer; public record Item(string Name) : Thing(Name);", "namespace Outer; public record Thing(string Name);"],
            ["namespace Outer; public record Item(string Name) : Thing(Name);", Usings + "namespace Outer; public record Thing([property: JsonPropertyName(\"called\")] string Name);"]),
        ["a base record of a base record"] = new(
            ItemJudge,
            ["namespace Outer; public record Item(string Name) : Thing(Name);", "namespace Outer; public record Thing(string N) : Root(N);", "namespace Outer; public record Root(string Name);"],
            ["namespace Outer; public record Item(string Name) : Thing(Name);", "namespace Outer; public record Thing(string N) : Root(N);",
                Usings + "namespace Outer; public record Root([property: JsonPropertyName(\"called\")] string Name);"]),
        ["a base record's property that no parameter sets"] = new(
            ItemJudge,
            ["namespace Outer; public record Item(string Name) : Thing;", "namespace Outer; public record Thing;"],
            ["namespace Outer; public record Item(string Name) : Thing;", "namespace Outer; public record Thing { public int Price { get; init; } }"]),
        ["a type called like the class of calls"] = new(MoodJudge, [Mood], [Mood, "namespace Outer.Inner; public record JudgeCalls(int Count);"]),
        ["a type called like the class of calls of a nested signature"] = new(
            "namespace Outer; public partial class A { public partial record @class { [Signature] public partial record Judge([Input] string Text, [Output] string Answer); } }",
            ["namespace Outer { }"], ["namespace Outer { public record A_class_JudgeCalls(int Count); }"]),
        ["a case of a union"] = new(
            ItemJudge,
            [Usings + "namespace Outer; [JsonDerivedType(typeof(A), \"a\")] public abstract record Item;", "namespace Outer; public record A(int X) : Item;"],
            [Usings + "namespace Outer; [JsonDerivedType(typeof(A), \"a\")] public abstract record Item;", "namespace Outer; public record A(int Y) : Item;"]),
        ["a case that derives no more"] = new(
            ItemJudge,
            [Usings + "namespace Outer; [JsonDerivedType(typeof(A), \"a\")] public abstract record Item;", "namespace Outer; public record A(int X) : B;", "namespace Outer; public record B : Item;"],
            [Usings + "namespace Outer; [JsonDerivedType(typeof(A), \"a\")] public abstract record Item;", "namespace Outer; public record A(int X) : B;", "namespace Outer; public record B;"]),
        ["a constant in an attribute"] = Range(
            "Limits.Max", ["namespace Outer; public static class Limits { public const int Max = 5; }"], ["namespace Outer; public static class Limits { public const int Max = 6; }"]),
        ["a constant made of another"] = Range(
            "Limits.Max",
            ["namespace Outer; public static class Limits { public const int Max = Bounds.High + 1; }", "namespace Outer; public static class Bounds { public const int High = 5; }"],
            ["namespace Outer; public static class Limits { public const int Max = Bounds.High + 1; }", "namespace Outer; public static class Bounds { public const int High = 7; }"]),
        ["a constant of a base class"] = Range(
            "Limits.Max",
            ["namespace Outer; public class Limits : Bounds;", "namespace Outer; public class Bounds { public const int Max = 5; }"],
            ["namespace Outer; public class Limits : Bounds;", "namespace Outer; public class Bounds { public const int Max = 7; }"]),
        ["a constant that is hidden in a nearer class"] = Range(
            "Limits.Max",
            ["namespace Outer; public static class Limits { public const int Max = 5; }"],
            ["namespace Outer; public static class Limits { public const int Max = 5; }", "namespace Outer.Inner; public static class Limits { public const int Max = 9; }"]),
        ["a constant by a static using"] = Range(
            "Max", ["global using static Outer.Limits;", "namespace Outer; public static class Limits { public const int Max = 5; }"],
            ["global using static Outer.Limits;", "namespace Outer; public static class Limits { public const int Max = 6; }"]),
        ["a constant of an interpolated description"] = new(
            "namespace Outer; [Signature] public partial record Judge([Input($\"From {Words.Source}.\")] string Text, [Output] string Answer);",
            ["namespace Outer; public static class Words { public const string Source = \"here\"; }"],
            ["namespace Outer; public static class Words { public const string Source = \"there\"; }"]),
        ["a constant as a default"] = new(
            "namespace Outer; [Signature] public partial record Judge([Input] string Text, [Output] int Score = Words.Most);",
            ["namespace Outer; public static class Words { public const int Most = 1; }"], ["namespace Outer; public static class Words { public const int Most = 2; }"]),
        ["instructions from a constant"] = new(
            "namespace Outer; [Signature(Words.Do)] public partial record Judge([Input] string Text, [Output] string Answer);",
            ["namespace Outer; public static class Words { public const string Do = \"Do.\"; }"], ["namespace Outer; public static class Words { public const string Do = \"Do it.\"; }"]),
        ["a value of an enum's member"] = new(
            "namespace Outer; [Signature] public partial record Judge([Input] string Text, [Output] Mood Mood = (Mood)1);",
            ["namespace Outer; public enum Mood { Good = 1, Bad = Words.Two }", "namespace Outer; public static class Words { public const int Two = 2; }"],
            ["namespace Outer; public enum Mood { Good = Words.Two, Bad = 1 }", "namespace Outer; public static class Words { public const int Two = 2; }"]),
        ["a global using comes"] = new(MoodJudge, ["namespace Far; public enum Mood { Up }"], ["namespace Far; public enum Mood { Up }", "global using Far;"]),
        ["a global using goes"] = new(MoodJudge, ["namespace Far; public enum Mood { Up }", "global using Far;"], ["namespace Far; public enum Mood { Up }"]),
        ["a global alias"] = new(
            MoodJudge,
            ["namespace Far; public enum Up { One } public enum Down { Two }", "global using Mood = Far.Up;"],
            ["namespace Far; public enum Up { One } public enum Down { Two }", "global using Mood = Far.Down;"]),
        ["what a global alias names"] = new(
            MoodJudge,
            ["namespace Far; public enum Up { One }", "global using Mood = Far.Up;"], ["namespace Far; public enum Up { Two }", "global using Mood = Far.Up;"]),
        ["another attribute of the mark's name"] = new(
            MoodJudge, [Mood], [Mood, "namespace Outer.Inner; public class SignatureAttribute : System.Attribute;"]),
        ["the other attribute of the mark's name goes"] = new(
            MoodJudge, [Mood, "namespace Outer.Inner; public class SignatureAttribute : System.Attribute;"], [Mood]),
        ["another attribute of a field's name"] = new(
            MoodJudge, [Mood], [Mood, "namespace Outer.Inner; public class InputAttribute : System.Attribute;"]),
        ["another name for the mark, in all files"] = new(
            "namespace Outer; [Mark] public partial record Judge([Input] string Text, [Output] string Answer);",
            [Mood], [Mood, "global using MarkAttribute = SynthesizeMe.Signatures.SignatureAttribute;"]),
        ["an annotation that becomes one"] = new(
            "namespace Outer; [Signature] public partial record Judge([Input] string Text, [Output, Fine] string Answer);",
            [Usings + "namespace Outer; public class FineAttribute : Attribute;"], [Usings + "namespace Outer; public class FineAttribute : ValidationAttribute;"]),
        ["an annotation whose base becomes one"] = new(
            "namespace Outer; [Signature] public partial record Judge([Input] string Text, [Output, Fine] string Answer);",
            [Usings + "namespace Outer; public class FineAttribute : BaseAttribute;", Usings + "namespace Outer; public class BaseAttribute : Attribute;"],
            [Usings + "namespace Outer; public class FineAttribute : BaseAttribute;", Usings + "namespace Outer; public class BaseAttribute : ValidationAttribute;"]),
        ["another part makes it public"] = new(
            "namespace Outer; [Signature] partial record Judge([Input] string Text, [Output] string Answer);",
            ["namespace Outer; partial record Judge;"], ["namespace Outer; public partial record Judge;"]),
        ["a part of the container makes it public"] = new(
            "namespace Outer; partial class Box { [Signature] public partial record Judge([Input] string Text, [Output] string Answer); }",
            ["namespace Outer; partial class Box;"], ["namespace Outer; public partial class Box;"]),
        ["a part of the container that comes"] = new(
            "namespace Outer; partial class Box { [Signature] public partial record Judge([Input] string Text, [Output] string Answer); }",
            [Mood], [Mood, "namespace Outer; public partial class Box;"]),
        ["a type in a part of the container"] = new(
            "namespace Outer; partial class Box { [Signature] public partial record Judge([Input] string Text, [Output] Mood Mood); }",
            [Mood, "namespace Outer; partial class Box { }"], [Mood, "namespace Outer; partial class Box { public enum Mood { In } }"]),
        ["a part of a program with its constructor"] = new(
            """
            using System.Threading.Tasks; using System.Threading; namespace Outer;
            [Signature] public partial record Judge([Input] string Text, [Output] string Answer);
            [PromptProgram] public partial class Once : PromptProgram<Judge>
            {
                [Predictor] public partial Predict<Judge> First { get; }
                private Task<Judge> ForwardAsync(Judge.Inputs inputs, CancellationToken cancellationToken) => throw null!;
            }
            """,
            ["namespace Outer; partial class Once { }"], [Usings + "namespace Outer; partial class Once { public Once(int x) { } }"]),
        ["a part of a program with a predictor"] = new(
            """
            using System.Threading.Tasks; using System.Threading; namespace Outer;
            [Signature] public partial record Judge([Input] string Text, [Output] string Answer);
            [PromptProgram] public partial class Once : PromptProgram<Judge>
            {
                [Predictor] public partial Predict<Judge> First { get; }
                private Task<Judge> ForwardAsync(Judge.Inputs inputs, CancellationToken cancellationToken) => throw null!;
            }
            """,
            ["namespace Outer; partial class Once { }"], [Usings + "namespace Outer; partial class Once { [Predictor] public partial Predict<Judge> Second { get; } }"]),
    };

    public IEnumerable<(string Path, string Text)> FilesBefore => Files(Before);

    public IEnumerable<(string Path, string Text)> FilesAfter => Files(After);

    private IEnumerable<(string Path, string Text)> Files(string[] others) =>
        [.. others.Select((text, i) => ($"Other{i}.cs", text)), ("Judge.cs", Usings + Judge)];

    private static StaleReading Range(string bound, string[] before, string[] after) =>
        new(RangeJudge.Replace("{0}", bound, StringComparison.Ordinal), before, after);
}
