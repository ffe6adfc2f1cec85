using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace SynthesizeMe.Generators.CodeFixes;

/// <summary>Gives a prompt program a predictor of the signature that it answers.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(AddPredictor))]
[Shared]
public sealed class AddPredictor : TextFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds => ["SM0106"];

    private protected override IEnumerable<Fix> Fixes(Place place)
    {
        if (place.Around<ClassDeclarationSyntax>() is not { } declaration
            || place.Model.GetDeclaredSymbol(declaration) is not { } program
            || program.Answered() is not { } signature
            || place.Model.Compilation.GetTypeByMetadataName("SynthesizeMe.Signatures.Predict`1") is not { } predict)
        {
            return [];
        }

        string name = Vocabulary.Free("Answer", program.MemberNames.Append(program.Name));
        string[] lines = [$"[{place.Mark("Predictor")}]", $"public partial {place.Type(predict.Construct(signature))} {name} {{ get; }}"];
        return [new($"Add a predictor '{name}'", nameof(AddPredictor), [Edits.Member(declaration, lines, first: true, place.Text)])];
    }
}
