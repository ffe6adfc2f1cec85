using System.Collections.Immutable;

namespace SynthesizeMe.Benchmarking;

/// <summary>The choices of many people.</summary>
/// <param name="Name">What the set is called in tables.</param>
/// <param name="Users">The people, in the order of the data.</param>
/// <param name="Problems">The rows that could not be used, and why; they are in nobody's pairs.</param>
public sealed record PreferenceDataSet(string Name, ImmutableArray<BenchmarkUser> Users, ImmutableArray<PreferenceDataProblem> Problems)
{
    /// <summary>What was left out on purpose, such as ties, and how often; nothing of it is a fault of the data.</summary>
    public ImmutableArray<LeftOut> LeftOut { get; init; } = [];

    /// <summary>All pairs, person by person.</summary>
    public IEnumerable<PreferencePair> Pairs => Users.SelectMany(u => u.Pairs);

    /// <summary>Groups pairs by person.</summary>
    public static PreferenceDataSet Of(string name, IEnumerable<PreferencePair> pairs) =>
        new(name, [.. pairs.GroupBy(p => p.UserId, StringComparer.Ordinal).Select(g => new BenchmarkUser(g.Key, [.. g]))], []);
}

/// <summary>Something that makes no pair.</summary>
/// <param name="Reason">Why it was left out.</param>
/// <param name="Count">How often.</param>
public readonly record struct LeftOut(string Reason, int Count);

/// <summary>One person of a data set.</summary>
/// <param name="Id">Who it is.</param>
/// <param name="Pairs">The person's choices, in the order of the data.</param>
public sealed record BenchmarkUser(string Id, ImmutableArray<PreferencePair> Pairs)
{
    /// <summary>What the data say of the person, such as age or education; empty when they say nothing.</summary>
    public ImmutableSortedDictionary<string, string> Demographics { get; init; } = ImmutableSortedDictionary<string, string>.Empty;
}
