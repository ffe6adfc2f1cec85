using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace SynthesizeMe.Generators;

/// <summary>Collects the ids under which the compiler warns of what is obsolete or experimental, so that generated code may use it nonetheless.</summary>
internal sealed class Cautions
{
    private readonly HashSet<ISymbol> _seen = new(SymbolEqualityComparer.Default);
    private readonly SortedSet<string> _ids = new(StringComparer.Ordinal);

    public EquatableArray<string> Ids => new(_ids);

    /// <summary>Adds those of a type or a member, of the types around it and of its library.</summary>
    public void Add(ISymbol? symbol)
    {
        for (; symbol is not null and not INamespaceSymbol && _seen.Add(symbol); symbol = Outer(symbol))
        {
            AddId(symbol.Find(KnownTypes.Obsolete)?.Named("DiagnosticId"));
            AddId(symbol.Find(KnownTypes.Experimental)?.ConstructorArguments.FirstOrDefault().Value);
        }
    }

    private static ISymbol? Outer(ISymbol symbol) => symbol switch
    {
        { ContainingType: { } type } => type,
        INamedTypeSymbol { Locations: [{ IsInMetadata: true }, ..] } => symbol.ContainingModule,
        IModuleSymbol => symbol.ContainingAssembly,
        _ => null,
    };

    private void AddId(object? id)
    {
        if (id is string text && SyntaxFacts.IsValidIdentifier(text))
        {
            _ids.Add(text);
        }
    }
}
