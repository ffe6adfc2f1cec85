namespace SynthesizeMe.Tests.Synthesis;

public class ExpectedGainTests
{
    [Fact]
    public void What_was_seen_moves_what_is_known_of_the_kind_a_little()
    {
        double known = ExpectedGain.Prior(JudgeMethod.Demos);

        double better = ExpectedGain.Of(JudgeMethod.Demos, 0.8, [1, 1, 1, 0, 0, 0, 0, 0, 0, 0]);
        double worse = ExpectedGain.Of(JudgeMethod.Demos, 0.8, [-1, -1, -1, 0, 0, 0, 0, 0, 0, 0]);

        Assert.InRange(better, known, 0.3 - known);
        Assert.InRange(worse, -0.3, known);
        Assert.True(better - known < 0.15 && known - worse < 0.15);
    }

    [Fact]
    public void The_more_pairs_the_more_what_was_seen_counts() => Assert.True(
        ExpectedGain.Of(JudgeMethod.History, 0.8, [.. Enumerable.Range(0, 100).Select(i => i % 4 == 0 ? 1.0 : 0)])
        > ExpectedGain.Of(JudgeMethod.History, 0.8, [.. Enumerable.Range(0, 8).Select(i => i % 4 == 0 ? 1.0 : 0)]));

    [Fact]
    public void A_judge_no_better_than_chance_gains_only_what_it_was_seen_to_gain() =>
        Assert.Equal(0, ExpectedGain.Of(JudgeMethod.PersonaAndDemos, 0.5, [0, 0, 0, 0]));

    [Fact]
    public void The_generic_judge_gains_nothing() => Assert.Equal(0, ExpectedGain.Of(JudgeMethod.Generic, 0.9, [0, 0, 0]));
}
