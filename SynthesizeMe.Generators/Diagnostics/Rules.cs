using Microsoft.CodeAnalysis;

namespace SynthesizeMe.Generators;

/// <summary>Every diagnostic of the generator. Each message says what is wrong and what to do about it.</summary>
internal static class Rules
{
    private const string Signatures = "SynthesizeMe.Signatures";
    private const string Programs = "SynthesizeMe.Programs";

    public static readonly DiagnosticDescriptor NotPartial = Error(
        "SM0001", Signatures, "A signature is partial", "'{0}' is a signature and has to be partial: write 'partial record {0}'");

    public static readonly DiagnosticDescriptor NotARecordClass = Error(
        "SM0002", Signatures, "A signature is a record class", "'{0}' is a signature and has to be a record class: write 'partial record {0}(...)'");

    public static readonly DiagnosticDescriptor ContainerNotPartial = Error(
        "SM0003", Signatures, "Types around generated code are partial", "'{0}' contains '{1}' and has to be partial: write 'partial' before its keyword");

    public static readonly DiagnosticDescriptor Generic = Error(
        "SM0004", Signatures, "Signatures and programs are not generic", "'{0}' has type parameters, or is inside a type that has: declare it without");

    public static readonly DiagnosticDescriptor NoParameters = Error(
        "SM0005", Signatures, "A signature's fields are its parameters", "'{0}' has no parameters: declare each field as one, such as '([Input] string Question, [Output] string Answer)'");

    public static readonly DiagnosticDescriptor NeitherInputNorOutput = Error(
        "SM0006", Signatures, "A field is an input or an output", "'{0}' is neither an input nor an output: put [Input] or [Output] before it");

    public static readonly DiagnosticDescriptor InputAndOutput = Error(
        "SM0007", Signatures, "A field is not both input and output", "'{0}' is marked [Input] and [Output]: keep one of them");

    public static readonly DiagnosticDescriptor NoOutput = Error(
        "SM0008", Signatures, "A signature has an output", "'{0}' has no output: mark what the model supplies with [Output]");

    public static readonly DiagnosticDescriptor UnsupportedType = Error(
        "SM0009", Signatures, "A field has a supported type", "'{0}' cannot be a field's type: {1}");

    public static readonly DiagnosticDescriptor DuplicateName = Error(
        "SM0010", Signatures, "Field names differ in the prompt", "'{0}' and '{1}' are both called '{2}' in the prompt: rename one of them");

    public static readonly DiagnosticDescriptor ReservedName = Error(
        "SM0011", Signatures, "A field's name is free", "'{0}' is a name that the generated code or the prompt's layout uses itself: rename it");

    public static readonly DiagnosticDescriptor ConversationOutput = Error(
        "SM0012", Signatures, "A model does not supply a conversation", "'{0}' is a Conversation and cannot be an output: use string or a list of records");

    public static readonly DiagnosticDescriptor AmbiguousLabels = Error(
        "SM0013", Signatures, "The labels of an enum differ", "'{0}' cannot be told apart by its labels: {1}");

    public static readonly DiagnosticDescriptor MarkWithoutSignature = Error(
        "SM0014", Signatures, "Fields belong to a signature", "'{0}' is marked [{1}], but '{2}' is not a signature: put [Signature] on it");

    public static readonly DiagnosticDescriptor ProgramNotPartial = Error(
        "SM0101", Programs, "A prompt program is a partial class", "'{0}' is a prompt program and has to be a partial class: write 'partial class {0}'");

    public static readonly DiagnosticDescriptor WrongBase = Error(
        "SM0102", Programs, "A prompt program derives from PromptProgram", "'{0}' has to derive from PromptProgram<T>, where T is the signature that it answers");

    public static readonly DiagnosticDescriptor PredictorNotPartial = Error(
        "SM0103", Programs, "A predictor is a partial get-only property", "'{0}' is a predictor and has to be a partial property with 'get' alone: write 'public partial Predict<...> {0} {{ get; }}'");

    public static readonly DiagnosticDescriptor PredictorType = Error(
        "SM0104", Programs, "A predictor has a predictor's type", "'{0}' is a predictor and has to be a Predict<T> or a ChainOfThought<T>, but is a '{1}'");

    public static readonly DiagnosticDescriptor NoForward = Error(
        "SM0105", Programs, "A prompt program has a ForwardAsync", "'{0}' needs a method 'Task<{1}> ForwardAsync({1}.Inputs inputs, CancellationToken cancellationToken)'");

    public static readonly DiagnosticDescriptor NoPredictors = Error(
        "SM0106", Programs, "A prompt program has predictors", "'{0}' has no predictor: declare one, such as '[Predictor] public partial Predict<...> Judge {{ get; }}'");

    public static readonly DiagnosticDescriptor PredictorWithoutProgram = Error(
        "SM0107", Programs, "Predictors belong to a prompt program", "'{0}' is marked [Predictor], but '{1}' is not a prompt program: put [PromptProgram] on it");

    private static DiagnosticDescriptor Error(string id, string category, string title, string message) =>
        new(id, title, message, category, DiagnosticSeverity.Error, isEnabledByDefault: true);
}
