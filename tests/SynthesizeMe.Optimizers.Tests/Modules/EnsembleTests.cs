using SynthesizeMe.Signatures;
using SynthesizeMe.Testing;

namespace SynthesizeMe.Optimizers.Tests;

public class EnsembleTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("b", "a", "b", "b")]
    [InlineData("a", "a", "b", "c")]
    [InlineData("b", "a", "b", "b", "a", "c", "b")]
    [InlineData("b", "b", "a", "a", "b")]
    public async Task The_majority_wins_and_ties_go_to_who_was_first(string winner, params string[] votes) =>
        Assert.Equal(winner, (await Of(votes).PredictAsync(new Drill.Inputs("w"), Ct)).Value.Answer);

    [Fact]
    public async Task Usage_and_calls_are_those_of_all_members()
    {
        Prediction<Drill> prediction = await Of("a", "b", "b").PredictAsync(new Drill.Inputs("w"), Ct);

        Assert.Equal(3, prediction.Usage.Calls);
        Assert.Equal([("0.self", "a"), ("1.self", "b"), ("2.self", "b")], prediction.Calls.Select(c => (c.Predictor, ((Demo<Drill>)c.Demo).Value.Answer)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_member_that_thinks_aloud_is_known_as_such(bool reasons)
    {
        var client = new ScriptedChatClient("");
        IPromptProgram<Drill> member = reasons ? new ChainOfThought<Drill>(client) : new Predict<Drill>(client);
        Assert.All(new Ensemble<Drill>([member, member], Reducers.Majority<Drill>(x => x.Answer)).Predictors, p => Assert.Equal(reasons, p.Reasons));
    }

    [Fact]
    public async Task A_member_without_a_readable_answer_has_no_vote_and_is_listed()
    {
        Prediction<Drill> prediction = await Of("a", "?", "?", "b", "b").PredictAsync(new Drill.Inputs("w"), Ct);

        Assert.Equal("b", prediction.Value.Answer);
        Assert.Equal([new(RepairKind.RunLost, "1.member", 0), new(RepairKind.RunLost, "2.member", 0)], prediction.Repairs);
        Assert.Equal(5, prediction.Usage.Calls);
    }

    [Fact]
    public async Task Where_no_member_answers_the_first_failure_is_thrown_with_the_usage_of_all()
    {
        PromptParseException failure = await Assert.ThrowsAsync<PromptParseException>(() => Of("?", "?").PredictAsync(new Drill.Inputs("w"), Ct));

        Assert.Equal(2, failure.Usage.Calls);
    }

    [Fact]
    public async Task One_state_holds_all_members_and_survives_save_and_load()
    {
        var model = Drills.Model();
        var ensemble = new Ensemble<Drill>(
            [
                Drills.Program(model).With(ProgramState.Empty.With("self", new(Drills.UpperCase, []))),
                Drills.TwoSteps(model).With(ProgramState.Empty.With("Finishing", new(Drills.UpperCase, [new Demo<Finish>(new("a", "A"))]))),
                Drills.Program(model),
            ],
            Reducers.Majority<Drill>(x => x.Answer));
        var bare = new Ensemble<Drill>([Drills.Program(model), Drills.TwoSteps(model), Drills.Program(model)], ensemble.Reduce);

        IPromptProgram<Drill> loaded = bare.With(ProgramStateJson.Read(ProgramStateJson.Write(ensemble.State), bare.Predictors));

        Assert.Equal(["0.self", "1.Finishing"], ensemble.State.Predictors.Keys);
        Assert.Equal(ensemble.State, loaded.State);
        Assert.Equal("w", (await bare.PredictAsync(new Drill.Inputs("w"), Ct)).Value.Answer);
        Assert.Equal("W", (await loaded.PredictAsync(new Drill.Inputs("w"), Ct)).Value.Answer);
    }

    [Fact]
    public void A_state_of_another_ensemble_is_refused() => Assert.Throws<ArgumentException>(
        () => Of("a").With(ProgramState.Empty.With("1.self", new("x", []))));

    [Fact]
    public async Task An_optimizer_gives_every_member_its_demos()
    {
        var judge = Judge.Perfect();
        var ensemble = new Ensemble<Choice>([judge.Program, judge.Program], Reducers.Majority<Choice>(x => x.Preferred));

        OptimizationResult<Choice> result = await new BootstrapFewShot<Choice> { Metric = Pairs.Right, MaxLabeledDemos = 0, MaxBootstrappedDemos = 2 }
            .OptimizeAsync(ensemble, Pairs.Of(4), [], cancellationToken: Ct);

        Assert.Equal([2, 2], result.Best.State.Predictors.Values.Select(p => p.Demos.Length));
        Assert.Equal(4, judge.Calls);
    }

    [Fact]
    public async Task Answers_of_one_program_differ_by_rollout()
    {
        var seen = new List<int>();
        IPromptProgram<Drill> program = Drills.Program(Drills.Model(p =>
        {
            seen.Add(Rollout.Of(p.Options));
            return null;
        }));
        var ensemble = new Ensemble<Drill>([.. Enumerable.Range(1, 3).Select(i => program.WithRollout(i))], Reducers.Majority<Drill>(x => x.Answer)) { MaxParallel = 1 };

        await ensemble.PredictAsync(new Drill.Inputs("w"), Ct);

        Assert.Equal([1, 2, 3], seen);
        Assert.Equal(3, ensemble.MaxCalls);
    }

    private static Ensemble<Drill> Of(params string[] votes) => new(
        [.. votes.Select(v => Drills.Program(new ScriptedChatClient(v == "?" ? "[[ ## other ## ]]\nx\n\n[[ ## completed ## ]]" : PromptRead.Reply(("answer", v)))))],
        Reducers.Majority<Drill>(x => x.Answer));
}
