using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace SynthesizeMe.Generators.CodeFixes;

/// <summary>Makes an unmarked parameter an input or an output.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(MarkField))]
[Shared]
public sealed class MarkField : TextFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds => ["SM0006"];

    private protected override IEnumerable<Fix> Fixes(Place place) =>
        place.Around<ParameterSyntax>() is { } field
            ? [Put(place, field, "Input", "an input"), Put(place, field, "Output", "an output")]
            : [];

    private static Fix Put(Place place, ParameterSyntax field, string mark, string what) =>
        new($"Make '{field.Identifier.Text}' {what}", mark, [Edits.Insert(field.SpanStart, $"[{place.Mark(mark)}] ")]);
}
