using CsCheck;
using SynthesizeMe.Rewards;

namespace SynthesizeMe.Tests.Rewards;

public sealed class LogisticRidgeTests
{
    private static readonly Gen<(double[][] Rows, double Ridge)> Problems =
        Gen.Select(Gen.Double[-2, 2].Array[4].Array[1, 30], Gen.Double[0.05, 5]);

    [Fact]
    public void At_the_minimum_the_pull_of_the_pairs_and_of_the_prior_are_equal() => Problems.Sample(
        p =>
        {
            float[] offsets = [.. p.Rows.Select((_, i) => (i % 3) - 1f)];
            float[] weights = Fit(p.Rows, p.Ridge, offsets);
            for (int j = 0; j < 4; j++)
            {
                double pull = 0;
                for (int i = 0; i < p.Rows.Length; i++)
                {
                    double margin = offsets[i] + p.Rows[i].Select((x, k) => x * weights[k]).Sum();
                    pull += p.Rows[i][j] / (1 + Math.Exp(margin));
                }

                Assert.Equal(p.Ridge * weights[j], pull, 0.01);
            }
        },
        seed: "0N0XIzNsQ0O2",
        iter: 200);

    [Fact]
    public void Choosing_the_other_of_every_pair_turns_every_weight_round() => Problems.Sample(
        p =>
        {
            float[] weights = Fit(p.Rows, p.Ridge, null);
            float[] turned = Fit([.. p.Rows.Select(r => r.Select(x => -x).ToArray())], p.Ridge, null);
            for (int j = 0; j < 4; j++)
            {
                Assert.Equal(weights[j], -turned[j], 0.0005);
            }
        },
        seed: "0N0XIzNsQ0O2",
        iter: 200);

    [Fact]
    public void A_stronger_prior_gives_smaller_weights()
    {
        double[][] rows = [[1, 0, 0, 0], [0.5, 0, 0, 0]];

        double[] sizes = [.. new[] { 0.1, 1, 10 }.Select(ridge => (double)Fit(rows, ridge, null)[0])];

        Assert.True(sizes[0] > sizes[1] && sizes[1] > sizes[2] && sizes[2] > 0, string.Join(' ', sizes));
    }

    [Fact]
    public void Rows_beyond_one_part_count_like_the_others()
    {
        double[][] few = [[1, 0, 0, 0], [-1, 2, 0, 0], [0.5, -1, 1, 0]];
        double[][] many = [.. Enumerable.Range(0, 3000).SelectMany(_ => few)];

        float[] weights = Fit(many, 3000, null);
        float[] expected = Fit(few, 1, null);

        Assert.All(weights.Zip(expected), w => Assert.Equal(w.Second, w.First, 0.001));
    }

    [Theory]
    [InlineData(0, 0.6931471805599453)]
    [InlineData(800, 0)]
    [InlineData(-800, 800)]
    public void The_loss_is_exact_far_out(double margin, double loss) => Assert.Equal(loss, LogisticRidge.Loss(margin));

    private static float[] Fit(double[][] rows, double ridge, float[]? offsets)
    {
        var matrix = new DifferenceMatrix(rows.Length, 4);
        for (int i = 0; i < rows.Length; i++)
        {
            for (int j = 0; j < 4; j++)
            {
                matrix[i][j] = (float)rows[i][j];
            }
        }

        return new LogisticRidge(matrix, [.. Enumerable.Range(0, rows.Length)], offsets).Fit(ridge, null, TestContext.Current.CancellationToken);
    }
}
