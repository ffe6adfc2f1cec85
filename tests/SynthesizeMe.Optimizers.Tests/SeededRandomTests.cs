using System.Globalization;
using CsCheck;

namespace SynthesizeMe.Optimizers.Tests;

public class SeededRandomTests
{
    // Computed apart from this library: SHA-256 of "seed, NUL, stream", its first 8 bytes as SplitMix64's state, the upper half of value × bound.
    [Theory]
    [InlineData(0, "", new[] { 630, 455, 201, 358, 147, 264 })]
    [InlineData(7, "candidate 3", new[] { 741, 709, 774, 35, 164, 722 })]
    [InlineData(-1, "fill", new[] { 273, 219, 842, 894, 679, 922 })]
    [InlineData(int.MaxValue, "Grüße", new[] { 863, 61, 14, 399, 978, 246 })]
    public void The_values_of_a_stream_never_change(int seed, string stream, int[] values)
    {
        var random = new SeededRandom(seed, stream);

        Assert.Equal(values, Enumerable.Range(0, values.Length).Select(_ => random.Next(1000)));
    }

    [Fact]
    public void The_shuffles_of_a_stream_never_change()
    {
        Assert.Equal([4, 5, 1, 2, 3, 9, 0, 8, 6, 7], new SeededRandom(7, "candidate 3").Shuffle(Enumerable.Range(0, 10)));
        Assert.Equal(["f", "c", "a", "e", "b", "d"], new SeededRandom(0, "labelled").Shuffle(["a", "b", "c", "d", "e", "f"]));
    }

    [Fact]
    public void The_values_are_the_same_in_every_culture()
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        var other = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        other.NumberFormat.NegativeSign = "\u2212";
        try
        {
            CultureInfo.CurrentCulture = other;
            Assert.Equal(273, new SeededRandom(-1, "fill").Next(1000));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void Every_number_below_the_bound_is_about_as_frequent()
    {
        var random = new SeededRandom(1, "dice");
        int[] counts = new int[6];
        for (int i = 0; i < 60_000; i++)
        {
            counts[random.Next(6)]++;
        }

        Assert.All(counts, c => Assert.InRange(c, 9_600, 10_400));
    }

    [Fact]
    public void Every_order_of_three_items_is_about_as_frequent()
    {
        var random = new SeededRandom(1, "orders");
        var counts = Enumerable.Range(0, 60_000).CountBy(_ => string.Concat(random.Shuffle("abc"))).ToDictionary();

        Assert.Equal(6, counts.Count);
        Assert.All(counts.Values, c => Assert.InRange(c, 9_600, 10_400));
    }

    [Fact]
    public void A_number_is_never_negative_and_always_below_the_bound() => Gen.Select(Gen.Int, Gen.Int[1, int.MaxValue]).Sample(
        (seed, bound) => Assert.InRange(new SeededRandom(seed, "range").Next(bound), 0, bound - 1));

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void A_bound_that_is_not_positive_is_refused(int bound) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new SeededRandom(0, "range").Next(bound));

    [Fact]
    public void A_shuffle_is_a_permutation_and_leaves_the_original_alone() => Gen.Select(Gen.Int, Gen.Int.Array[0, 50]).Sample((seed, items) =>
    {
        int[] before = [.. items];
        int[] shuffled = new SeededRandom(seed, "shuffle").Shuffle(items);
        Assert.Equal(before, items);
        Assert.Equal(before.Order(), shuffled.Order());
    });

    [Fact]
    public void Streams_of_other_names_or_seeds_are_independent()
    {
        double[] one = Draws(0, "a");

        Assert.InRange(Correlation(one, Draws(0, "b")), -.05, .05);
        Assert.InRange(Correlation(one, Draws(1, "a")), -.05, .05);
    }

    [Fact]
    public void A_stream_is_not_disturbed_by_draws_from_another()
    {
        var alone = new SeededRandom(5, "mine");
        var beside = new SeededRandom(5, "mine");
        var other = new SeededRandom(5, "yours");

        for (int i = 0; i < 100; i++)
        {
            other.Next(10);
            Assert.Equal(alone.Next(1000), beside.Next(1000));
        }
    }

    private static double[] Draws(int seed, string stream)
    {
        var random = new SeededRandom(seed, stream);
        return [.. Enumerable.Range(0, 10_000).Select(_ => random.Next(1 << 20) - (double)(1 << 19))];
    }

    private static double Correlation(double[] left, double[] right) =>
        left.Zip(right, (l, r) => l * r).Sum() / Math.Sqrt(left.Sum(l => l * l) * right.Sum(r => r * r));
}
