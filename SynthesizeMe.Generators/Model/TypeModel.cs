namespace SynthesizeMe.Generators;

internal enum Shape
{
    Text,
    Boolean,
    Number,
    Scalar,
    Label,
    Conversation,
    Nullable,
    List,
    Map,
    Record,
    Union,
    Content,
}

internal enum ListShape
{
    None,
    Array,
    List,
    ImmutableArray,
    ImmutableList,
    Set,
    ImmutableSet,
}

internal enum MapShape
{
    None,
    Dictionary,
    Immutable,
    ImmutableSorted,
}

/// <summary>The type of a field, an item or a property.</summary>
/// <param name="Shape">How it is written and read.</param>
/// <param name="CSharp">The type in code.</param>
/// <param name="Element">What a list or a dictionary holds, or what is nullable.</param>
/// <param name="Key">The table's name of an enum, a record or a union; the method that reads an image, audio or a file.</param>
/// <param name="List">Which kind of list.</param>
/// <param name="IsWhole">Whether a number has no decimals.</param>
/// <param name="MapKey">What a dictionary is keyed by.</param>
/// <param name="Map">Which kind of dictionary.</param>
/// <param name="Scalar">Which value that is written as text.</param>
internal sealed record TypeModel(
    Shape Shape,
    string CSharp,
    TypeModel? Element = null,
    string Key = "",
    ListShape List = ListShape.None,
    bool IsWhole = false,
    TypeModel? MapKey = null,
    MapShape Map = MapShape.None,
    ScalarModel? Scalar = null)
{
    /// <summary>Whether its section holds JSON.</summary>
    public bool IsJson => Shape is Shape.Map or Shape.Record or Shape.Union || (Shape is Shape.List && !IsContents);

    /// <summary>Whether it is a list of images, audio or files.</summary>
    public bool IsContents => Shape is Shape.List && Element!.Shape is Shape.Content;

    /// <summary>Whether the shape is its own or that of an element.</summary>
    public bool Has(Shape shape) => Shape == shape || Element?.Has(shape) == true;

    public bool IsSet => List is ListShape.Set or ListShape.ImmutableSet;
}

/// <summary>A value that is written as text in a form of its own.</summary>
/// <param name="Name">The member of <c>ScalarFormats</c>.</param>
/// <param name="Words">For the prompt.</param>
/// <param name="Schema">The members of a JSON schema.</param>
internal sealed record ScalarModel(string Name, string Words, string Schema);

/// <summary>The labels of an enum that a signature uses.</summary>
internal sealed record EnumModel(string Key, string CSharp, EquatableArray<LabelModel> Labels)
{
    /// <summary>The labels that are written, one a member.</summary>
    public IEnumerable<string> Written => Labels.Where(l => l.IsWritten).Select(l => l.Label);
}

/// <summary>A label from which a member is read.</summary>
/// <param name="Label">The label.</param>
/// <param name="Member">The member.</param>
/// <param name="CSharp">The member in code.</param>
/// <param name="IsWritten">Whether it is the one that is written.</param>
internal sealed record LabelModel(string Label, string Member, string CSharp, bool IsWritten);

/// <summary>A record that is the value of a field or a part of it.</summary>
/// <param name="Key">The name of its methods.</param>
/// <param name="CSharp">The type in code.</param>
/// <param name="Name">Its own name.</param>
/// <param name="Properties">Its parameters.</param>
/// <param name="IsRecursive">Whether it can hold another of its kind.</param>
internal sealed record RecordModel(string Key, string CSharp, string Name, EquatableArray<PropertyModel> Properties, bool IsRecursive = false);

internal sealed record PropertyModel(string Parameter, string Property, string Name, string Description, ValueModel Value);

/// <summary>An abstract type that is one of several records, told apart by a property.</summary>
/// <param name="Key">The name of its methods.</param>
/// <param name="CSharp">The type in code.</param>
/// <param name="Name">Its own name.</param>
/// <param name="Discriminator">The property that says which.</param>
/// <param name="Cases">The records, in order of declaration.</param>
/// <param name="IsRecursive">Whether it can hold another of its kind.</param>
internal sealed record UnionModel(string Key, string CSharp, string Name, string Discriminator, EquatableArray<CaseModel> Cases, bool IsRecursive = false);

/// <summary>One record of a union.</summary>
/// <param name="Label">What the discriminator says.</param>
/// <param name="Record">The record's key.</param>
/// <param name="Depth">How many types are between it and the union: what is derived further has to be tested first.</param>
internal sealed record CaseModel(string Label, string Record, int Depth);
