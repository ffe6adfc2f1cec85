namespace SynthesizeMe.Tests.Synthesis;

/// <summary>Ten pairs: 0 to 6 train, 7 to 9 validate.</summary>
public class ChosenMethodTests
{
    private const int Train = 7;

    /// <summary>When a judge is right about validation pairs: only when it is told about the person in this way.</summary>
    private static readonly Dictionary<JudgeMethod, Func<Asked, bool>> RightWith = new()
    {
        [JudgeMethod.History] = a => a.Persona is null && a.Shown.Length == Train && a.Reasoned.Length == 0,
        [JudgeMethod.Persona] = a => a.Persona is not null && a.Shown.Length == 0,
        [JudgeMethod.Demos] = a => a.Persona is null && a.Reasoned.Length > 0,
        [JudgeMethod.PersonaAndDemos] = a => a.Persona is not null && a.Reasoned.Length > 0,
    };

    [Theory]
    [InlineData(JudgeMethod.History)]
    [InlineData(JudgeMethod.Persona)]
    [InlineData(JudgeMethod.Demos)]
    [InlineData(JudgeMethod.PersonaAndDemos)]
    public async Task The_way_of_telling_about_the_person_that_helps_is_chosen(JudgeMethod method)
    {
        var model = Model.RightWhen(a => a.Item < Train || RightWith[method](a));

        Fit fit = await model.FitAsync(Pairs.Of(10));

        Assert.Equal(method, fit.Judge.Method);
        Assert.Equal(1, fit.Judge.Artefact.Reliability.Accuracy);
        Assert.Equal(0, fit.Judges[JudgeMethod.Generic].Artefact.Reliability.Accuracy);
        Assert.Same(fit.Judge, fit.Judges[method]);
        Assert.DoesNotContain(fit.Judge.Artefact.Provenance.Notes, n => n.Contains("generic", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Where_demonstrations_mislead_the_generic_judge_stays_and_a_note_says_so()
    {
        var model = Model.RightWhen(a => a.Shown.Length == 0 && a.Persona is null);

        Fit fit = await model.FitAsync(Pairs.Of(10));

        Assert.Equal(JudgeMethod.Generic, fit.Judge.Method);
        Assert.Equal(1, fit.Judge.Artefact.Reliability.Accuracy);
        Assert.Contains("Nothing beat the generic judge on this person's pairs, so it was kept.", fit.Judge.Artefact.Provenance.Notes);
    }

    [Fact]
    public async Task A_judge_that_is_always_wrong_stays_generic()
    {
        Fit fit = await Model.Wrong().FitAsync(Pairs.Of(10));

        Assert.Equal(JudgeMethod.Generic, fit.Judge.Method);
        Assert.Equal(0, fit.Judge.Artefact.Reliability.Accuracy);
    }

    [Fact]
    public async Task Every_candidate_is_recorded_with_what_became_of_it()
    {
        Fit fit = await Model.RightWhen(a => a.Item < Train || a.Reasoned.Length > 0).FitAsync(Pairs.Of(10));

        CandidateRecord[] records = [.. fit.Judge.Artefact.Provenance.Candidates];
        Assert.Equal(["final choice", "informative demonstrations", "reasoning"], records.Select(r => r.Stage).Distinct().Order(StringComparer.Ordinal));
        Assert.Equal(fit.Judges.Keys, records.Where(r => r.Stage == "final choice").Select(r => Enum.Parse<JudgeMethod>(r.Name)).Order());
        Assert.Equal(fit.Judge.Method.ToString(), Assert.Single(records, r => r.Status == "Chosen").Name);
    }
}
