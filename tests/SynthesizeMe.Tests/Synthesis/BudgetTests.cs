using CsCheck;
using SynthesizeMe.Optimizers;

namespace SynthesizeMe.Tests.Synthesis;

public class BudgetTests
{
    [Fact]
    public Task No_budget_is_ever_overshot_and_what_is_spent_is_reported() => KeepsAnyBudgetAsync(Pairs.Of(10));

    [Fact]
    public Task No_budget_is_ever_overshot_with_one_conversation_either() => KeepsAnyBudgetAsync(Pairs.InOneConversation(5));

    [Fact]
    public async Task Second_asks_count_too() => await Gen.Int[1, 80].SampleAsync(async limit =>
    {
        var model = new Model(a => a.WantsPersona ? Model.Tell(Model.Persona)
            : a.Item % 2 == 0 && !a.Text.Contains("could not be read", StringComparison.Ordinal) ? Model.Nonsense
            : Model.Judge(a.Good, $"because of {a.Item}"));
        var budget = new Budget { Calls = limit };

        Fit fit = await model.FitAsync(Pairs.Of(10), new SynthesisOptions { Effort = FitEffort.Published, Budget = budget }, cancellationToken: CancellationToken.None);

        Assert.InRange(model.Calls, 0, limit);
        Assert.Equal(model.Calls, budget.Spent.Calls);
        Assert.Equal(model.Calls, fit.Usage.Calls);
    }, iter: 120);

    [Fact]
    public async Task A_fit_that_ends_early_says_why_in_the_artefact_too()
    {
        Fit fit = await Model.Perfect().FitAsync(Pairs.Of(10), Fits.Published with { Budget = new Budget { Calls = 5 } });

        Assert.StartsWith("The budget", fit.Stopped, StringComparison.Ordinal);
        Assert.Contains(fit.Judge.Artefact.Provenance.Notes, n => n == $"The fit ended early: {fit.Stopped}");
    }

    [Fact]
    public async Task Without_any_call_there_is_the_generic_judge_and_a_note_that_nothing_was_compared()
    {
        var model = Model.Perfect();

        Fit fit = await model.FitAsync(Pairs.Of(10), Fits.Published with { Budget = new Budget { Calls = 0 } });

        Assert.Equal(0, model.Calls);
        Assert.Equal(JudgeMethod.Generic, fit.Judge.Method);
        Assert.Contains("The judges could not be compared, so the generic one was kept.", fit.Judge.Artefact.Provenance.Notes);
    }

    [Fact]
    public async Task A_budget_that_is_spent_in_the_second_search_keeps_what_the_first_one_chose()
    {
        var model = Model.RightWhen(a => a.Item < 7 || (a.Persona is null && a.Reasoned.Length > 0));
        Fit whole = await model.FitAsync(Pairs.Of(10));
        int first = model.Asked.TakeWhile(a => !a.WantsPersona).Count();

        Fit fit = await Model.RightWhen(a => a.Item < 7 || (a.Persona is null && a.Reasoned.Length > 0))
            .FitAsync(Pairs.Of(10), Fits.Published with { Budget = new Budget { Calls = first + 1 } });

        Assert.NotNull(fit.Stopped);
        Assert.Equal(JudgeMethod.Demos, fit.Judge.Method);
        Assert.Equal(whole.Judge.Artefact.Demos, fit.Judge.Artefact.Demos);
    }

    [Fact]
    public async Task A_budget_that_suffices_changes_nothing()
    {
        Fit free = await Model.Coin(1).FitAsync(Pairs.Of(10));
        Fit bound = await Model.Coin(1).FitAsync(Pairs.Of(10), Fits.Published with { Budget = new Budget { Calls = free.Usage.Calls + 200 } });

        Assert.Null(bound.Stopped);
        Assert.Equal(JudgeArtefactJson.Write(free.Judge.Artefact), JudgeArtefactJson.Write(bound.Judge.Artefact));
    }

    [Fact]
    public async Task With_a_price_the_artefact_says_what_the_fit_cost()
    {
        var budget = new Budget { Price = new TokenPrice(1m, 10m) };

        Fit fit = await Model.Perfect().FitAsync(Pairs.Of(10), Fits.Published with { Budget = budget });

        Assert.Equal(budget.SpentCost, fit.Judge.Artefact.Provenance.Cost);
        Assert.True(budget.SpentCost > 0);
    }

    [Fact]
    public async Task Without_a_price_it_says_nothing_about_cost()
    {
        Fit fit = await Model.Perfect().FitAsync(Pairs.Of(10));

        Assert.Null(fit.Judge.Artefact.Provenance.Cost);
    }

    [Fact]
    public async Task A_budget_that_several_fits_share_is_billed_to_each_for_its_own_calls()
    {
        var budget = new Budget { Price = new TokenPrice(1m, 10m) };

        Fit one = await Model.Perfect().FitAsync(Pairs.Of(10), Fits.Published with { Budget = budget });
        Fit two = await Model.Perfect().FitAsync(Pairs.Of(12), Fits.Published with { Budget = budget });

        Assert.Equal(budget.SpentCost, one.Judge.Artefact.Provenance.Cost + two.Judge.Artefact.Provenance.Cost);
        Assert.Equal(budget.Spent, one.Usage + two.Usage);
    }

    private static async Task KeepsAnyBudgetAsync(PreferencePair[] pairs) => await Gen.Int[1, 60].SampleAsync(async limit =>
    {
        var model = Model.Coin(limit);
        var budget = new Budget { Calls = limit };

        Fit fit = await model.FitAsync(pairs, Fits.Published with { Budget = budget }, cancellationToken: CancellationToken.None);

        Assert.InRange(model.Calls, 0, limit);
        Assert.Equal(model.Calls, fit.Usage.Calls);
        Assert.Equal(model.Calls, budget.Spent.Calls);
        Assert.NotNull(fit.Stopped);
    }, iter: 120);
}
