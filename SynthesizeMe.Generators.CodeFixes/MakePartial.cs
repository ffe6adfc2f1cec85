using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace SynthesizeMe.Generators.CodeFixes;

/// <summary>Makes a signature, a program, or a type around one partial; a program becomes a class as well.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(MakePartial))]
[Shared]
public sealed class MakePartial : TextFix
{
    private const string Program = "SM0101";

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds => ["SM0001", "SM0003", Program];

    private protected override IEnumerable<Fix> Fixes(Place place)
    {
        if (place.Around<TypeDeclarationSyntax>() is not { } type)
        {
            return [];
        }

        string name = type.Identifier.Text;
        return place.Rule == Program && type is not ClassDeclarationSyntax
            ? [new($"Make '{name}' a partial class", nameof(MakePartial), [.. Edits.Partial(type), .. Class(type)])]
            : [new($"Make '{name}' partial", nameof(MakePartial), Edits.Partial(type))];
    }

    private static IEnumerable<TextChange> Class(TypeDeclarationSyntax type)
    {
        SyntaxToken last = type is RecordDeclarationSyntax record && !record.ClassOrStructKeyword.IsKind(SyntaxKind.None)
            ? record.ClassOrStructKeyword
            : type.Keyword;
        yield return Edits.Replace(type.Keyword.SpanStart, last.Span.End, "class");
        foreach (SyntaxToken modifier in type.Modifiers.Where(m => m.IsKind(SyntaxKind.ReadOnlyKeyword) || m.IsKind(SyntaxKind.RefKeyword)))
        {
            yield return Edits.Remove(modifier);
        }
    }
}
