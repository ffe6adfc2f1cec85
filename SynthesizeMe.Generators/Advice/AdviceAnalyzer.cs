using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace SynthesizeMe.Generators;

/// <summary>
/// Reads signatures as a model would, and says where it would be left to guess. An analyzer rather than a part of the generator,
/// so that advice can be silenced where it stands and costs a build nothing where it is switched off.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class AdviceAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
        [AdviceRules.UndescribedOutput, AdviceRules.SameDescription, AdviceRules.BlankInstructions];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterCompilationStartAction(static start =>
        {
            if (Marks.Of(start.Compilation) is { } marks)
            {
                start.RegisterSymbolAction(symbol => Analyze(symbol, marks), SymbolKind.NamedType);
            }
        });
    }

    private static void Analyze(SymbolAnalysisContext context, Marks marks)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        if (type.IsRecord && Find(type, marks.Signature) is { } signature)
        {
            BlankInstructions(context, type, signature);
            foreach (IMethodSymbol constructor in type.InstanceConstructors)
            {
                if (constructor.DeclaringSyntaxReferences is [var reference]
                    && reference.GetSyntax(context.CancellationToken) is RecordDeclarationSyntax declaration)
                {
                    string instructions = signature.ConstructorArguments.FirstOrDefault().Value as string ?? SummaryText.Of(declaration) ?? "";
                    UndescribedOutputs(context, constructor, marks, instructions);
                    SameDescriptions(context, constructor, marks);
                }
            }
        }
    }

    private static void BlankInstructions(SymbolAnalysisContext context, INamedTypeSymbol type, AttributeData signature)
    {
        if (signature.ConstructorArguments.FirstOrDefault().Value is string instructions && string.IsNullOrWhiteSpace(instructions)
            && signature.ApplicationSyntaxReference?.GetSyntax(context.CancellationToken) is AttributeSyntax { ArgumentList.Arguments: [var argument, ..] })
        {
            context.ReportDiagnostic(Diagnostic.Create(AdviceRules.BlankInstructions, argument.GetLocation(), type.Name));
        }
    }

    private static void UndescribedOutputs(SymbolAnalysisContext context, IMethodSymbol constructor, Marks marks, string instructions)
    {
        foreach (IParameterSymbol field in constructor.Parameters)
        {
            if (Find(field, marks.Output) is { } output && Description(output).Length == 0 && !Mentions(instructions, field.Name))
            {
                context.ReportDiagnostic(Diagnostic.Create(AdviceRules.UndescribedOutput, field.Locations[0], field.Name));
            }
        }
    }

    private static void SameDescriptions(SymbolAnalysisContext context, IMethodSymbol constructor, Marks marks)
    {
        var earlier = new List<(IParameterSymbol Field, string Description)>();
        foreach (IParameterSymbol field in constructor.Parameters)
        {
            if (Find(field, marks.Input) is not { } input || Description(input) is not { Length: > 0 } description)
            {
                continue;
            }

            // The default comparer does not tell 'string' from 'string?', nor would the model.
            IParameterSymbol? twin = earlier.FirstOrDefault(e =>
                SymbolEqualityComparer.Default.Equals(e.Field.Type, field.Type)
                && string.Equals(e.Description, description, StringComparison.OrdinalIgnoreCase)).Field;
            if (twin is not null)
            {
                context.ReportDiagnostic(Diagnostic.Create(AdviceRules.SameDescription, field.Locations[0], twin.Name, field.Name));
            }

            earlier.Add((field, description));
        }
    }

    /// <summary>Whether the instructions name a field: <c>OverallScore</c> by <c>overall_score</c>, "overall score" or "OverallScore".</summary>
    private static bool Mentions(string instructions, string field)
    {
        string name = Names.ToSnakeCase(field);
        return new[] { name, name.Replace('_', ' '), field }.Any(n => MentionsWord(instructions, n));
    }

    private static bool MentionsWord(string text, string word)
    {
        for (int at = text.IndexOf(word, StringComparison.OrdinalIgnoreCase); at >= 0; at = text.IndexOf(word, at + 1, StringComparison.OrdinalIgnoreCase))
        {
            if (!IsLetterAt(text, at - 1) && !IsLetterAt(text, at + word.Length))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsLetterAt(string text, int index) => index >= 0 && index < text.Length && char.IsLetterOrDigit(text[index]);

    private static string Description(AttributeData mark) => (mark.ConstructorArguments.FirstOrDefault().Value as string ?? "").Trim();

    private static AttributeData? Find(ISymbol symbol, INamedTypeSymbol mark) =>
        symbol.GetAttributes().FirstOrDefault(a => SymbolEqualityComparer.Default.Equals(a.AttributeClass, mark));

    private sealed record Marks(INamedTypeSymbol Signature, INamedTypeSymbol Input, INamedTypeSymbol Output)
    {
        /// <summary>The marks, or null in a compilation that does not use the library.</summary>
        public static Marks? Of(Compilation compilation) =>
            compilation.GetTypeByMetadataName(KnownTypes.Signature) is { } signature
            && compilation.GetTypeByMetadataName(KnownTypes.Input) is { } input
            && compilation.GetTypeByMetadataName(KnownTypes.Output) is { } output
                ? new(signature, input, output)
                : null;
    }
}
