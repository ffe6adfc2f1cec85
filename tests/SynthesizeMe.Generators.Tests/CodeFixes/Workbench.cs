using System.Collections.Immutable;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace SynthesizeMe.Generators.Tests.CodeFixes;

/// <summary>One file in an editor, with the generator, the analyzer and every fix at work.</summary>
internal sealed class Workbench : IDisposable
{
    private static readonly ImmutableArray<CodeFixProvider> Fixes =
    [
        .. Assembly.Load("SynthesizeMe.Generators.CodeFixes").GetExportedTypes()
            .Where(t => t.GetCustomAttribute<ExportCodeFixProviderAttribute>() is not null)
            .Select(t => (CodeFixProvider)Activator.CreateInstance(t)!),
    ];

    private readonly AdhocWorkspace _workspace = new();

    public Workbench(string source)
    {
        ProjectId project = ProjectId.CreateNewId();
        DocumentId document = DocumentId.CreateNewId(project);
        Document = _workspace.CurrentSolution
            .AddProject(ProjectInfo.Create(
                project, VersionStamp.Default, "Sources", "Sources", LanguageNames.CSharp,
                parseOptions: Compiled.ParseOptions,
                compilationOptions: new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable),
                metadataReferences: Compiled.References))
            .AddDocument(document, "Source.cs", SourceText.From(source), filePath: "Source.cs")
            .GetDocument(document)!;
    }

    /// <summary>The file before any fix.</summary>
    public Document Document { get; }

    /// <summary>The rules that have a fix.</summary>
    public static IEnumerable<string> FixedRules => Fixes.SelectMany(f => f.FixableDiagnosticIds);

    /// <summary>What the generator and the analyzer say of the file.</summary>
    public static async Task<ImmutableArray<Diagnostic>> DiagnoseAsync(Document document)
    {
        CancellationToken cancellationToken = TestContext.Current.CancellationToken;
        Compilation compilation = (await document.Project.GetCompilationAsync(cancellationToken))!;
        GeneratorDriver driver = Compiled.Driver().RunGeneratorsAndUpdateCompilation(compilation, out Compilation output, out _, cancellationToken);
        ImmutableArray<Diagnostic> advice = await output.WithAnalyzers([new AdviceAnalyzer()]).GetAnalyzerDiagnosticsAsync(cancellationToken);
        SyntaxTree tree = (await document.GetSyntaxTreeAsync(cancellationToken))!;
        return [.. driver.GetRunResult().Diagnostics.Select(d => InTree(d, tree)), .. advice];
    }

    /// <summary>The fixes that an editor offers for a diagnostic, with the file after each.</summary>
    public async Task<IReadOnlyList<(CodeAction Action, Document Fixed)>> OfferAsync(Diagnostic diagnostic)
    {
        var actions = new List<CodeAction>();
        foreach (CodeFixProvider fix in Fixes.Where(f => f.FixableDiagnosticIds.Contains(diagnostic.Id)))
        {
            await fix.RegisterCodeFixesAsync(new(Document, diagnostic, (action, _) => actions.Add(action), TestContext.Current.CancellationToken));
        }

        var offers = new List<(CodeAction, Document)>();
        foreach (CodeAction action in actions)
        {
            offers.Add((action, await ApplyAsync(action)));
        }

        return offers;
    }

    /// <summary>The file after one fix has been applied to everything of its rules, as "fix all in document" does.</summary>
    public async Task<Document> FixAllAsync(string rule, string? key)
    {
        CodeFixProvider fix = Fixes.Single(f => f.FixableDiagnosticIds.Contains(rule));
        ImmutableArray<Diagnostic> diagnostics = [.. (await DiagnoseAsync(Document)).Where(d => fix.FixableDiagnosticIds.Contains(d.Id))];
        var context = new FixAllContext(
            Document, fix, FixAllScope.Document, key!, fix.FixableDiagnosticIds, new Known(diagnostics), TestContext.Current.CancellationToken);
        CodeAction? all = await fix.GetFixAllProvider()!.GetFixAsync(context);
        return await ApplyAsync(all!);
    }

    /// <summary>The file's text without the line of usings.</summary>
    public static async Task<string> TextAsync(Document document) =>
        (await document.GetTextAsync(TestContext.Current.CancellationToken)).ToString().Replace(Compiled.Usings, "");

    public void Dispose() => _workspace.Dispose();

    /// <summary>What a generator reports has a path and a span; editors turn it into a place in the file's tree.</summary>
    private static Diagnostic InTree(Diagnostic diagnostic, SyntaxTree tree) =>
        Diagnostic.Create(diagnostic.Descriptor, Location.Create(tree, diagnostic.Location.SourceSpan));

    private async Task<Document> ApplyAsync(CodeAction action)
    {
        ImmutableArray<CodeActionOperation> operations = await action.GetOperationsAsync(TestContext.Current.CancellationToken);
        return Assert.Single(operations.OfType<ApplyChangesOperation>()).ChangedSolution.GetDocument(Document.Id)!;
    }

    private sealed class Known(ImmutableArray<Diagnostic> diagnostics) : FixAllContext.DiagnosticProvider
    {
        public override Task<IEnumerable<Diagnostic>> GetDocumentDiagnosticsAsync(Document document, CancellationToken cancellationToken) =>
            Task.FromResult<IEnumerable<Diagnostic>>(diagnostics);

        public override Task<IEnumerable<Diagnostic>> GetProjectDiagnosticsAsync(Project project, CancellationToken cancellationToken) =>
            Task.FromResult<IEnumerable<Diagnostic>>([]);

        public override Task<IEnumerable<Diagnostic>> GetAllDiagnosticsAsync(Project project, CancellationToken cancellationToken) =>
            Task.FromResult<IEnumerable<Diagnostic>>(diagnostics);
    }
}
