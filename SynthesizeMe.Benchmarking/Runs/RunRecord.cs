using System.Collections.Immutable;
using SynthesizeMe.Optimizers;

namespace SynthesizeMe.Benchmarking;

/// <summary>What a run of the benchmark was asked for, and how far it came: <c>run.json</c>.</summary>
public sealed record RunRecord
{
    /// <summary>The version of the run's files that this library writes.</summary>
    public const int CurrentSchema = 1;

    /// <summary>The version of the run's files.</summary>
    public required int Schema { get; init; }

    /// <summary>The version of the library that wrote it.</summary>
    public required string LibraryVersion { get; init; }

    /// <summary>The command line, without the command's name; empty where there was none.</summary>
    public required ImmutableArray<string> Arguments { get; init; }

    /// <summary>The model, as it was named.</summary>
    public required string Model { get; init; }

    /// <summary>What everything drawn was decided by.</summary>
    public required int Seed { get; init; }

    /// <summary>The thresholds and sizes.</summary>
    public required RunSettings Settings { get; init; }

    /// <summary>The data, in the order in which they were named.</summary>
    public required ImmutableArray<RunDataSet> DataSets { get; init; }

    /// <summary>The methods that were asked for, in the order of the table.</summary>
    public required ImmutableArray<RunMethod> Methods { get; init; }

    /// <summary>What the model's tokens cost; <see langword="null"/> when that is not known, and then nothing has a cost.</summary>
    public TokenPrice? Price { get; init; }

    /// <summary>What ended the run early; <see langword="null"/> when nothing did.</summary>
    public string? Interrupted { get; init; }
}

/// <summary>The thresholds and sizes of a run.</summary>
public sealed record RunSettings
{
    /// <summary>The share of a person's pairs, in their later conversations, that was tested on where the data mark no test pairs; between 0 and 1.</summary>
    public required double TestFraction { get; init; }

    /// <summary>How thoroughly people were fitted: <c>Quick</c>, <c>Standard</c>, <c>Thorough</c> or <c>Published</c>.</summary>
    public string? Effort { get; init; }

    /// <summary>The subsets of demonstrations that each search of a fit compared; <see langword="null"/> for what goes with the effort.</summary>
    public int? Candidates { get; init; }

    /// <summary>The samples of self-consistency in each order.</summary>
    public required int Samples { get; init; }

    /// <summary>The confidence, 0.5 to 1, below which a method abstains.</summary>
    public required double Confidence { get; init; }

    /// <summary>How many people of each data set were drawn; <see langword="null"/> for everyone.</summary>
    public int? SampledUsers { get; init; }
}

/// <summary>A data set of a run.</summary>
public sealed record RunDataSet
{
    /// <summary>Its name in tables and records; no two of a run have the same.</summary>
    public required string Name { get; init; }

    /// <summary>A hash of everyone's ids, pairs and splits: equal data have equal fingerprints.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>The people that were to be measured, those included who turned out to have too few pairs.</summary>
    public required int Users { get; init; }

    /// <summary>Their pairs.</summary>
    public required int Pairs { get; init; }

    /// <summary>The people that an interruption left: they are in no other file.</summary>
    public required int Unfinished { get; init; }
}

/// <summary>A method of a run.</summary>
public sealed record RunMethod
{
    /// <summary>Its name, as in <c>--methods</c>, the table and the results.</summary>
    public required string Name { get; init; }

    /// <summary>What it does, in one sentence.</summary>
    public required string About { get; init; }

    /// <summary>Why it has no figures, by the name of the data set; empty where it has.</summary>
    public required ImmutableSortedDictionary<string, string> NotAvailable { get; init; }
}
