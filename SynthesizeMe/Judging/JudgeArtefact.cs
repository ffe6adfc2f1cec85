using System.Collections.Immutable;
using System.Text.Json.Serialization;
using SynthesizeMe.Signatures;

namespace SynthesizeMe;

/// <summary>Everything a fitted judge knows, as a value that can be saved, and where it comes from.</summary>
public sealed record JudgeArtefact
{
    /// <summary>What the judge is told about the person.</summary>
    public required JudgeMethod Method { get; init; }

    /// <summary>The persona; <see langword="null"/> when the method uses none.</summary>
    public string? Persona { get; init; }

    /// <summary>Replaces the signature's instructions; <see langword="null"/> keeps them.</summary>
    public string? Instructions { get; init; }

    /// <summary>
    /// The demonstrations: of <see cref="JudgePreferenceForPersona"/> with a persona, else of <see cref="JudgePreference"/>.
    /// </summary>
    public ImmutableArray<Demo> Demos { get; init; } = [];

    /// <summary>How it did on validation pairs.</summary>
    public Reliability Reliability { get; init; }

    /// <summary>Where it comes from.</summary>
    public JudgeProvenance Provenance { get; init; } = new();

    /// <summary>The choices that the demonstrations show.</summary>
    internal ImmutableArray<(Conversation Context, string Preferred, string Other)> Choices => [.. Demos.Select(d => d switch
    {
        Demo<JudgePreference> plain => Choice(plain.Value.Conversation, plain.Value.FirstCompletion, plain.Value.SecondCompletion, plain.Value.Preference),
        Demo<JudgePreferenceForPersona> informed =>
            Choice(informed.Value.Conversation, informed.Value.FirstCompletion, informed.Value.SecondCompletion, informed.Value.Preference),
        _ => throw new InvalidOperationException("A judge's demonstrations are of its own signatures."),
    })];

    /// <summary>Loads a <c>*.judge.json</c> file.</summary>
    /// <exception cref="JudgeArtefactException">The file is damaged, or newer than this library.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static async Task<JudgeArtefact> LoadAsync(string path, CancellationToken cancellationToken = default)
    {
        string json = await File.ReadAllTextAsync(path, cancellationToken).ConfigureAwait(false);
        return JudgeArtefactJson.Read(json, path);
    }

    /// <summary>Saves to a <c>*.judge.json</c> file; equal artefacts give equal bytes. An interrupted save leaves the earlier file as it was.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public Task SaveAsync(string path, CancellationToken cancellationToken = default) =>
        WholeFile.WriteAsync(path, part => File.WriteAllTextAsync(part, JudgeArtefactJson.Write(this), cancellationToken));

    private static (Conversation Context, string Preferred, string Other) Choice(Conversation context, string first, string second, Preference preferred) =>
        preferred == Preference.First ? (context, first, second) : (context, second, first);
}

/// <summary>How a judge did on validation pairs, asked in both orders.</summary>
/// <param name="Pairs">The pairs.</param>
/// <param name="Score">The sum over the pairs of the share of orders that were right: an inconsistent pair counts one half.</param>
/// <param name="Consistent">The pairs on which both orders agreed.</param>
/// <param name="ConsistentAndRight">The pairs on which both orders were right.</param>
public readonly record struct Reliability(int Pairs, double Score, int Consistent, int ConsistentAndRight)
{
    /// <summary>The mean score, from 0 to 1; <see cref="double.NaN"/> without pairs.</summary>
    public double Accuracy => Score / Pairs;

    /// <summary>
    /// The probability, from 0.5 to 1, that a consistent answer is right, with Laplace's correction; that any answer is right, where no pair was judged
    /// consistently, such as when each was judged in one order only.
    /// </summary>
    public double Confidence => Math.Max(0.5, Consistent == 0 ? (Score + 1) / (Pairs + 2) : (ConsistentAndRight + 1.0) / (Consistent + 2.0));
}

/// <summary>Where a judge comes from.</summary>
public sealed record JudgeProvenance
{
    /// <summary>Whose choices it learned from; empty when the data name nobody.</summary>
    public string UserId { get; init; } = "";

    /// <summary>The model it was fitted with.</summary>
    public string ModelId { get; init; } = "";

    /// <summary>A hash of the pairs it was fitted on.</summary>
    public string DataFingerprint { get; init; } = "";

    /// <summary>The seed of the fit.</summary>
    public int Seed { get; init; }

    /// <summary>How thoroughly it was fitted: the name of a <see cref="FitEffort"/>; <see langword="null"/> when that is not known.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Effort { get; init; }

    /// <summary>A hash of the tuned program that the persona was induced by; <see langword="null"/> for the library's own.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? PersonaProgram { get; init; }

    /// <summary>What the fit used.</summary>
    public Usage Usage { get; init; }

    /// <summary>What the fit cost, in the currency of the price it was given; <see langword="null"/> without a price.</summary>
    public decimal? Cost { get; init; }

    /// <summary>Every candidate of the fit with its score.</summary>
    public ImmutableArray<CandidateRecord> Candidates { get; init; } = [];

    /// <summary>What the reader of the artefact should know, such as that nothing beat the generic judge.</summary>
    public ImmutableArray<string> Notes { get; init; } = [];

    /// <summary>The version of the library that fitted it.</summary>
    public string LibraryVersion { get; init; } = "";
}

/// <summary>One candidate of a fit.</summary>
/// <param name="Stage">The stage that made it: <c>reasoning</c>, <c>informative demonstrations</c> or <c>final choice</c>.</param>
/// <param name="Name">How it was made.</param>
/// <param name="Status">What became of it.</param>
/// <param name="Score">The mean score on the validation examples it was tried on; <see langword="null"/> when it was tried on none.</param>
/// <param name="Verified">Its demonstrations with verified reasoning.</param>
/// <param name="Labelled">Its labelled demonstrations.</param>
/// <param name="Calls">The calls of its evaluation.</param>
public sealed record CandidateRecord(string Stage, string Name, string Status, double? Score, int Verified, int Labelled, int Calls)
{
    /// <summary>
    /// In the final choice, by how much more of the pairs it is expected to be right than the generic judge, from what is known of its kind and what was
    /// seen; <see langword="null"/> where that did not decide.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? ExpectedGain { get; init; }
}
