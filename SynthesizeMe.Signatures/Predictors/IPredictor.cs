using System.Text.Json;

namespace SynthesizeMe.Signatures;

/// <summary>A predictor whose signature the caller does not know: what programs and optimizers handle.</summary>
public interface IPredictor
{
    /// <summary>The name within its program.</summary>
    string Name { get; }

    /// <summary>The signature.</summary>
    SignatureDescriptor Signature { get; }

    /// <summary>Whether the predictor thinks aloud before it answers, as <see cref="ChainOfThought{T}"/> does.</summary>
    bool Reasons => false;

    /// <summary>Instructions and demonstrations.</summary>
    PredictorState State { get; }

    /// <summary>The most requests that one call makes: the first and every second ask.</summary>
    int MaxCalls { get; }

    /// <summary>Reads a demonstration of this predictor's signature.</summary>
    /// <exception cref="JsonShapeException">A field is missing or has another type.</exception>
    Demo ReadDemo(JsonElement json);

    /// <summary>The value as a labelled demonstration; <see langword="null"/> when it is of another signature.</summary>
    Demo? LabelledDemo(object value);
}
