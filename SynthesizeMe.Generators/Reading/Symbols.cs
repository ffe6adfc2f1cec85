using Microsoft.CodeAnalysis;

namespace SynthesizeMe.Generators;

/// <summary>Reads the attributes of symbols.</summary>
internal static class Symbols
{
    public static AttributeData? Find(this ISymbol symbol, string attribute) =>
        symbol.GetAttributes().FirstOrDefault(a => a.AttributeClass?.ToDisplayString() == attribute);

    /// <summary>The first argument of an attribute's constructor, when it is text.</summary>
    public static string? FindText(this ISymbol symbol, string attribute) =>
        symbol.Find(attribute)?.ConstructorArguments.FirstOrDefault().Value as string;

    /// <summary>The value that an attribute gives to one of its properties.</summary>
    public static object? Named(this AttributeData attribute, string property) =>
        attribute.NamedArguments.FirstOrDefault(a => a.Key == property).Value.Value;
}
