using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Text;

namespace SynthesizeMe.Generators.CodeFixes;

/// <summary>One way to fix a diagnostic: what the editor shows, what makes two fixes the same, and the changes to the file.</summary>
internal sealed record Fix(string Title, string Key, IEnumerable<TextChange> Changes);

/// <summary>Where a diagnostic stands.</summary>
internal sealed record Place(string Rule, SyntaxNode Node, SemanticModel Model, SourceText Text)
{
    /// <summary>The innermost node of a kind around the diagnostic.</summary>
    public TNode? Around<TNode>()
        where TNode : SyntaxNode => Node.FirstAncestorOrSelf<TNode>();
}

/// <summary>
/// A fix that changes the text around a diagnostic and nothing else. Changes of text keep the author's layout, and those of many
/// diagnostics can be applied to a file at once, each as often as it is needed.
/// </summary>
public abstract class TextFix : CodeFixProvider
{
    /// <inheritdoc/>
    public sealed override FixAllProvider GetFixAllProvider() => FixAllProvider.Create(FixAllAsync);

    /// <inheritdoc/>
    public sealed override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        foreach (Diagnostic diagnostic in context.Diagnostics)
        {
            Place? place = await FindAsync(context.Document, diagnostic, context.CancellationToken).ConfigureAwait(false);
            foreach (Fix fix in place is null ? [] : Fixes(place))
            {
                Document fixedDocument = context.Document.WithText(place!.Text.WithChanges(fix.Changes));
                context.RegisterCodeFix(CodeAction.Create(fix.Title, _ => Task.FromResult(fixedDocument), fix.Key), diagnostic);
            }
        }
    }

    /// <summary>The ways to fix one diagnostic; none when there is nothing mechanical to do.</summary>
    private protected abstract IEnumerable<Fix> Fixes(Place place);

    private async Task<Document?> FixAllAsync(FixAllContext context, Document document, ImmutableArray<Diagnostic> diagnostics)
    {
        var changes = new SortedDictionary<(int, int, string), TextChange>();
        foreach (Diagnostic diagnostic in diagnostics)
        {
            if (await FindAsync(document, diagnostic, context.CancellationToken).ConfigureAwait(false) is { } place
                && Fixes(place).FirstOrDefault(f => f.Key == context.CodeActionEquivalenceKey) is { } fix)
            {
                foreach (TextChange change in fix.Changes)
                {
                    changes[(change.Span.Start, change.Span.End, change.NewText!)] = change;
                }
            }
        }

        SourceText text = await document.GetTextAsync(context.CancellationToken).ConfigureAwait(false);
        return document.WithText(text.WithChanges(changes.Values));
    }

    private static async Task<Place?> FindAsync(Document document, Diagnostic diagnostic, CancellationToken cancellationToken)
    {
        SyntaxNode? root = await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false);
        SemanticModel? model = await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false);
        SourceText text = await document.GetTextAsync(cancellationToken).ConfigureAwait(false);
        return root is null || model is null || root.FindToken(diagnostic.Location.SourceSpan.Start).Parent is not { } node
            ? null
            : new(diagnostic.Id, node, model, text);
    }
}
