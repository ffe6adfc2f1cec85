using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace SynthesizeMe.Generators;

/// <content>Records, which may hold others of their kind.</content>
internal sealed partial class TypeReader
{
    private TypeModel? ReadRecord(INamedTypeSymbol type, string code)
    {
        string key = KeyOf(code);
        var model = new TypeModel(Shape.Record, code, Key: key);
        if (_records.ContainsKey(key) || !_open.Add(key))
        {
            return model;
        }

        IMethodSymbol? constructor = PrimaryConstructor(type);
        if (constructor is null)
        {
            return Unsupported(code, "a record has to declare its properties as parameters, such as 'record Point(int X, int Y)'");
        }

        if (BodyReader.FindRequired(type, constructor) is { } required)
        {
            bool isParameter = constructor.Parameters.Any(p => p.Name == required.Name);
            return Unsupported(
                code, $"'{required.Name}' is required, and a record is made of its parameters alone; {(isParameter ? "" : "declare it as one, or ")}write it without 'required'", required);
        }

        if (BodyReader.FindLost(type, constructor) is { } lost)
        {
            return Unsupported(
                code, $"'{lost.Name}' is no parameter, and would be lost; declare it as one, such as 'record Point(int X, int Y)', or mark it [JsonIgnore] to leave it out", lost);
        }

        cautions.Add(type);
        cautions.Add(constructor);
        var properties = ImmutableArray.CreateBuilder<PropertyModel>();
        foreach (IParameterSymbol parameter in constructor.Parameters)
        {
            ISymbol? property = PropertyOf(type, parameter.Name);
            cautions.Add(property);
            if (ReadValue(parameter, property, atAttribute: false) is not { } value)
            {
                return null;
            }

            if (value.Type.Has(Shape.Content))
            {
                return Unsupported(code, ContentAlone);
            }

            string name = property?.FindText(KnownTypes.JsonPropertyName) ?? Names.ToSnakeCase(parameter.Name);
            string description = parameter.FindText(KnownTypes.Description) ?? property?.FindText(KnownTypes.Description) ?? "";
            properties.Add(new(parameter.Name, Names.Escape(parameter.Name), name, description, value));
        }

        _open.Remove(key);
        _records.Add(key, new RecordModel(key, code, type.Name, new(properties.ToImmutable())));
        return model;
    }

    /// <summary>The constructor that declares a record's properties; null when it has none such.</summary>
    internal static IMethodSymbol? PrimaryConstructor(INamedTypeSymbol type) => type.InstanceConstructors
        .Where(c => c.Parameters.Length > 0
            && !SymbolEqualityComparer.Default.Equals(c.Parameters[0].Type, type)
            && c.Parameters.All(p => PropertyOf(type, p.Name) is not null)
            && (c.DeclaringSyntaxReferences.IsEmpty || c.DeclaringSyntaxReferences[0].GetSyntax() is RecordDeclarationSyntax))
        .OrderByDescending(c => c.Parameters.Length)
        .FirstOrDefault();

    /// <summary>The property that holds a parameter; a base record may declare it.</summary>
    private static IPropertySymbol? PropertyOf(INamedTypeSymbol type, string name)
    {
        for (INamedTypeSymbol? current = type; current is not null; current = current.BaseType)
        {
            if (current.GetMembers(name).OfType<IPropertySymbol>().FirstOrDefault() is { } property)
            {
                return property;
            }
        }

        return null;
    }
}
