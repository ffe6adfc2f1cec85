using Microsoft.CodeAnalysis;

namespace SynthesizeMe.Generators.Tests.Emitting;

/// <summary>What is declared to be used with caution may be used in generated code, where no pragma of a user reaches.</summary>
public class CautionTests
{
    private const string Usings = "using System; using System.ComponentModel.DataAnnotations; using System.Diagnostics.CodeAnalysis;\n#pragma warning disable EXP1, EXP2, MY1\n";

    private const string Fields = "[Input] M Question, [Output] List<M> Answer, [Output] M? Other";

    private const string Use = $"[Signature] public partial record Judge({Fields});";

    public static TheoryData<string, string> Declared => new()
    {
        { "a member that is an error", $"public enum M {{ A, [Obsolete(\"x\", true)] B, C }} {Use}" },
        { "a member with an id", $"public enum M {{ A, [Obsolete(\"x\", DiagnosticId = \"MY1\")] B }} {Use}" },
        { "a member that is an error with an id", $"public enum M {{ A, [Obsolete(\"x\", true, DiagnosticId = \"MY1\")] B }} {Use}" },
        { "an experimental member", $"public enum M {{ A, [Experimental(\"EXP1\")] B }} {Use}" },
        { "an id that no pragma can name", $"public enum M {{ A, [Experimental(\"EXP1\")] B, [Obsolete(\"x\", DiagnosticId = \"\")] C }} {Use}" },
        { "an experimental enum", $"[Experimental(\"EXP1\")] public enum M {{ A, B }} {Use}" },
        { "an experimental record", $"[Experimental(\"EXP1\")] public record M(string A); {Use}" },
        { "an experimental property", $"public record M([property: Experimental(\"EXP1\")] string A); {Use}" },
        { "an experimental property of the signature", "[Signature] public partial record Judge([Input][property: Experimental(\"EXP1\")] string A, [Output] string B);" },
        { "an experimental constructor", $"[method: Experimental(\"EXP1\")] public record M(string A); {Use}" },
        { "a record in an experimental class", "[Experimental(\"EXP1\")] public static class C { public record M(string A); } [Signature] public partial record Judge([Input] C.M A, [Output] string B);" },
        {
            "an experimental case of a union", $$"""
            [System.Text.Json.Serialization.JsonDerivedType(typeof(N), "n")] public abstract record M; [Experimental("EXP1")] public record N(O A) : M;
            [Experimental("EXP2")] public enum O { A } {{Use}}
            """
        },
        { "an experimental signature", $"public record M(string A); [Experimental(\"EXP1\")] {Use}" },
        { "a signature that is obsolete with an id", $"public record M(string A); [Obsolete(\"x\", DiagnosticId = \"MY1\")] {Use}" },
        { "a signature that is an error", $"[Obsolete(\"x\", true)] public record M(string A); [Obsolete(\"x\", true)] {Use}" },
        { "a signature in an experimental class", "[Experimental(\"EXP1\")] public static partial class C { [Signature] public partial record Judge([Input] string A, [Output] string B); }" },
        {
            "a default and a choice of a value that is called twice", """
            public enum M { [Obsolete("x", true)] Old, New = 0, Other }
            [Signature] public partial record Judge([Output, AllowedValues(M.New)] M Answer, [Input] M Question = M.New);
            """
        },
        {
            "a program of an experimental signature", """
            [Experimental("EXP2")] public static class C { public enum M { A } }
            [Experimental("EXP1")][Signature] public partial record Judge([Input] C.M Question, [Output] string Answer);
            [PromptProgram] public partial class Twice : PromptProgram<Judge>
            {
                [Predictor] public partial Predict<Judge> First { get; }
                private Task<Judge> ForwardAsync(Judge.Inputs inputs, CancellationToken cancellationToken) => throw null!;
            }
            """
        },
    };

    [Theory]
    [MemberData(nameof(Declared))]
    public void It_raises_no_complaint(string what, string source)
    {
        Compiled compiled = Compiled.From(Usings + source);
        Assert.Empty(compiled.Problems);
        Assert.True(!compiled.Complaints.Any(), $"{what}: {string.Join('\n', compiled.Complaints)}");
    }

    [Fact]
    public void A_type_of_an_experimental_library_raises_no_complaint()
    {
        MetadataReference library = Compiled.Library("[assembly: System.Diagnostics.CodeAnalysis.Experimental(\"EXP1\")] public enum M { A }");
        Assert.Empty(Compiled.From(Usings + Use, library).Complaints);
    }

    [Fact]
    public void Only_what_is_declared_so_is_disabled()
    {
        Compiled compiled = Compiled.From($"{Usings}public enum M {{ A, [Experimental(\"EXP2\")] B, [Obsolete(\"x\", DiagnosticId = \"MY1\")] C, [Experimental(\"EXP2\")] D }} {Use}");
        Assert.Contains("\n#pragma warning disable CS0612, CS0618, EXP2, MY1 // What is declared may be obsolete.\n", compiled.OnlyFile(), StringComparison.Ordinal);
    }
}
