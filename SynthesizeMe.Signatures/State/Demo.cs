using System.Text.Json;

namespace SynthesizeMe.Signatures;

/// <summary>A demonstration of some signature, as a <see cref="PredictorState"/> holds it.</summary>
/// <param name="Reasoning">The chain of thought that led to the outputs; <see langword="null"/> for a labelled example.</param>
/// <param name="Verified">Whether the outputs came from a model and a metric confirmed them; false for a labelled example.</param>
public abstract record Demo(string? Reasoning, bool Verified)
{
    private protected const string Augmented = "augmented";

    /// <summary>Writes the fields of the signature, the reasoning and <c>"augmented": true</c> as properties of the current JSON object.</summary>
    /// <exception cref="ArgumentException">Something is null whose type is not nullable; the message names it.</exception>
    public void WriteJson(Utf8JsonWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        WriteFields(writer);
        if (Reasoning is not null)
        {
            writer.WriteString(SectionMarker.Reasoning, Reasoning);
        }

        if (Verified)
        {
            writer.WriteBoolean(Augmented, true);
        }
    }

    private protected abstract void WriteFields(Utf8JsonWriter writer);
}

/// <summary>A complete example of a signature that is shown to the model before it answers.</summary>
/// <typeparam name="T">The signature.</typeparam>
/// <param name="Value">Inputs and outputs.</param>
/// <param name="Reasoning">The chain of thought that led to the outputs; <see langword="null"/> for a labelled example.</param>
/// <param name="Verified">Whether the outputs came from a model and a metric confirmed them; false for a labelled example.</param>
public sealed record Demo<T>(T Value, string? Reasoning = null, bool Verified = false) : Demo(Reasoning, Verified)
    where T : class, ISignature<T>
{
    /// <summary>Reads what <see cref="Demo.WriteJson"/> writes.</summary>
    /// <exception cref="JsonShapeException">A field is missing or has another type.</exception>
    public static Demo<T> ReadJson(JsonElement json)
    {
        JsonElement text = JsonShape.Property(json, SectionMarker.Reasoning, "", optional: true);
        string? reasoning = ReasonsItself || JsonShape.IsNull(text) ? null : JsonShape.Text(text, SectionMarker.Reasoning);
        JsonElement augmented = JsonShape.Property(json, Augmented, "", optional: true);
        bool verified = !JsonShape.IsNull(augmented) && JsonShape.Boolean(augmented, Augmented);
        return new Demo<T>(T.ReadJson(json), reasoning, verified);
    }

    /// <summary>Whether <c>reasoning</c> is a field of the signature, and not the chain of thought.</summary>
    private static bool ReasonsItself => T.Descriptor.Inputs.Concat(T.Descriptor.Outputs).Any(f => f.Name == SectionMarker.Reasoning);

    private protected override void WriteFields(Utf8JsonWriter writer)
    {
        try
        {
            T.WriteJson(Value, writer);
        }
        catch (JsonShapeException e)
        {
            throw JsonShape.Unwritable(T.Descriptor.Name, e);
        }
    }
}
