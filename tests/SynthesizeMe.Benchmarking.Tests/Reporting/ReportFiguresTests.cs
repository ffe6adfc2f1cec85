using CsCheck;

namespace SynthesizeMe.Benchmarking.Tests.Reporting;

public class ReportFiguresTests
{
    [Fact]
    public void Groups_of_training_pairs_hold_everyone_once_and_never_divide_equal_numbers()
    {
        Gen.Int[1, 30].Array[1, 60].Sample(training =>
        {
            var figures = new ReportFigures(HandMade.Of([.. training.Select(t => (t, new[] { 1d }, new[] { 0.5 }))]));

            var groups = figures.ByTrainingPairs();

            Assert.Equal(training.Length, groups.Sum(g => g.People));
            Assert.InRange(groups.Length, 1, 5);
            Assert.All(groups.Zip(groups.Skip(1)), g => Assert.True(g.First.To < g.Second.From));
        }, iter: 50);
    }

    [Theory]
    [InlineData("5 5 5 5 5 5 5 5 5 5 5 5 6 7 8 9 10 11 12 13", "12 8")]
    [InlineData("1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20", "7 6 7")]
    [InlineData("1 2 3 4 5 6 7 8 9 10 11", "11")]
    [InlineData("1 2 3 4 5 6 7 8 9 10 11 12 13", "6 7")]
    [InlineData("5 5 5 5 5", "5")]
    public void Groups_of_training_pairs_are_about_equally_large(string training, string sizes)
    {
        var figures = new ReportFigures(HandMade.Of([.. training.Split(' ').Select(t => (int.Parse(t, null), new[] { 1d }, new[] { 0.5 }))]));

        Assert.Equal(sizes, string.Join(' ', figures.ByTrainingPairs().Select(g => g.People)));
    }

    [Fact]
    public void Calibration_puts_answers_into_bins_of_ten_points()
    {
        BenchmarkRun run = HandMade.Of((5, [1, 0, 0.5, 1, 1], [1, 1, 1, 1, 1]), (5, [0], [0]));
        double?[] sure = [0.6, 0.69, 0.5, 1, null, 0.65];
        run = run with { Results = [.. run.Results.Where(r => r.Method == "generic").Select((r, at) => r with { Confidence = sure[at] })] };

        var bins = new ReportFigures(run).Calibration("generic");

        Assert.Equal([0.5, 0.6, 0.9], bins.Select(b => b.From));
        Assert.Equal([1, 3, 1], bins.Select(b => b.Pairs));
        Assert.Equal([0.5, 1d / 3, 1], bins.Select(b => b.Accuracy.Mean));
        Assert.Equal(1.94 / 3, bins[1].Confidence, 12);
        Assert.Empty(new ReportFigures(run).Calibration("chosen"));
    }

    [Fact]
    public void Position_bias_is_the_tables_with_an_interval()
    {
        var figures = new ReportFigures(HandMade.Of((5, [0.5, 0.5, 1], [1]), (5, [1, 0], [1])));

        var bias = figures.PositionBias("generic")!.Value;

        Assert.Equal(figures.Find("generic")!.PositionBias!.Value, bias.Mean, 12);
        Assert.InRange(bias.Mean, bias.Low, bias.High);
        Assert.True(bias.Low < bias.High);
    }

    [Theory]
    [InlineData(0, 0, 1)]
    [InlineData(1, 0, 1)]
    [InlineData(6, 0, 0.03125)]
    [InlineData(1, 5, 0.21875)]
    [InlineData(5, 5, 1)]
    public void The_sign_test_is_exact(int more, int less, double probability) => Assert.Equal(probability, Statistics.SignTest(more, less), 10);

    [Theory]
    [InlineData(0.657, 0.743, 0.5, 0.75, 0.05)]
    [InlineData(0.0, 1.0, 0.0, 1.0, 0.2)]
    public void A_scale_of_accuracies_has_chance_in_it_and_ends_on_ticks(double low, double high, double from, double to, double step)
    {
        Axis axis = Axis.OfAccuracies([low, high]);

        Assert.Equal((from, to, step), (Math.Round(axis.Low, 10), Math.Round(axis.High, 10), axis.Step));
        Assert.Equal(axis.High, axis.Ticks.Last(), 10);
    }

    [Fact]
    public void A_scale_of_differences_has_zero_in_it()
    {
        Axis axis = Axis.OfDifferences([0.011, 0.034]);

        Assert.Equal(["0", "+1", "+2", "+3", "+4"], axis.Ticks.Select(axis.Name));
    }
}
