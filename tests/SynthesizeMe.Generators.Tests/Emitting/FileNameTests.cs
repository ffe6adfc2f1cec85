using Microsoft.CodeAnalysis;
using SynthesizeMe.Generators.Tests.Caching;

namespace SynthesizeMe.Generators.Tests.Emitting;

/// <summary>Every declaration has a file of its own, whatever it is called.</summary>
public class FileNameTests
{
    [Fact]
    public void Signatures_that_differ_in_case_only_have_files_that_differ_in_more()
    {
        Compiled compiled = Compiled.From($"namespace Some; {Signature("FAQ")} {Signature("Faq")} {Signature("Other")}");
        Assert.Null(compiled.Exception);
        Assert.Empty(compiled.Complaints);
        Assert.Equal(
            ["Some.FAQ-10000111.Signature.g.cs", "Some.Faq-10000100.Signature.g.cs", "Some.Other.Signature.g.cs"],
            compiled.Files.Select(f => f.HintName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Programs_that_differ_in_case_only_have_files_that_differ_in_more()
    {
        Compiled compiled = Compiled.From($"{Signature("Judge")} {Program("Twice")} {Program("TWICE")}");
        Assert.Null(compiled.Exception);
        Assert.Empty(compiled.Complaints);
        Assert.Equal(3, compiled.Files.Length);
    }

    [Fact]
    public void A_signature_that_comes_renames_the_file_of_none_but_its_like()
    {
        SyntaxTree[] before = [Parse("Faq"), Parse("Other")];
        Steps steps = Steps.Between(before, [.. before, Parse("FAQ")]);
        Assert.Equal((3, 1, 2), (steps.Signatures.Count, steps.ChangedModels, steps.Rewritten));
        steps = Steps.Between(before, [.. before, Parse("Third")]);
        Assert.Equal((3, 1, 1), (steps.Signatures.Count, steps.ChangedModels, steps.Rewritten));
    }

    [Fact]
    public void A_signature_that_stands_twice_takes_no_other_with_it()
    {
        Compiled compiled = Compiled.From($"{Signature("Judge")} {Signature("Judge")} {Signature("Other")}");
        Assert.Null(compiled.Exception);
        Assert.Equal(["Judge.Signature.g.cs", "Other.Signature.g.cs"], compiled.Files.Select(f => f.HintName).Order(StringComparer.Ordinal));
    }

    private static SyntaxTree Parse(string name) => Compiled.Parse(Signature(name), name + ".cs");

    private static string Signature(string name) => $"[Signature] public partial record {name}([Input] string Question, [Output] string Answer);";

    private static string Program(string name) => $$"""
        [PromptProgram]
        public partial class {{name}} : PromptProgram<Judge>
        {
            [Predictor] public partial Predict<Judge> First { get; }
            private Task<Judge> ForwardAsync(Judge.Inputs inputs, CancellationToken cancellationToken) => throw null!;
        }
        """;
}
