namespace SynthesizeMe.Tests.Synthesis;

/// <summary>All pairs are in one conversation.</summary>
public class LeaveOneOutTests
{
    private const int Count = 5;

    /// <summary>A model whose persona names the pairs that it is induced from.</summary>
    private static Model Naming() => new(a => a.Good, a => $"Saw {string.Join(' ', a.Judgements.Select(j => $"<{j.Item}>"))}.");

    [Fact]
    public async Task A_pair_is_judged_without_its_own_demonstration()
    {
        var model = Naming();

        await model.FitAsync(Pairs.InOneConversation(Count));

        Assert.All(model.Judged, a => Assert.DoesNotContain(a.Item, a.Shown));
        Assert.Contains(model.Judged, a => a.Shown.Length == Count - 1);
    }

    [Fact]
    public async Task A_pair_is_judged_with_a_persona_that_was_not_induced_from_it()
    {
        var model = Naming();

        await model.FitAsync(Pairs.InOneConversation(Count));

        Asked[] informed = [.. model.Judged.Where(a => a.Persona is not null)];
        Assert.NotEmpty(informed);
        Assert.All(informed, a => Assert.DoesNotContain($"<{a.Item}>", a.Persona!, StringComparison.Ordinal));
        Assert.All(informed, a => Assert.Equal(Count - 1, a.Persona!.Count(c => c == '<')));
    }

    [Fact]
    public async Task The_persona_that_is_kept_is_induced_from_all_pairs()
    {
        Fit fit = await Naming().FitAsync(Pairs.InOneConversation(Count));

        Assert.Equal("Saw <0> <1> <2> <3> <4>.", fit.Judges[JudgeMethod.Persona].Persona);
        Assert.Equal(Count, fit.Judges[JudgeMethod.Persona].Artefact.Reliability.Pairs);
    }

    [Fact]
    public async Task The_fit_says_how_it_was_validated()
    {
        Fit fit = await Naming().FitAsync(Pairs.InOneConversation(Count));

        Assert.Contains(fit.Judge.Artefact.Provenance.Notes, n => n.StartsWith("There is one conversation only", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_method_that_helps_is_chosen()
    {
        Fit fit = await Model.RightWhen(a => a.Persona is not null).FitAsync(Pairs.InOneConversation(Count));

        Assert.Equal(JudgeMethod.Persona, fit.Judge.Method);
    }

    [Fact]
    public async Task The_usage_is_what_the_client_saw()
    {
        var model = Model.Coin(2);

        Fit fit = await model.FitAsync(Pairs.InOneConversation(Count));

        Assert.Equal(model.Calls, fit.Usage.Calls);
    }
}
