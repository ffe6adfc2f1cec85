using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace SynthesizeMe.Generators.Tests.Caching;

/// <summary>A project that is edited, with the driver that an editor keeps; a file that stays the same keeps its tree.</summary>
internal sealed class Edited
{
    private readonly Func<IIncrementalGenerator> _generator;
    private readonly Dictionary<(string Path, string Text), SyntaxTree> _trees = [];
    private GeneratorDriver _driver;

    public Edited(Func<IIncrementalGenerator> generator)
    {
        _generator = generator;
        _driver = Driver();
    }

    public Edited()
        : this(() => new PromptGenerator())
    {
    }

    /// <summary>What the kept driver writes and reports for these files.</summary>
    public string Run(IEnumerable<(string Path, string Text)> files, params MetadataReference[] more) => Run(Compile(files, more));

    /// <inheritdoc cref="Run(IEnumerable{ValueTuple{string, string}}, MetadataReference[])"/>
    public string Run(CSharpCompilation compilation)
    {
        _driver = _driver.RunGenerators(compilation);
        return Written(_driver);
    }

    /// <summary>What a driver writes and reports that has never seen other files.</summary>
    public string RunFresh(IEnumerable<(string Path, string Text)> files, params MetadataReference[] more) =>
        Written(Driver().RunGenerators(Compile(files, more)));

    public CSharpCompilation Compile(IEnumerable<(string Path, string Text)> files, params MetadataReference[] more) =>
        Compiled.Compile(files.Select(Tree), more);

    private SyntaxTree Tree((string Path, string Text) file)
    {
        if (!_trees.TryGetValue(file, out SyntaxTree? tree))
        {
            _trees.Add(file, tree = CSharpSyntaxTree.ParseText(file.Text, Compiled.ParseOptions, file.Path));
        }

        return tree;
    }

    private CSharpGeneratorDriver Driver() => CSharpGeneratorDriver.Create([_generator().AsSourceGenerator()], parseOptions: Compiled.ParseOptions);

    /// <summary>In the order of names and places: where files change theirs, the compiler goes on in the order in which it came to know them.</summary>
    private static string Written(GeneratorDriver driver)
    {
        GeneratorRunResult result = driver.GetRunResult().Results.Single();
        IEnumerable<string> written = result.GeneratedSources.IsDefault ? [] : result.GeneratedSources.Select(s => $"// {s.HintName}\n{s.SourceText}");
        IEnumerable<string> reported = result.Diagnostics.Select(d => $"// {d.Location.GetLineSpan()} {d.Location.SourceSpan} {d}");
        return string.Join('\n', [.. written.Concat(reported).Order(StringComparer.Ordinal), $"// {result.Exception?.Message}"]);
    }
}
