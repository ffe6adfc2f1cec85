using Microsoft.CodeAnalysis;
using SynthesizeMe.Testing;

namespace SynthesizeMe.Generators.Tests.Emitting;

/// <summary>The generated code, as a person would read it.</summary>
public class GeneratedCodeTests
{
    private const string Judge = """
        namespace Some.Where;

        public enum Preference { First, [System.ComponentModel.Description("the second one")] Second }

        /// <summary>Decide which completion this person prefers.</summary>
        [Signature]
        public partial record Judge(
            [Input("What was said.")] Conversation Conversation,
            [Input] string FirstCompletion,
            [Input] string SecondCompletion,
            [Output("The better one.")] Preference Preference);
        """;

    [Fact]
    public void A_judge() => Match(Judge);

    [Fact]
    public void A_signature_of_optionals_lists_and_records() => Match("""
        public enum Mood { Good, Bad }
        public record Evidence(string Quote, int? Weight, [property: System.Text.Json.Serialization.JsonPropertyName("how")] Mood Mood);

        [Signature("Find the evidence.")]
        public partial record Find(
            [Input] string? Hint,
            [Input] int Count,
            [Output] bool Sure,
            [Output] double? Share,
            [Output] Mood? Mood,
            [Output] IReadOnlyList<Evidence> All,
            [Output] List<string?>? Words,
            [Output] Evidence? Best);
        """);

    [Fact]
    public void A_signature_of_dictionaries_sets_and_dates() => Match("""
        public enum Mood { Good, Bad }

        [Signature("Sort it.")]
        public partial record Sort(
            [Input] System.DateOnly Day,
            [Output] System.TimeSpan? Wait,
            [Output] Dictionary<string, int> Counts,
            [Output] IReadOnlyDictionary<Mood, IReadOnlySet<string>>? Words,
            [Output] System.Collections.Immutable.ImmutableSortedDictionary<string, System.Uri> Links,
            [Output] System.Collections.Immutable.ImmutableHashSet<int> Ranks);
        """);

    [Fact]
    public void A_signature_of_unions_and_recursive_records() => Match("""
        using System.Text.Json.Serialization;

        [JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
        [JsonDerivedType(typeof(Leaf), "leaf")]
        [JsonDerivedType(typeof(Sum), "sum")]
        public abstract record Term;

        public sealed record Leaf(int Value) : Term;
        public sealed record Sum(IReadOnlyList<Term> Terms) : Term;
        public sealed record Step(string Text, Step? Next);

        [Signature("Solve it.")]
        public partial record Solve([Input] Term Term, [Output] Term? Simpler, [Output] Step First);
        """);

    [Fact]
    public void A_signature_of_constraints_and_defaults() => Match("""
        using System.ComponentModel.DataAnnotations;

        public sealed record Score([Range(1, 5)] int Stars, [StringLength(20)] string? Why, int Weight = 1);

        [Signature("Rate it.")]
        public partial record Rate(
            [Input] string Text,
            [Output, Required, RegularExpression("[A-Z].*")] string Title,
            [Output, MinLength(1)] IReadOnlyList<Score> Scores,
            [Output, Range(0, 1)] double? Share,
            [Input] string Style = "plain",
            [Output, AllowedValues("low", "high")] string Level = "low",
            [Output] int Count = 3);
        """);

    [Fact]
    public void A_signature_of_constraints_on_items_dates_and_labels() => Match("""
        using System.ComponentModel.DataAnnotations;

        public enum Mood { Good, [System.ComponentModel.Description("so-so")] Middling, Bad }
        public sealed record Visit([property: System.ComponentModel.Description("When.")][Range(typeof(System.DateOnly), "2020-01-01", "2020-12-31")] System.DateOnly Day);

        [Signature("Plan it.")]
        public partial record Plan(
            [Input] string Text,
            [Output, Length(1, 3), AllowedValues("red", "blue"), StringLength(4)] IReadOnlyList<string> Colours,
            [Output, DeniedValues(Mood.Bad)] Mood Mood,
            [Output, AllowedValues(Mood.Good, Mood.Middling)] List<Mood>? Moods,
            [Output, DeniedValues("none", "n/a")] string Name,
            [Output, Range(typeof(System.TimeOnly), "08:00", "17:00", MaximumIsExclusive = true)] System.TimeOnly Start,
            [Output, Range(typeof(System.TimeSpan), "00:10:00", "08:00:00")] System.TimeSpan? Length,
            [Output] IReadOnlyList<Visit> Visits);
        """);

    [Fact]
    public void A_signature_of_contents_and_turns() => Match("""
        using Microsoft.Extensions.AI;

        [Signature("Describe it.")]
        public partial record Describe(
            [Input("What was said before.", AsTurns = true)] Conversation? History,
            [Input("What to describe.")] DataContent Photo,
            [Input] UriContent? Link,
            [Input, System.ComponentModel.DataAnnotations.MaxLength(3)] System.Collections.Immutable.ImmutableArray<DataContent> Others,
            [Output] string Caption);
        """);

    [Fact]
    public void A_private_signature_with_keyword_names_nested_in_partial_types() => Match("""
        public static partial class Outer
        {
            private partial record struct Inner
            {
                private enum @enum { @true }

                [Signature]
                private partial record @class([Input] string @event, [Output] @enum Is);
            }
        }
        """);

    [Fact]
    public void A_signature_without_inputs() => Match("[Signature] internal partial record Motto([Output] string Words);");

    [Fact]
    public void A_program() => Match(Judge + """


        [PromptProgram]
        public sealed partial class Twice : PromptProgram<Judge>
        {
            [Predictor] public partial Predict<Judge> First { get; }
            [Predictor] internal partial ChainOfThought<Judge> Second { get; }

            private async Task<Judge> ForwardAsync(Judge.Inputs inputs, CancellationToken cancellationToken) =>
                (await Second.PredictAsync(inputs, cancellationToken)).Value;
        }
        """, file: "Program");

    [Fact]
    public void A_program_with_a_constructor_of_its_own() => Match(Judge + """


        [PromptProgram]
        public sealed partial class Once(Microsoft.Extensions.AI.IChatClient client) : PromptProgram<Judge>(client)
        {
            [Predictor] private partial Predict<Judge> Only { get; }

            private async Task<Judge> ForwardAsync(Judge.Inputs inputs, CancellationToken cancellationToken) =>
                (await Only.PredictAsync(inputs, cancellationToken)).Value;
        }
        """, file: "Program");

    private static void Match(string source, string file = "Signature", [System.Runtime.CompilerServices.CallerMemberName] string member = "")
    {
        Compiled compiled = Compiled.From(source);
        Assert.Empty(compiled.Problems);
        Assert.Empty(compiled.Complaints);
        GeneratedSourceResult generated = compiled.Files.Single(f => f.HintName.Contains($".{file}.", StringComparison.Ordinal));
        Snapshot.Match(generated.SourceText.ToString(), extension: "cs", member: member);
    }
}
