using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace SynthesizeMe.Generators.Tests.Caching;

/// <summary>What is not touched by an edit is not read again.</summary>
public class RereadingTests
{
    private static readonly (string Path, string Text)[] Files =
    [
        ("A.cs", "using SynthesizeMe.Signatures; namespace N; [Signature] public partial record A([Input] string Text, [Output] Mood Mood);"),
        ("B.cs", "using SynthesizeMe.Signatures; namespace N; [Signature] public partial record B([Input] Item Item, [Output] string Text);"),
        ("C.cs", "using SynthesizeMe.Signatures; namespace N; [Signature] public partial record C([Input] string Text, [Output] string Answer);"),
        ("Mood.cs", "namespace N; public enum Mood { Good, Bad }"),
        ("Item.cs", "namespace N; public record Item(string Name, Mood Mood);"),
        ("Other.cs", "namespace N; public class Other { public Mood Mood() { return default; } }"),
    ];

    public static TheoryData<string, string, string> Edits => new()
    {
        { "Other.cs", "namespace N; public class Other { public Mood Mood() { return N.Mood.Bad; } }", "" },
        { "Other.cs", "namespace N; public class Another { }", "" },
        { "Other.cs", "namespace N; public class Text { }", "A B C" },
        { "Other.cs", "namespace N; public class AnswerAttribute { }", "C" },
        { "Other.cs", "using N; namespace N; public class Other { }", "" },
        { "Other.cs", "namespace N { namespace M { } }", "A B C" },
        { "Other.cs", "global using N; namespace N; public class Other { }", "A B C" },
        { "Other.cs", "[assembly: System.CLSCompliant(false)] namespace N; public class Other { }", "A B C" },
        { "Other.cs", "namespace System; public class Other { }", "A B C" },
        { "Mood.cs", "namespace N; public enum Mood { Good, Fair, Bad }", "A B" },
        { "Item.cs", "namespace N; public record Item(string Title);", "B" },
        { "C.cs", "using SynthesizeMe.Signatures; namespace N; [Signature] public partial record C([Input] string Text, [Output] string Reply);", "C" },
        { "New.cs", "namespace N; public class New { }", "" },
        { "New.cs", "namespace N; partial record B;", "B" },
        { "New.cs", "namespace N; [System.Serializable] public class New { }", "" },
    };

    [Theory]
    [MemberData(nameof(Edits))]
    public void An_edit_reads_again_what_it_can_have_changed(string path, string text, string again)
    {
        var read = new List<string>();
        var project = new Edited(() => new Recorder(read));
        project.Run(Files);
        Assert.Equal(["A", "B", "C"], read.Order());
        (string, string)[] edited = Files.Any(f => f.Path == path) ? [.. Files.Select(f => f.Path == path ? (path, text) : f)] : [.. Files, (path, text)];
        read.Clear();
        project.Run(edited);
        Assert.Equal(again, string.Join(' ', read.Order()));
        read.Clear();
        project.Run(edited);
        Assert.Empty(read);
    }

    [Fact]
    public void The_order_of_the_files_behind_a_declaration_matters_and_no_other()
    {
        var read = new List<string>();
        var project = new Edited(() => new Recorder(read));
        project.Run(Files);
        read.Clear();
        project.Run([Files[3], .. Files[..3], .. Files[4..]]);
        Assert.Equal(["A", "B"], read.Order());
    }

    public static TheoryData<string, Func<CSharpCompilation, CSharpCompilation>, bool> Surroundings => new()
    {
        { "nothing", c => c.Clone(), false },
        { "equal options", c => c.WithOptions(c.Options.WithOverflowChecks(true).WithOverflowChecks(false)), false },
        { "nullable annotations", c => c.WithOptions(c.Options.WithNullableContextOptions(NullableContextOptions.Disable)), true },
        { "the assembly's name", c => c.WithAssemblyName("Another"), true },
        { "a reference less", c => c.RemoveReferences(c.References.First(r => r.Display!.Contains("System.Xml.Linq", StringComparison.Ordinal))), true },
        { "a reference twice", c => c.AddReferences(Compiled.Library("namespace L { public class L1; }")), true },
    };

    [Theory]
    [MemberData(nameof(Surroundings))]
    public void What_surrounds_all_files_matters_to_all(string what, Func<CSharpCompilation, CSharpCompilation> change, bool matters)
    {
        var read = new List<string>();
        var project = new Edited(() => new Recorder(read));
        project.Run(Files);
        read.Clear();
        project.Run(change(project.Compile(Files)));
        Assert.Equal((what, matters ? 3 : 0), (what, read.Count));
    }

    /// <summary>Notes the names of the signatures that are read.</summary>
    private sealed class Recorder(List<string> read) : IIncrementalGenerator
    {
        public void Initialize(IncrementalGeneratorInitializationContext context)
        {
            var reader = new ReadingCache().Reusing(KnownTypes.Signature, (marked, _) =>
            {
                read.Add(marked.Symbol.Name);
                return marked.Symbol.Name;
            });
            context.RegisterSourceOutput(context.SyntaxProvider.CreateSyntaxProvider(MarkedType.IsCandidate, reader), static (_, _) => { });
        }
    }
}
