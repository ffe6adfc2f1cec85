using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace SynthesizeMe.Generators;

/// <summary>Reads where a type is declared, and checks that partial code can be added to it.</summary>
internal static class PlaceReader
{
    public static TypePlace? Read(INamedTypeSymbol type, TypeDeclarationSyntax declaration, List<DiagnosticInfo> problems)
    {
        Location at = declaration.Identifier.GetLocation();
        var containers = new List<string>();
        bool generic = type.TypeParameters.Length > 0;
        bool sound = true;
        for (TypeDeclarationSyntax? outer = declaration.Parent as TypeDeclarationSyntax; outer is not null; outer = outer.Parent as TypeDeclarationSyntax)
        {
            if (!outer.Modifiers.Any(SyntaxKind.PartialKeyword))
            {
                problems.Add(DiagnosticInfo.Create(Rules.ContainerNotPartial, outer.Identifier.GetLocation(), outer.Identifier.Text, type.Name));
                sound = false;
            }

            generic |= outer.TypeParameterList is not null;
            string kind = outer is RecordDeclarationSyntax record ? $"record {record.ClassOrStructKeyword.Text}".TrimEnd() : outer.Keyword.Text;
            containers.Insert(0, $"partial {kind} {outer.Identifier.Text}");
        }

        if (generic)
        {
            problems.Add(DiagnosticInfo.Create(Rules.Generic, at, type.Name));
            sound = false;
        }

        bool isPublic = true;
        bool isReachable = true;
        bool isFileLocal = false;
        bool isForbidden = false;
        for (INamedTypeSymbol? current = type; current is not null; current = current.ContainingType)
        {
            isPublic &= current.DeclaredAccessibility == Accessibility.Public;
            isReachable &= current.DeclaredAccessibility is Accessibility.Public or Accessibility.Internal;
            isFileLocal |= current.IsFileLocal;
            isForbidden |= current.IsForbidden();
        }

        if (isFileLocal)
        {
            problems.Add(DiagnosticInfo.Create(Rules.FileLocal, at, type.Name));
            sound = false;
        }

        if (!sound)
        {
            return null;
        }

        string ns = type.ContainingNamespace.IsGlobalNamespace ? "" : type.ContainingNamespace.ToDisplayString();
        string fullName = type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat);
        return new(ns, new(containers), declaration.Identifier.Text, fullName, isPublic, isReachable, isForbidden);
    }
}
