using System.Collections.Immutable;

namespace SynthesizeMe.Optimizers;

/// <summary>Some of the items of a training set, by their places in ascending order.</summary>
/// <param name="Items">The places.</param>
/// <param name="Reasoned">Whether those that have verified reasoning are shown with it; else all are shown as labelled ones.</param>
internal sealed record Subset(ImmutableArray<int> Items, bool Reasoned = true)
{
    public static Subset Of(IEnumerable<int> items) => new([.. items.Order()]);

    public bool Equals(Subset? other) => other is not null && Reasoned == other.Reasoned && Items.SequenceEqual(other.Items);

    public override int GetHashCode() => Items.Aggregate(Reasoned ? 1 : 0, HashCode.Combine);
}

/// <summary>Tries subsets on the examples, which have an order.</summary>
internal interface ISubsetTrials
{
    /// <summary>How many items there are to choose from.</summary>
    int Items { get; }

    /// <summary>How many examples there are to try a subset on.</summary>
    int Examples { get; }

    /// <summary>How many more subsets may be begun.</summary>
    int Left { get; }

    /// <summary>Whether the subset is not under trial yet.</summary>
    bool IsNew(Subset subset);

    /// <summary>Tries all of them on the first so many examples, in one batch.</summary>
    /// <returns>False when the budget does not allow it.</returns>
    Task<bool> TryAsync(IReadOnlyCollection<Subset> subsets, int examples, CancellationToken cancellationToken);

    /// <summary>The sum of the scores on the first so many examples.</summary>
    double Total(Subset subset, int examples);

    /// <summary>Takes a subset out: it will not be tried further.</summary>
    void Leave(Subset subset);
}
