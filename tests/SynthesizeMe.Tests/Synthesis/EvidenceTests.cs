namespace SynthesizeMe.Tests.Synthesis;

/// <summary>What the persona is induced from. Ten pairs: 0 to 6 train.</summary>
public class EvidenceTests
{
    [Fact]
    public async Task Pairs_that_nobody_predicted_are_judgements_without_reasoning()
    {
        var model = Model.RightWhen(a => a.Item is 1 or 4);

        await model.FitAsync(Pairs.Of(10));

        Assert.Equal([(0, false), (1, true), (2, false), (3, false), (4, true), (5, false), (6, false)], model.PersonaRequest.Judgements);
    }

    [Fact]
    public async Task A_judge_that_is_always_wrong_still_gives_a_persona_from_the_choices()
    {
        var model = Model.Wrong();

        Fit fit = await model.FitAsync(Pairs.Of(10));

        Assert.Equal(Enumerable.Range(0, 7).Select(i => (i, false)), model.PersonaRequest.Judgements);
        Assert.Equal(Model.Persona, fit.Judges[JudgeMethod.Persona].Persona);
    }

    [Fact]
    public async Task Validation_pairs_are_no_evidence()
    {
        var model = Model.Perfect();

        await model.FitAsync(Pairs.Of(10));

        Assert.All(Enumerable.Range(7, 3), i => Assert.DoesNotContain($"good {i}.", model.PersonaRequest.Text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Over_the_token_budget_judgements_without_reasoning_go_first()
    {
        var model = Model.RightWhen(a => a.Item is 1 or 4);

        await model.FitAsync(Pairs.Of(10), Fits.Published with { MaxPersonaTokens = 26 });

        Assert.Equal([(1, true), (4, true)], model.PersonaRequest.Judgements.Where(j => j.Reasoned));
        Assert.InRange(model.PersonaRequest.Judgements.Length, 3, 6);
    }

    [Fact]
    public async Task Then_the_longest_go()
    {
        var model = Model.Perfect();
        PreferencePair[] pairs = Pairs.Of(10);
        pairs[3] = pairs[3] with { Chosen = "good 3. " + new string('x', 500) };

        await model.FitAsync(pairs, Fits.Published with { MaxPersonaTokens = 120 });

        Assert.Equal([0, 1, 2, 4, 5, 6], model.PersonaRequest.Judgements.Select(j => j.Item));
    }

    [Fact]
    public async Task A_judgement_is_dropped_whole_or_not_at_all()
    {
        var model = Model.Perfect();

        await model.FitAsync(Pairs.Of(10), Fits.Published with { MaxPersonaTokens = 40 });

        Assert.InRange(model.PersonaRequest.Judgements.Length, 1, 6);
        Assert.All(model.PersonaRequest.Judgements, j => Assert.Contains(
            $$"""[{"role":"user","content":"question {{j.Item}}"}],"preferred":"good {{j.Item}}.","other":"bad {{j.Item}}.","reasoning":"because of {{j.Item}}"}""",
            model.PersonaRequest.Text,
            StringComparison.Ordinal));
    }

    [Fact]
    public async Task One_judgement_is_kept_whatever_the_budget()
    {
        var model = Model.Perfect();

        await model.FitAsync(Pairs.Of(10), Fits.Published with { MaxPersonaTokens = 1 });

        Assert.Single(model.PersonaRequest.Judgements);
    }

    [Fact]
    public async Task The_persona_is_told_without_the_blanks_around_it()
    {
        var model = new Model(a => a.Good, _ => "  Likes what is good. \n");

        Fit fit = await model.FitAsync(Pairs.Of(10));

        Assert.Equal("Likes what is good.", fit.Judges[JudgeMethod.Persona].Persona);
    }
}
