namespace SynthesizeMe.Generators.Tests.Diagnostics;

/// <summary>One wrong use of the attributes. The tokens that the compiler should underline stand in «guillemets».</summary>
/// <param name="Rule">The rule that it breaks.</param>
/// <param name="Name">What distinguishes it from other ways to break the rule.</param>
/// <param name="Source">The code.</param>
internal sealed record Misuse(string Rule, string Name, string Source)
{
    private const string Judge = "[Signature] public partial record Judge([Input] string Question, [Output] string Answer);\n";

    private const string Forward = "    private Task<Judge> ForwardAsync(Judge.Inputs inputs, CancellationToken cancellationToken) => throw null!;\n";

    private const string Contents = "using Microsoft.Extensions.AI;\n";

    private const string Annotated = "using System.ComponentModel.DataAnnotations;\n";

    /// <summary>At least one for every rule.</summary>
    public static IReadOnlyList<Misuse> All { get; } =
    [
        new("SM0001", "", "[Signature] public record «Judge»([Input] string Question, [Output] string Answer);"),

        new("SM0002", "", "[Signature] public partial class «Judge»([Input] string question);"),

        new("SM0003", "", """
            public class «Outer»
            {
                [Signature] public partial record Judge([Input] string Question, [Output] string Answer);
            }
            """),

        new("SM0004", "", "[Signature] public partial record «Judge»<T>([Input] string Question, [Output] string Answer);"),
        new("SM0004", "inside_a_generic_type", """
            public partial class Outer<T>
            {
                [Signature] public partial record «Judge»([Input] string Question, [Output] string Answer);
            }
            """),

        new("SM0005", "", "[Signature] public partial record «Judge»;"),
        new("SM0005", "empty", "[Signature] public partial record «Judge»();"),

        new("SM0006", "", "[Signature] public partial record Judge(string «Question», [Output] string Answer);"),

        new("SM0007", "", "[Signature] public partial record Judge([Input, Output] string «Question», [Output] string Answer);"),

        new("SM0008", "", "[Signature] public partial record «Judge»([Input] string Question);"),

        new("SM0009", "", "[Signature] public partial record Judge([Input] «System.Text.StringBuilder» Question, [Output] string Answer);"),
        new("SM0009", "dictionary", "[Signature] public partial record Judge([Input] string Question, [Output] «Dictionary<int, int>?» Answer);"),
        new("SM0009", "set", """
            public record Item(string Name);
            [Signature] public partial record Judge([Input] string Question, [Output] «HashSet<Item>» Answer);
            """),
        new("SM0009", "item", "[Signature] public partial record Judge([Input] string Question, [Output] «List<object>» Answer);"),
        new("SM0009", "property", """
            public record Page(System.Version At);
            [Signature] public partial record Judge([Input] «Page» Question, [Output] string Answer);
            """),
        new("SM0009", "content_in_a_record", Contents + """
            public record Page(string Title, DataContent? Scan);
            [Signature] public partial record Judge([Input] «Page» Question, [Output] string Answer);
            """),
        new("SM0009", "content_in_a_list_of_lists", Contents + "[Signature] public partial record Judge([Input] «DataContent[][]» Question, [Output] string Answer);"),
        new("SM0009", "content_in_a_dictionary", Contents + "[Signature] public partial record Judge([Input] «Dictionary<string, DataContent>» Question, [Output] string Answer);"),
        new("SM0009", "content_in_a_set", Contents + "[Signature] public partial record Judge([Input] «HashSet<UriContent>» Question, [Output] string Answer);"),
        new("SM0009", "recursive_record", """
            public record Link(string Name, Next Next);
            public record Next(Link Link);
            [Signature] public partial record Judge([Input] string Question, [Output] «Link» Answer);
            """),
        new("SM0009", "property_in_a_body", """
            public record Item(string Name) { public int «Price» { get; init; } }
            [Signature] public partial record Judge([Input] Item Question, [Output] string Answer);
            """),
        new("SM0009", "settable_property_in_a_body", """
            public record struct Item(string Name) { public int «Price» { get; internal set; } = 1; }
            [Signature] public partial record Judge([Input] string Question, [Output] List<Item?> Answer);
            """),
        new("SM0009", "inherited_property", """
            public abstract record Thing { public int «Price» { get; init; } }
            public record Item(string Name) : Thing;
            [Signature] public partial record Judge([Input] string Question, [Output] Item Answer);
            """),
        new("SM0009", "required_property", """
            public record Item(string Name) { [System.Text.Json.Serialization.JsonIgnore] public required int «Age» { get; init; } }
            [Signature] public partial record Judge([Input] string Question, [Output] Item Answer);
            """),
        new("SM0009", "required_parameter", """
            public record Item(string Name) { public required string «Name» { get; init; } = Name; }
            [Signature] public partial record Judge([Input] string Question, [Output] Item Answer);
            """),
        new("SM0009", "required_field", """
            public record Item(string Name) { public required int «Age»; }
            [Signature] public partial record Judge([Input] string Question, [Output] Item Answer);
            """),
        new("SM0009", "record_without_parameters", """
            public record Page { public string Text { get; init; } = ""; }
            [Signature] public partial record Judge([Input] «Page» Question, [Output] string Answer);
            """),

        new("SM0010", "", "[Signature] public partial record Judge([Input] string FirstAnswer, [Output] string «First_Answer»);"),

        new("SM0011", "", "[Signature] public partial record Judge([Input] string Question, [Output] string «Completed»);"),
        new("SM0011", "layout", "[Signature] public partial record Judge([Input] string «Respond», [Output] bool «Augmented»);"),
        new("SM0011", "member", """
            [Signature] public partial record Judge(
                [Input] string «Inputs», [Input] string «Predict», [Input] string «ChainOfThought», [Output] string «ToInputs»);
            """),
        new("SM0011", "argument", """
            [Signature] public partial record Judge(
                [Input] string «Predictor», [Input] string «CancellationToken», [Output] string Answer);
            """),

        new("SM0011", "signature", "[Signature] public partial record «Predict»([Input] string Question, [Output] string Answer);"),

        new("SM0012", "", "[Signature] public partial record Judge([Input] string Question, [Output] «Conversation» Answer);"),
        new("SM0012", "list", "[Signature] public partial record Judge([Input] string Question, [Output] «IReadOnlyList<Conversation>?» Answer);"),

        new("SM0013", "", """
            public enum Mood { Good, GOOD }
            [Signature] public partial record Judge([Input] string Question, [Output] «Mood» Answer);
            """),
        new("SM0013", "label_of_another", """
            public enum Mood { Good, [System.ComponentModel.Description("good")] Fine }
            [Signature] public partial record Judge([Input] string Question, [Output] «Mood?» Answer);
            """),
        new("SM0013", "empty_label", """
            public enum Mood { [System.Runtime.Serialization.EnumMember(Value = " ")] Good, Bad }
            [Signature] public partial record Judge([Input] string Question, [Output] «Mood» Answer);
            """),
        new("SM0013", "no_members", """
            public enum Mood;
            [Signature] public partial record Judge([Input] string Question, [Output] «Mood» Answer);
            """),

        new("SM0014", "", "public record Judge([Input] string «Question», string Answer);"),
        new("SM0014", "method", "public static class Judge { public static void Ask([Output] string «answer») { } }"),

        new("SM0015", "", "[Signature] public partial record Judge([Input] int? Count = 1, [Output] int? «Answer» = 3);"),

        new("SM0016", "", Annotated + """
            [Signature] public partial record Judge(
                [Input] string Question,
                [Output, «Range(0, 1)»] string Answer,
                [Output, «StringLength(3)»] int? Count,
                [Output, «MinLength(3)»] bool Sure,
                [Output, «RegularExpression("a")»] List<int> Words,
                [Output, «AllowedValues(true)»] bool? Again,
                [Output, «Range(0, 1)»] Dictionary<string, int> Counts,
                [Output, «DeniedValues("a")»] System.Uri Link,
                [Output, «Range(0, 1)»] List<int?> Items);
            """),
        new("SM0016", "property", Annotated + """
            public record Item([Range(0, 1)] string Name);
            [Signature] public partial record Judge([Input] string Question, [Output] «Item» Answer);
            """),

        new("SM0017", "", Annotated + """
            [Signature] public partial record Judge(
                [Input] string Question,
                [Output, «Range(2, 1)»] int Count,
                [Output, «Range(typeof(System.DateTime), "2020-01-01", "2021-01-01")»] decimal Price,
                [Output, «Length(3, 2)»] List<string> Words,
                [Output, «RegularExpression("(")»] string Answer,
                [Output, «AllowedValues("low", 3)»] string Level);
            """),
        new("SM0017", "moments", Annotated + """
            [Signature] public partial record Judge(
                [Input] string Question,
                [Output, «Range(1, 2)»] System.DateOnly A,
                [Output, «Range(typeof(System.DateTime), "2020-01-01", "2021-01-01")»] System.DateOnly B,
                [Output, «Range(typeof(System.DateOnly), "1/2/2020", "2021-01-01")»] System.DateOnly C,
                [Output, «Range(typeof(System.DateOnly), "2021-01-01", "2020-01-01")»] List<System.DateOnly> D,
                [Output, «Range(typeof(System.TimeSpan), "PT1H", "PT2H")»] System.TimeSpan? E);
            """),
        new("SM0017", "labels", Annotated + """
            public enum Mood { Good, Bad }
            [Signature] public partial record Judge(
                [Input] string Question,
                [Output, «AllowedValues("Good")»] Mood A,
                [Output, «DeniedValues(Mood.Good, Mood.Bad)»] Mood? B,
                [Output, «AllowedValues(System.DayOfWeek.Friday)»] List<Mood> C,
                [Output, «AllowedValues((Mood)7)»] Mood D);
            """),

        new("SM0018", "", Union("[JsonDerivedType(typeof(Circle))]")),
        new("SM0018", "number", Union("[JsonDerivedType(typeof(Circle), 1)]")),
        new("SM0018", "stranger", Union("[JsonDerivedType(typeof(Other), \"other\")]")),
        new("SM0018", "twice", Union("[JsonDerivedType(typeof(Circle), \"a\"), JsonDerivedType(typeof(Square), \"a\")]")),
        new("SM0018", "own_property", Union("[JsonPolymorphic(TypeDiscriminatorPropertyName = \"radius\"), JsonDerivedType(typeof(Circle), \"a\")]")),

        new("SM0019", "", Contents + "[Signature] public partial record Judge([Input] string Question, [Output] «DataContent» Answer);"),
        new("SM0019", "list", Contents + "[Signature] public partial record Judge([Input] string Question, [Output] «IReadOnlyList<UriContent>?» Answer);"),

        new("SM0020", "", "[Signature] public partial record Judge([Input(AsTurns = true)] string «Question», [Output] string Answer);"),
        new("SM0020", "twice", """
            [Signature] public partial record Judge(
                [Input(AsTurns = true)] Conversation First, [Input(AsTurns = true)] Conversation? «Second», [Output] string Answer);
            """),

        new("SM0021", "", Annotated + """
            public sealed class EvenAttribute : ValidationAttribute;
            [Signature] public partial record Judge(
                [Input, EmailAddress] string Question,
                [Output, «EmailAddress»] string Answer,
                [Output, «Even», DataType(DataType.Currency)] int Count);
            """),

        new("SM0022", "", """
            [Signature] public partial record Judge([Input] string Question, [Output] string Answer) { public required int «Weight» { get; init; } }
            """),
        new("SM0022", "inherited", """
            public abstract record Weighed { public required int «Weight»; }
            [Signature] public partial record Judge([Input] string Question, [Output] string Answer) : Weighed;
            """),

        new("SM0023", "", """
            [Signature] public partial record «Judge»([Input] string Question, [Output] string Answer);
            public record JudgeCalls(int Count);
            """),
        new("SM0023", "nested", """
            namespace Some
            {
                public partial class @class { [Signature] internal partial record «Judge»([Input] string Question, [Output] string Answer); }
                internal enum class_JudgeCalls { None }
            }
            """),
        new("SM0023", "namespace", """
            namespace Some
            {
                [Signature] internal partial record «Judge»([Input] string Question, [Output] string Answer);
                namespace JudgeCalls { internal enum Count { None } }
            }
            """),

        new("SM0024", "", "[Signature] file partial record «Judge»([Input] string Question, [Output] string Answer);"),
        new("SM0024", "inside_a_file_local_type", """
            file static partial class Outer
            {
                public static partial class Inner { [Signature] public partial record «Judge»([Input] string Question, [Output] string Answer); }
            }
            """),

        new("SM0025", "", "// <LangVersion>12</LangVersion>\n[Signature(Template = \"\")] public record «Judge»([Input] object Question);"),
        new("SM0025", "program", "// <LangVersion>11</LangVersion>\n[PromptProgram] public class «Judge»;"),

        new("SM0101", "", Program("[Predictor] public partial Predict<Judge> First { get; }", "public class «Program» : PromptProgram<Judge>")),
        new("SM0101", "record", Judge + "[PromptProgram] public partial record «Program»;"),

        new("SM0102", "", Program("[Predictor] public partial Predict<Judge> First { get; }", "public partial class «Program»")),

        new("SM0103", "", Program("[Predictor] public Predict<Judge> «First» => null!;")),
        new("SM0103", "settable", Program("[Predictor] public partial Predict<Judge> «First» { get; set; }")),
        new("SM0103", "implemented", Program("[Predictor] public partial Predict<Judge> «First» { get => null!; }")),
        new("SM0103", "static", Program("[Predictor] public static partial Predict<Judge> «First» { get; }")),

        new("SM0104", "", Program("[Predictor] public partial string «First» { get; }")),
        new("SM0104", "interface", Program("[Predictor] public partial IPromptProgram<Judge> «First» { get; }")),

        new("SM0105", "", Judge + """
            [PromptProgram]
            public partial class «Program» : PromptProgram<Judge>
            {
                [Predictor] public partial Predict<Judge> First { get; }
            }
            """),
        new("SM0105", "without_token", Judge + """
            [PromptProgram]
            public partial class «Program» : PromptProgram<Judge>
            {
                [Predictor] public partial Predict<Judge> First { get; }
                private Task<Judge> ForwardAsync(Judge.Inputs inputs) => throw null!;
            }
            """),

        new("SM0106", "", Program("public int First => 1;", "public partial class «Program» : PromptProgram<Judge>")),

        new("SM0107", "", Judge + "public partial class Program\n{\n    [Predictor] public Predict<Judge> «First» => null!;\n}"),
    ];

    /// <summary>The name of its snapshot.</summary>
    public string Id => Name.Length == 0 ? Rule : $"{Rule}_{Name}";

    private static string Union(string attributes) => $$"""
        using System.Text.Json.Serialization;
        {{attributes}}
        public abstract record Figure;
        public record Circle(double Radius) : Figure;
        public record Square(double Side) : Figure;
        public record Other(double Side);
        [Signature] public partial record Judge([Input] string Question, [Output] «Figure» Answer);
        """;

    private static string Program(string member, string header = "public partial class Program : PromptProgram<Judge>") =>
        $"{Judge}[PromptProgram]\n{header}\n{{\n    {member}\n{Forward}}}";
}
