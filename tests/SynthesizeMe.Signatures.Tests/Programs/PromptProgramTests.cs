using SynthesizeMe.Signatures.Tests.Declared;
using SynthesizeMe.Testing;

namespace SynthesizeMe.Signatures.Tests.Programs;

/// <summary>Programs of several predictors.</summary>
public class PromptProgramTests
{
    private static readonly string Verdict = Reply.Of(("verdict", "The first is short."));
    private static readonly string Decision = Reply.Of(("reasoning", "Short is good."), ("preference", "first"));
    private static readonly ProgramState State = ProgramState.Empty
        .With("Critic", new PredictorState("Be kind.", []))
        .With("Decide", PredictorState.Empty.WithDemos(new Demo<JudgeByCritique>(new JudgeByCritique("Long.", Preference.Second), "R", Verified: true)));

    [Fact]
    public async Task Its_predictors_run_in_turn()
    {
        var model = new ScriptedChatClient(Verdict, Decision);
        Prediction<Judge> prediction = await Run(new CriticThenJudge(model));
        Assert.Equal(Judge.Example with { Preference = Preference.First }, prediction.Value);
        Assert.Contains("The first is short.", model.Requests[1][^1].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Calls_are_listed_in_the_order_in_which_they_started()
    {
        Prediction<Judge> prediction = await Run(new CriticThenJudge(new ScriptedChatClient(Verdict, Decision)));
        Assert.Equal(["Critic", "Decide"], prediction.Calls.Select(c => c.Predictor));
        Assert.Equal(new Demo<Critique>(new Critique("Eight minutes.", "It depends.", "The first is short.")), prediction.Calls[0].Demo);
        Assert.Equal("Short is good.", prediction.Calls[1].Demo.Reasoning);
    }

    [Fact]
    public async Task Calls_that_run_at_once_are_listed_in_the_order_of_their_start()
    {
        var gates = Enumerable.Range(0, 3).Select(_ => new TaskCompletionSource()).ToArray();
        using var model = new GatedChatClient(gates);
        Task<Prediction<Ask>> running = new Insistent(model, times: 3).PredictAsync(new Ask.Inputs("Q"), TestContext.Current.CancellationToken);
        foreach (TaskCompletionSource gate in gates.Reverse())
        {
            gate.SetResult();
        }

        Prediction<Ask> prediction = await running;
        Assert.Equal(["Q 0", "Q 1", "Q 2"], prediction.Calls.Select(c => ((Demo<Ask>)c.Demo).Value.Question));
    }

    [Fact]
    public async Task Usage_and_repairs_are_summed()
    {
        var model = new ScriptedChatClient("nonsense", Verdict, Decision);
        Prediction<Judge> prediction = await Run(new CriticThenJudge(model));
        Assert.Equal(Predictors.Models.UsageOf(model, "nonsense", Verdict, Decision), prediction.Usage);
        Assert.Equal(
            [(RepairKind.AskedAgain, ""), (RepairKind.LabelSpelling, "preference")], prediction.Repairs.Select(r => (r.Kind, r.Field)));
    }

    [Fact]
    public async Task Its_reasoning_is_that_of_the_predictor_whose_value_it_returns()
    {
        using var model = new GatedChatClient([]);
        Assert.Equal("R of Q 0", (await new Insistent(model, times: 1).PredictAsync(new Ask.Inputs("Q"), TestContext.Current.CancellationToken)).Reasoning);
        Assert.Null((await Run(new CriticThenJudge(new ScriptedChatClient(Verdict, Decision)))).Reasoning);
    }

    [Fact]
    public async Task An_unreadable_reply_carries_the_usage_of_earlier_calls_too()
    {
        var model = new ScriptedChatClient(Verdict, "nonsense");
        PromptParseException problem = await Assert.ThrowsAsync<PromptParseException>(() => Run(new CriticThenJudge(model)));
        Assert.Equal(Predictors.Models.UsageOf(model, Verdict, "nonsense", "nonsense"), problem.Usage);
        Assert.Equal(3, problem.Usage.Calls);
    }

    [Fact]
    public async Task Calls_whose_failure_a_program_forgives_are_paid_for_all_the_same()
    {
        string decision = Reply.Preferring("First");
        var model = new ScriptedChatClient("nonsense", "nonsense", decision);
        Prediction<Judge> prediction = await new Forgiving(model).PredictAsync(Judge.Example.ToInputs(), TestContext.Current.CancellationToken);
        Assert.Equal(Predictors.Models.UsageOf(model, "nonsense", "nonsense", decision), prediction.Usage);
        Assert.Equal(["Decide"], prediction.Calls.Select(c => c.Predictor));
    }

    [Fact]
    public async Task Forgiven_and_final_failures_are_each_paid_for_once()
    {
        var model = new ScriptedChatClient("nonsense");
        PromptParseException problem = await Assert.ThrowsAsync<PromptParseException>(
            () => new Forgiving(model).PredictAsync(Judge.Example.ToInputs(), TestContext.Current.CancellationToken));
        Assert.Equal(Predictors.Models.UsageOf(model, "nonsense", "nonsense", "nonsense", "nonsense"), problem.Usage);
    }

    [Fact]
    public async Task Runs_do_not_mix()
    {
        var program = new CriticThenJudge(new ScriptedChatClient(m => m[^1].Text.Contains("verdict", StringComparison.Ordinal) ? Verdict : Decision));
        Prediction<Judge>[] predictions = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Run(() => Run(program))));
        Assert.All(predictions, p => Assert.Equal(2, p.Calls.Length));
    }

    [Fact]
    public void Predictors_are_named_by_their_properties()
    {
        var program = new CriticThenJudge(new ScriptedChatClient(""));
        Assert.Equal([("Critic", "Critique"), ("Decide", "JudgeByCritique")], program.Predictors.Select(p => (p.Name, p.Signature.Name)));
        Assert.Same(program.Critic, program.Predictors[0]);
    }

    [Fact]
    public async Task With_gives_another_program_with_that_state()
    {
        var model = new ScriptedChatClient(Verdict, Decision);
        var original = new CriticThenJudge(model);
        CriticThenJudge changed = original.With(State);
        Assert.Equal((ProgramState.Empty, State), (original.State, changed.State));
        await Run(changed);
        Assert.StartsWith("Be kind.", model.Requests[0][0].Text, StringComparison.Ordinal);
        Assert.Equal(4, model.Requests[1].Count);
    }

    [Fact]
    public void A_state_with_an_unknown_predictor_is_refused()
    {
        ArgumentException problem = Assert.Throws<ArgumentException>(
            () => new CriticThenJudge(new ScriptedChatClient("")).With(ProgramState.Empty.With("Critc", new PredictorState("Be kind.", []))));
        Assert.StartsWith("The program has no predictor 'Critc'; it has 'Critic', 'Decide'.", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrapped_client_stands_before_every_predictor()
    {
        var inner = new ScriptedChatClient("nonsense");
        var outer = new ScriptedChatClient(Verdict, Decision);
        IPromptProgram<Judge> program = new CriticThenJudge(inner).With(State).WithClient(_ => outer);
        await program.PredictAsync(Judge.Example.ToInputs(), TestContext.Current.CancellationToken);
        Assert.Equal((0, 2), (inner.Requests.Count, outer.Requests.Count));
        Assert.Equal(State, program.State);
    }

    [Fact]
    public async Task A_constructor_and_settings_of_its_own_are_kept()
    {
        using var model = new GatedChatClient([]);
        Insistent program = new Insistent(model, times: 2).With(ProgramState.Empty.With("Answer", new PredictorState("Insist.", [])));
        Prediction<Ask> prediction = await program.PredictAsync(new Ask.Inputs("Q"), TestContext.Current.CancellationToken);
        Assert.Equal((2, 2), (program.Times, prediction.Calls.Length));
    }

    [Fact]
    public async Task Options_of_the_program_are_those_of_its_predictors()
    {
        var model = new ScriptedChatClient("nonsense");
        await Assert.ThrowsAsync<PromptParseException>(
            () => new Insistent(model, times: 1).PredictAsync(new Ask.Inputs("Q"), TestContext.Current.CancellationToken));
        Assert.Single(model.Requests);
    }

    private static Task<Prediction<Judge>> Run(CriticThenJudge program) =>
        program.PredictAsync(Judge.Example.ToInputs(), TestContext.Current.CancellationToken);
}
