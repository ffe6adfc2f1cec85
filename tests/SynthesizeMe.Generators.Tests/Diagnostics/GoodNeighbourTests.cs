using System.Globalization;
using Microsoft.CodeAnalysis;

namespace SynthesizeMe.Generators.Tests.Diagnostics;

/// <summary>What is legal stays without complaint: none of the generator's, none of the compiler's.</summary>
public class GoodNeighbourTests
{
    private const string Judge = "[Signature] public partial record Judge([Input] string Question, [Output] string Answer);\n";

    public static TheoryData<string, string> Legal => new()
    {
        { "global namespace", Judge },
        { "file-scoped namespace", "namespace Some.Where;\n" + Judge },
        { "block namespaces", "namespace Some { namespace Where { " + Judge + " } }" },
        { "keyword namespace", "namespace Some.@event.@class;\n" + Judge },
        { "internal", "[Signature] internal partial record Judge([Input] string Question, [Output] string Answer);" },
        { "sealed", "[Signature] public sealed partial record Judge([Input] string Question, [Output] string Answer);" },
        { "record class", "[Signature] public partial record class Judge([Input] string Question, [Output] string Answer);" },
        { "no inputs", "[Signature] public partial record Motto([Output] string Words);" },
        { "default instructions", "[Signature(null)] public partial record Judge([Input] string Question, [Output] string Answer);" },
        {
            "own members", """
            [Signature] public partial record Judge([Input] string Question, [Output] string Answer)
            {
                public int Length => Answer.Length;
            }
            """
        },
        {
            "own interface", """
            public interface IAnswered { string Answer { get; } }
            [Signature] public partial record Judge([Input] string Question, [Output] string Answer) : IAnswered;
            """
        },
        { "two parts", Judge + "public partial record Judge { public int Length => Answer.Length; }" },
        {
            "default values", """
            [Signature] public partial record Judge(
                [Input] string Question,
                [Output] string? Answer = null,
                [Output] int Count = 0);
            """
        },
        { "keyword type", "[Signature] public partial record @class([Input] string @event, [Output] string @return);" },
        {
            "keyword fields", """
            [Signature] public partial record Judge(
                [Input] string Class,
                [Input] string @in,
                [Input] int value,
                [Output] bool @true,
                [Output] string Params);
            """
        },
        {
            "types called like members of the generated tables", """
            public enum Descriptor { First, Second }
            public enum WriteField2 { First, Second }
            public enum ReadField3 { First, Second }
            public enum Pattern { First, Second }
            namespace Write { public enum Side { First, Second } }
            namespace Read { public enum Side { First, Second } }
            public record Side(string Text);
            [global::System.Text.Json.Serialization.JsonDerivedType(typeof(Left), "left")]
            [global::System.Text.Json.Serialization.JsonDerivedType(typeof(Right), "right")]
            public abstract record Half;
            public record Left(Left.Properties Of) : Half { public record Properties(string Text); }
            public record Right(string Text) : Half;
            [Signature] public partial record Judge(
                [Input] Descriptor Descriptor,
                [Input] Write.Side Written,
                [Input] IReadOnlyList<WriteField2> WriteField2,
                [Output] IReadOnlyList<ReadField3> ReadField3,
                [Output] Read.Side ReadSide,
                [Output] Side Side,
                [Output] Half Half,
                [Output] Pattern Pattern,
                [Output] string Show,
                [Output] string ShowAll);
            """
        },
        {
            "outputs called like the arguments that read them", """
            public enum Side { First, Second }
            [Signature] public partial record Judge([Input] string Question, [Output] string output, [Output] string text, [Output] Side reader, [Output] int value);
            """
        },
        {
            "keyword enum", """
            public enum @enum { @true, @false }
            [Signature] public partial record Judge([Input] @enum? Is, [Output] @enum Answer);
            """
        },
        {
            "keyword record", """
            public record @struct(string @class, int? @base);
            [Signature] public partial record Judge([Input] @struct A, [Output] @struct? B);
            """
        },
        {
            "names of the generated code's own", """
            [Signature] public partial record Judge(
                [Input] string Value,
                [Input] string Writer,
                [Input] string? Json,
                [Output] string? Reader,
                [Output] int? Path);
            """
        },
        {
            "own reasoning", """
            [Signature] public partial record Judge(
                [Input] string Question,
                [Output] string Reasoning,
                [Output] string Answer);
            """
        },
        { "nested in a partial class", "public partial class Outer { " + Judge + " }" },
        {
            "nested in partial records and structs",
            "public partial record A { public partial record struct B { public partial interface C { public partial struct D { " + Judge + " } } } }"
        },
        {
            "private", """
            public partial class Outer
            {
                [Signature] private partial record Judge([Input] string Question, [Output] string Answer);
            }
            """
        },
        {
            "private enum and record", """
            public partial class Outer
            {
                private enum Mood { Good }
                private record Item(Mood Mood);
                [Signature] private partial record Judge([Input] Item Item, [Output] Mood? Mood);
            }
            """
        },
        {
            "protected", """
            public partial class Outer
            {
                [Signature] protected partial record Judge([Input] string Question, [Output] string Answer);
            }
            """
        },
        { "nested twice under one name", "public partial class A { " + Judge + " }\npublic partial class B { " + Judge + " }" },
        {
            "types called like the class of calls that do not meet it", """
            public static partial class @class { [Signature] public partial record @struct([Input] string Question, [Output] string Answer); }
            namespace Some
            {
                [Signature] public partial record Judge([Input] string Question, [Output] string Answer);
                public record JudgeCalls<T>(T Count);
                file record JudgeCalls(int Count);
                public partial class Outer { [Signature] private partial record Hidden([Input] string Question, [Output] string Answer); }
                public record Outer_HiddenCalls(int Count);
            }
            namespace Other { public record JudgeCalls(int Count); }
            """
        },
        { "the oldest C# that generated code is written in", "// <LangVersion>13</LangVersion>\n" + Judge + Program("public partial class Program : PromptProgram<Judge>") },
        {
            "alias members", """
            public enum Mood { Good = 1, Fine = 1, Bad = 2, [global::System.Obsolete] Awful = 2 }
            [Signature] public partial record Judge([Input] Mood A, [Output] Mood B);
            """
        },
        {
            "flags and underlying type", """
            [global::System.Flags] public enum Mood : byte { Good = 1, Bad = 2 }
            [Signature] public partial record Judge([Input] Mood A, [Output] Mood? B);
            """
        },
        {
            "label that is the member's name", """
            public enum Mood { [global::System.ComponentModel.Description("Good")] Good }
            [Signature] public partial record Judge([Input] Mood A, [Output] Mood B);
            """
        },
        {
            "labels with quotes and lines", """
            public enum Mood { [global::System.ComponentModel.Description("\"good\"\n\\")] Good }
            [Signature("A \"b\"\n\u2028 {c}")] public partial record Judge(
                [Input("<a> & \"b\"\nc")] Mood A,
                [Output] Mood B);
            """
        },
        {
            "every number", """
            [Signature] public partial record Judge(
                [Input] sbyte A,
                [Input] byte B,
                [Input] short C,
                [Input] ushort D,
                [Output] int E,
                [Output] uint F,
                [Output] long G,
                [Output] ulong H,
                [Output] float I,
                [Output] double J,
                [Output] decimal K);
            """
        },
        {
            "every optional", """
            public enum Mood { Good }
            public record Item(int? N, string? S, Mood? M, List<int?>? L);
            [Signature] public partial record Judge(
                [Input] int? A,
                [Input] string? B,
                [Input] Conversation? C,
                [Input] List<int>? L,
                [Output] decimal? D,
                [Output] Mood? E,
                [Output] Item? F,
                [Output] bool? G,
                [Output] IReadOnlyList<Item?>? H);
            """
        },
        {
            "every list", """
            [Signature] public partial record Judge(
                [Input] int[] A,
                [Input] IEnumerable<int> B,
                [Input] IReadOnlyCollection<int> C,
                [Output] IReadOnlyList<int> D,
                [Output] List<int> E,
                [Output] IList<int> F,
                [Output] ICollection<int> G,
                [Output] global::System.Collections.Immutable.ImmutableArray<int> H);
            """
        },
        {
            "lists of lists", """
            [Signature] public partial record Judge(
                [Input] int?[][] A,
                [Output] List<IReadOnlyList<string?>>? B,
                [Input] List<Conversation[]>[] C);
            """
        },
        {
            "record struct", """
            public readonly record struct Point(int X, int? Y);
            [Signature] public partial record Judge(
                [Input] Point A,
                [Input] Point? B,
                [Output] List<Point> C,
                [Output] Point? D);
            """
        },
        {
            "generic record", """
            public record Pair<T>(T First, T Second);
            [Signature] public partial record Judge(
                [Input] Pair<int> A,
                [Input] Pair<string> B,
                [Output] Pair<Pair<int?>> C);
            """
        },
        {
            "generic record of nullables", """
            public record Box<T>(T Value);
            [Signature] public partial record Judge([Input] Box<string> A, [Output] Box<string?> B);
            """
        },
        {
            "outputs named as arguments", """
            [Signature] public partial record Judge([Output] string Predictor, [Output] string CancellationToken);
            """
        },
        {
            "records of like names", """
            public record A_B(int X); public static class A { public record B(string Y); }
            [Signature] public partial record Judge([Input] A_B One, [Output] A.B Two);
            """
        },
        {
            "record with more than its parameters", """
            public record Item(string Name) { public int Length => Name.Length; public Item(string a, string b) : this(a + b) { } }
            [Signature] public partial record Judge([Input] Item A, [Output] Item B);
            """
        },
        {
            "record with properties that are made of its parameters, left out or nobody's to set", """
            using System.Text.Json.Serialization;
            public abstract record Thing(string Id, int Weight) { public string Kind => "thing"; protected int Seen { get; set; } public static int Count { get; set; } }
            public record Item(string Id, string Name) : Thing(Id, Name.Length)
            {
                public string Name { get; init; } = Name.Trim();
                public string Title { get => Name; init => Name = value; }
                public int Length { get; } = Name.Length;
                public int Reads { get; private set; }
                [JsonIgnore] public int Rank { get; set; }
                public string this[int at] { get => Name; set { } }
            }
            [Signature] public partial record Judge([Input] Item A, [Output] Item B);
            """
        },
        {
            "record whose constructor sets what is required", """
            [method: System.Diagnostics.CodeAnalysis.SetsRequiredMembers]
            public record Part(string Name) { public required string Name { get; init; } = Name; }
            [method: System.Diagnostics.CodeAnalysis.SetsRequiredMembers]
            [Signature] public partial record Judge([Input] Part A, [Output] string B) { public required int Weight { get; init; } = 1; }
            """
        },
        {
            "own settable property", """
            [Signature] public partial record Judge([Input] string Question, [Output] string Answer) { public int Weight { get; init; } }
            """
        },
        {
            "record used twice and one within another", """
            public record In(int X); public record Out(In A, In B);
            [Signature] public partial record Judge([Input] Out A, [Input] In B, [Output] Out C);
            """
        },
        {
            "dates, times, identifiers and addresses", """
            [Signature] public partial record Judge(
                [Input] global::System.DateOnly A,
                [Input] global::System.TimeOnly? B,
                [Input] global::System.DateTime C,
                [Output] global::System.DateTimeOffset D,
                [Output] global::System.TimeSpan? E,
                [Output] global::System.Guid F,
                [Output] global::System.Uri? G,
                [Output] List<global::System.Uri> H);
            """
        },
        {
            "dictionaries", """
            public enum Mood { Good, Bad }
            public record Item(string Name);
            [Signature] public partial record Judge(
                [Input] Dictionary<string, int> A,
                [Input] IReadOnlyDictionary<Mood, Item?> B,
                [Output] IDictionary<string, List<Item>> C,
                [Output] global::System.Collections.Immutable.ImmutableDictionary<string, Item>? D,
                [Output] global::System.Collections.Immutable.ImmutableSortedDictionary<Mood, string?> E,
                [Output] global::System.Collections.Immutable.IImmutableDictionary<string, Dictionary<string, int?>> F);
            """
        },
        {
            "sets and immutable lists", """
            public enum Mood { Good, Bad }
            [Signature] public partial record Judge(
                [Input] HashSet<string> A,
                [Input] ISet<int> B,
                [Output] IReadOnlySet<Mood> C,
                [Output] global::System.Collections.Immutable.ImmutableHashSet<global::System.DateOnly>? D,
                [Output] global::System.Collections.Immutable.IImmutableSet<string> E,
                [Output] global::System.Collections.Immutable.ImmutableList<int?> F,
                [Output] global::System.Collections.Immutable.IImmutableList<string>? G);
            """
        },
        {
            "recursive records", """
            public record Tree(string Name, IReadOnlyList<Tree> Branches);
            public record Chain(int N, Chain? Next);
            public record A(List<B> All); public record B(Dictionary<string, A> All);
            [Signature] public partial record Judge([Input] Tree Tree, [Output] Tree Best, [Output] Chain? Chain, [Output] A A, [Output] B? B);
            """
        },
        {
            "unions", """
            [global::System.Text.Json.Serialization.JsonDerivedType(typeof(Circle), "circle")]
            [global::System.Text.Json.Serialization.JsonDerivedType(typeof(Ring), "ring")]
            [global::System.Text.Json.Serialization.JsonDerivedType(typeof(Group), "group")]
            public abstract record Figure(string Name);
            public record Circle(string Name, double Radius) : Figure(Name);
            public record Ring(string Name, double Radius, double Inner) : Circle(Name, Radius);
            public sealed record Group(string Name, List<Figure> All) : Figure(Name);
            [global::System.Text.Json.Serialization.JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
            [global::System.Text.Json.Serialization.JsonDerivedType(typeof(Point), "point")]
            public interface IPlace;
            public readonly record struct Point(int X) : IPlace;
            [Signature] public partial record Judge([Input] Figure A, [Output] Figure? B, [Output] List<IPlace> C, [Output] Circle D);
            """
        },
        {
            "defaults of every type", """
            public enum Mood { Good, @true = 7 }
            public record Item(string Name = "a\"b", int? N = 4, Mood Mood = Mood.@true, List<int>? L = null);
            [Signature] public partial record Judge(
                [Input] string Style = "plain",
                [Input] int? Limit = 3,
                [Input] string? Hint = null,
                [Input] string Other = null!,
                [Output] string Text = "x",
                [Output] byte A = 1,
                [Output] long B = long.MinValue,
                [Output] ulong C = ulong.MaxValue,
                [Output] float D = 0.1f,
                [Output] double E = 1e300,
                [Output] double F = double.NaN,
                [Output] float G = float.NegativeInfinity,
                [Output] decimal H = 1.50m,
                [Output] bool I = true,
                [Output] Mood J = Mood.@true,
                [Output] Mood K = (Mood)3,
                [Output] global::System.Guid L = default,
                [Output] global::System.DateOnly M = default,
                [Output] Item? N = null,
                [Output] double O = 1);
            """
        },
        {
            "params inputs", """
            [Signature] public partial record Tag([Output("The tag.")] string Answer, [Input] string? Context = null, [Input] int Most = 3, [Input] params string[] Tags);
            [Signature] public partial record Count([Input] string Context, [Output] int Answer, [Input] params IReadOnlyList<int?> Numbers);
            public static class Use
            {
                public static Tag.Inputs Short => new();
                public static Tag.Inputs Spread => new("c", 2, "a", "b");
                public static Count.Inputs Few => new("c", 1, null);
                public static Task Ask(Predict<Tag> tag, Predict<Count> count) =>
                    Task.WhenAll(tag.PredictAsync(null, 2, ["a"]), tag.PredictAsync(Short), count.PredictAsync("c", [1]));
                public static IAsyncEnumerable<Tag.Partial> Stream(Predict<Tag> tag) => tag.PredictStreamingAsync("c", 2, ["a"]);
            }
            """
        },
        {
            "params output and params of a record", """
            public record Item(string Name = "", params string[] Tags);
            [Signature] public partial record Judge([Input] Item Item, [Input] string? Context = null, [Output] params List<Item> Answer);
            """
        },
        {
            "constraints", """
            using System.ComponentModel.DataAnnotations;
            public record Item([property: Range(1, 5)] int? N, [RegularExpression("[a-z]+\"")] string Name, [Required] string? Note);
            [Signature] public partial record Judge(
                [Input, Range(0, 1)] double Ratio,
                [Output, Range(0, 1)] float A,
                [Output, Range(0.5, 1)] double B,
                [Output, Range(typeof(decimal), "0.10", "9.90")] decimal C,
                [Output, Range(0, 300)] byte? D,
                [Output, Range(1, int.MaxValue)] ulong E,
                [Output, Range(0.0, 1.0, MinimumIsExclusive = true)] double F,
                [Output, Required, StringLength(80, MinimumLength = 2)] string G,
                [Output, MinLength(1), MaxLength(3)] List<Item> H,
                [Output, Length(1, 3)] string[] I,
                [Output, MinLength(1)] Dictionary<string, int> J,
                [Output, MaxLength(9)] HashSet<string>? K,
                [Output, AllowedValues("low", "high")] string L,
                [Output, AllowedValues(1, 2.5)] double M,
                [Output, AllowedValues(1, 2)] int N,
                [Output, RegularExpression(@"\d+"), Required] string? O,
                [Output, MinLength(1)] global::System.Collections.Immutable.ImmutableArray<int> P,
                [Output, MinLength(1)] IEnumerable<int> Q,
                [Output, DataType(DataType.EmailAddress)] string R,
                [Input, EmailAddress] string? S = null);
            """
        },
        {
            "constraints on items, dates and labels", """
            using System.ComponentModel.DataAnnotations;
            public enum Mood { Good, [System.ComponentModel.Description("so-so")] @event, Bad, Worst = Bad }
            [Signature] public partial record Judge(
                [Output, Length(1, 3), StringLength(9, MinimumLength = 2), RegularExpression("[a-z]+")] List<string> A,
                [Output, AllowedValues("x", "y")] string[]? B,
                [Output, DeniedValues("x", "y")] string C,
                [Output, DeniedValues(0)] int? D,
                [Output, Range(0.0, 1.0)] global::System.Collections.Immutable.ImmutableArray<double> E,
                [Output, AllowedValues(Mood.Good, Mood.@event)] Mood F,
                [Output, DeniedValues(Mood.Worst)] IReadOnlySet<Mood>? G,
                [Output, Range(typeof(System.DateOnly), "2020-01-01", "2020-12-31")] System.DateOnly? H,
                [Output, Range(typeof(System.TimeOnly), "08:00", "17:30:00", MinimumIsExclusive = true)] System.TimeOnly I,
                [Output, Range(typeof(System.DateTime), "2020-01-01", "2020-12-31T12:00")] System.DateTime J,
                [Output, Range(typeof(System.DateTimeOffset), "2020-01-01T00:00:00Z", "2020-12-31T12:00+02:00", MaximumIsExclusive = true)] System.DateTimeOffset K,
                [Output, Range(typeof(System.TimeSpan), "00:10", "1.00:00:00")] System.TimeSpan L,
                [Output, Range(typeof(System.DateOnly), "2020-01-01", "2020-12-31")] IEnumerable<System.DateOnly> M);
            """
        },
        {
            "contents and turns", """
            using System.Collections.Immutable;
            using Microsoft.Extensions.AI;
            [Signature] public partial record Judge(
                [Input] DataContent A,
                [Input] DataContent? B,
                [Input] IReadOnlyList<DataContent> C,
                [Input] ImmutableArray<DataContent> D,
                [Input] DataContent[]? E,
                [Input] UriContent F,
                [Input] List<UriContent> G,
                [Input(AsTurns = true)] Conversation? H,
                [Input] Conversation I,
                [Output] string Answer,
                [Input] DataContent? J = null);
            """
        },
        { "program", Judge + Program("public sealed partial class Program : PromptProgram<Judge>") },
        { "internal program", Judge + Program("internal partial class Program : PromptProgram<Judge>") },
        { "nested program", Judge + "public partial class Outer { " + Program("private sealed partial class Program : PromptProgram<Judge>") + " }" },
        { "program with a primary constructor", Judge + Program("public partial class Program(Microsoft.Extensions.AI.IChatClient client, int n) : PromptProgram<Judge>(client)", "public int N => n;") },
        { "program in two parts", Judge + Program("public partial class Program : PromptProgram<Judge>") + "\npublic partial class Program { [Predictor] internal partial ChainOfThought<Judge> Last { get; } }" },
        { "program with keyword predictors", Judge + Program("public partial class @class : PromptProgram<Judge>", "[Predictor] public partial Predict<Judge> @event { get; } [Predictor] protected partial Predict<Judge> Class { get; }") },
        { "no signature at all", "public record Plain(string Question);" },
    };

    [Theory]
    [MemberData(nameof(Legal))]
    public void Legal_code_compiles_without_complaint(string name, string source)
    {
        Compiled compiled = Compiled.From(source);
        Assert.Null(compiled.Exception);
        Assert.Empty(compiled.Problems);
        Assert.True(!compiled.Complaints.Any(), $"{name}: {string.Join('\n', compiled.Complaints.Select(c => c.ToString()))}");
    }

    [Fact]
    public void Types_of_a_library_are_fields_like_others()
    {
        var library = Compiled.Library("""
            namespace Library;
            public enum Mood { [System.Runtime.Serialization.EnumMember(Value = "very good")] Good, Bad }
            public record Item(string Name, Mood? Mood);
            """);
        Compiled compiled = Compiled.From("""
            using Library;
            [Signature] public partial record Judge([Input] Item Item, [Output] List<Item> Items, [Output] Mood Mood);
            """, library);
        Assert.Empty(compiled.Problems);
        Assert.Empty(compiled.Complaints.Select(c => c.GetMessage(CultureInfo.InvariantCulture)));
        Assert.Contains("(\"very good\", global::Library.Mood.Good), (\"Good\", global::Library.Mood.Good)", compiled.OnlyFile(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_type_of_a_library_that_is_called_like_the_class_of_calls_is_hidden_by_it()
    {
        Compiled compiled = Compiled.From(Judge, Compiled.Library("public record JudgeCalls(int Count);"));
        Assert.Empty(compiled.Problems);
        Assert.Empty(compiled.Complaints);
    }

    [Fact]
    public void A_settable_property_in_the_body_of_a_library_s_record_is_told_at_the_field()
    {
        var library = Compiled.Library("""
            namespace Library;
            public record Item(string Name) { public int Price { get; init; } public string Title { get => Name; init => Name = value; } }
            public record Part(string Name) { public string Title { get => Name; init => Name = value; } }
            """);
        const string source = "[Signature] public partial record Judge([Input] Library.Item Item, [Output] Library.Part Part);";
        Diagnostic problem = Assert.Single(Compiled.From(source, library).Problems);
        Assert.Equal("SM0009", problem.Id);
        Assert.Equal("Library.Item", (Compiled.Usings + source).Substring(problem.Location.SourceSpan.Start, problem.Location.SourceSpan.Length));
    }

    private static string Program(string header, string more = "") => $$"""
        [PromptProgram]
        {{header}}
        {
            [Predictor] public partial Predict<Judge> First { get; }
            {{more}}
            private async Task<Judge> ForwardAsync(Judge.Inputs inputs, CancellationToken cancellationToken) =>
                (await First.PredictAsync(inputs.Question, cancellationToken)).Value;
        }
        """;
}
