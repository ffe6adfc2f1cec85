namespace SynthesizeMe.Generators;

/// <summary>Where a generated partial type is declared.</summary>
/// <param name="Namespace">Empty for the global namespace.</param>
/// <param name="Containers">The headers of the containing types, outermost first, such as <c>partial class Outer</c>.</param>
/// <param name="Name">The type's own name.</param>
/// <param name="FullName">The type's name with <c>global::</c>.</param>
/// <param name="IsPublic">Whether it can be seen from other assemblies.</param>
/// <param name="IsReachable">Whether code outside the containing types can name it.</param>
/// <param name="IsForbidden">Whether it is an error to name it, unless where that is obsolete too.</param>
internal sealed record TypePlace(
    string Namespace, EquatableArray<string> Containers, string Name, string FullName, bool IsPublic, bool IsReachable, bool IsForbidden)
{
    /// <summary>A name that no other type of the compilation has, and that is valid as a file's.</summary>
    public string Unique => FullName.Substring("global::".Length).Replace("@", "");

    /// <summary>The class of a signature's typed calls, which stands beside the outermost type.</summary>
    public string Calls => Names.ToCalls([.. Containers.Select(c => c.Substring(c.LastIndexOf(' ') + 1)), Name]);
}

/// <summary>A signature without symbols: all that emitting needs.</summary>
/// <param name="Place">Where it is declared.</param>
/// <param name="Instructions">What the model is asked to do.</param>
/// <param name="Fields">Its fields in order of declaration.</param>
/// <param name="Enums">The enums that they use.</param>
/// <param name="Records">The records that they use.</param>
/// <param name="Unions">The unions that they use.</param>
/// <param name="Template">The template that it names, if any.</param>
/// <param name="Cautions">The ids under which the compiler warns of what it uses.</param>
internal sealed record SignatureModel(
    TypePlace Place,
    string Instructions,
    EquatableArray<FieldModel> Fields,
    EquatableArray<EnumModel> Enums,
    EquatableArray<RecordModel> Records,
    EquatableArray<UnionModel> Unions,
    string? Template = null,
    EquatableArray<string> Cautions = default)
{
    public IEnumerable<FieldModel> Inputs => Fields.Where(f => !f.IsOutput);

    public IEnumerable<FieldModel> Outputs => Fields.Where(f => f.IsOutput);
}

/// <summary>One field of a signature.</summary>
/// <param name="Parameter">The record's parameter.</param>
/// <param name="Name">The name in prompts and JSON.</param>
/// <param name="Description">Empty when undescribed.</param>
/// <param name="IsOutput">Whether the model supplies it.</param>
/// <param name="Value">Its type, and what is asked of it.</param>
/// <param name="AsTurns">Whether a conversation is sent as messages of its own.</param>
/// <param name="OmitFromDemos">Whether demonstrations are without it.</param>
/// <param name="IsParams">Whether the record takes its items as arguments of their own; it is the last parameter then.</param>
internal sealed record FieldModel(
    string Parameter, string Name, string Description, bool IsOutput, ValueModel Value, bool AsTurns = false, bool OmitFromDemos = false, bool IsParams = false)
{
    public TypeModel Type => Value.Type;
}
