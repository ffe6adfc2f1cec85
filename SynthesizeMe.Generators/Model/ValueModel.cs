namespace SynthesizeMe.Generators;

/// <summary>What is asked of the value of a field or of a record's property.</summary>
/// <param name="Type">Its type.</param>
/// <param name="Constraints">What it has to satisfy.</param>
/// <param name="Default">What it is when left out.</param>
/// <param name="IsRequired">Whether it has to be given although its type or default would do without.</param>
internal sealed record ValueModel(TypeModel Type, EquatableArray<ConstraintModel> Constraints, DefaultModel? Default = null, bool IsRequired = false)
{
    /// <summary>The type of a value that is there.</summary>
    public TypeModel Given => Type.Shape == Shape.Nullable ? Type.Element! : Type;

    /// <summary>Whether it may be left out.</summary>
    public bool IsOptional => !IsRequired && (Type.Shape == Shape.Nullable || Default is { IsNull: false });
}

/// <summary>The default of a parameter.</summary>
/// <param name="Code">The expression in code.</param>
/// <param name="Words">As a prompt says it; empty when it cannot be said.</param>
/// <param name="Json">As JSON; empty when it has none.</param>
/// <param name="IsNull">Whether it is no value at all.</param>
internal sealed record DefaultModel(string Code, string Words, string Json, bool IsNull);

/// <summary>One constraint, in the three forms in which it is needed.</summary>
/// <param name="Words">For the prompt, such as <c>from 0 to 1</c>.</param>
/// <param name="Schema">The members of a JSON schema, such as <c>"minimum":0,"maximum":1</c>.</param>
/// <param name="Check">The call that tests a <c>value</c>, such as <c>Range(value, 0m, 1m)</c>.</param>
/// <param name="Pattern">The regular expression of a check by pattern, which has no call of its own.</param>
/// <param name="Labels">The check of a label, likewise.</param>
/// <param name="OnItems">Whether each item of a list has to satisfy it, and not the list.</param>
/// <param name="IsNote">Whether a JSON schema has no member for it, so that the words go into the description.</param>
internal sealed record ConstraintModel(
    string Words, string Schema, string Check, string? Pattern = null, LabelCheck? Labels = null, bool OnItems = false, bool IsNote = false);

/// <summary>A check that leaves some of an enum's labels out.</summary>
/// <param name="Method">The method of the runtime.</param>
/// <param name="Key">The enum's table.</param>
/// <param name="Members">The members that the check is given, in code.</param>
/// <param name="Excluded">The labels that are not to be answered, and so not shown.</param>
internal sealed record LabelCheck(string Method, string Key, string Members, EquatableArray<string> Excluded);
