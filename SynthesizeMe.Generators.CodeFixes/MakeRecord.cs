using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace SynthesizeMe.Generators.CodeFixes;

/// <summary>Turns a class, a struct or a record struct into a partial record class, where only its header has to change.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(MakeRecord))]
[Shared]
public sealed class MakeRecord : TextFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds => ["SM0002"];

    private protected override IEnumerable<Fix> Fixes(Place place) =>
        place.Around<TypeDeclarationSyntax>() is { } type && CanBeRecord(type, place.Model)
            ? [new($"Make '{type.Identifier.Text}' a partial record", nameof(MakeRecord), Changes(type))]
            : [];

    /// <summary>A record has no base class but another record, and is neither static nor a ref type.</summary>
    private static bool CanBeRecord(TypeDeclarationSyntax type, SemanticModel model) =>
        type is ClassDeclarationSyntax or StructDeclarationSyntax or RecordDeclarationSyntax
        && !type.Modifiers.Any(SyntaxKind.StaticKeyword)
        && !type.Modifiers.Any(SyntaxKind.RefKeyword)
        && model.GetDeclaredSymbol(type)?.BaseType is { SpecialType: SpecialType.System_Object or SpecialType.System_ValueType };

    private static IEnumerable<TextChange> Changes(TypeDeclarationSyntax type)
    {
        foreach (TextChange change in Edits.Partial(type))
        {
            yield return change;
        }

        yield return type is RecordDeclarationSyntax record
            ? Edits.Remove(record.ClassOrStructKeyword)
            : Edits.Replace(type.Keyword.SpanStart, type.Keyword.Span.End, "record");
        foreach (SyntaxToken modifier in type.Modifiers.Where(m => m.IsKind(SyntaxKind.ReadOnlyKeyword)))
        {
            yield return Edits.Remove(modifier);
        }
    }
}
