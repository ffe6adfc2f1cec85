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
