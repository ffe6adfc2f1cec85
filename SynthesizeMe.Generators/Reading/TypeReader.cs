using Microsoft.CodeAnalysis;

namespace SynthesizeMe.Generators;

/// <summary>Reads the types of one signature's fields, and collects the enums, records and unions they use.</summary>
/// <param name="location">Where the field's type stands.</param>
/// <param name="problems">Receives what is wrong.</param>
/// <param name="cautions">Receives what is obsolete or experimental.</param>
internal sealed partial class TypeReader(Location? location, List<DiagnosticInfo> problems, Cautions cautions)
{
    private const string Supported =
        "use string, bool, a number, an enum, a date or time, Guid, Uri, Conversation, a record, a list, set or dictionary of these, or one of them as nullable";

    private const string ContentAlone = "an image, audio or a file cannot be sent from within another value; use a field of its own, or a list of them as a field";

    private static readonly SymbolDisplayFormat Code =
        SymbolDisplayFormat.FullyQualifiedFormat.AddMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier);

    private readonly Dictionary<string, EnumModel> _enums = [];
    private readonly Dictionary<string, RecordModel> _records = [];
    private readonly Dictionary<string, UnionModel> _unions = [];
    private readonly HashSet<string> _open = [];

    /// <summary>Whether the value is to be read from a reply, so that all that is asked of it has to be checked.</summary>
    public bool IsReply { get; set; }

    public IEnumerable<EnumModel> Enums => _enums.Values;

    public IEnumerable<RecordModel> Records => _records.Values;

    public IEnumerable<UnionModel> Unions => _unions.Values;

    /// <summary>The model of a parameter's value, its type, constraints and default; null when it is not supported, which has been reported.</summary>
    /// <param name="parameter">The parameter.</param>
    /// <param name="property">The property that a record makes of it.</param>
    /// <param name="atAttribute">Whether what is wrong with a constraint is shown at its attribute, and not at the field's type.</param>
    public ValueModel? ReadValue(IParameterSymbol parameter, ISymbol? property, bool atAttribute)
    {
        if (Read(parameter.Type) is not { } type)
        {
            return null;
        }

        AttributeData[] attributes = [.. parameter.GetAttributes(), .. property?.GetAttributes() ?? []];
        var constraints = new ConstraintReader(type, _enums, parameter.Name, IsReply, atAttribute ? null : location, problems);
        return new(type, constraints.Read(attributes), DefaultReader.Read(parameter, type, _enums), constraints.IsRequired);
    }

    /// <summary>The type's model; null when it is not supported, which has been reported.</summary>
    public TypeModel? Read(ITypeSymbol type)
    {
        if (KeywordOf(type.SpecialType) is { } keyword && type.NullableAnnotation != NullableAnnotation.Annotated)
        {
            return type.SpecialType switch
            {
                SpecialType.System_String => new(Shape.Text, keyword),
                SpecialType.System_Boolean => new(Shape.Boolean, keyword),
                SpecialType.System_Single or SpecialType.System_Double or SpecialType.System_Decimal => new(Shape.Number, keyword),
                _ => new(Shape.Number, keyword, IsWhole: true),
            };
        }

        cautions.Add(type);
        string code = type.ToDisplayString(Code);
        if (type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable)
        {
            return Wrap(nullable.TypeArguments[0]);
        }

        if (type is { IsReferenceType: true, NullableAnnotation: NullableAnnotation.Annotated })
        {
            return Wrap(type.WithNullableAnnotation(NullableAnnotation.NotAnnotated));
        }

        if (KnownShapes.ScalarOf(type) is { } scalar)
        {
            return new(Shape.Scalar, code, Scalar: scalar);
        }

        if (KnownShapes.ContentOf(type) is { } content)
        {
            return new(Shape.Content, code, Key: content);
        }

        return type switch
        {
            { TypeKind: TypeKind.Enum } => ReadEnum((INamedTypeSymbol)type, code),
            IArrayTypeSymbol { Rank: 1 } array => ReadList(array.ElementType, ListShape.Array, code),
            INamedTypeSymbol named when KnownShapes.ListOf(named) is var shape and not ListShape.None => ReadList(named.TypeArguments[0], shape, code),
            INamedTypeSymbol named when KnownShapes.MapOf(named) is var shape and not MapShape.None => ReadMap(named, shape, code),
            INamedTypeSymbol named when named.Is(KnownTypes.Conversation) => new(Shape.Conversation, code),
            INamedTypeSymbol { IsAbstract: true } union when union.Find(KnownTypes.JsonDerivedType) is not null => ReadUnion(union, code),
            INamedTypeSymbol { IsRecord: true } record => ReadRecord(record, code),
            _ => Unsupported(code, Supported),
        };

        TypeModel? Wrap(ITypeSymbol inner) => Read(inner) is { } element ? new(Shape.Nullable, code, element) : null;
    }

    private static string? KeywordOf(SpecialType type) => type switch
    {
        SpecialType.System_String => "string",
        SpecialType.System_Boolean => "bool",
        SpecialType.System_SByte => "sbyte",
        SpecialType.System_Byte => "byte",
        SpecialType.System_Int16 => "short",
        SpecialType.System_UInt16 => "ushort",
        SpecialType.System_Int32 => "int",
        SpecialType.System_UInt32 => "uint",
        SpecialType.System_Int64 => "long",
        SpecialType.System_UInt64 => "ulong",
        SpecialType.System_Single => "float",
        SpecialType.System_Double => "double",
        SpecialType.System_Decimal => "decimal",
        _ => null,
    };

    private TypeModel? ReadList(ITypeSymbol item, ListShape shape, string code)
    {
        if (Read(item) is not { } element)
        {
            return null;
        }

        if (element.Has(Shape.Content) && element.Shape != Shape.Content)
        {
            return Unsupported(code, ContentAlone);
        }

        var model = new TypeModel(Shape.List, code, element, List: shape);
        bool orderly = element.Shape is Shape.Text or Shape.Number or Shape.Scalar or Shape.Label;
        return model.IsSet && !orderly ? Unsupported(code, "a set holds text, numbers, enums, dates and times; use a list instead") : model;
    }

    private TypeModel? ReadMap(INamedTypeSymbol type, MapShape shape, string code)
    {
        if (Read(type.TypeArguments[0]) is not { } key || Read(type.TypeArguments[1]) is not { } value)
        {
            return null;
        }

        if (value.Has(Shape.Content))
        {
            return Unsupported(code, ContentAlone);
        }

        return key.Shape is Shape.Text or Shape.Label
            ? new(Shape.Map, code, value, MapKey: key, Map: shape)
            : Unsupported(code, "a dictionary is keyed by string or an enum; use one of them, or a list of records");
    }

    /// <param name="code">The type.</param>
    /// <param name="reason">What it lacks, and what to do.</param>
    /// <param name="member">The member that is to blame, if any; that of a library is shown at the field.</param>
    private TypeModel? Unsupported(string code, string reason, ISymbol? member = null)
    {
        Location? at = member?.Locations.FirstOrDefault(l => l.IsInSource) ?? location;
        problems.Add(DiagnosticInfo.Create(Rules.UnsupportedType, at, code.Replace("global::", ""), reason));
        return null;
    }

    /// <summary>An identifier for a type; underscores of its own are doubled, so that <c>A_B</c> and <c>A.B</c> stay apart.</summary>
    private static string KeyOf(string code) =>
        string.Concat(code.Replace("global::", "").Select(c => char.IsLetterOrDigit(c) ? c.ToString() : c == '_' ? "__" : "_"));
}
