using SynthesizeMe.Signatures;

namespace SynthesizeMe.Tests.Synthesis;

/// <summary>With the reference's fixed flips, a judge that always says "First" scored up to 80 % and won.</summary>
public class BiasedJudgeTests
{
    [Fact]
    public async Task A_judge_that_always_says_first_scores_one_half_by_every_method()
    {
        Fit fit = await Model.AlwaysFirst().FitAsync(Pairs.Of(15));

        Assert.All(fit.Judges.Values.Where(j => j.Artefact.Reliability.Pairs == 5), j => Assert.Equal(new Reliability(5, 2.5, 0, 0), j.Artefact.Reliability));
        Assert.Equal(5, fit.Judges[JudgeMethod.Generic].Artefact.Reliability.Pairs);
    }

    [Fact]
    public async Task It_is_kept_generic_and_the_fit_says_so()
    {
        Fit fit = await Model.AlwaysFirst().FitAsync(Pairs.Of(15));

        Assert.Equal(JudgeMethod.Generic, fit.Judge.Method);
        Assert.Contains("Nothing beat the generic judge on this person's pairs, so it was kept.", fit.Judge.Artefact.Provenance.Notes);
    }

    [Fact]
    public async Task Demonstrations_show_both_answers()
    {
        var model = Model.Perfect();

        Fit fit = await model.FitAsync(Pairs.Of(15));

        Preference[] shown = [.. fit.Judges[JudgeMethod.Demos].Demos.Cast<Demo<JudgePreference>>().Select(d => d.Value.Preference)];
        Assert.Equal(5, shown.Count(p => p == Preference.First));
        Assert.Equal(5, shown.Count(p => p == Preference.Second));
    }

    [Fact]
    public async Task No_prompt_shows_a_pair_twice()
    {
        var model = Model.Coin(3);

        await model.FitAsync(Pairs.Of(15));

        Assert.All(model.Judged, a => Assert.Distinct(a.Shown));
    }

    [Fact]
    public async Task No_prompt_shows_the_pair_it_asks_about()
    {
        var model = Model.Coin(4);

        await model.FitAsync(Pairs.Of(15));

        Assert.All(model.Judged, a => Assert.DoesNotContain(a.Item, a.Shown));
    }
}
