using Microsoft.CodeAnalysis;

namespace SynthesizeMe.Generators;

/// <summary>Finds fields outside a signature and predictors outside a prompt program: marks that would do nothing.</summary>
internal static class StrayMarkReader
{
    public static DiagnosticInfo? ReadField(GeneratorAttributeSyntaxContext context)
    {
        ISymbol parameter = context.TargetSymbol;
        INamedTypeSymbol owner = parameter.ContainingType;
        string mark = context.Attributes[0].AttributeClass!.Name.Replace("Attribute", "");
        return Has(owner, KnownTypes.Signature)
            ? null
            : DiagnosticInfo.Create(Rules.MarkWithoutSignature, parameter.Locations.FirstOrDefault(), parameter.Name, mark, owner.Name);
    }

    public static DiagnosticInfo? ReadPredictor(GeneratorAttributeSyntaxContext context)
    {
        ISymbol property = context.TargetSymbol;
        INamedTypeSymbol owner = property.ContainingType;
        return Has(owner, KnownTypes.PromptProgram)
            ? null
            : DiagnosticInfo.Create(Rules.PredictorWithoutProgram, property.Locations.FirstOrDefault(), property.Name, owner.Name);
    }

    private static bool Has(INamedTypeSymbol type, string attribute) =>
        type.GetAttributes().Any(a => a.AttributeClass?.ToDisplayString() == attribute);
}
