namespace SynthesizeMe.Optimizers.Tests;

public class TotalsTests
{
    [Theory]
    [InlineData(0.1, 0.2, 0.3)]
    [InlineData(0.7, 0.1, 0.6)]
    [InlineData(1, 0.9, 0.8)]
    public void Equal_scores_have_the_same_total_in_any_order(double a, double b, double c)
    {
        double[] totals = [Totals.Of([a, b, c]), Totals.Of([c, b, a]), Totals.Of([b, c, a]), Totals.Of([Totals.Of([c, a]), b])];

        Assert.Single(totals.Distinct());
    }
}
