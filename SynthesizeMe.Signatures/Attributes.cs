namespace SynthesizeMe.Signatures;

/// <summary>
/// Marks a <c>partial record</c> whose positional parameters are the fields of a prompt signature.
/// The source generator implements <see cref="ISignature{TSelf}"/> on it.
/// </summary>
/// <param name="instructions">
/// What the model is asked to do. When absent, the record's XML summary is used, else a sentence made from the field names.
/// </param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class SignatureAttribute(string? instructions = null) : Attribute
{
    /// <summary>The instructions given in code, or <see langword="null"/>.</summary>
    public string? Instructions { get; } = instructions;

    /// <summary>
    /// The prompt's template, as a file's name or the end of its path, such as <c>judge.prompt.scriban</c>; <see langword="null"/> for the built-in layout.
    /// It is compiled with the signature, see <c>docs/templates.md</c>.
    /// </summary>
    public string? Template { get; init; }
}

/// <summary>Marks a parameter of a signature as a field that the caller supplies.</summary>
/// <param name="description">What the field holds; it becomes part of the prompt.</param>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class InputAttribute(string? description = null) : Attribute
{
    /// <summary>What the field holds, or <see langword="null"/>.</summary>
    public string? Description { get; } = description;

    /// <summary>
    /// Whether a <see cref="Conversation"/> is sent as real messages, between the demonstrations and the request, instead of as text within the
    /// request. One field of a signature at most. In a demonstration it is text all the same: as messages, one could not tell where it begins.
    /// Turns of the user and the assistant keep their roles; any other speaker is quoted by the user.
    /// </summary>
    public bool AsTurns { get; init; }

    /// <summary>
    /// Whether the field is left out of demonstrations: what is the same in each of them, such as a persona, is said once, with the request.
    /// The state keeps it all the same.
    /// </summary>
    public bool OmitFromDemos { get; init; }
}

/// <summary>Marks a parameter of a signature as a field that the model supplies.</summary>
/// <param name="description">What the field holds; it becomes part of the prompt.</param>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class OutputAttribute(string? description = null) : Attribute
{
    /// <summary>What the field holds, or <see langword="null"/>.</summary>
    public string? Description { get; } = description;
}

/// <summary>
/// Marks a <c>partial class</c> derived from <see cref="PromptProgram{T}"/>. The generator implements its
/// <see cref="PredictorAttribute"/> properties and connects its <c>ForwardAsync(Inputs, CancellationToken)</c> method.
/// </summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class PromptProgramAttribute : Attribute;

/// <summary>Marks a <c>partial</c> get-only property of a prompt program as one of its predictors; the property's name names it.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class PredictorAttribute : Attribute;
