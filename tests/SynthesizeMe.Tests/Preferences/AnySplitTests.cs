using CsCheck;

namespace SynthesizeMe.Tests.Preferences;

public class AnySplitTests
{
    /// <summary>Two to forty pairs spread over some conversations, in any order, with or without times.</summary>
    private static readonly Gen<PreferencePair[]> Choices = Gen.Select(
        Gen.Int[0, 7].Array[2, 40],
        Gen.Bool,
        (conversations, timed) => conversations.Select((c, i) => Pairs.One(i, $"conversation {c}") with
        {
            Timestamp = timed ? DateTimeOffset.UnixEpoch.AddHours(i * 7919 % 101) : null,
        }).ToArray());

    [Fact]
    public void No_conversation_is_on_both_sides() => Choices.Sample(pairs =>
    {
        PreferenceSplit split = PreferenceSplit.Of(pairs);
        return split.Kind == SplitKind.LeaveOneOut
            || !split.Train.Select(p => p.ConversationId).Intersect(split.Validation.Select(p => p.ConversationId)).Any();
    });

    [Fact]
    public void Every_pair_is_on_a_side_and_no_side_is_empty() => Choices.Sample(pairs =>
    {
        PreferenceSplit split = PreferenceSplit.Of(pairs);
        Assert.NotEmpty(split.Train);
        Assert.NotEmpty(split.Validation);
        Assert.Equal(pairs.Items().Order(), split.Train.Union(split.Validation).Items().Order());
    });

    [Fact]
    public void No_other_cut_between_conversations_is_nearer_to_seven_tenths() => Choices.Sample(pairs =>
    {
        PreferenceSplit split = PreferenceSplit.Of(pairs);
        if (split.Kind == SplitKind.LeaveOneOut)
        {
            return;
        }

        double wanted = 0.7 * pairs.Length;
        int[] cuts = [.. PreferenceSplit.InTimeOrder(pairs).SkipLast(1).Aggregate((IEnumerable<int>)[0], (sums, c) => [.. sums, sums.Last() + c.Length]).Skip(1)];
        Assert.Equal(cuts.Min(c => Math.Abs(c - wanted)), Math.Abs(split.Train.Length - wanted), 9);
    });

    [Fact]
    public void With_times_no_validated_conversation_began_before_one_that_trains() => Choices.Sample(pairs =>
    {
        PreferenceSplit split = PreferenceSplit.Of(pairs);
        if (split.Kind == SplitKind.LeaveOneOut || pairs[0].Timestamp is null)
        {
            return;
        }

        DateTimeOffset? Began(PreferencePair pair) => pairs.Where(p => p.ConversationId == pair.ConversationId).Min(p => p.Timestamp);
        Assert.True(split.Train.Max(Began) <= split.Validation.Min(Began));
    });
}
