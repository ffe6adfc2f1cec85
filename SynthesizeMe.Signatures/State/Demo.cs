using System.Text.Json;

namespace SynthesizeMe.Signatures;

/// <summary>A demonstration of some signature, as a <see cref="PredictorState"/> holds it.</summary>
/// <param name="Reasoning">The chain of thought that led to the outputs; <see langword="null"/> for a labelled example.</param>
/// <param name="Verified">Whether the outputs came from a model and a metric confirmed them; false for a labelled example.</param>
public abstract record Demo(string? Reasoning, bool Verified)
{
    /// <summary>Writes the fields of the signature, the reasoning and <c>"augmented": true</c> as properties of the current JSON object.</summary>
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
            writer.WriteBoolean("augmented", true);
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
        string? reasoning = json.TryGetProperty(SectionMarker.Reasoning, out JsonElement text) && !JsonShape.IsNull(text)
            ? JsonShape.Text(text, SectionMarker.Reasoning)
            : null;
        bool verified = json.TryGetProperty("augmented", out JsonElement augmented) && JsonShape.Boolean(augmented, "augmented");
        return new Demo<T>(T.ReadJson(json), reasoning, verified);
    }

    private protected override void WriteFields(Utf8JsonWriter writer) => T.WriteJson(Value, writer);
}
