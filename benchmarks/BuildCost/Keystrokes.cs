using System.Collections.Immutable;
using Basic.Reference.Assemblies;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;
using Microsoft.Extensions.AI;
using SynthesizeMe.Generators;
using SynthesizeMe.Signatures;

namespace BuildCost;

/// <summary>How long the generator takes after an edit, and how many files it wrote again.</summary>
/// <param name="Median">The median processor time of a run of the driver, which others on the machine do not lengthen.</param>
/// <param name="Rewritten">Files that came out anew, in one edit.</param>
internal sealed record Keystroke(TimeSpan Median, int Rewritten);

/// <summary>A project in memory, in which one file after the other is edited, as an editor does it with the driver that it keeps.</summary>
internal sealed class Keystrokes
{
    private const int WarmUps = 60;
    private const int Edits = 31;

    private static readonly CSharpParseOptions Options = new(LanguageVersion.Latest);

    private readonly ImmutableArray<SourceFile> _files;

    public Keystrokes(ImmutableArray<SourceFile> files) => _files = files;

    /// <summary>The processor time of the first run, in which everything is generated.</summary>
    public TimeSpan Everything()
    {
        (CSharpCompilation compilation, _, GeneratorDriver driver) = Open(track: false);
        TimeSpan start = Environment.CpuUsage.TotalTime;
        driver.RunGenerators(compilation);
        return Environment.CpuUsage.TotalTime - start;
    }

    /// <summary>Edits one file again and again.</summary>
    public Keystroke Measure(string path, Func<int, SourceFile> edit)
    {
        (CSharpCompilation compilation, ImmutableDictionary<string, SyntaxTree> trees, GeneratorDriver driver) = Open(track: false);
        driver = driver.RunGenerators(compilation);
        SyntaxTree before = trees[path];
        var times = new List<TimeSpan>();
        for (int i = 1; i <= WarmUps + Edits; i++)
        {
            SyntaxTree after = Parse(edit(i));
            compilation = compilation.ReplaceSyntaxTree(before, after);
            before = after;
            TimeSpan start = Environment.CpuUsage.TotalTime;
            driver = driver.RunGenerators(compilation);
            times.Add(Environment.CpuUsage.TotalTime - start);
        }

        TimeSpan[] sorted = [.. times.Skip(WarmUps).Order()];
        return new(sorted[sorted.Length / 2], Rewritten(path, edit));
    }

    private int Rewritten(string path, Func<int, SourceFile> edit)
    {
        (CSharpCompilation compilation, ImmutableDictionary<string, SyntaxTree> trees, GeneratorDriver driver) = Open(track: true);
        driver = driver.RunGenerators(compilation).RunGenerators(compilation.ReplaceSyntaxTree(trees[path], Parse(edit(1))));
        return driver.GetRunResult().Results.Single().TrackedOutputSteps.SelectMany(s => s.Value).SelectMany(s => s.Outputs)
            .Count(o => o.Reason is IncrementalStepRunReason.New or IncrementalStepRunReason.Modified);
    }

    private (CSharpCompilation Compilation, ImmutableDictionary<string, SyntaxTree> Trees, GeneratorDriver Driver) Open(bool track)
    {
        var trees = _files.Where(f => f.Path.EndsWith(".cs", StringComparison.Ordinal)).ToImmutableDictionary(f => f.Path, Parse);
        MetadataReference[] references =
        [
            .. Net100.References.All,
            MetadataReference.CreateFromFile(typeof(SignatureAttribute).Assembly.Location),
            MetadataReference.CreateFromFile(typeof(IChatClient).Assembly.Location),
        ];
        SyntaxTree usings = CSharpSyntaxTree.ParseText("global using System.Collections.Generic;", Options, "Usings.cs");
        var compilation = CSharpCompilation.Create(
            "Judges", trees.OrderBy(t => t.Key, StringComparer.Ordinal).Select(t => t.Value).Append(usings), references,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
        GeneratorDriver driver = CSharpGeneratorDriver.Create(
            [new PromptGenerator().AsSourceGenerator()],
            [.. _files.Where(f => f.Path.EndsWith(".scriban", StringComparison.Ordinal)).Select(f => new MemoryFile(f))],
            Options,
            driverOptions: new(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: track));
        return (compilation, trees, driver);
    }

    private static SyntaxTree Parse(SourceFile file) => CSharpSyntaxTree.ParseText(file.Text, Options, file.Path);

    private sealed class MemoryFile(SourceFile file) : AdditionalText
    {
        private readonly SourceText _text = SourceText.From(file.Text);

        public override string Path => file.Path;

        public override SourceText GetText(CancellationToken cancellationToken = default) => _text;
    }
}
