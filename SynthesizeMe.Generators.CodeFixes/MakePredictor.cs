using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace SynthesizeMe.Generators.CodeFixes;

/// <summary>Turns a property into a partial one with <c>get</c> alone, which the generator implements.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(MakePredictor))]
[Shared]
public sealed class MakePredictor : TextFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds => ["SM0103"];

    private protected override IEnumerable<Fix> Fixes(Place place) =>
        place.Around<PropertyDeclarationSyntax>() is { ExplicitInterfaceSpecifier: null } property
            ? [new($"Make '{property.Identifier.Text}' a partial get-only property", nameof(MakePredictor), Changes(property))]
            : [];

    private static IEnumerable<TextChange> Changes(PropertyDeclarationSyntax property)
    {
        foreach (SyntaxToken modifier in property.Modifiers.Where(m => m.IsKind(SyntaxKind.StaticKeyword) || m.IsKind(SyntaxKind.RequiredKeyword)))
        {
            yield return Edits.Remove(modifier);
        }

        if (!property.Modifiers.Any(SyntaxKind.PartialKeyword))
        {
            yield return Edits.Insert(property.Type.SpanStart, "partial ");
        }

        yield return Edits.Replace(property.Identifier.Span.End, property.Span.End, " { get; }");
    }
}
