using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace SynthesizeMe.Generators.CodeFixes;

/// <summary>
/// Gives a prompt program its <c>ForwardAsync</c>. When one of its predictors answers the program's signature, that one is asked;
/// otherwise the author has to say how the answers are put together. A method that lacks only its token is given one.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(AddForward))]
[Shared]
public sealed class AddForward : TextFix
{
    private const string Method = "ForwardAsync";

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds => ["SM0105"];

    private protected override IEnumerable<Fix> Fixes(Place place)
    {
        if (place.Around<ClassDeclarationSyntax>() is not { } declaration
            || place.Model.GetDeclaredSymbol(declaration) is not { } program
            || program.Answered() is not { } signature)
        {
            return [];
        }

        string token = $"{place.Type("System.Threading.CancellationToken")} cancellationToken";
        MethodDeclarationSyntax? tokenless = declaration.Members.OfType<MethodDeclarationSyntax>()
            .FirstOrDefault(m => m.Identifier.ValueText == Method && m.ParameterList.Parameters.Count == 1);
        if (tokenless is not null)
        {
            return [new($"Give '{Method}' a cancellation token", "Token", [Edits.Insert(tokenless.ParameterList.CloseParenToken.SpanStart, $", {token}")])];
        }

        string answer = place.Type(signature);
        string task = $"{place.Type("System.Threading.Tasks.Task")}<{answer}>";
        string header = $"{task} {Method}({answer}.Inputs inputs, {token}) =>";
        IPropertySymbol? predictor = program.GetMembers().OfType<IPropertySymbol>().FirstOrDefault(p =>
            p.Has("Predictor") && p.Type is INamedTypeSymbol { TypeArguments: [var asked] } && SymbolEqualityComparer.Default.Equals(asked, signature));
        string[] lines = predictor is null
            ?
            [
                $"private {header}",
                $"{Edits.Indentation}throw new {place.Type("System.NotSupportedException")}(\"Ask the predictors of {program.Name} and make their answers a {signature.Name}.\");",
            ]
            :
            [
                $"private async {header}",
                $"{Edits.Indentation}(await {Names.Escape(predictor.Name)}.PredictAsync(inputs, cancellationToken)).Value;",
            ];
        return [new($"Add '{Method}'", Method, [Edits.Member(declaration, lines, first: false, place.Text)])];
    }
}
