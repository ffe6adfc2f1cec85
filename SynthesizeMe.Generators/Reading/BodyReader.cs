using Microsoft.CodeAnalysis;

namespace SynthesizeMe.Generators;

/// <summary>Finds what the body of a record declares that its parameters do not set: it would be in no prompt and in no saved state.</summary>
internal static class BodyReader
{
    /// <summary><c>JsonIgnoreCondition.Always</c>, which is the default.</summary>
    private const int JsonIgnoreAlways = 1;

    /// <summary>A property or field, of the record itself or inherited, that has to be set wherever the record is made; null when there is none.</summary>
    public static ISymbol? FindRequired(INamedTypeSymbol type, IMethodSymbol? constructor) =>
        constructor?.Find(KnownTypes.SetsRequiredMembers) is not null
            ? null
            : Members(type).FirstOrDefault(m => m is IPropertySymbol { IsRequired: true } or IFieldSymbol { IsRequired: true });

    /// <summary>
    /// A property, of the record itself or inherited, that anyone may set and no parameter does, neither one of the record nor one of the record that
    /// declares it; null when there is none.
    /// </summary>
    public static IPropertySymbol? FindLost(INamedTypeSymbol type, IMethodSymbol constructor) => Members(type).OfType<IPropertySymbol>().FirstOrDefault(
        p => p is { IsStatic: false, SetMethod: { } set } && IsSeen(p) && IsSeen(set) && IsStored(p) && !IsIgnored(p)
            && !Sets(constructor, p) && !(TypeReader.PrimaryConstructor(p.ContainingType) is { } declaring && Sets(declaring, p)));

    private static IEnumerable<ISymbol> Members(INamedTypeSymbol type)
    {
        for (INamedTypeSymbol? current = type; current is not null; current = current.BaseType)
        {
            foreach (ISymbol member in current.GetMembers())
            {
                yield return member;
            }
        }
    }

    private static bool Sets(IMethodSymbol constructor, IPropertySymbol property) => constructor.Parameters.Any(p => p.Name == property.Name);

    private static bool IsSeen(ISymbol symbol) =>
        symbol.DeclaredAccessibility is Accessibility.Public or Accessibility.Internal or Accessibility.ProtectedOrInternal;

    /// <summary>Whether a property has a value of its own: of one in a library, the compiler has written the accessors.</summary>
    private static bool IsStored(IPropertySymbol property) =>
        property.SetMethod!.Find(KnownTypes.CompilerGenerated) is not null
        || property.ContainingType.GetMembers().OfType<IFieldSymbol>().Any(f => SymbolEqualityComparer.Default.Equals(f.AssociatedSymbol, property));

    private static bool IsIgnored(IPropertySymbol property) =>
        property.Find(KnownTypes.JsonIgnore) is { } mark && mark.Named("Condition") is null or JsonIgnoreAlways;
}
