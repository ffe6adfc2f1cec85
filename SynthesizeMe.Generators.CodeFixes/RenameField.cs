using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Rename;

namespace SynthesizeMe.Generators.CodeFixes;

/// <summary>Renames a field, or a signature, whose name another one or the generated code has, wherever it is used.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(RenameField))]
[Shared]
public sealed class RenameField : CodeFixProvider
{
    private const string Duplicate = "SM0010";

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds => [Duplicate, "SM0011", "SM0023"];

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        SyntaxNode? root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        SemanticModel? model = await context.Document.GetSemanticModelAsync(context.CancellationToken).ConfigureAwait(false);
        SyntaxNode? named = root?.FindToken(context.Span.Start).Parent;
        if (named is null || model?.GetDeclaredSymbol(named, context.CancellationToken) is not { } symbol)
        {
            return;
        }

        Diagnostic diagnostic = context.Diagnostics[0];
        string? name = named switch
        {
            ParameterSyntax { Parent: ParameterListSyntax fields } field => FreeName(field, fields, diagnostic.Id),
            TypeDeclarationSyntax => symbol.Name + "Signature",
            _ => null,
        };
        if (name is not null)
        {
            context.RegisterCodeFix(
                CodeAction.Create($"Rename '{symbol.Name}' to '{name}'", token => RenameAsync(context.Document.Project.Solution, symbol, name, token), nameof(RenameField)),
                diagnostic);
        }
    }

    /// <summary>The second <c>Answer</c> becomes <c>Answer2</c>, the third <c>Answer3</c>; a reserved <c>Completed</c> becomes <c>CompletedValue</c>.</summary>
    private static string FreeName(ParameterSyntax field, ParameterListSyntax fields, string rule)
    {
        string name = field.Identifier.ValueText;
        IEnumerable<string> others = fields.Parameters.Select(p => p.Identifier.ValueText);
        if (rule != Duplicate)
        {
            return Vocabulary.Free(name + "Value", others);
        }

        int before = fields.Parameters
            .TakeWhile(p => p != field)
            .Count(p => Names.ToSnakeCase(p.Identifier.ValueText) == Names.ToSnakeCase(name));
        return Vocabulary.Free(name, others, before + 1);
    }

    private static Task<Solution> RenameAsync(Solution solution, ISymbol symbol, string name, CancellationToken cancellationToken) =>
        Renamer.RenameSymbolAsync(solution, symbol, default, name, cancellationToken);
}
