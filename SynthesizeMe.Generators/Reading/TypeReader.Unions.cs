using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace SynthesizeMe.Generators;

/// <content>Unions: an abstract type whose <c>[JsonDerivedType]</c>s are records.</content>
internal sealed partial class TypeReader
{
    private const string DefaultDiscriminator = "$type";

    private TypeModel? ReadUnion(INamedTypeSymbol type, string code)
    {
        string key = KeyOf(code);
        var model = new TypeModel(Shape.Union, code, Key: key);
        if (_unions.ContainsKey(key) || !_open.Add(key))
        {
            return model;
        }

        string discriminator = type.Find(KnownTypes.JsonPolymorphic)?.Named("TypeDiscriminatorPropertyName") as string ?? DefaultDiscriminator;
        var cases = ImmutableArray.CreateBuilder<CaseModel>();
        foreach (AttributeData attribute in type.GetAttributes().Where(IsCase))
        {
            if (ReadCase(type, attribute, discriminator) is not { } found)
            {
                return null;
            }

            if (cases.Any(c => c.Label == found.Label || c.Record == found.Record))
            {
                return NotApart(type, $"'{found.Label}' stands twice: give each record a name of its own");
            }

            cases.Add(found);
        }

        _open.Remove(key);
        _unions.Add(key, new UnionModel(key, code, type.Name, discriminator, new(cases.ToImmutable())));
        return model;
    }

    /// <summary>Whether an attribute names a case; the compiler reports one that is written wrongly.</summary>
    private static bool IsCase(AttributeData attribute) =>
        attribute.AttributeConstructor is not null && attribute.AttributeClass?.ToDisplayString() == KnownTypes.JsonDerivedType;

    private CaseModel? ReadCase(INamedTypeSymbol union, AttributeData attribute, string discriminator)
    {
        if (attribute.ConstructorArguments[0].Value is not INamedTypeSymbol { IsRecord: true, IsAbstract: false } type || DepthOf(type, union) is not { } depth)
        {
            NotApart(union, $"'{attribute.ConstructorArguments[0].Value}' has to be a record that derives from it: declare it so");
            return null;
        }

        if (attribute.ConstructorArguments.Length < 2 || attribute.ConstructorArguments[1].Value is not string { Length: > 0 } label)
        {
            NotApart(union, $"'{type.Name}' has no name: write '[JsonDerivedType(typeof({type.Name}), \"{Names.ToSnakeCase(type.Name)}\")]'");
            return null;
        }

        if (ReadRecord(type, type.ToDisplayString(Code)) is not { } record)
        {
            return null;
        }

        if (_records.TryGetValue(record.Key, out RecordModel? read) && read.Properties.Any(p => p.Name == discriminator))
        {
            NotApart(union, $"'{type.Name}' has a property '{discriminator}' of its own: rename it");
            return null;
        }

        return new(label, record.Key, depth);
    }

    private static int? DepthOf(INamedTypeSymbol type, INamedTypeSymbol union)
    {
        int depth = 0;
        for (INamedTypeSymbol? current = type; current is not null; current = current.BaseType)
        {
            if (SymbolEqualityComparer.Default.Equals(current, union) || current.Interfaces.Contains(union, SymbolEqualityComparer.Default))
            {
                return depth;
            }

            depth++;
        }

        return null;
    }

    private TypeModel? NotApart(INamedTypeSymbol union, string reason)
    {
        problems.Add(DiagnosticInfo.Create(Rules.Union, location, union.Name, reason));
        return null;
    }
}
