using SynthesizeMe.Signatures;
using SynthesizeMe.Testing;

namespace SynthesizeMe.Optimizers.Tests;

/// <summary>
/// The saved state is the result: a program that knows nothing else scores with it what was reported. The model's answers depend on every character
/// of the prompt, so nothing but the same prompts does.
/// </summary>
public class SavedStateTests
{
    private static readonly Example<Choice>[] Validation = Pairs.Of(12, from: 100);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static TheoryData<string, int> Searches => new(
        from name in (string[])["random search", "mipro", "gepa", "demo search"]
        from seed in (int[])[0, 1, 3]
        select (name, seed));

    public static TheoryData<string> Choosers => ["labelled", "bootstrap", "nearest"];

    [Theory]
    [MemberData(nameof(Searches))]
    public async Task It_reproduces_the_reported_score(string name, int seed)
    {
        IOptimizer<Choice> optimizer = name switch
        {
            "random search" => new BootstrapFewShotWithRandomSearch<Choice> { Metric = Pairs.Right, Candidates = 5, MaxLabeledDemos = 4, Seed = seed },
            "demo search" => new DemoSearch<Choice> { Metric = Pairs.Right, CrossValidate = false, FalseSwitchRate = 1, Seed = seed },
            "mipro" => new MiproV2<Choice> { Metric = Pairs.Right, PromptModel = Writer(), InstructionCandidates = 4, MinibatchSize = 5, Seed = seed },
            _ => new Gepa<Choice> { Metric = Pairs.Right, ReflectionModel = Writer(), MaxMetricCalls = 90, Seed = seed },
        };

        OptimizationResult<Choice> result = await optimizer.OptimizeAsync(Program(seed), Pairs.Of(8), Validation, cancellationToken: Ct);

        Assert.NotEqual(ProgramState.Empty, result.Best.State);
        Assert.True(result.Best.Score > result.Candidates[0].Score);
        Assert.Equal(result.Best.Score, await Drills.LoadedScoreAsync(Program(seed), result.Best.State, Pairs.Right, Validation, Ct));
        Assert.Equal(result.Best.Score, (await new Evaluate<Choice> { Metric = Pairs.Right }.RunAsync(result.Program, Validation, cancellationToken: Ct)).Accuracy.Mean);
    }

    [Theory]
    [MemberData(nameof(Choosers))]
    public async Task It_gives_the_prompts_of_the_program_that_was_returned(string name)
    {
        var knn = new KnnFewShot<Choice> { K = 2, Bootstrap = new() { Metric = Pairs.Right } };
        IOptimizer<Choice> optimizer = name switch
        {
            "labelled" => new LabeledFewShot<Choice> { K = 4 },
            "bootstrap" => new BootstrapFewShot<Choice> { Metric = Pairs.Right },
            _ => knn,
        };
        OptimizationResult<Choice> result = await optimizer.OptimizeAsync(Program(1), Pairs.Of(8), [], cancellationToken: Ct);
        IPromptProgram<Choice> fresh = name == "nearest" ? knn.Over(Program(1)) : Program(1);

        double score = (await new Evaluate<Choice> { Metric = Pairs.Right }.RunAsync(result.Program, Validation, cancellationToken: Ct)).Accuracy.Mean;

        Assert.True(result.Best.State.DemoCount > 0);
        Assert.Equal(score, await Drills.LoadedScoreAsync(fresh, result.Best.State, Pairs.Right, Validation, Ct));
    }

    private static CriticThenJudge Program(int seed) => new Judge(q => q.IsCritique
        ? $"[[ ## reasoning ## ]]\nlooked at {q.Item}\n\n[[ ## merits ## ]]\nbrevity {q.Luck(seed)}\n\n[[ ## completed ## ]]"
        : Judge.Reply(q.Luck(seed) < .5 ? q.Good : q.Bad, $"because of {q.Luck(seed)}")).Program();

    private static ScriptedChatClient Writer() => new((_, options) => PromptRead.Reply(
        ("observations", "none"), ("nothing_new", "true"), ("lessons", "l"), ("new_instructions", $"Way {Rollout.Of(options)}.")));
}
