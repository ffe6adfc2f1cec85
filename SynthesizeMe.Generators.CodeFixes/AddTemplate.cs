using System.Collections.Immutable;
using System.Composition;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace SynthesizeMe.Generators.CodeFixes;

/// <summary>Adds the template that a signature names, with all that a template has to show.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(AddTemplate))]
[Shared]
public sealed class AddTemplate : CodeFixProvider
{
    private const string Extension = ".prompt.scriban";

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds => ["SM0201"];

    /// <summary>Every signature has a template of its own, so they are added one by one.</summary>
    public override FixAllProvider? GetFixAllProvider() => null;

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        SyntaxNode? root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        SemanticModel? model = await context.Document.GetSemanticModelAsync(context.CancellationToken).ConfigureAwait(false);
        SyntaxNode? named = root?.FindToken(context.Span.Start).Parent;
        if (named?.FirstAncestorOrSelf<AttributeArgumentSyntax>() is { } argument
            && named.FirstAncestorOrSelf<TypeDeclarationSyntax>()?.ParameterList is { } fields
            && model?.GetConstantValue(argument.Expression, context.CancellationToken).Value is string path
            && path.EndsWith(Extension, StringComparison.Ordinal))
        {
            string text = Text(Inputs(fields, model));
            context.RegisterCodeFix(
                CodeAction.Create($"Add the template '{path}'", _ => Task.FromResult(Add(context.Document, path, text)), nameof(AddTemplate)),
                context.Diagnostics);
        }
    }

    private static List<string> Inputs(ParameterListSyntax fields, SemanticModel model) =>
        [.. fields.Parameters.Select(p => model.GetDeclaredSymbol(p)).OfType<IParameterSymbol>().Where(p => p.Has("Input")).Select(p => Names.ToSnakeCase(p.Name))];

    /// <summary>A template that asks as the built-in layout does: system message, demonstrations, question.</summary>
    private static string Text(List<string> inputs)
    {
        var text = new StringBuilder("{{ role \"system\" }}\n{{ instructions }}\n\n{{ format }}\n{{~ for demo in demos ~}}\n{{ role \"user\" }}\n");
        Fields("demo.inputs");
        text.Append("{{ role \"assistant\" }}\n{{ demo.reply }}\n{{~ end ~}}\n{{ role \"user\" }}\n");
        Fields("inputs");
        return text.ToString();

        void Fields(string owner)
        {
            foreach (string input in inputs)
            {
                text.Append(input).Append(": {{ ").Append(owner).Append('.').Append(input).Append(" }}\n");
            }
        }
    }

    /// <summary>Adds the file beside the signature's own, in the folders that the name gives.</summary>
    private static Solution Add(Document document, string path, string text)
    {
        string[] parts = path.Split(['/', '\\'], StringSplitOptions.RemoveEmptyEntries);
        IEnumerable<string> folders = document.Folders.Concat(parts.Take(parts.Length - 1));
        string? beside = Path.GetDirectoryName(document.FilePath);
        return document.Project
            .AddAdditionalDocument(parts[parts.Length - 1], text, folders, beside is null ? null : Path.Combine([beside, .. parts]))
            .Project.Solution;
    }
}
