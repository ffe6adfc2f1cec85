using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace SynthesizeMe.Generators.CodeFixes;

/// <summary>Makes the record around a field a signature, and the class around a predictor a prompt program.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(MarkOwner))]
[Shared]
public sealed class MarkOwner : TextFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds => ["SM0014", "SM0107"];

    private protected override IEnumerable<Fix> Fixes(Place place) => place.Node switch
    {
        ParameterSyntax { Parent.Parent: RecordDeclarationSyntax record } when !record.ClassOrStructKeyword.IsKind(SyntaxKind.StructKeyword) =>
            [Put(place, record, "Signature", "a signature")],
        PropertyDeclarationSyntax { Parent: ClassDeclarationSyntax program } when !program.Modifiers.Any(SyntaxKind.StaticKeyword) =>
            [Put(place, program, "PromptProgram", "a prompt program")],
        _ => [],
    };

    private static Fix Put(Place place, TypeDeclarationSyntax owner, string mark, string what) =>
        new($"Make '{owner.Identifier.Text}' {what}", mark, [Edits.Above(owner, place.Mark(mark), place.Text), .. Edits.Partial(owner)]);
}
