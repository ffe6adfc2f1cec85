using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace SynthesizeMe.Generators;

/// <summary>A type declaration that carries an attribute of ours.</summary>
/// <param name="Declaration">The part that carries it.</param>
/// <param name="Symbol">The type.</param>
/// <param name="Mark">The attribute.</param>
/// <param name="Model">The meaning of what stands in the file.</param>
internal sealed record MarkedType(TypeDeclarationSyntax Declaration, INamedTypeSymbol Symbol, AttributeData Mark, SemanticModel Model)
{
    /// <summary>What is wrong when the file is in an older C# than generated code.</summary>
    public DiagnosticInfo? OldLanguage => Declaration.SyntaxTree.Options is CSharpParseOptions { LanguageVersion: < LanguageVersion.CSharp13 and var version }
        ? DiagnosticInfo.Create(Rules.OldLanguage, Declaration.Identifier.GetLocation(), Symbol.Name, version.ToDisplayString())
        : null;

    /// <summary>Whether a node is a type with any attribute.</summary>
    public static bool IsCandidate(SyntaxNode node, CancellationToken cancellationToken) => node is TypeDeclarationSyntax { AttributeLists.Count: > 0 };

    /// <summary>Whether one of the attributes has the name of the mark, or one that may be another name for it.</summary>
    public static bool MayBe(TypeDeclarationSyntax declaration, string mark, Func<string, bool> isAlias)
    {
        foreach (AttributeListSyntax list in declaration.AttributeLists)
        {
            foreach (AttributeSyntax attribute in list.Attributes)
            {
                string name = attribute.SimpleName();
                if (IsShortFor(name, mark) || (attribute.Name is IdentifierNameSyntax && isAlias(name)))
                {
                    return true;
                }
            }
        }

        return false;
    }

    /// <summary>The declaration with its mark; null when the attribute is another of the same name, or an earlier part of the type carries it too.</summary>
    public static MarkedType? Find(TypeDeclarationSyntax declaration, string mark, SemanticModel model, CancellationToken cancellationToken)
    {
        if (model.GetDeclaredSymbol(declaration, cancellationToken) is not { } type)
        {
            return null;
        }

        foreach (AttributeData attribute in type.GetAttributes())
        {
            if (attribute.AttributeClass is { Arity: 0 } kind && kind.Is(mark))
            {
                bool isHere = attribute.ApplicationSyntaxReference?.GetSyntax(cancellationToken).Parent?.Parent == declaration;
                return isHere ? new(declaration, type, attribute, model) : null;
            }
        }

        return null;
    }

    /// <summary>Whether a name is the last part of a full name, with or without <c>Attribute</c>.</summary>
    private static bool IsShortFor(string name, string mark)
    {
        const string suffix = "Attribute";
        int start = mark.LastIndexOf('.') + 1;
        int length = mark.Length - start;
        return (name.Length == length || name.Length == length - suffix.Length) && string.CompareOrdinal(name, 0, mark, start, name.Length) == 0;
    }
}
