using SynthesizeMe.Signatures;
using SynthesizeMe.Testing;

namespace SynthesizeMe.Optimizers.Tests;

public class RefineTests
{
    private static readonly Reward<Drill> Loud = (p, _) => new(!p.Value.Answer.Any(char.IsLower)
        ? Score.Right
        : new Score(.2, "Too quiet."));

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_next_attempt_is_told_the_advice_and_does_better()
    {
        ScriptedChatClient model = Drills.Model();
        ScriptedChatClient adviser = Advice($$"""{"self": "{{Drills.UpperCase}}"}""");
        var refine = new Refine<Drill>(Drills.Program(model), Loud, adviser);

        Prediction<Drill> prediction = await refine.PredictAsync(new Drill.Inputs("some words"), Ct);

        Assert.Equal("SOME WORDS", prediction.Value.Answer);
        Assert.Equal(3, prediction.Usage.Calls);
        Assert.Equal($"Answer.\n\nAdvice from an earlier attempt at the same inputs: {Drills.UpperCase}", new PromptRead(model.Requests[1]).Instructions);
        Assert.Equal(ProgramState.Empty, refine.State);
        Snapshot.Match(new ChatPrompt([.. adviser.Requests[0].Select(m => new Turn(m.Role, m.Text))]).ToString());
    }

    [Fact]
    public async Task Each_step_gets_its_own_advice_and_that_for_nobody_is_listed()
    {
        ScriptedChatClient model = Drills.Model();
        var refine = new Refine<Drill>(
            Drills.TwoSteps(model), Loud, Advice($$"""{"Finishing": "{{Drills.UpperCase}}", "Starting": "Be quick."}"""));

        Prediction<Drill> prediction = await refine.PredictAsync(new Drill.Inputs("some words"), Ct);

        Assert.Equal("SOME WORDS", prediction.Value.Answer);
        Assert.Equal([new Repair(RepairKind.UnknownSection, "Starting", 0)], prediction.Repairs);
        Assert.Equal("Shorten.", new PromptRead(model.Requests[2]).Instructions);
    }

    [Fact]
    public async Task Good_attempts_ask_for_no_advice_and_the_last_one_neither()
    {
        ScriptedChatClient adviser = Advice("""{"self": "Be brave."}""");

        await new Refine<Drill>(Drills.Program(Drills.Model()), Loud, adviser).PredictAsync(new Drill.Inputs("LOUD"), Ct);
        Assert.Empty(adviser.Requests);

        await new Refine<Drill>(Drills.Program(Drills.Model()), Loud, adviser).PredictAsync(new Drill.Inputs("quiet"), Ct);
        Assert.Equal(2, adviser.Requests.Count);
    }

    [Fact]
    public async Task An_attempt_that_cannot_be_read_is_advised_on_too()
    {
        ScriptedChatClient model = Drills.Model(p => p.Instructions.Contains(Drills.UpperCase, StringComparison.Ordinal) ? null : "[[ ## other ## ]]\nHm.\n\n[[ ## completed ## ]]");
        ScriptedChatClient adviser = Advice($$"""{"self": "{{Drills.UpperCase}}"}""");

        Prediction<Drill> prediction = await new Refine<Drill>(Drills.Program(model), Loud, adviser).PredictAsync(new Drill.Inputs("w"), Ct);

        Assert.Equal("W", prediction.Value.Answer);
        Assert.Contains("Hm.", new PromptRead(adviser.Requests[0]).Inputs["feedback"], StringComparison.Ordinal);
        Assert.Equal([new Repair(RepairKind.RunLost, "attempt 1", 0)], prediction.Repairs);
    }

    [Fact]
    public async Task Advice_that_cannot_be_read_is_gone_without_counted_and_listed()
    {
        var refine = new Refine<Drill>(Drills.Program(Drills.Model()), Loud, new ScriptedChatClient("No idea.")) { N = 2 };

        Prediction<Drill> prediction = await refine.PredictAsync(new Drill.Inputs("w"), Ct);

        Assert.Equal([new Repair(RepairKind.RunLost, "advice", 0)], prediction.Repairs);
        Assert.Equal((4, 4), (prediction.Usage.Calls, refine.MaxCalls));
    }

    [Fact]
    public async Task The_model_that_gives_advice_is_called_as_the_options_say()
    {
        ScriptedChatClient adviser = new("No idea.");
        var refine = new Refine<Drill>(Drills.Program(Drills.Model()), Loud, adviser) { N = 2, AdviceOptions = new() { MaxReasks = 0 } };

        await refine.PredictAsync(new Drill.Inputs("w"), Ct);

        Assert.Single(adviser.Requests);
        Assert.Equal(3, refine.MaxCalls);
    }

    [Fact]
    public async Task A_budget_pays_for_advice_as_well()
    {
        ScriptedChatClient adviser = Advice("""{"self": "Be brave."}""");
        var budget = new Budget();
        var refine = new Refine<Drill>(Drills.Program(Drills.Model()), Loud, adviser) { N = 3 };

        await refine.WithClient(c => new BudgetChatClient(c, budget)).PredictAsync(new Drill.Inputs("w"), Ct);

        Assert.Equal(5, budget.Spent.Calls);
    }

    private static ScriptedChatClient Advice(string json) => new(PromptRead.Reply(("advice", json)));
}
