using System.Collections.Immutable;

namespace SynthesizeMe;

/// <summary>How one person's pairs are divided: by conversation, in time order, so that nothing of a conversation is on both sides.</summary>
/// <param name="Train">What is learned from.</param>
/// <param name="Validation">What candidates are compared on.</param>
/// <param name="Kind">How the division came about.</param>
public sealed record PreferenceSplit(ImmutableArray<PreferencePair> Train, ImmutableArray<PreferencePair> Validation, SplitKind Kind)
{
    /// <summary>The share of the pairs that is learned from (paper, appendix; the rest validates).</summary>
    public const double TrainShare = 0.7;

    /// <summary>
    /// Divides the pairs of one person. Splits given in the data are obeyed; pairs marked for testing are left out.
    /// </summary>
    /// <exception cref="TooFewPairsException">Fewer than two pairs are left.</exception>
    public static PreferenceSplit Of(IEnumerable<PreferencePair> pairs)
    {
        ArgumentNullException.ThrowIfNull(pairs);
        HashSet<string> tested = [.. pairs.Where(p => p.Split == DataSplit.Test).Select(p => p.Id)];
        PreferencePair[] usable = [.. pairs.Where(p => !tested.Contains(p.Id)).DistinctBy(p => p.Id)];
        if (usable.Length < 2)
        {
            throw new TooFewPairsException(pairs.FirstOrDefault()?.UserId ?? "", usable.Length);
        }

        PreferencePair[] validation = [.. usable.Where(p => p.Split == DataSplit.Validation)];
        if (validation.Length > 0 && validation.Length < usable.Length)
        {
            return new([.. InTimeOrder(usable.Except(validation)).SelectMany(c => c)], [.. InTimeOrder(validation).SelectMany(c => c)], SplitKind.Given);
        }

        PreferencePair[][] conversations = InTimeOrder(usable);
        if (conversations.Length < 2)
        {
            return new([.. conversations[0]], [.. conversations[0]], SplitKind.LeaveOneOut);
        }

        (PreferencePair[] train, PreferencePair[] rest) = Cut(conversations, TrainShare);
        return new([.. train], [.. rest], SplitKind.ByConversation);
    }

    /// <summary>The earlier conversations with about that share of the pairs, and the later ones; at least one conversation on each side.</summary>
    /// <exception cref="ArgumentException">Fewer than two conversations.</exception>
    public static (PreferencePair[] Earlier, PreferencePair[] Later) Cut(IReadOnlyList<PreferencePair[]> conversations, double share)
    {
        ArgumentNullException.ThrowIfNull(conversations);
        if (conversations.Count < 2)
        {
            throw new ArgumentException("Two conversations are needed to divide by conversation.", nameof(conversations));
        }

        double wanted = share * conversations.Sum(c => c.Length);
        int best = 1;
        int before = 0;
        double distance = double.PositiveInfinity;
        for (int count = 1; count < conversations.Count; count++)
        {
            before += conversations[count - 1].Length;
            if (Math.Abs(before - wanted) < distance)
            {
                distance = Math.Abs(before - wanted);
                best = count;
            }
        }

        return ([.. conversations.Take(best).SelectMany(c => c)], [.. conversations.Skip(best).SelectMany(c => c)]);
    }

    /// <summary>The conversations in the order of their first choice: by time when every pair has one, else as in the data.</summary>
    public static PreferencePair[][] InTimeOrder(IEnumerable<PreferencePair> pairs)
    {
        PreferencePair[] all = [.. pairs];
        IEnumerable<PreferencePair> ordered = all.All(p => p.Timestamp is not null) ? all.OrderBy(p => p.Timestamp) : all;
        return [.. ordered.GroupBy(p => p.ConversationId, StringComparer.Ordinal).Select(g => g.ToArray())];
    }
}

/// <summary>How a person's pairs were divided.</summary>
public enum SplitKind
{
    /// <summary>Earlier conversations train, later ones validate.</summary>
    ByConversation,

    /// <summary>As the data say.</summary>
    Given,

    /// <summary>There is one conversation only: each pair is validated without its own demonstration.</summary>
    LeaveOneOut,
}

/// <summary>A person has too few pairs to learn from.</summary>
/// <param name="userId">The person.</param>
/// <param name="count">The pairs there are.</param>
public sealed class TooFewPairsException(string userId, int count)
    : Exception(
        $"{(userId.Length == 0 ? "The data have" : $"User '{userId}' has")} {(count == 1 ? "one usable preference pair" : "no usable preference pair")}; "
        + "a fit needs at least 2 that differ and are not marked as test, and 5 to 15 are a good number. Collect more choices of this person.")
{
    /// <summary>The person.</summary>
    public string UserId { get; } = userId;
}
