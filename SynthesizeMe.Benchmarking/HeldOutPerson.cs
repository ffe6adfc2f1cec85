using System.Collections.Immutable;

namespace SynthesizeMe.Benchmarking;

/// <summary>A person whose pairs are divided into those that may be learned from and those that are tested on.</summary>
/// <param name="User">The person with what may be learned from.</param>
/// <param name="Held">What is tested on.</param>
/// <param name="Skipped">Why the person cannot be measured; <see langword="null"/> when they can.</param>
internal sealed record HeldOutPerson(BenchmarkUser User, ImmutableArray<PreferencePair> Held, string? Skipped)
{
    /// <summary>Divides a person's pairs: as the data say, else by conversation, in time order.</summary>
    /// <param name="user">The person.</param>
    /// <param name="testFraction">The share of the pairs that is tested on.</param>
    /// <param name="isFitted">Whether the person is fitted, for which one pair is too few.</param>
    public static HeldOutPerson Of(BenchmarkUser user, double testFraction, bool isFitted)
    {
        (PreferencePair[] fitted, PreferencePair[] held) = Divide([.. user.Pairs], testFraction);
        var person = new HeldOutPerson(user with { Pairs = [.. fitted] }, [.. held.DistinctBy(p => p.Id)], null);
        return held.Length == 0 ? person.Without("all pairs are in one conversation, so none can be held back; collect choices from other conversations")
            : fitted.Length == 0 ? person.Without("all pairs are marked as test, so there is none to learn from; mark some as train")
            : isFitted && TooFew(fitted) is { } reason ? person.Without(reason)
            : person;
    }

    private static (PreferencePair[] Fitted, PreferencePair[] Held) Divide(PreferencePair[] pairs, double testFraction)
    {
        PreferencePair[] test = [.. pairs.Where(p => p.Split == DataSplit.Test)];
        if (test.Length > 0)
        {
            HashSet<string> tested = [.. test.Select(p => p.Id)];
            return ([.. pairs.Where(p => !tested.Contains(p.Id))], test);
        }

        PreferencePair[][] conversations = PreferenceSplit.InTimeOrder(pairs);
        return conversations.Length < 2 ? (pairs, []) : PreferenceSplit.Cut(conversations, 1 - testFraction);
    }

    private static string? TooFew(PreferencePair[] pairs)
    {
        try
        {
            PreferenceSplit.Of(pairs);
            return null;
        }
        catch (TooFewPairsException e)
        {
            return e.Message;
        }
    }

    private HeldOutPerson Without(string reason) => this with { Skipped = reason };
}
