using System.Text.Json;

namespace SynthesizeMe.Signatures;

/// <summary>The inputs of a signature, without its outputs. The generator emits one implementation per signature: its nested <c>Inputs</c> record.</summary>
/// <typeparam name="T">The signature.</typeparam>
public interface IInputs<T>
    where T : class, ISignature<T>;

/// <summary>
/// What the generator implements on a <see cref="SignatureAttribute"/> record: how its values are written into a prompt,
/// read from a reply, and kept as JSON. One record is the signature, the labelled example and the finished prediction.
/// </summary>
/// <typeparam name="TSelf">The signature itself.</typeparam>
public interface ISignature<TSelf>
    where TSelf : class, ISignature<TSelf>
{
    /// <summary>Whether the signature names a template, which <see cref="RenderTemplate"/> renders in place of the built-in layout.</summary>
    static virtual bool HasTemplate => false;

    /// <summary>Names, descriptions and types of the fields, the instructions and the JSON schema of the outputs.</summary>
    static abstract SignatureDescriptor Descriptor { get; }

    /// <summary>The inputs of a complete value.</summary>
    static abstract IInputs<TSelf> InputsOf(TSelf value);

    /// <summary>Writes each input field, in order of declaration.</summary>
    static abstract void WriteInputs(IInputs<TSelf> inputs, ref FieldWriter writer);

    /// <summary>Writes each output field, in order of declaration.</summary>
    static abstract void WriteOutputs(TSelf value, ref FieldWriter writer);

    /// <summary>Completes inputs with the outputs found in a reply.</summary>
    /// <exception cref="PromptParseException">A required output is missing or cannot be read.</exception>
    static abstract TSelf Read(IInputs<TSelf> inputs, ref FieldReader reader);

    /// <summary>What is shown of a reply that has not begun. It implements <see cref="IPartialOutputs{T}"/>.</summary>
    static abstract PartialPrediction<TSelf> NewPartial();

    /// <summary>Writes every field as a property of the current JSON object.</summary>
    /// <exception cref="JsonShapeException">Something is null whose type is not nullable.</exception>
    static abstract void WriteJson(TSelf value, Utf8JsonWriter writer);

    /// <summary>Reads a value from the properties of a JSON object.</summary>
    /// <exception cref="JsonShapeException">A property is missing or has another type.</exception>
    static abstract TSelf ReadJson(JsonElement json);

    /// <summary>Writes the messages of the signature's template.</summary>
    /// <exception cref="NotSupportedException">The signature <see cref="HasTemplate">has none</see>.</exception>
    static virtual void RenderTemplate(IInputs<TSelf> inputs, TemplateContext<TSelf> context, ref TemplateWriter writer) =>
        throw new NotSupportedException($"{TSelf.Descriptor.Name} has no template.");

    /// <summary>Writes those stretches of the template that do not depend on the inputs, each ended by <see cref="TemplateWriter.EndPart"/>.</summary>
    static virtual void RenderTemplateParts(TemplateContext<TSelf> context, ref TemplateWriter writer)
    {
    }
}
