using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace SynthesizeMe.Generators;

/// <summary>Reads the types of one signature's fields, and collects the enums and records they use.</summary>
internal sealed class TypeReader(Location? location, List<DiagnosticInfo> problems)
{
    private const string Supported =
        "use string, bool, a number, an enum, Conversation, a record of these, a list of these, or one of them as nullable";

    private static readonly SymbolDisplayFormat Code =
        SymbolDisplayFormat.FullyQualifiedFormat.AddMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier);

    private readonly Dictionary<string, EnumModel> _enums = [];
    private readonly Dictionary<string, RecordModel> _records = [];
    private readonly HashSet<string> _open = [];

    public EquatableArray<EnumModel> Enums => new(_enums.Values.OrderBy(e => e.Key, StringComparer.Ordinal));

    public EquatableArray<RecordModel> Records => new(_records.Values.OrderBy(r => r.Key, StringComparer.Ordinal));

    /// <summary>The type's model; null when it is not supported, which has been reported.</summary>
    public TypeModel? Read(ITypeSymbol type)
    {
        string code = type.ToDisplayString(Code);
        if (type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable)
        {
            return Wrap(nullable.TypeArguments[0]);
        }

        if (type is { IsReferenceType: true, NullableAnnotation: NullableAnnotation.Annotated })
        {
            return Wrap(type.WithNullableAnnotation(NullableAnnotation.NotAnnotated));
        }

        switch (type.SpecialType)
        {
            case SpecialType.System_String:
                return new(Shape.Text, code);
            case SpecialType.System_Boolean:
                return new(Shape.Boolean, code);
            case SpecialType.System_SByte or SpecialType.System_Byte or SpecialType.System_Int16 or SpecialType.System_UInt16
                or SpecialType.System_Int32 or SpecialType.System_UInt32 or SpecialType.System_Int64 or SpecialType.System_UInt64:
                return new(Shape.Number, code, IsWhole: true);
            case SpecialType.System_Single or SpecialType.System_Double or SpecialType.System_Decimal:
                return new(Shape.Number, code);
        }

        return type switch
        {
            { TypeKind: TypeKind.Enum } => ReadEnum((INamedTypeSymbol)type, code),
            IArrayTypeSymbol { Rank: 1 } array => ReadList(array.ElementType, ListShape.Array, code),
            INamedTypeSymbol named when ListShapeOf(named) is var shape and not ListShape.None => ReadList(named.TypeArguments[0], shape, code),
            INamedTypeSymbol named when named.ToDisplayString() == KnownTypes.Conversation => new(Shape.Conversation, code),
            INamedTypeSymbol { IsRecord: true } record => ReadRecord(record, code),
            _ => Unsupported(code, Supported),
        };

        TypeModel? Wrap(ITypeSymbol inner) => Read(inner) is { } element ? new(Shape.Nullable, code, element) : null;
    }

    private static ListShape ListShapeOf(INamedTypeSymbol type) => type.OriginalDefinition.ToDisplayString() switch
    {
        "System.Collections.Generic.IReadOnlyList<T>" or "System.Collections.Generic.IReadOnlyCollection<T>"
            or "System.Collections.Generic.IEnumerable<T>" => ListShape.Array,
        "System.Collections.Generic.List<T>" or "System.Collections.Generic.IList<T>" or "System.Collections.Generic.ICollection<T>" => ListShape.List,
        "System.Collections.Immutable.ImmutableArray<T>" => ListShape.ImmutableArray,
        _ => ListShape.None,
    };

    private TypeModel? ReadList(ITypeSymbol item, ListShape shape, string code) =>
        Read(item) is { } element ? new(Shape.List, code, element, List: shape) : null;

    private TypeModel? ReadEnum(INamedTypeSymbol type, string code)
    {
        string key = KeyOf(code);
        if (_enums.ContainsKey(key))
        {
            return new(Shape.Label, code, Key: key);
        }

        var labels = new List<LabelModel>();
        foreach (IFieldSymbol member in type.GetMembers().OfType<IFieldSymbol>().Where(f => f.HasConstantValue))
        {
            string written = LabelOf(member) ?? member.Name;
            labels.Add(new(written, member.Name, true));
            if (written != member.Name)
            {
                labels.Add(new(member.Name, member.Name, false));
            }
        }

        string? clash = labels.Count == 0 ? "it has no members: add one for each answer" : Clash(labels);
        if (clash is not null)
        {
            problems.Add(DiagnosticInfo.Create(Rules.AmbiguousLabels, location, type.Name, clash));
            return null;
        }

        _enums.Add(key, new EnumModel(key, code, new(labels)));
        return new(Shape.Label, code, Key: key);
    }

    private static string? Clash(List<LabelModel> labels)
    {
        LabelModel? blank = labels.Find(l => string.IsNullOrWhiteSpace(l.Label));
        if (blank is not null)
        {
            return $"the label of '{blank.Member}' is empty: give it one";
        }

        IGrouping<string, LabelModel>? same = labels
            .GroupBy(l => l.Label.Trim(), StringComparer.OrdinalIgnoreCase)
            .FirstOrDefault(g => g.Select(l => l.Member).Distinct().Count() > 1);
        return same is null ? null : $"{string.Join(" and ", same.Select(l => $"'{l.Member}'").Distinct())} are both read from '{same.Key}': rename one of them";
    }

    /// <summary>The label that an attribute gives a member: <c>[EnumMember(Value)]</c> before <c>[Description]</c>.</summary>
    private static string? LabelOf(IFieldSymbol member)
    {
        string? named = Attribute(member, "System.Runtime.Serialization.EnumMemberAttribute")?.NamedArguments
            .FirstOrDefault(a => a.Key == "Value").Value.Value as string;
        return named ?? Describe(member);
    }

    private TypeModel? ReadRecord(INamedTypeSymbol type, string code)
    {
        string key = KeyOf(code);
        if (_records.ContainsKey(key))
        {
            return new(Shape.Record, code, Key: key);
        }

        if (!_open.Add(key))
        {
            return Unsupported(code, "it contains itself; use a list of flat records instead");
        }

        IMethodSymbol? constructor = PrimaryConstructor(type);
        if (constructor is null)
        {
            return Unsupported(code, "a record has to declare its properties as parameters, such as 'record Point(int X, int Y)'");
        }

        var properties = ImmutableArray.CreateBuilder<PropertyModel>();
        foreach (IParameterSymbol parameter in constructor.Parameters)
        {
            if (Read(parameter.Type) is not { } model)
            {
                return null;
            }

            ISymbol? property = type.GetMembers(parameter.Name).FirstOrDefault();
            string name = property is null ? Names.ToSnakeCase(parameter.Name) : JsonName(property) ?? Names.ToSnakeCase(parameter.Name);
            properties.Add(new(parameter.Name, Names.Escape(parameter.Name), name, Describe(parameter) ?? (property is null ? null : Describe(property)) ?? "", model));
        }

        _open.Remove(key);
        _records.Add(key, new RecordModel(key, code, new(properties.ToImmutable())));
        return new(Shape.Record, code, Key: key);
    }

    private static IMethodSymbol? PrimaryConstructor(INamedTypeSymbol type) => type.InstanceConstructors
        .Where(c => c.Parameters.Length > 0
            && !SymbolEqualityComparer.Default.Equals(c.Parameters[0].Type, type)
            && c.Parameters.All(p => type.GetMembers(p.Name).OfType<IPropertySymbol>().Any())
            && (c.DeclaringSyntaxReferences.IsEmpty || c.DeclaringSyntaxReferences[0].GetSyntax() is RecordDeclarationSyntax))
        .OrderByDescending(c => c.Parameters.Length)
        .FirstOrDefault();

    private TypeModel? Unsupported(string code, string reason)
    {
        problems.Add(DiagnosticInfo.Create(Rules.UnsupportedType, location, code.Replace("global::", ""), reason));
        return null;
    }

    /// <summary>An identifier for a type; underscores of its own are doubled, so that <c>A_B</c> and <c>A.B</c> stay apart.</summary>
    private static string KeyOf(string code) =>
        string.Concat(code.Replace("global::", "").Select(c => char.IsLetterOrDigit(c) ? c.ToString() : c == '_' ? "__" : "_"));

    private static string? JsonName(ISymbol property) =>
        Attribute(property, "System.Text.Json.Serialization.JsonPropertyNameAttribute")?.ConstructorArguments.FirstOrDefault().Value as string;

    private static string? Describe(ISymbol symbol) =>
        Attribute(symbol, "System.ComponentModel.DescriptionAttribute")?.ConstructorArguments.FirstOrDefault().Value as string;

    private static AttributeData? Attribute(ISymbol symbol, string name) =>
        symbol.GetAttributes().FirstOrDefault(a => a.AttributeClass?.ToDisplayString() == name);
}
