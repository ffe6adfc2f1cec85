using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace SynthesizeMe.Generators.CodeFixes;

/// <summary>Leaves a field that is marked as input and output one of the two.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(KeepOneMark))]
[Shared]
public sealed class KeepOneMark : TextFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds => ["SM0007"];

    private protected override IEnumerable<Fix> Fixes(Place place)
    {
        if (place.Around<ParameterSyntax>() is not { } field || Find(field, "Input", place) is not { } input || Find(field, "Output", place) is not { } output)
        {
            return [];
        }

        string name = field.Identifier.Text;
        return [new($"Make '{name}' an input only", "Input", [Without(output)]), new($"Make '{name}' an output only", "Output", [Without(input)])];
    }

    private static AttributeSyntax? Find(ParameterSyntax field, string mark, Place place) => field.AttributeLists
        .SelectMany(l => l.Attributes)
        .FirstOrDefault(a => place.Model.GetTypeInfo(a).Type?.Name == mark + "Attribute");

    /// <summary>Takes an attribute away with its comma, or with its brackets when it stands alone.</summary>
    private static TextChange Without(AttributeSyntax attribute)
    {
        var list = (AttributeListSyntax)attribute.Parent!;
        int index = list.Attributes.IndexOf(attribute);
        if (list.Attributes.Count == 1)
        {
            return Edits.Replace(list.SpanStart, list.GetLastToken().GetNextToken().SpanStart, "");
        }

        return index == 0
            ? Edits.Replace(attribute.SpanStart, list.Attributes[1].SpanStart, "")
            : Edits.Replace(list.Attributes[index - 1].Span.End, attribute.Span.End, "");
    }
}
