using System.Collections.Immutable;
using System.Text.Json.Serialization;
using SynthesizeMe.Optimizers;
using SynthesizeMe.Signatures;

namespace SynthesizeMe.Benchmarking;

/// <summary>A person of a run: a line of <c>users.jsonl</c>.</summary>
public sealed record UserRecord
{
    /// <summary>The data set.</summary>
    public required string Data { get; init; }

    /// <summary>The person; unique within the data set, and empty where the data name nobody.</summary>
    public required string User { get; init; }

    /// <summary>The pairs that the methods could learn from.</summary>
    public required int TrainingPairs { get; init; }

    /// <summary>The pairs that were tested on.</summary>
    public required int TestPairs { get; init; }

    /// <summary>What the data say of the person; empty when they say nothing.</summary>
    public required ImmutableSortedDictionary<string, string> Demographics { get; init; }

    /// <summary>Why the person was left out; <see langword="null"/> when measured.</summary>
    public string? Skipped { get; init; }

    /// <summary>What the fit learned; <see langword="null"/> when no method needed one, or the person was left out.</summary>
    public FitRecord? Fit { get; init; }

    /// <summary>The methods that had no answer for this person, and why; empty when all had.</summary>
    public required ImmutableSortedDictionary<string, string> NotAvailable { get; init; }

    /// <summary>What a fit used that came to nothing; <see langword="null"/> where none did.</summary>
    public SpendRecord? LostSpend { get; init; }
}

/// <summary>What the fit of a person learned, and why its winner won.</summary>
public sealed record FitRecord
{
    /// <summary>The method that the fit chose: <c>generic</c>, <c>history</c>, <c>persona</c>, <c>demos</c> or <c>persona+demos</c>.</summary>
    public required string Chosen { get; init; }

    /// <summary>Why, in a sentence with the figures that decided.</summary>
    public required string Why { get; init; }

    /// <summary>The persona, used by the chosen method or not; <see langword="null"/> when none was induced.</summary>
    public string? Persona { get; init; }

    /// <summary>
    /// The method whose demonstrations <see cref="Demonstrations"/> are: the chosen one where it has some, else the one that would show them; <see langword="null"/> when there are none.
    /// </summary>
    public string? DemonstrationsOf { get; init; }

    /// <summary>The demonstrations, in the order in which the model sees them.</summary>
    public required ImmutableArray<DemonstrationRecord> Demonstrations { get; init; }

    /// <summary>Every candidate of the fit with its score; those of the stage <c>final choice</c> are the methods.</summary>
    public required ImmutableArray<CandidateRecord> Candidates { get; init; }

    /// <summary>How the training pairs were divided.</summary>
    public required SplitKind Split { get; init; }

    /// <summary>The pairs that the candidates learned from.</summary>
    public required int LearnedFrom { get; init; }

    /// <summary>The pairs that they were compared on.</summary>
    public required int ComparedOn { get; init; }

    /// <summary>What else the reader should know, in sentences.</summary>
    public required ImmutableArray<string> Notes { get; init; }

    /// <summary>What the fit used.</summary>
    public required SpendRecord Spend { get; init; }
}

/// <summary>A demonstration.</summary>
public sealed record DemonstrationRecord
{
    /// <summary>The conversation that leads up to the completions.</summary>
    public required ImmutableArray<TurnRecord> Context { get; init; }

    /// <summary>The completion that the person preferred.</summary>
    public required string Preferred { get; init; }

    /// <summary>The other one.</summary>
    public required string Other { get; init; }

    /// <summary>The reasoning it is shown with; <see langword="null"/> for one that only states the choice.</summary>
    public string? Reasoning { get; init; }

    /// <summary>Whether that reasoning predicted the choice.</summary>
    public required bool Verified { get; init; }
}

/// <summary>A turn of a conversation.</summary>
/// <param name="Role">Who speaks: <c>user</c>, <c>assistant</c>, <c>system</c> or <c>tool</c>.</param>
/// <param name="Content">What is said.</param>
public sealed record TurnRecord([property: JsonRequired] string Role, [property: JsonRequired] string Content);

/// <summary>What was used.</summary>
/// <param name="Calls">The requests that were answered, replays from a reply store included.</param>
/// <param name="InputTokens">The tokens of the prompts.</param>
/// <param name="OutputTokens">The tokens of the replies.</param>
public sealed record SpendRecord([property: JsonRequired] int Calls, [property: JsonRequired] long InputTokens, [property: JsonRequired] long OutputTokens)
{
    /// <summary>Those calls whose tokens the model did not report.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int UncountedCalls { get; init; }

    /// <summary>What it costs, in the currency of the prices; <see langword="null"/> without a price, or where the tokens of some calls are not known.</summary>
    public decimal? Cost { get; init; }

    internal static SpendRecord Of(Usage usage, TokenPrice? price) => new(usage.Calls, usage.InputTokenCount, usage.OutputTokenCount)
    {
        UncountedCalls = usage.UncountedCalls,
        Cost = price?.IfCounted(usage),
    };

    internal static SpendRecord Sum(IEnumerable<SpendRecord> spends, bool isPriced)
    {
        Usage usage = default;
        decimal? cost = isPriced ? 0 : null;
        foreach (SpendRecord spend in spends)
        {
            usage += spend.ToUsage();

            // Where nobody knows what some calls cost, the sum is not known either.
            cost += spend.Calls == 0 ? 0 : spend.Cost;
        }

        return Of(usage, null) with { Cost = cost };
    }

    internal Usage ToUsage() => new(Calls, InputTokens, OutputTokens) { UncountedCalls = UncountedCalls };
}
