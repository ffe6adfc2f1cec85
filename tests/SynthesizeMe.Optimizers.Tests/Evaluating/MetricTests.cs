using SynthesizeMe.Signatures;

namespace SynthesizeMe.Optimizers.Tests;

public class MetricTests
{
    private static readonly Choice Expected = new("question", "a", "b", Side.Second);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Exact_match_is_right_when_the_field_is_equal() =>
        Assert.Equal(Score.Right, await Metrics.ExactMatch<Choice>(x => x.Preferred)(Expected, Answer(Expected), Ct));

    [Fact]
    public async Task Exact_match_is_wrong_when_the_field_differs() =>
        Assert.Equal(Score.Wrong, await Metrics.ExactMatch<Choice>(x => x.Preferred)(Expected, Answer(Expected with { Preferred = Side.First }), Ct));

    [Fact]
    public async Task Exact_match_looks_at_no_other_field() =>
        Assert.Equal(Score.Right, await Metrics.ExactMatch<Choice>(x => x.Preferred)(Expected, Answer(Expected with { Question = "another" }), Ct));

    [Fact]
    public async Task Exact_match_of_nothing_with_nothing_is_right() =>
        Assert.Equal(Score.Right, await Metrics.ExactMatch<Choice>(_ => null)(Expected, Answer(Expected), Ct));

    [Fact]
    public void Exact_match_needs_a_field() => Assert.Throws<ArgumentNullException>(() => Metrics.ExactMatch<Choice>(null!));

    [Fact]
    public void A_score_is_a_value_with_feedback()
    {
        Assert.Equal(1, Score.Right.Value);
        Assert.Equal(0, Score.Wrong.Value);
        Assert.Null(Score.Right.Feedback);
        Assert.NotEqual(Score.Wrong, new Score(0, "The second is longer."));
    }

    [Theory]
    [InlineData(-.01)]
    [InlineData(1.01)]
    [InlineData(100)]
    [InlineData(double.NaN)]
    public void A_score_outside_zero_and_one_is_refused(double value)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new Score(value));
        Assert.Throws<ArgumentOutOfRangeException>(() => Score.Right with { Value = value });
    }

    private static Prediction<Choice> Answer(Choice value) => new(value, null, default, [], []);
}
