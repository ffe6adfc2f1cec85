using SynthesizeMe.Optimizers;
using SynthesizeMe.Signatures;

namespace SynthesizeMe.Tests.Synthesis;

/// <summary>The reference took an unreadable reply for a tie and "succeeded" after 1,833 requests. Ten pairs: 0 to 6 train.</summary>
public class UnreadableTests
{
    [Fact]
    public async Task Where_nothing_can_be_read_the_fit_ends_after_one_look_at_the_training_pairs()
    {
        var model = new Model(_ => Model.Nonsense);

        var e = await Assert.ThrowsAsync<UnreadableRepliesException>(() => model.FitAsync(Pairs.Of(10), new SynthesisOptions { Effort = FitEffort.Published }));

        Assert.InRange(model.Calls, 1, 7 * 2 * 2);
        Assert.Equal(model.Calls, e.Usage.Calls);
        Assert.Contains(Model.Nonsense, Assert.IsType<PromptParseException>(e.InnerException).Reply, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_persona_that_cannot_be_read_is_noted_and_the_other_methods_remain()
    {
        var model = new Model(a => a.WantsPersona ? Model.Nonsense : Model.Judge(a.Good, $"because of {a.Item}"));

        Fit fit = await model.FitAsync(Pairs.Of(10));

        Assert.Equal([JudgeMethod.Generic, JudgeMethod.History, JudgeMethod.Demos], fit.Judges.Keys);
        Assert.Contains(fit.Judge.Artefact.Provenance.Notes, n => n.StartsWith("There is no persona, because the model's reply could not be read.", StringComparison.Ordinal));
        Assert.Equal(model.Calls, fit.Usage.Calls);
    }

    [Fact]
    public async Task An_empty_persona_is_no_persona()
    {
        var model = new Model(a => a.Good, _ => " \n ");

        Fit fit = await model.FitAsync(Pairs.Of(10));

        Assert.DoesNotContain(JudgeMethod.Persona, fit.Judges.Keys);
        Assert.Contains(fit.Judge.Artefact.Provenance.Notes, n => n.StartsWith("There is no persona", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_judge_that_cannot_answer_with_a_persona_loses_the_methods_with_a_persona_only()
    {
        var model = new Model(a => a.WantsPersona ? Model.Tell(Model.Persona)
            : a.Persona is not null ? Model.Nonsense
            : Model.Judge(a.Shown.Length > 0 || a.Item < 7 ? a.Good : a.Bad, $"because of {a.Item}"));

        Fit fit = await model.FitAsync(Pairs.Of(10));

        Assert.Equal([JudgeMethod.Generic, JudgeMethod.History, JudgeMethod.Demos], fit.Judges.Keys);
        Assert.Equal(JudgeMethod.Demos, fit.Judge.Method);
        Assert.Contains(fit.Judge.Artefact.Provenance.Notes, n => n.Contains("could be read", StringComparison.Ordinal));
        Assert.Equal(model.Calls, fit.Usage.Calls);
    }

    [Fact]
    public async Task An_unreadable_answer_counts_as_wrong_and_not_as_consistent()
    {
        var model = new Model(a => a.WantsPersona ? Model.Tell(Model.Persona) : a.Item == 9 ? Model.Nonsense : Model.Judge(a.Good, $"because of {a.Item}"));

        Fit fit = await model.FitAsync(Pairs.Of(10));

        Assert.Equal(new Reliability(3, 2, 2, 2), fit.Judges[JudgeMethod.Generic].Artefact.Reliability);
        Assert.Equal(model.Calls, fit.Usage.Calls);
    }

    [Fact]
    public async Task A_reply_that_is_mended_on_the_second_ask_is_as_good_as_any()
    {
        var model = new Model(a => a.WantsPersona ? Model.Tell(Model.Persona)
            : a.Text.Contains("could not be read", StringComparison.Ordinal) ? Model.Judge(a.Good, $"because of {a.Item}")
            : Model.Nonsense);

        Fit fit = await model.FitAsync(Pairs.Of(10), new SynthesisOptions { Effort = FitEffort.Published });

        Assert.Equal(1, fit.Judges[JudgeMethod.Generic].Artefact.Reliability.Accuracy);
        Assert.Equal(model.Calls, fit.Usage.Calls);
    }
}
