using Microsoft.CodeAnalysis;

namespace SynthesizeMe.Generators.CodeFixes;

/// <summary>How things are called in code, at a place in a file: as short as its usings allow.</summary>
internal static class Vocabulary
{
    private const string Namespace = "SynthesizeMe.Signatures";

    /// <summary>An attribute's name, such as <c>Input</c>.</summary>
    public static string Mark(this Place place, string mark)
    {
        string name = Type(place, $"{Namespace}.{mark}Attribute");
        return name.Substring(0, name.Length - "Attribute".Length);
    }

    /// <summary>A type's name.</summary>
    public static string Type(this Place place, string metadataName) =>
        place.Model.Compilation.GetTypeByMetadataName(metadataName) is { } type ? Type(place, type) : metadataName;

    /// <summary>A type's name.</summary>
    public static string Type(this Place place, ITypeSymbol type) => type.ToMinimalDisplayString(place.Model, place.Node.SpanStart);

    /// <summary>Whether a symbol carries one of our attributes.</summary>
    public static bool Has(this ISymbol symbol, string mark) =>
        symbol.GetAttributes().Any(a => a.AttributeClass?.ToDisplayString() == $"{Namespace}.{mark}Attribute");

    /// <summary>The signature that a prompt program answers.</summary>
    public static ITypeSymbol? Answered(this INamedTypeSymbol program) =>
        program.BaseType is { Name: "PromptProgram", TypeArguments: [var signature] } ? signature : null;

    /// <summary>A name with the first number behind it that makes it differ in the prompt from all others.</summary>
    public static string Free(string name, IEnumerable<string> others, int number = 2)
    {
        var taken = new HashSet<string>(others.Select(Names.ToSnakeCase));
        string free = name;
        for (; taken.Contains(Names.ToSnakeCase(free)); number++)
        {
            free = $"{name}{number}";
        }

        return free;
    }
}
