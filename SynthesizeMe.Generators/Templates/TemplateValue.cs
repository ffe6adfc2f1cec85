namespace SynthesizeMe.Generators;

internal enum ValueKind
{
    Text,
    Boolean,
    Number,
    Null,
    List,
    Record,
    Other,
    Inputs,
    Outputs,
    Demos,
    Demo,
}

/// <summary>An expression of a template with its type and its C#.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Code">The C# expression.</param>
/// <param name="Optional">Whether it may be absent, that is null.</param>
/// <param name="Type">The C# type of a number, the model of a list, a record or a label.</param>
/// <param name="Trusted">Whether its text is the author's or the adapter's, and not a field's.</param>
/// <param name="Constant">The text of a literal.</param>
/// <param name="Compound">Whether the C# is an operation, which needs parentheses inside of another.</param>
/// <param name="Written">The writer's call that writes it without making a text of it first, if there is one.</param>
internal sealed record TemplateValue(
    ValueKind Kind, string Code, bool Optional = false, TypeModel? Type = null, bool Trusted = false, string? Constant = null, bool Compound = false, string? Written = null)
{
    /// <summary>The C# as a part of an operation.</summary>
    public string Operand => Compound ? $"({Code})" : Code;

    /// <summary>What a person calls it.</summary>
    public string Called => Kind switch
    {
        ValueKind.Text => "text",
        ValueKind.Boolean => "true or false",
        ValueKind.Number => "a number",
        ValueKind.Null => "null",
        ValueKind.List or ValueKind.Demos => "a list",
        ValueKind.Record or ValueKind.Other => "an object",
        ValueKind.Demo => "a demonstration",
        _ => "a group of fields",
    };

    /// <summary>The value as C# text, which is null where the value is absent; null when it has no plain text.</summary>
    public string? AsText => Kind switch
    {
        ValueKind.Text or ValueKind.Null => Code,
        ValueKind.Boolean or ValueKind.Number => $"{Runtime.TemplateText}.Of({Code})",
        _ => null,
    };

    /// <summary>The value as a condition: itself, or whether it is there; null when it always is.</summary>
    public TemplateValue? AsCondition => Kind switch
    {
        ValueKind.Boolean when !Optional => this,
        ValueKind.Boolean => Truth($"{Operand} == true"),
        ValueKind.Null => Truth("false") with { Compound = false },
        _ => Optional ? Truth($"{Operand} is not null") : null,
    };

    /// <summary>The items of a list, those of a set sorted.</summary>
    public string Items(SignatureModel model) => Type is { IsSet: true, Element: { } element }
        ? JsonEmitter.Items(model, Type, $"{Runtime.TemplateText}.List<{element.CSharp}>({Code})")
        : Code;

    /// <summary>A truth value that an operation gives.</summary>
    public static TemplateValue Truth(string code) => new(ValueKind.Boolean, code, Trusted: true, Compound: true);

    /// <summary>The value of a field or a property of that type.</summary>
    public static TemplateValue Of(SignatureModel model, TypeModel type, string access) => type.Shape switch
    {
        Shape.Text => new(ValueKind.Text, access),
        Shape.Boolean => new(ValueKind.Boolean, access),
        Shape.Number => new(ValueKind.Number, access, Type: type),
        Shape.Label or Shape.Scalar => new(ValueKind.Text, JsonEmitter.Written(model, type, access), Type: type),
        Shape.Conversation => new(ValueKind.Text, $"{access}.ToString()", Written: $"Conversation({access})"),
        Shape.List => new(ValueKind.List, access, Type: type),
        Shape.Record => new(ValueKind.Record, access, Type: type),
        Shape.Nullable => OfOptional(model, type.Element!, access),
        _ => new(ValueKind.Other, access, Type: type),
    };

    private static TemplateValue OfOptional(SignatureModel model, TypeModel type, string access) => type.Shape switch
    {
        Shape.Label or Shape.Scalar => new(
            ValueKind.Text, $"{Runtime.TemplateText}.Of({access}, static some => {JsonEmitter.Written(model, type, "some")})", true, type),
        Shape.Conversation => new(ValueKind.Text, $"{access}?.ToString()", true, Written: $"Conversation({access})"),
        _ => Of(model, type, access) with { Optional = true },
    };
}
