namespace SynthesizeMe.Tests.Synthesis;

/// <summary>The reference kept nothing of a perfect judge: the better the judge, the less personal. Ten pairs: 0 to 6 train, 7 to 9 validate.</summary>
public class PerfectJudgeTests
{
    [Theory]
    [InlineData(JudgeMethod.Demos)]
    [InlineData(JudgeMethod.PersonaAndDemos)]
    public async Task A_perfect_judge_keeps_its_reasoning_and_demonstrations(JudgeMethod method)
    {
        Fit fit = await Model.Perfect().FitAsync(Pairs.Of(10));

        PersonalizedJudge judge = fit.Judges[method];
        Assert.Equal([0, 1, 2, 3, 4, 5, 6], Fits.ShownBy(judge));
        Assert.All(judge.Demos, d => Assert.True(d.Verified));
        Assert.Equal(Enumerable.Range(0, 7).Select(i => $"because of {i}"), judge.Demos.Select(d => d.Reasoning));
    }

    [Fact]
    public async Task The_persona_is_induced_from_all_its_reasoning()
    {
        var model = Model.Perfect();

        await model.FitAsync(Pairs.Of(10));

        Assert.Equal(Enumerable.Range(0, 7).Select(i => (i, true)), model.PersonaRequest.Judgements);
    }

    [Fact]
    public async Task Every_method_is_perfect()
    {
        Fit fit = await Model.Perfect().FitAsync(Pairs.Of(10));

        Assert.Equal(Enum.GetValues<JudgeMethod>(), fit.Judges.Keys);
        Assert.All(fit.Judges.Values, j => Assert.Equal(new Reliability(3, 3, 3, 3), j.Artefact.Reliability));
    }
}
