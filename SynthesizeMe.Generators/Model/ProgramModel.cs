namespace SynthesizeMe.Generators;

/// <summary>A prompt program without symbols.</summary>
/// <param name="Place">Where it is declared.</param>
/// <param name="Signature">The signature that it answers, in code.</param>
/// <param name="Predictors">Its predictors in order of declaration.</param>
/// <param name="NeedsConstructor">Whether the class declares no constructor.</param>
/// <param name="Cautions">The ids under which the compiler warns of the signatures.</param>
internal sealed record ProgramModel(
    TypePlace Place, string Signature, EquatableArray<PredictorModel> Predictors, bool NeedsConstructor, EquatableArray<string> Cautions);

/// <summary>A predictor property.</summary>
/// <param name="Name">The property.</param>
/// <param name="Modifiers">Its modifiers, as declared.</param>
/// <param name="Type">The predictor's type in code.</param>
/// <param name="Signature">The predictor's signature in code.</param>
internal sealed record PredictorModel(string Name, string Modifiers, string Type, string Signature);
