using System.Collections.Immutable;

namespace SynthesizeMe.Signatures;

/// <summary>What is known of a signature at build time.</summary>
/// <param name="Name">The record's name.</param>
/// <param name="Instructions">The default instructions, which a <see cref="PredictorState"/> may replace.</param>
/// <param name="Inputs">The input fields in order of declaration.</param>
/// <param name="Outputs">The output fields in order of declaration.</param>
/// <param name="OutputSchema">The JSON schema of an object with the output fields.</param>
public sealed record SignatureDescriptor(
    string Name,
    string Instructions,
    ImmutableArray<FieldDescriptor> Inputs,
    ImmutableArray<FieldDescriptor> Outputs,
    string OutputSchema);

/// <summary>One field of a signature.</summary>
/// <param name="Name">The name in prompts and JSON: the parameter's name in snake case.</param>
/// <param name="Type">The type in words a model understands, such as <c>text</c> or <c>one of: First; Second</c>.</param>
/// <param name="Description">What the field holds; empty when undescribed.</param>
/// <param name="Optional">Whether a reply may leave the field out.</param>
/// <param name="AsTurns">Whether a conversation is sent as messages of its own, see <see cref="InputAttribute.AsTurns"/>.</param>
/// <param name="OmitFromDemos">Whether demonstrations are without it, see <see cref="InputAttribute.OmitFromDemos"/>.</param>
public sealed record FieldDescriptor(string Name, string Type, string Description, bool Optional = false, bool AsTurns = false, bool OmitFromDemos = false)
{
    /// <summary>The <see cref="Type"/> of free text.</summary>
    internal const string Text = "text";

    private const string Json = "JSON";

    /// <summary>Whether the field is free text, perhaps with constraints.</summary>
    internal bool IsText => Type == Text || Type.StartsWith(Text + ", ", StringComparison.Ordinal);

    /// <summary>The type in a few words; null for text, of which nothing needs to be said.</summary>
    internal string? ShortType => Type == Text ? null : Type.StartsWith(Json, StringComparison.Ordinal) ? Json : Type;
}
