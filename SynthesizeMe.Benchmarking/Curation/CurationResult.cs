using System.Collections.Immutable;
using SynthesizeMe.Signatures;

namespace SynthesizeMe.Benchmarking;

/// <summary>Where a curation is.</summary>
/// <param name="Step">The step at hand.</param>
/// <param name="Done">What is done of it.</param>
/// <param name="Total">All of it.</param>
public readonly record struct CurationProgress(string Step, int Done, int Total);

/// <summary>What a step kept, and why it dropped the rest.</summary>
/// <param name="Name">The step: <c>users</c>, <c>queries</c>, <c>responses</c>, <c>judges</c>, <c>users again</c> or <c>splits</c>.</param>
/// <param name="KeptPairs">The pairs that go on.</param>
/// <param name="DroppedPairs">The pairs that do not.</param>
/// <param name="KeptUsers">The people that go on.</param>
/// <param name="DroppedUsers">The people of whom nothing is left.</param>
/// <param name="Reasons">The dropped pairs by reason.</param>
/// <param name="Unreadable">The answers that could not be read; never taken for a rating or a vote.</param>
/// <param name="Usage">Calls and tokens.</param>
public sealed record CurationStep(
    string Name,
    int KeptPairs,
    int DroppedPairs,
    int KeptUsers,
    int DroppedUsers,
    ImmutableSortedDictionary<string, int> Reasons,
    int Unreadable,
    Usage Usage);

/// <summary>What a curation gave.</summary>
/// <param name="Pairs">
/// The pairs that were kept, person by person, with their splits. What was measured is in <see cref="PreferencePair.Extra"/>: <c>query_rating</c>,
/// <c>response_rating</c>, <c>agreement</c> (0.5 to 1) and <c>judges_with_person</c> (the share of votes that named what the person chose).
/// </param>
/// <param name="Steps">What each step did, in order.</param>
/// <param name="Judges">The judges' names, in order.</param>
/// <param name="Options">The thresholds.</param>
public sealed record CurationResult(
    ImmutableArray<PreferencePair> Pairs, ImmutableArray<CurationStep> Steps, ImmutableArray<string> Judges, CurationOptions Options)
{
    /// <summary>What was curated, as the caller names it.</summary>
    public string Source { get; init; } = "";

    /// <summary>The model that rated; <see langword="null"/> when none did.</summary>
    public string? Rater { get; init; }

    /// <summary>Calls and tokens of all steps.</summary>
    public Usage Usage => Steps.Aggregate(default(Usage), (sum, s) => sum + s.Usage);

    /// <summary>The pairs of a split.</summary>
    public int Count(DataSplit split) => Pairs.Count(p => p.Split == split);

    /// <summary>The report as JSON: source, models, thresholds, and what each step kept and why. Equal curations give equal text.</summary>
    public string ToJson() => CurationJson.Write(this);

    /// <summary>Writes the pairs in the product's own JSON Lines, and the report beside them, as <c>NAME.curation.json</c>.</summary>
    /// <returns>The report's path.</returns>
    /// <exception cref="IOException">A file cannot be written.</exception>
    public async Task<string> SaveAsync(string path, CancellationToken cancellationToken = default)
    {
        string report = DataFiles.Beside(path, "curation.json");
        await PreferencePairs.WriteAsync(path, Pairs, cancellationToken).ConfigureAwait(false);
        await File.WriteAllTextAsync(report, ToJson(), cancellationToken).ConfigureAwait(false);
        return report;
    }
}
