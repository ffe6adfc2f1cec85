using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace SynthesizeMe.Generators.CodeFixes;

/// <summary>Takes blank instructions away, so that the summary speaks, or the sentence that is made from the fields.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(DropInstructions))]
[Shared]
public sealed class DropInstructions : TextFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds => ["SM0503"];

    private protected override IEnumerable<Fix> Fixes(Place place) =>
        place.Around<AttributeArgumentSyntax>() is { Parent: AttributeArgumentListSyntax list } argument
            ? [new("Leave the instructions to the summary", nameof(DropInstructions), [Without(argument, list)])]
            : [];

    private static TextChange Without(AttributeArgumentSyntax argument, AttributeArgumentListSyntax list) => list.Arguments.Count switch
    {
        1 => Edits.Replace(list.SpanStart, list.Span.End, ""),
        _ => Edits.Replace(argument.SpanStart, argument.GetLastToken().GetNextToken().GetNextToken().SpanStart, ""),
    };
}
