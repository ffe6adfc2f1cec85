namespace SynthesizeMe.Tests.Judging;

public class ReliabilityTests
{
    [Fact]
    public void Accuracy_is_the_mean_score_of_the_pairs() => Assert.Equal(0.7, new Reliability(5, 3.5, 4, 3).Accuracy, 12);

    [Fact]
    public void Without_pairs_there_is_no_accuracy() => Assert.Equal(double.NaN, default(Reliability).Accuracy);

    [Fact]
    public void Confidence_is_never_below_one_half() => Assert.Equal(0.5, new Reliability(9, 0, 9, 0).Confidence);
}
