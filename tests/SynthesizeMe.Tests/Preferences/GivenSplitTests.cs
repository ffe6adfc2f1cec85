namespace SynthesizeMe.Tests.Preferences;

public class GivenSplitTests
{
    [Fact]
    public void Given_splits_are_obeyed()
    {
        PreferenceSplit split = PreferenceSplit.Of(Pairs.Of(6).Select((p, i) => p with { Split = i < 4 ? DataSplit.Validation : DataSplit.Train }));

        Assert.Equal(SplitKind.Given, split.Kind);
        Assert.Equal([4, 5], split.Train.Items());
        Assert.Equal([0, 1, 2, 3], split.Validation.Items());
    }

    [Fact]
    public void Pairs_without_a_split_train_where_others_validate()
    {
        PreferenceSplit split = PreferenceSplit.Of(Pairs.Of(4).Select((p, i) => i == 0 ? p with { Split = DataSplit.Validation } : p));

        Assert.Equal([1, 2, 3], split.Train.Items());
        Assert.Equal([0], split.Validation.Items());
    }

    [Theory]
    [InlineData(DataSplit.Train)]
    [InlineData(DataSplit.Validation)]
    public void Where_all_pairs_are_on_one_side_the_conversations_are_divided(DataSplit side)
    {
        PreferenceSplit split = PreferenceSplit.Of(Pairs.Of(10).Select(p => p with { Split = side }));

        Assert.Equal(SplitKind.ByConversation, split.Kind);
        Assert.Equal((7, 3), (split.Train.Length, split.Validation.Length));
    }

    [Fact]
    public void Test_pairs_are_on_no_side()
    {
        PreferenceSplit split = PreferenceSplit.Of(Pairs.Of(10).Select((p, i) => i % 2 == 0 ? p with { Split = DataSplit.Test } : p));

        Assert.Equal([1, 3, 5, 7, 9], split.Train.Concat(split.Validation).Items());
    }

    [Fact]
    public void A_pair_that_is_marked_for_testing_once_is_on_no_side_whatever_its_twin_says()
    {
        PreferencePair[] pairs = [Pairs.One(0) with { Split = DataSplit.Train }, .. Pairs.Of(4, from: 1), Pairs.One(0) with { Split = DataSplit.Test }];

        PreferenceSplit split = PreferenceSplit.Of(pairs);

        Assert.Equal([1, 2, 3, 4], split.Train.Concat(split.Validation).Items());
    }

    [Fact]
    public void A_pair_that_is_on_both_sides_stays_on_one()
    {
        PreferencePair[] pairs = [.. Pairs.Of(4).Select(p => p with { Split = DataSplit.Train }), .. Pairs.Of(2, from: 3).Select(p => p with { Split = DataSplit.Validation })];

        PreferenceSplit split = PreferenceSplit.Of(pairs);

        Assert.Empty(split.Train.Items().Intersect(split.Validation.Items()));
        Assert.Equal(5, split.Train.Length + split.Validation.Length);
    }
}
