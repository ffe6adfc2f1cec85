using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace SynthesizeMe.Generators;

/// <summary>Reads the attributes of symbols.</summary>
internal static class Symbols
{
    public static AttributeData? Find(this ISymbol symbol, string attribute)
    {
        foreach (AttributeData candidate in symbol.GetAttributes())
        {
            if (candidate.AttributeClass.Is(attribute))
            {
                return candidate;
            }
        }

        return null;
    }

    /// <summary>Whether a type or a namespace has that full name. Nothing is written down to find out, because every edit asks it for every field.</summary>
    public static bool Is(this INamespaceOrTypeSymbol? symbol, string name)
    {
        int end = name.Length;
        while (symbol is { Name.Length: > 0 })
        {
            int start = end - symbol.Name.Length;
            if (start < 0 || string.CompareOrdinal(name, start, symbol.Name, 0, symbol.Name.Length) != 0)
            {
                return false;
            }

            symbol = symbol.ContainingSymbol as INamespaceOrTypeSymbol;
            bool outermost = symbol is null or INamespaceSymbol { IsGlobalNamespace: true };
            if (outermost || start == 0)
            {
                return outermost && start == 0;
            }

            end = start - 1;
            if (name[end] != '.')
            {
                return false;
            }
        }

        return false;
    }

    /// <summary>The first argument of an attribute's constructor, when it is text.</summary>
    public static string? FindText(this ISymbol symbol, string attribute) =>
        symbol.Find(attribute)?.ConstructorArguments.FirstOrDefault().Value as string;

    /// <summary>Whether it is an error to use it.</summary>
    public static bool IsForbidden(this ISymbol symbol) => symbol.Find(KnownTypes.Obsolete) is { ConstructorArguments: [_, { Value: true }] };

    /// <summary>The value that an attribute gives to one of its properties.</summary>
    public static object? Named(this AttributeData attribute, string property) =>
        attribute.NamedArguments.FirstOrDefault(a => a.Key == property).Value.Value;

    /// <summary>The last part of an attribute's name, as written.</summary>
    public static string SimpleName(this AttributeSyntax attribute) => attribute.Name switch
    {
        QualifiedNameSyntax qualified => qualified.Right.Identifier.ValueText,
        AliasQualifiedNameSyntax aliased => aliased.Name.Identifier.ValueText,
        SimpleNameSyntax simple => simple.Identifier.ValueText,
        _ => "",
    };
}
