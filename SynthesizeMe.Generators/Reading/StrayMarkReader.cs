using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace SynthesizeMe.Generators;

/// <summary>Finds fields outside a signature and predictors outside a prompt program: marks that would do nothing.</summary>
internal static class StrayMarkReader
{
    /// <summary>
    /// Whether a marked parameter or property can be astray. Where its type carries the mark that it needs, by name, it is not, and need not be
    /// bound after every edit; almost all are like that.
    /// </summary>
    public static bool MayStray(SyntaxNode node) => node switch
    {
        ParameterSyntax { Parent.Parent: TypeDeclarationSyntax owner } => !Has(owner, "Signature"),
        PropertyDeclarationSyntax { Parent: TypeDeclarationSyntax owner } => !Has(owner, "PromptProgram"),
        _ => node is ParameterSyntax or PropertyDeclarationSyntax,
    };

    public static DiagnosticInfo? ReadField(GeneratorAttributeSyntaxContext context)
    {
        ISymbol parameter = context.TargetSymbol;
        INamedTypeSymbol owner = parameter.ContainingType;
        string mark = context.Attributes[0].AttributeClass!.Name.Replace("Attribute", "");
        return owner.Find(KnownTypes.Signature) is not null
            ? null
            : DiagnosticInfo.Create(Rules.MarkWithoutSignature, parameter.Locations.FirstOrDefault(), parameter.Name, mark, owner.Name);
    }

    public static DiagnosticInfo? ReadPredictor(GeneratorAttributeSyntaxContext context)
    {
        ISymbol property = context.TargetSymbol;
        INamedTypeSymbol owner = property.ContainingType;
        return owner.Find(KnownTypes.PromptProgram) is not null
            ? null
            : DiagnosticInfo.Create(Rules.PredictorWithoutProgram, property.Locations.FirstOrDefault(), property.Name, owner.Name);
    }

    private static bool Has(TypeDeclarationSyntax type, string mark)
    {
        foreach (AttributeListSyntax list in type.AttributeLists)
        {
            foreach (AttributeSyntax attribute in list.Attributes)
            {
                string name = attribute.SimpleName();
                if (name == mark || name == mark + "Attribute")
                {
                    return true;
                }
            }
        }

        return false;
    }
}
