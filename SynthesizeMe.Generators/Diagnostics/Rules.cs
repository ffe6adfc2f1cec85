using Microsoft.CodeAnalysis;

namespace SynthesizeMe.Generators;

/// <summary>Every diagnostic of the generator. Each message says what is wrong and what to do about it.</summary>
internal static class Rules
{
    private const string Signatures = "SynthesizeMe.Signatures";
    private const string Programs = "SynthesizeMe.Programs";
    private const string Templates = "SynthesizeMe.Templates";

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

    public static readonly DiagnosticDescriptor NullableWithDefault = Error(
        "SM0015", Signatures, "A nullable output has no other default", "'{0}' may be null and has another default, so leaving it out could mean either: write its type without '?', or make the default null");

    public static readonly DiagnosticDescriptor ConstraintType = Error(
        "SM0016", Signatures, "A constraint fits its type", "[{0}] does not fit '{1}' of type '{2}': put it on {3}");

    public static readonly DiagnosticDescriptor ConstraintArguments = Error(
        "SM0017", Signatures, "A constraint can be met", "[{0}] on '{1}' cannot be checked: {2}");

    public static readonly DiagnosticDescriptor Union = Error(
        "SM0018", Signatures, "The records of a union are told apart", "'{0}' cannot be told apart by its derived types: {1}");

    public static readonly DiagnosticDescriptor ContentOutput = Error(
        "SM0019", Signatures, "A model does not supply an image, audio or a file", "'{0}' is an image, audio or a file and cannot be an output: use string, such as for a description or an address");

    public static readonly DiagnosticDescriptor Turns = Error(
        "SM0020", Signatures, "One conversation is sent as turns", "'{0}' cannot be sent as turns: {1}");

    public static readonly DiagnosticDescriptor UncheckedConstraint = Error(
        "SM0021", Signatures, "A constraint on an output is one that is checked", "[{0}] on '{1}' is not checked on a reply: use [RegularExpression], [Range], [Length], [AllowedValues] or [DeniedValues], or leave it out");

    public static readonly DiagnosticDescriptor RequiredMember = Error(
        "SM0022", Signatures, "A signature requires nothing but its parameters", "'{0}' is required, and a signature is made of its parameters alone: declare it as one, or write it without 'required'");

    public static readonly DiagnosticDescriptor CallsNameTaken = Error(
        "SM0023", Signatures, "The name of a signature's calls is free", "The typed calls of '{0}' are generated as '{1}', which something else is called already: rename one of them");

    public static readonly DiagnosticDescriptor FileLocal = Error(
        "SM0024", Signatures, "Signatures and programs are not file-local", "'{0}' is file-local, or is inside a type that is, and generated code stands in another file: declare it without 'file'");

    public static readonly DiagnosticDescriptor OldLanguage = Error(
        "SM0025", Signatures, "Signatures and programs need C# 13", "'{0}' is compiled as C# {1}, and generated code is C# 13: put '<LangVersion>13</LangVersion>' or a later one into the project file");

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

    public static readonly DiagnosticDescriptor TemplateNotFound = Error(
        "SM0201", Templates, "A signature's template is there", "No additional file is called '{0}': add it to the project, with a name that ends in '.prompt.scriban'");

    public static readonly DiagnosticDescriptor AmbiguousTemplate = Error(
        "SM0202", Templates, "A signature's template is one file", "'{0}' can be {1}: write as much of the path as tells them apart");

    public static readonly DiagnosticDescriptor TemplateSyntax = Error(
        "SM0203", Templates, "A template is valid Scriban", "This is not valid Scriban: {0}: write it as docs/templates.md shows");

    public static readonly DiagnosticDescriptor UnsupportedSyntax = Error(
        "SM0204", Templates, "A template uses the supported part of Scriban", "'{0}' is not supported in a prompt's template: use text, fields, comparisons, 'if', 'for' and the functions of docs/templates.md");

    public static readonly DiagnosticDescriptor UnknownTemplateName = Error(
        "SM0205", Templates, "A template names what it is given", "There is no '{0}' here: use one of {1}");

    public static readonly DiagnosticDescriptor UnknownTemplateFunction = Error(
        "SM0206", Templates, "A template calls known functions", "There is no function '{0}': use one of {1}");

    public static readonly DiagnosticDescriptor TemplateKind = Error(
        "SM0207", Templates, "A template's values are of the right kind", "{0}: {1}");

    public static readonly DiagnosticDescriptor UnknownRole = Error(
        "SM0208", Templates, "A message has a known role", "'{0}' starts no message: write 'role \"system\"', 'role \"user\"' or 'role \"assistant\"'");

    public static readonly DiagnosticDescriptor TextBeforeRole = Error(
        "SM0209", Templates, "A template's text stands in a message", "This stands before the first message: put '{{ role \"system\" }}' before it");

    public static readonly DiagnosticDescriptor FormatOmitted = Error(
        "SM0210", Templates, "A template says how to reply", "The template never tells the model how to reply: put '{{ format }}' where it should read that");

    public static readonly DiagnosticDescriptor InputOmitted = Warning(
        "SM0211", Templates, "A template shows every input", "The template never shows the input '{0}': put '{{{{ inputs.{0} }}}}' where the model should read it");

    public static readonly DiagnosticDescriptor ChoiceOmitted = Warning(
        "SM0212", Templates, "A template shows what optimizers choose", "The template never shows '{0}', so what an optimizer chooses there is lost: put it where the model should read it");

    public static readonly DiagnosticDescriptor TemplateNameTaken = Error(
        "SM0213", Templates, "A loop's variable has a name of its own", "'{0}' already means something here: give the loop's variable another name");

    private static DiagnosticDescriptor Warning(string id, string category, string title, string message) =>
        new(id, title, message, category, DiagnosticSeverity.Warning, isEnabledByDefault: true, helpLinkUri: HelpLink.Of(id));

    private static DiagnosticDescriptor Error(string id, string category, string title, string message) =>
        new(id, title, message, category, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: HelpLink.Of(id));
}
