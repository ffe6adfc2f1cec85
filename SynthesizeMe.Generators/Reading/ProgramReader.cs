using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace SynthesizeMe.Generators;

/// <summary>Reads a <c>[PromptProgram]</c> declaration into a model without symbols, and reports what is wrong with it.</summary>
internal static class ProgramReader
{
    public static Reading<ProgramModel> Read(MarkedType marked, CancellationToken cancellationToken)
    {
        if (marked.OldLanguage is { } old)
        {
            return new(null, new([old]));
        }

        var problems = new List<DiagnosticInfo>();
        ProgramModel? model = Read(marked, problems, cancellationToken);
        return new(problems.Count == 0 ? model : null, new(problems));
    }

    private static ProgramModel? Read(MarkedType marked, List<DiagnosticInfo> problems, CancellationToken cancellationToken)
    {
        INamedTypeSymbol type = marked.Symbol;
        TypeDeclarationSyntax declaration = marked.Declaration;
        Location at = declaration.Identifier.GetLocation();
        if (!declaration.Modifiers.Any(SyntaxKind.PartialKeyword) || declaration is not ClassDeclarationSyntax)
        {
            problems.Add(DiagnosticInfo.Create(Rules.ProgramNotPartial, at, type.Name));
            if (declaration is not ClassDeclarationSyntax)
            {
                return null;
            }
        }

        TypePlace? place = PlaceReader.Read(type, declaration, problems);
        if (type.BaseType is not { } parent || parent.OriginalDefinition.ToDisplayString() != KnownTypes.ProgramBase)
        {
            problems.Add(DiagnosticInfo.Create(Rules.WrongBase, at, type.Name));
            return null;
        }

        ITypeSymbol signature = parent.TypeArguments[0];
        bool forwards = type.GetMembers("ForwardAsync").OfType<IMethodSymbol>().Any(m => IsForward(m, signature));
        if (!forwards)
        {
            problems.Add(DiagnosticInfo.Create(Rules.NoForward, at, type.Name, signature.Name));
        }

        var predictors = new List<PredictorModel>();
        var cautions = new Cautions();
        cautions.Add(signature);
        bool any = false;
        foreach (IPropertySymbol property in type.GetMembers().OfType<IPropertySymbol>().Where(IsPredictor))
        {
            cancellationToken.ThrowIfCancellationRequested();
            any = true;
            cautions.Add((property.Type as INamedTypeSymbol)?.TypeArguments.FirstOrDefault());
            if (ReadPredictor(property, problems, cancellationToken) is { } predictor)
            {
                predictors.Add(predictor);
            }
        }

        if (!any)
        {
            problems.Add(DiagnosticInfo.Create(Rules.NoPredictors, at, type.Name));
        }

        bool needsConstructor = type.InstanceConstructors.All(c => c.IsImplicitlyDeclared);
        return place is null ? null : new(place, Code(signature), new(predictors), needsConstructor, cautions.Ids);
    }

    /// <summary>Whether the property carries <c>[Predictor]</c>.</summary>
    public static bool IsPredictor(IPropertySymbol property) =>
        property.GetAttributes().Any(a => a.AttributeClass?.ToDisplayString() == KnownTypes.Predictor);

    private static PredictorModel? ReadPredictor(IPropertySymbol property, List<DiagnosticInfo> problems, CancellationToken cancellationToken)
    {
        Location? at = property.Locations.FirstOrDefault();
        var syntax = property.DeclaringSyntaxReferences[0].GetSyntax(cancellationToken) as PropertyDeclarationSyntax;
        bool sound = syntax is not null
            && syntax.Modifiers.Any(SyntaxKind.PartialKeyword)
            && property is { SetMethod: null, IsStatic: false }
            && syntax.AccessorList is { Accessors: [{ Body: null, ExpressionBody: null }] };
        if (!sound)
        {
            problems.Add(DiagnosticInfo.Create(Rules.PredictorNotPartial, at, property.Name));
            return null;
        }

        if (property.Type is not INamedTypeSymbol { TypeArguments.Length: 1 } type
            || type.OriginalDefinition.ToDisplayString() is not (KnownTypes.Predict or KnownTypes.ChainOfThought))
        {
            problems.Add(DiagnosticInfo.Create(Rules.PredictorType, at, property.Name, property.Type.ToDisplayString()));
            return null;
        }

        return new(property.Name, syntax!.Modifiers.ToString(), Code(type), Code(type.TypeArguments[0]));
    }

    /// <summary>The first parameter's type is generated later, so only its place can be checked.</summary>
    private static bool IsForward(IMethodSymbol method, ITypeSymbol signature) =>
        method is { Parameters.Length: 2, IsStatic: false, ReturnType: INamedTypeSymbol { Name: "Task", TypeArguments: [var result] } }
        && SymbolEqualityComparer.Default.Equals(result, signature)
        && method.Parameters[1].Type.ToDisplayString() == "System.Threading.CancellationToken";

    private static string Code(ITypeSymbol type) => type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat);
}
