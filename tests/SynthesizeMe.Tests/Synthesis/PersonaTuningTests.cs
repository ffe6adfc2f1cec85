using SynthesizeMe.Optimizers;
using SynthesizeMe.Signatures;
using SynthesizeMe.Testing;

namespace SynthesizeMe.Tests.Synthesis;

/// <summary>The paper's program Θ: how personas are written is tuned across people, by what the personas are good for.</summary>
public class PersonaTuningTests
{
    private const string Telling = "Say what this person likes.";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static PreferencePair[] People(int count) => [.. Enumerable.Range(0, count).SelectMany(u => Pairs.OfUser($"user {u}", 10, from: 20 * u))];

    /// <summary>A judge that is right when the persona tells something.</summary>
    private static Model Judge() => Model.RightWhen(a => a.Persona == Model.Persona);

    /// <summary>A model whose personas tell something when its instructions ask for it.</summary>
    private static ScriptedChatClient Writer() => new(messages =>
        Model.Tell(messages[0].Text.Contains(Telling, StringComparison.Ordinal) ? Model.Persona : "A person."));

    [Fact]
    public void Each_persons_earlier_choices_are_for_the_persona_and_only_they()
    {
        PersonaTuning tuning = PersonaTuning.Of(People(3));

        Assert.Equal(["user 0", "user 1", "user 2"], tuning.Examples.Select(e => e.Id));
        Assert.Equal(Enumerable.Range(20, 7).Select(i => $"good {i}."), tuning.Examples[1].Value.Judgements.Select(j => j.Preferred));
    }

    [Fact]
    public async Task The_score_is_how_often_a_judge_with_that_persona_is_right_about_the_later_choices()
    {
        Model judge = Model.RightWhen(a => a.Item % 20 != 8);
        PersonaTuning tuning = PersonaTuning.Of(People(2));
        IPromptProgram<SynthesizePersona> program = SynthesizePersona.Predict(Writer());

        Evaluation<SynthesizePersona> evaluation = await new Evaluate<SynthesizePersona> { Metric = tuning.DownstreamAccuracy(judge.Client) }.RunAsync(program, tuning.Examples, cancellationToken: Ct);

        Assert.Equal(2.0 / 3, evaluation.Accuracy.Mean, 12);
        Assert.Equal(2 * 3 * 2, judge.Calls);
        Assert.All(judge.Judged, a => Assert.Equal(("A person.", 0), (a.Persona, a.Shown.Length)));
        Assert.Equal(
            "A judge who knew only this persona predicted 2 of 3 later choices of the person.\nNot predicted: the person preferred \"good 8.\" to \"bad 8.\".",
            evaluation.Results[0].Score.Feedback);
    }

    [Fact]
    public async Task A_judges_reply_that_cannot_be_read_is_not_right()
    {
        var judge = new Model(a => a.Item % 20 == 9 ? Model.Nonsense : Model.Judge(a.Good, "so"));
        PersonaTuning tuning = PersonaTuning.Of(People(1));

        Evaluation<SynthesizePersona> evaluation = await new Evaluate<SynthesizePersona> { Metric = tuning.DownstreamAccuracy(judge.Client, new() { MaxReasks = 0 }) }
            .RunAsync(SynthesizePersona.Predict(Writer()), tuning.Examples, cancellationToken: Ct);

        Assert.Equal(2.0 / 3, evaluation.Accuracy.Mean, 12);
    }

    [Theory]
    [InlineData("Gepa")]
    [InlineData("MiproV2")]
    public async Task An_optimizer_finds_the_instructions_whose_personas_help_and_a_fit_uses_them(string name)
    {
        PersonaTuning tuning = PersonaTuning.Of(People(8));
        ScriptedChatClient proposer = new(messages => messages[^1].Text.Contains("`new_instructions`", StringComparison.Ordinal)
            ? $"[[ ## lessons ## ]]\nTell more.\n\n[[ ## new_instructions ## ]]\n{Telling}\n\n[[ ## completed ## ]]"
            : "[[ ## observations ## ]]\nChoices.\n\n[[ ## nothing_new ## ]]\ntrue\n\n[[ ## summary ## ]]\nChoices.\n\n[[ ## completed ## ]]");
        Metric<SynthesizePersona> metric = tuning.DownstreamAccuracy(Judge().Client);
        IOptimizer<SynthesizePersona> optimizer = name == "Gepa"
            ? new Gepa<SynthesizePersona> { Metric = metric, ReflectionModel = proposer, MaxMetricCalls = 60 }
            : new MiproV2<SynthesizePersona> { Metric = metric, PromptModel = proposer, MaxBootstrappedDemos = 0, MaxLabeledDemos = 0, Trials = 4 };

        OptimizationResult<SynthesizePersona> result = await optimizer.OptimizeAsync(
            SynthesizePersona.Predict(Writer()), tuning.Examples[..4], tuning.Examples[4..], cancellationToken: Ct);

        Assert.Equal((0, 1), (result.Candidates[0].Score, result.Best.Score));
        ProgramState loaded = PersonaPrograms.Read(ProgramStateJson.Write(result.Best.State));
        ScriptedChatClient model = new(messages => new Asked(messages).WantsPersona ? Writer().GetResponseAsync(messages, cancellationToken: Ct).GetAwaiter().GetResult().Text : Model.Judge(new Asked(messages).Good, "so"));
        Fit fit = await new PersonaSynthesizer(model, new() { PersonaProgram = loaded }).FitAsync(Pairs.OfUser("someone else", 10, from: 500), cancellationToken: Ct);
        Assert.Equal(Model.Persona, fit.Judges[JudgeMethod.Persona].Persona);
    }

    [Fact]
    public void Choices_marked_for_testing_and_people_with_one_conversation_are_left_out()
    {
        PreferencePair[] pairs = [.. People(2).Select((p, i) => i < 3 ? p with { Split = DataSplit.Test } : p), .. Pairs.InOneConversation(4).Select(p => p with { UserId = "terse" })];

        PersonaTuning tuning = PersonaTuning.Of(pairs);

        Assert.Equal(["terse"], tuning.LeftOut);
        Assert.DoesNotContain(tuning.Examples.SelectMany(e => e.Value.Judgements), j => j.Preferred is "good 0." or "good 1." or "good 2.");
    }

    [Fact]
    public async Task An_example_of_another_set_is_refused()
    {
        Metric<SynthesizePersona> metric = PersonaTuning.Of(People(1)).DownstreamAccuracy(Judge().Client);

        await Assert.ThrowsAsync<ArgumentException>(() => new Evaluate<SynthesizePersona> { Metric = metric }
            .RunAsync(SynthesizePersona.Predict(Writer()), PersonaTuning.Of(People(1)).Examples, cancellationToken: Ct));
    }
}
