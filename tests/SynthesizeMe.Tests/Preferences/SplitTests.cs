using SynthesizeMe.Testing;

namespace SynthesizeMe.Tests.Preferences;

public class SplitTests
{
    [Theory]
    [InlineData(10, 7, 3)]
    [InlineData(12, 8, 4)]
    [InlineData(15, 10, 5)]
    [InlineData(17, 12, 5)]
    [InlineData(3, 2, 1)]
    [InlineData(2, 1, 1)]
    public void Seven_tenths_of_the_pairs_train(int pairs, int train, int validation)
    {
        PreferenceSplit split = PreferenceSplit.Of(Pairs.Of(pairs));

        Assert.Equal(SplitKind.ByConversation, split.Kind);
        Assert.Equal((train, validation), (split.Train.Length, split.Validation.Length));
    }

    [Fact]
    public void The_earlier_conversations_of_the_file_train()
    {
        PreferenceSplit split = PreferenceSplit.Of(Pairs.Of(10));

        Assert.Equal([0, 1, 2, 3, 4, 5, 6], split.Train.Items());
        Assert.Equal([7, 8, 9], split.Validation.Items());
    }

    [Fact]
    public void Where_every_pair_has_a_time_the_earlier_conversations_train()
    {
        PreferenceSplit split = PreferenceSplit.Of(Pairs.Of(10).Select((p, i) => p with { Timestamp = DateTimeOffset.UnixEpoch.AddDays(-i) }));

        Assert.Equal([9, 8, 7, 6, 5, 4, 3], split.Train.Items());
        Assert.Equal([2, 1, 0], split.Validation.Items());
    }

    [Fact]
    public void Where_one_pair_has_no_time_the_order_of_the_file_counts()
    {
        PreferenceSplit split = PreferenceSplit.Of(Pairs.Of(10).Select((p, i) => i == 4 ? p : p with { Timestamp = DateTimeOffset.UnixEpoch.AddDays(-i) }));

        Assert.Equal([0, 1, 2, 3, 4, 5, 6], split.Train.Items());
    }

    [Fact]
    public void Times_in_other_zones_are_compared_as_moments()
    {
        PreferencePair[] pairs = Pairs.Of(2);
        pairs[0] = pairs[0] with { Timestamp = new DateTimeOffset(2026, 1, 1, 12, 0, 0, TimeSpan.Zero) };
        pairs[1] = pairs[1] with { Timestamp = new DateTimeOffset(2026, 1, 1, 13, 0, 0, TimeSpan.FromHours(5)) };

        Assert.Equal([1], PreferenceSplit.Of(pairs).Train.Items());
    }

    [Fact]
    public void A_conversation_that_is_most_of_the_pairs_leaves_one_for_the_other_side()
    {
        PreferencePair[] pairs = [.. Enumerable.Range(0, 9).Select(i => Pairs.One(i, "long")), Pairs.One(9, "short")];

        PreferenceSplit split = PreferenceSplit.Of(pairs);

        Assert.Equal((9, 1), (split.Train.Length, split.Validation.Length));
    }

    [Fact]
    public void Equal_pairs_count_once()
    {
        PreferencePair[] pairs = [.. Pairs.Of(4), .. Pairs.Of(4)];

        PreferenceSplit split = PreferenceSplit.Of(pairs);

        Assert.Equal([0, 1, 2, 3], split.Train.Concat(split.Validation).Items());
    }

    [Fact]
    public void One_conversation_is_validated_by_leaving_one_out()
    {
        PreferenceSplit split = PreferenceSplit.Of(Pairs.InOneConversation(5));

        Assert.Equal(SplitKind.LeaveOneOut, split.Kind);
        Assert.Equal([0, 1, 2, 3, 4], split.Train.Items());
        Assert.Equal(split.Train, split.Validation);
    }

    [Theory]
    [InlineData("ann", 0)]
    [InlineData("ann", 1)]
    [InlineData("", 0)]
    [InlineData("", 1)]
    public void Too_few_pairs_say_whose_how_many_and_what_to_do(string user, int count)
    {
        PreferencePair[] pairs = [.. Pairs.OfUser(user, count), .. Pairs.OfUser(user, 3, from: 5).Select(p => p with { Split = DataSplit.Test })];

        var e = Assert.Throws<TooFewPairsException>(() => PreferenceSplit.Of(pairs));

        Assert.Equal(user, e.UserId);
        Snapshot.Match(e.Message, $"{(user.Length == 0 ? "nobody" : user)}-{count}");
    }

    [Fact]
    public void Two_equal_pairs_are_too_few() => Assert.Throws<TooFewPairsException>(() => PreferenceSplit.Of([Pairs.One(1), Pairs.One(1)]));

    [Fact]
    public void A_cut_needs_two_conversations() => Assert.Throws<ArgumentException>(() => PreferenceSplit.Cut([Pairs.Of(3)], 0.5));
}
