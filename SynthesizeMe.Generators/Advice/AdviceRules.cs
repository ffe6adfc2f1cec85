using Microsoft.CodeAnalysis;

namespace SynthesizeMe.Generators;

/// <summary>
/// What is legal but unwise. A warning is all but certainly an oversight; what a good prompt may well do is a suggestion.
/// </summary>
internal static class AdviceRules
{
    private const string Advice = "SynthesizeMe.Advice";

    // A suggestion: in many a small signature the output's name is description enough.
    public static readonly DiagnosticDescriptor UndescribedOutput = Rule(
        "SM0501", DiagnosticSeverity.Info, "An output is described", "The model is never told what '{0}' is: put a description in [Output(\"...\")], or mention it in the instructions");

    public static readonly DiagnosticDescriptor SameDescription = Rule(
        "SM0502", DiagnosticSeverity.Warning, "Inputs of one type are described apart", "'{0}' and '{1}' have one type and the same description: write in each what sets it apart");

    public static readonly DiagnosticDescriptor BlankInstructions = Rule(
        "SM0503", DiagnosticSeverity.Warning, "Instructions say something", "The instructions of '{0}' are blank, so the model is not told what to do: write them, or leave them out and use the record's summary");

    private static DiagnosticDescriptor Rule(string id, DiagnosticSeverity severity, string title, string message) =>
        new(id, title, message, Advice, severity, isEnabledByDefault: true, helpLinkUri: HelpLink.Of(id));
}
