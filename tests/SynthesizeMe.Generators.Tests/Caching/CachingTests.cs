using Microsoft.CodeAnalysis;

namespace SynthesizeMe.Generators.Tests.Caching;

/// <summary>An edit regenerates what it changes, and nothing else.</summary>
public class CachingTests
{
    private const string Declared = """
        public enum Mood { Good, Bad }
        public record Item(string Name, Mood? Mood);

        /// <summary>Judge it.</summary>
        [Signature]
        public partial record Judge([Input] Item Item, [Input] string Text, [Output] Mood Mood, [Output] IReadOnlyList<Item> Others);

        [PromptProgram]
        public partial class Twice : PromptProgram<Judge>
        {
            [Predictor] public partial Predict<Judge> First { get; }

            private async Task<Judge> ForwardAsync(Judge.Inputs inputs, CancellationToken cancellationToken) =>
                (await First.PredictAsync(inputs, cancellationToken)).Value;
        }

        public static class Other
        {
            public static int Answer() => 41;
        }
        """;

    public static TheoryData<string, string> Unrelated => new()
    {
        { "nothing", Declared },
        { "the body of another method", Declared.Replace("41", "42", StringComparison.Ordinal) },
        { "a line above", "// A comment.\npublic class Above { }\n" + Declared },
        { "a line below", Declared + "\npublic class Below { }" },
        { "the body of ForwardAsync", Declared.Replace("(await First.PredictAsync(inputs, cancellationToken)).Value", "throw null!", StringComparison.Ordinal) },
        { "line ends and blanks", Declared.Replace(", [Output]", ",\n    [Output]", StringComparison.Ordinal) },
        { "remarks", Declared.Replace("</summary>", "</summary>\n/// <remarks>More.</remarks>", StringComparison.Ordinal) },
    };

    [Theory]
    [MemberData(nameof(Unrelated))]
    public void An_unrelated_edit_in_the_same_file_regenerates_nothing(string edit, string source)
    {
        Steps steps = Steps.Between([Compiled.Parse(Declared)], [Compiled.Parse(source)]);
        Assert.Equal((1, 1), (steps.Signatures.Count, steps.Programs.Count));
        Assert.Equal((edit, 0, 0), (edit, steps.ChangedModels, steps.Rewritten));
    }

    [Fact]
    public void A_new_file_regenerates_nothing()
    {
        SyntaxTree declared = Compiled.Parse(Declared);
        Steps steps = Steps.Between([declared], [declared, Compiled.Parse("public class New { public int X => 1; }", "New.cs")]);
        Assert.Equal((0, 0), (steps.ChangedModels, steps.Rewritten));
    }

    [Fact]
    public void A_type_in_another_file_that_a_signature_uses_is_watched()
    {
        SyntaxTree judge = Compiled.Parse("[Signature] public partial record Judge([Input] string Text, [Output] Mood Mood);", "Judge.cs");
        Steps steps = Steps.Between(
            [judge, Compiled.Parse("public enum Mood { Good, Bad }", "Mood.cs")], [judge, Compiled.Parse("public enum Mood { Good, Fair, Bad }", "Mood.cs")]);
        Assert.Equal((1, 1), (steps.ChangedModels, steps.Rewritten));
    }

    [Fact]
    public void An_edit_of_one_signature_of_twenty_regenerates_one()
    {
        SyntaxTree[] before = [.. Enumerable.Range(0, 20).Select(i => Signature(i, "Answer"))];
        SyntaxTree[] after = [.. before[..7], Signature(7, "Reply"), .. before[8..]];
        Steps steps = Steps.Between(before, after);
        Assert.Equal((20, 1, 1), (steps.Signatures.Count, steps.ChangedModels, steps.Rewritten));

        static SyntaxTree Signature(int i, string output) =>
            Compiled.Parse($"[Signature] public partial record S{i}([Input] string Question, [Output] string {output});", $"S{i}.cs");
    }

    [Fact]
    public void An_edit_of_one_signature_of_twenty_in_one_file_regenerates_one()
    {
        Steps steps = Steps.Between([All("Answer")], [All("Reply")]);
        Assert.Equal((20, 1, 1), (steps.Signatures.Count, steps.ChangedModels, steps.Rewritten));

        static SyntaxTree All(string seventh) => Compiled.Parse(string.Concat(Enumerable.Range(0, 20).Select(
            i => $"[Signature] public partial record S{i}([Input] string Question, [Output] string {(i == 7 ? seventh : "Answer")});\n")));
    }

    [Fact]
    public void Two_runs_write_the_same_bytes() =>
        Assert.Equal(
            Compiled.From(Declared).Files.Select(f => f.SourceText.ToString()), Compiled.From(Declared).Files.Select(f => f.SourceText.ToString()));
}
