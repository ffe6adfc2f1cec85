using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace SynthesizeMe.Cli;

/// <summary>What <c>fit --json</c> writes.</summary>
/// <param name="Model">The model.</param>
/// <param name="Seed">The seed.</param>
/// <param name="Fits">The people that were fitted, in the order of the data.</param>
/// <param name="Skipped">The people that could not be fitted, and why.</param>
/// <param name="NotFitted">The people that an interruption left.</param>
/// <param name="Interrupted">What ended the run early; <see langword="null"/> when nothing did.</param>
internal sealed record FitDocument(
    string Model, int Seed, ImmutableArray<FittedUser> Fits, ImmutableArray<SkippedUser> Skipped, ImmutableArray<string> NotFitted, string? Interrupted);

/// <summary>One fit.</summary>
/// <param name="User">The person.</param>
/// <param name="Method">What the chosen judge is told about the person.</param>
/// <param name="Persona">The persona, used by the chosen judge or not; <see langword="null"/> when there is none.</param>
/// <param name="Demos">The demonstrations.</param>
/// <param name="Validation">How the judge did on validation pairs.</param>
/// <param name="Calls">The calls of the fit.</param>
/// <param name="InputTokens">The tokens of its prompts.</param>
/// <param name="OutputTokens">The tokens of the replies.</param>
/// <param name="File">Where the judge was saved.</param>
/// <param name="Stopped">Why the fit ended early; <see langword="null"/> when it did not.</param>
/// <param name="Notes">What the reader should know.</param>
internal sealed record FittedUser(
    string User,
    string Method,
    string? Persona,
    DemoCounts Demos,
    ValidationFigures Validation,
    int Calls,
    long InputTokens,
    long OutputTokens,
    string File,
    string? Stopped,
    ImmutableArray<string> Notes);

/// <summary>How many demonstrations there are.</summary>
/// <param name="Verified">Those with reasoning that predicted the choice.</param>
/// <param name="Labelled">Those that only state the choice.</param>
internal sealed record DemoCounts(int Verified, int Labelled);

/// <summary>Accuracies from 0 to 1; <see langword="null"/> where a judge was not tried.</summary>
/// <param name="Pairs">The validation pairs.</param>
/// <param name="Generic">Of the judge that is told nothing.</param>
/// <param name="Chosen">Of the chosen judge.</param>
internal sealed record ValidationFigures(int Pairs, double? Generic, double? Chosen);

/// <summary>A person who was left out.</summary>
/// <param name="User">The person.</param>
/// <param name="Reason">Why.</param>
internal sealed record SkippedUser(string User, string Reason);

/// <summary>What <c>judge --json</c> writes.</summary>
/// <param name="Preferred"><c>first</c> or <c>second</c>; <see langword="null"/> when the two orders disagree.</param>
/// <param name="Confidence">The probability that this is right, 0.5 to 1.</param>
/// <param name="Consistent">Whether both orders gave the same answer.</param>
/// <param name="User">Whose judge it is.</param>
/// <param name="Method">What the judge is told about the person.</param>
/// <param name="Model">The model that was asked.</param>
/// <param name="AsGiven">The answer to the order as given.</param>
/// <param name="Swapped">The answer to the swapped order, in terms of the order as given.</param>
/// <param name="Calls">The calls.</param>
/// <param name="InputTokens">The tokens of the prompts.</param>
/// <param name="OutputTokens">The tokens of the replies.</param>
internal sealed record VerdictDocument(
    string? Preferred,
    double Confidence,
    bool Consistent,
    string User,
    string Method,
    string Model,
    OrderDocument AsGiven,
    OrderDocument Swapped,
    int Calls,
    long InputTokens,
    long OutputTokens);

/// <summary>One order's answer.</summary>
/// <param name="Preferred"><c>first</c> or <c>second</c>, in terms of the order as given.</param>
/// <param name="Reasoning">The chain of thought.</param>
internal sealed record OrderDocument(string Preferred, string? Reasoning);

/// <summary>What <c>prompt --json</c> writes.</summary>
/// <param name="For"><c>judge</c> or <c>generation</c>.</param>
/// <param name="User">Whose prompt it is.</param>
/// <param name="Messages">The messages to send.</param>
internal sealed record PromptDocument(string For, string User, ImmutableArray<MessageDocument> Messages);

/// <summary>A message.</summary>
/// <param name="Role">Who speaks.</param>
/// <param name="Content">What is said.</param>
internal sealed record MessageDocument(string Role, string Content);

/// <summary>The JSON forms.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(FitDocument))]
[JsonSerializable(typeof(VerdictDocument))]
[JsonSerializable(typeof(PromptDocument))]
[JsonSerializable(typeof(EvaluationDocument))]
[JsonSerializable(typeof(AnswerDocument))]
[JsonSerializable(typeof(ImportDocument))]
[JsonSerializable(typeof(StoreDocument))]
[JsonSerializable(typeof(PersonaProgramDocument))]
[JsonSerializable(typeof(PlanDocument))]
[JsonSerializable(typeof(RunsDocument))]
[JsonSerializable(typeof(RunDocument))]
[JsonSerializable(typeof(DryRunDocument))]
[JsonSerializable(typeof(ReportDocument))]
internal sealed partial class DocumentsContext : JsonSerializerContext;

/// <summary>How the JSON forms are written.</summary>
internal static class Documents
{
    /// <summary>Indented, with <c>\n</c> line ends and text as it is.</summary>
    public static DocumentsContext Readable { get; } = new(new JsonSerializerOptions(DocumentsContext.Default.Options)
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
