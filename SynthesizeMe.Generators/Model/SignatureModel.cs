namespace SynthesizeMe.Generators;

/// <summary>Where a generated partial type is declared.</summary>
/// <param name="Namespace">Empty for the global namespace.</param>
/// <param name="Containers">The headers of the containing types, outermost first, such as <c>partial class Outer</c>.</param>
/// <param name="Name">The type's own name.</param>
/// <param name="FullName">The type's name with <c>global::</c>.</param>
/// <param name="IsPublic">Whether it can be seen from other assemblies.</param>
/// <param name="IsReachable">Whether code outside the containing types can name it.</param>
internal sealed record TypePlace(string Namespace, EquatableArray<string> Containers, string Name, string FullName, bool IsPublic, bool IsReachable)
{
    /// <summary>A name that is unique in the compilation and valid as a file's.</summary>
    public string Unique => FullName.Substring("global::".Length).Replace("@", "");
}

/// <summary>A signature without symbols: all that emitting needs.</summary>
internal sealed record SignatureModel(
    TypePlace Place,
    string Instructions,
    EquatableArray<FieldModel> Fields,
    EquatableArray<EnumModel> Enums,
    EquatableArray<RecordModel> Records)
{
    public IEnumerable<FieldModel> Inputs => Fields.Where(f => !f.IsOutput);

    public IEnumerable<FieldModel> Outputs => Fields.Where(f => f.IsOutput);
}

/// <summary>One field of a signature.</summary>
/// <param name="Parameter">The record's parameter.</param>
/// <param name="Name">The name in prompts and JSON.</param>
/// <param name="Description">Empty when undescribed.</param>
/// <param name="IsOutput">Whether the model supplies it.</param>
/// <param name="Type">Its type.</param>
internal sealed record FieldModel(string Parameter, string Name, string Description, bool IsOutput, TypeModel Type);

internal enum Shape
{
    Text,
    Boolean,
    Number,
    Label,
    Conversation,
    Nullable,
    List,
    Record,
}

internal enum ListShape
{
    None,
    Array,
    List,
    ImmutableArray,
}

/// <summary>The type of a field, an item or a property.</summary>
/// <param name="Shape">How it is written and read.</param>
/// <param name="CSharp">The type in code.</param>
/// <param name="Element">What a list holds, or what is nullable.</param>
/// <param name="Key">The table's name of an enum or a record.</param>
/// <param name="List">Which kind of list.</param>
/// <param name="IsWhole">Whether a number has no decimals.</param>
internal sealed record TypeModel(Shape Shape, string CSharp, TypeModel? Element = null, string Key = "", ListShape List = ListShape.None, bool IsWhole = false);

/// <summary>The labels of an enum that a signature uses.</summary>
internal sealed record EnumModel(string Key, string CSharp, EquatableArray<LabelModel> Labels)
{
    /// <summary>The labels that are written, one a member.</summary>
    public IEnumerable<string> Written => Labels.Where(l => l.IsWritten).Select(l => l.Label);
}

internal sealed record LabelModel(string Label, string Member, bool IsWritten);

/// <summary>A record that is the value of a field or a part of it.</summary>
internal sealed record RecordModel(string Key, string CSharp, EquatableArray<PropertyModel> Properties);

internal sealed record PropertyModel(string Parameter, string Property, string Name, string Description, TypeModel Type);
