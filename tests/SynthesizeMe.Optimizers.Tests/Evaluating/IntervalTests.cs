using CsCheck;

namespace SynthesizeMe.Optimizers.Tests;

public class IntervalTests
{
    [Fact]
    public void The_mean_weighs_every_value_alike_whatever_its_group() =>
        Assert.Equal(.75, Interval.Bootstrap([("a", 1), ("a", 1), ("a", 1), ("b", 0)], 0).Mean);

    [Fact]
    public void Equal_seeds_give_equal_intervals() => Assert.Equal(Interval.Bootstrap(Coins(40), 3), Interval.Bootstrap(Coins(40), 3));

    [Fact]
    public void Another_seed_gives_another_interval_around_the_same_mean()
    {
        Interval one = Interval.Bootstrap(Fractions(15), 3);
        Interval other = Interval.Bootstrap(Fractions(15), 4);

        Assert.Equal(one.Mean, other.Mean);
        Assert.NotEqual((one.Low, one.High), (other.Low, other.High));
    }

    [Fact]
    public void The_interval_of_a_given_seed_never_changes()
    {
        // Computed apart from this library: the 26th and the 975th of 1,000 sorted means.
        Interval interval = Interval.Bootstrap(Enumerable.Range(0, 40).Select(i => ($"{i}", i / 64.0)), 7);

        Assert.Equal(new Interval(.3046875, .248046875, .3625), interval);
    }

    [Fact]
    public void Values_that_agree_within_their_groups_give_a_wider_interval_than_independent_ones()
    {
        double[] values = [.. Enumerable.Range(0, 40).Select(i => (double)(i / 4 % 2))];

        Interval clustered = Interval.Bootstrap(values.Select((v, i) => ($"conversation {i / 4}", v)), 0);
        Interval independent = Interval.Bootstrap(values.Select((v, i) => ($"pair {i}", v)), 0);

        Assert.Equal(independent.Mean, clustered.Mean);
        Assert.True(clustered.High - clustered.Low > 1.5 * (independent.High - independent.Low));
    }

    [Fact]
    public void More_groups_give_a_narrower_interval()
    {
        Interval few = Interval.Bootstrap(Coins(10), 0);
        Interval many = Interval.Bootstrap(Coins(1000), 0);

        Assert.True(many.High - many.Low < (few.High - few.Low) / 5);
    }

    [Fact]
    public void With_one_group_the_interval_is_the_whole_range() =>
        Assert.Equal(new Interval(.5, 0, 1), Interval.Bootstrap([("only", 1), ("only", 0)], 0));

    [Fact]
    public void Without_values_nothing_is_known() =>
        Assert.Equal(new Interval(double.NaN, double.NaN, double.NaN), Interval.Bootstrap([], 0));

    [Fact]
    public void Where_all_values_are_equal_the_interval_is_a_point() =>
        Assert.Equal(new Interval(1, 1, 1), Interval.Bootstrap([("a", 1), ("b", 1), ("c", 1)], 0));

    [Fact]
    public void The_interval_of_scores_lies_within_zero_and_one() => Gen.Select(Gen.Int[0, 6], Gen.Double[0, 1]).Array[1, 30].Sample(
        values =>
        {
            Interval interval = Interval.Bootstrap(values.Select(v => ($"{v.Item1}", v.Item2)), 0);
            Assert.InRange(interval.Low, 0, interval.High);
            Assert.InRange(interval.High, interval.Low, 1);
        },
        iter: 200);

    [Fact]
    public void The_accuracy_of_an_evaluation_is_clustered_by_the_examples_groups()
    {
        Example<Choice>[] examples = Pairs.Of(20);
        Evaluation<Choice> evaluation = new([.. examples.Select((e, i) => new ExampleResult<Choice>(e, null, new Score(i / 2 % 2), null))], Seed: 5);

        Assert.Equal(Interval.Bootstrap(examples.Select((e, i) => (e.Group, (double)(i / 2 % 2))), 5), evaluation.Accuracy);
        Assert.NotEqual(Interval.Bootstrap(examples.Select((e, i) => (e.Id, (double)(i / 2 % 2))), 5), evaluation.Accuracy);
    }

    [Fact]
    public void An_example_without_a_group_is_a_group_of_its_own() =>
        Assert.Equal("pair 1", new Example<Choice>(Pairs.One(1, Side.First).Value, "pair 1").Group);

    private static IEnumerable<(string Group, double Value)> Coins(int count) => Enumerable.Range(0, count).Select(i => ($"{i}", (double)(i % 2)));

    private static IEnumerable<(string Group, double Value)> Fractions(int count) => Enumerable.Range(0, count).Select(i => ($"{i}", 1.0 / (i + 1)));
}
