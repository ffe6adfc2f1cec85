using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Basic.Reference.Assemblies;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.Extensions.AI;
using SynthesizeMe.Signatures;

namespace SynthesizeMe.Generators.Tests;

/// <summary>Source text after the generator has run over it.</summary>
internal sealed partial class Compiled
{
    /// <summary>The first line of every file.</summary>
    public const string Usings = "using System.Collections.Generic; using System.Threading; using System.Threading.Tasks; using SynthesizeMe.Signatures;\n";

    public static readonly CSharpParseOptions ParseOptions = new(LanguageVersion.Latest, DocumentationMode.Diagnose);

    public static readonly ImmutableArray<MetadataReference> References =
    [
        .. Net100.References.All,
        MetadataReference.CreateFromFile(typeof(SignatureAttribute).Assembly.Location),
        MetadataReference.CreateFromFile(typeof(IChatClient).Assembly.Location),
    ];

    private Compiled(Compilation output, GeneratorDriverRunResult run)
    {
        Output = output;
        Problems = run.Diagnostics;
        Files = [.. run.Results.SelectMany(r => r.GeneratedSources)];
        Exception = run.Results.Select(r => r.Exception).FirstOrDefault(e => e is not null);
    }

    /// <summary>The compilation with the generated code in it.</summary>
    public Compilation Output { get; }

    /// <summary>What the generator reported.</summary>
    public ImmutableArray<Diagnostic> Problems { get; }

    /// <summary>The generated files.</summary>
    public ImmutableArray<GeneratedSourceResult> Files { get; }

    /// <summary>What the generator threw, which it must not.</summary>
    public Exception? Exception { get; }

    /// <summary>Errors anywhere, and warnings in generated code, those of nulls included, which it saves the users' compiler.</summary>
    public IEnumerable<Diagnostic> Complaints => WithNullWarnings(Output).GetDiagnostics().Where(d =>
        d.Severity == DiagnosticSeverity.Error || (d.Severity == DiagnosticSeverity.Warning && IsGenerated(d.Location.SourceTree)));

    /// <summary>Compiles one file; the usual namespaces are imported on its first line, and a comment may name the version of C# as a project does.</summary>
    public static Compiled From(string source, params MetadataReference[] more) => Run(source, [], more);

    /// <summary>Compiles one file beside additional files.</summary>
    public static Compiled Beside(string source, IEnumerable<AdditionalText> files) => Run(source, files, []);

    /// <inheritdoc cref="Beside"/>
    public static Compiled With(string source, params IEnumerable<AdditionalText> files) => Beside(source, files);

    /// <summary>A library that other sources can refer to.</summary>
    public static MetadataReference Library(string source)
    {
        var image = new MemoryStream();
        Assert.True(Compile([Parse(source)]).Emit(image).Success);
        return MetadataReference.CreateFromImage(image.ToArray());
    }

    /// <summary>The compiled assembly, to be run.</summary>
    public System.Reflection.Assembly Load()
    {
        var image = new MemoryStream();
        Microsoft.CodeAnalysis.Emit.EmitResult result = Output.Emit(image);
        Assert.True(result.Success, string.Join('\n', result.Diagnostics.Take(20)));
        return System.Reflection.Assembly.Load(image.ToArray());
    }

    public static SyntaxTree Parse(string source, string path = "Source.cs") => CSharpSyntaxTree.ParseText(Usings + source, OptionsOf(source), path);

    public static CSharpCompilation Compile(IEnumerable<SyntaxTree> trees, params MetadataReference[] more) => CSharpCompilation.Create(
        "Sources", trees, References.AddRange(more), new(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));

    /// <summary>A driver that tracks its steps.</summary>
    public static GeneratorDriver Driver() => Driver(ParseOptions);

    private static CSharpGeneratorDriver Driver(CSharpParseOptions options) => CSharpGeneratorDriver.Create(
        [new PromptGenerator().AsSourceGenerator()],
        parseOptions: options,
        driverOptions: new(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));

    /// <summary>The one generated file.</summary>
    public string OnlyFile() => Assert.Single(Files).SourceText.ToString();

    private static Compiled Run(string source, IEnumerable<AdditionalText> files, MetadataReference[] more)
    {
        Compilation input = Compile([Parse(source)], more);
        GeneratorDriver driver = Driver(OptionsOf(source)).AddAdditionalTexts([.. files]).RunGeneratorsAndUpdateCompilation(input, out Compilation output, out _);
        return new(output, driver.GetRunResult());
    }

    private static Compilation WithNullWarnings(Compilation output)
    {
        foreach (SyntaxTree tree in output.SyntaxTrees.Where(IsGenerated))
        {
            string code = tree.GetText().ToString();
            Assert.Contains("#nullable disable warnings", code, StringComparison.Ordinal);
            output = output.ReplaceSyntaxTree(
                tree,
                CSharpSyntaxTree.ParseText(
                    code.Replace("#nullable disable warnings", "#nullable enable warnings"), (CSharpParseOptions)tree.Options, tree.FilePath));
        }

        return output;
    }

    private static CSharpParseOptions OptionsOf(string source) =>
        LanguageVersionFacts.TryParse(Language().Match(source).Groups[1].Value, out LanguageVersion version) ? ParseOptions.WithLanguageVersion(version) : ParseOptions;

    [GeneratedRegex("^// <LangVersion>(.*?)</LangVersion>$", RegexOptions.Multiline)]
    private static partial Regex Language();

    private static bool IsGenerated(SyntaxTree? tree) => tree?.FilePath.EndsWith(".g.cs", StringComparison.Ordinal) == true;
}
