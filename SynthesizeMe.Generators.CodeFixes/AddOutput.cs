using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace SynthesizeMe.Generators.CodeFixes;

/// <summary>Gives a signature without outputs an answer.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(AddOutput))]
[Shared]
public sealed class AddOutput : TextFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds => ["SM0008"];

    private protected override IEnumerable<Fix> Fixes(Place place)
    {
        if (place.Around<TypeDeclarationSyntax>()?.ParameterList is not { Parameters.Count: > 0 } fields)
        {
            return [];
        }

        string name = Vocabulary.Free("Answer", fields.Parameters.Select(p => p.Identifier.ValueText));
        string output = $"[{place.Mark("Output")}(\"The answer.\")] string {name}";
        return [new($"Add an output '{name}'", nameof(AddOutput), [Append(fields, output, place.Text)])];
    }

    /// <summary>Adds a parameter behind the last one that has to be given, on a line of its own where the others are.</summary>
    private static TextChange Append(ParameterListSyntax fields, string output, SourceText text)
    {
        ParameterSyntax? last = fields.Parameters.LastOrDefault(p => p.Default is null && !p.Modifiers.Any(SyntaxKind.ParamsKeyword));
        ParameterSyntax neighbour = last ?? fields.Parameters[0];
        bool ownLine = LineOf(neighbour.SpanStart, text) > LineOf(fields.OpenParenToken.SpanStart, text);
        string separator = ownLine ? $",{Edits.LineEnd(text)}{Edits.IndentationAt(neighbour.SpanStart, text)}" : ", ";
        return last is null ? Edits.Insert(neighbour.SpanStart, output + separator) : Edits.Insert(last.Span.End, separator + output);
    }

    private static int LineOf(int position, SourceText text) => text.Lines.GetLinePosition(position).Line;
}
