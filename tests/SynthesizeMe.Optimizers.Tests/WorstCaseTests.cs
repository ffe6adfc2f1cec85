using CsCheck;
using Microsoft.Extensions.AI;
using SynthesizeMe.Signatures;
using SynthesizeMe.Testing;

namespace SynthesizeMe.Optimizers.Tests;

/// <summary>Every optimizer says what it will call at most, and keeps to it whatever the models do.</summary>
public class WorstCaseTests
{
    private static readonly Gen<Optimizers> AnyOptimizers =
        from most in Gen.Int[0, 4]
        from labelled in Gen.Int[0, 4]
        from rounds in Gen.Int[1, 3]
        from candidates in Gen.Int[1, 5]
        from trials in Gen.Int[0, 9]
        from batch in Gen.Int[1, 6]
        from metricCalls in Gen.Int[0, 40]
        from seed in Gen.Int
        select new Optimizers(most, labelled, rounds, candidates, trials, batch, metricCalls, seed);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static TheoryData<string> Names => [.. Optimizers.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public Task The_worst_case_is_never_exceeded(string name) => Gen
        .Select(AnyOptimizers, Gen.Enum<Mood>(), Gen.Enum<Mood>(), Gen.Int[0, 2], Gen.Enum<Form>(), Gen.Int[1, 6], Gen.Int[1, 7])
        .SampleAsync(
            async (optimizers, mood, writerMood, reasks, form, train, validation) =>
            {
                int seed = optimizers.Seed;
                ScriptedChatClient model = Drills.Model(p => mood.Reply(p, seed, ("brief", "?"), ("answer", "?")));
                ScriptedChatClient writer = new((m, o) => writerMood.Reply(new PromptRead(m, o), seed)
                    ?? Drills.Writer().GetResponseAsync(m, o, Ct).GetAwaiter().GetResult().Text);
                ScriptedChatClient adviser = new((m, o) => writerMood.Reply(new PromptRead(m, o), seed) ?? PromptRead.Reply(("advice", "{}")));
                IPromptProgram<Drill> program = form.Of(model, adviser, new() { MaxReasks = reasks });
                (Example<Drill>[] t, Example<Drill>[] v) = (Drills.Examples(train, 0, Drills.UpperCase), Drills.Examples(validation, 100, Drills.UpperCase));
                IOptimizer<Drill> optimizer = optimizers.Of(name, writer, train, validation, reasks);
                long most = optimizer.WorstCaseCalls(program, t, v);

                OptimizationResult<Drill>? result = null;
                try
                {
                    result = await optimizer.OptimizeAsync(program, t, v, cancellationToken: Ct);
                }
                catch (Exception e) when (e is HttpRequestException or UnreadableRepliesException)
                {
                    Assert.True(mood != Mood.Able || writerMood == Mood.Throwing, "Nothing was wrong with the model.");
                }

                int calls = model.Requests.Count + writer.Requests.Count + adviser.Requests.Count;
                Assert.True(calls <= most, $"{calls} calls, and at most {most} were announced");
                if (result is not null)
                {
                    Assert.Equal(calls, result.Usage.Calls);
                    Assert.Null(result.Stopped);
                }
            },
            iter: 60);

    [Theory]
    [InlineData("LabeledFewShot", 0)]
    [InlineData("BootstrapFewShot", 3 * 5 * 4)]
    [InlineData("BootstrapFewShotWithRandomSearch", (3 * 5 * 4) + ((2 + 3) * 6 * 4))]
    [InlineData("KnnFewShot", 3 * 5 * 4)]
    [InlineData("MiproV2", (3 * 5 * 4) + ((1 + 1 + (2 * 1)) * 2) + ((6 + (7 * 3) + (2 * 6)) * 4))]
    [InlineData("Gepa", (50 * 4) + (14 * 2))]
    [InlineData("DemoSearch", (11 * 4) + ((2 + 2) * 11 * 4))]
    public void The_worst_case_counts_predictors_second_asks_and_rounds(string name, long calls)
    {
        var optimizers = new Optimizers(4, 4, 3, 2, 7, 3, 50, 0);
        Relay program = new(Drills.Model(), new() { MaxReasks = 1 });

        Assert.Equal(calls, optimizers.Of(name, Drills.Writer(), 5, 6, 1).WorstCaseCalls(program, Drills.Examples(5, 0), Drills.Examples(6, 100)));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_program_that_calls_more_often_than_it_says_is_stopped(string name)
    {
        ScriptedChatClient model = Drills.Model();
        ScriptedChatClient writer = Drills.Writer();
        IOptimizer<Drill> optimizer = new Optimizers(4, 0, 1, 5, 9, 3, 40, 0).Of(name, writer, 5, 6, 0);
        var program = new Insistent(model, new() { MaxReasks = 0 });
        // Where demonstrations are searched for, there are some to be found.
        string[] rules = name is "BootstrapFewShotWithRandomSearch" or "DemoSearch" ? [] : [Drills.UpperCase];
        (Example<Drill>[] t, Example<Drill>[] v) = (Drills.Examples(5, 0, rules), Drills.Examples(6, 100, Drills.UpperCase));
        long most = optimizer.WorstCaseCalls(program, t, v);

        OptimizationResult<Drill> result = await optimizer.OptimizeAsync(program, t, v, cancellationToken: Ct);

        Assert.InRange(model.Requests.Count + writer.Requests.Count, 0, most);
        Assert.Equal(name != "LabeledFewShot", result.Stopped is not null);
    }
}

public enum Mood
{
    Able,
    Unreadable,
    Wrong,
    Fickle,
    Throwing,
}

/// <summary>What is optimized.</summary>
public enum Form
{
    OneStep,
    TwoSteps,
    Ensemble,
    BestOfN,
    Refine,
}

internal static class Forms
{
    public static IPromptProgram<Drill> Of(this Form form, IChatClient model, IChatClient adviser, PredictOptions options)
    {
        (Predict<Drill> one, Relay two) = (Drill.Predict(model, options), new Relay(model, options));
        Reward<Drill> reward = (p, _) => new(new Score(p.Value.Answer.Any(char.IsUpper) ? 1 : .5));
        return form switch
        {
            Form.OneStep => one,
            Form.TwoSteps => two,
            Form.Ensemble => new Ensemble<Drill>([one, two], Reducers.Majority<Drill>(x => x.Answer)),
            Form.BestOfN => new BestOfN<Drill>(two, reward) { N = 2 },
            _ => new Refine<Drill>(one, reward, adviser) { N = 3, AdviceOptions = options },
        };
    }
}

internal static class Moods
{
    /// <summary>What a model in this mood says; null when it does its work.</summary>
    public static string? Reply(this Mood mood, PromptRead prompt, int seed, params (string, string)[] wrong) => mood switch
    {
        Mood.Unreadable => "[[ ## other ## ]]\nHm.\n\n[[ ## completed ## ]]",
        Mood.Wrong when wrong.Length > 0 => PromptRead.Reply(wrong),
        Mood.Fickle => prompt.Luck(seed) switch
        {
            < .3 => "[[ ## other ## ]]\nHm.\n\n[[ ## completed ## ]]",
            < .5 when wrong.Length > 0 => PromptRead.Reply(wrong),
            _ => null,
        },
        Mood.Throwing when prompt.Luck(seed) < .1 => throw new HttpRequestException("No connection."),
        _ => null,
    };
}

[PromptProgram]
public sealed partial class Insistent : PromptProgram<Drill>
{
    [Predictor]
    public partial Predict<Drill> Asking { get; }

    private async Task<Drill> ForwardAsync(Drill.Inputs x, CancellationToken ct)
    {
        await Asking.PredictAsync(x.Words, ct);
        await Asking.PredictAsync(x.Words, ct);
        return (await Asking.PredictAsync(x.Words, ct)).Value;
    }
}

/// <summary>The optimizers with the same settings.</summary>
internal sealed record Optimizers(int Most, int Labelled, int Rounds, int Candidates, int Trials, int Batch, int MetricCalls, int Seed)
{
    public static IEnumerable<string> Names => ["LabeledFewShot", "BootstrapFewShot", "BootstrapFewShotWithRandomSearch", "KnnFewShot", "MiproV2", "Gepa", "DemoSearch"];

    private static Metric<Drill> Metric => Drills.Metric(Drills.UpperCase);

    public IOptimizer<Drill> Of(string name, IChatClient writer, int train, int validation, int reasks) => name switch
    {
        "LabeledFewShot" => new LabeledFewShot<Drill> { K = Labelled, Seed = Seed },
        "BootstrapFewShot" => Bootstrap,
        "BootstrapFewShotWithRandomSearch" => new BootstrapFewShotWithRandomSearch<Drill>
        {
            Metric = Metric,
            MaxBootstrappedDemos = Most,
            MaxLabeledDemos = Labelled,
            MaxRounds = Rounds,
            Candidates = Candidates,
            Seed = Seed,
        },
        "KnnFewShot" => new KnnFewShot<Drill> { K = 2, Bootstrap = Bootstrap },
        "MiproV2" => new MiproV2<Drill>
        {
            Metric = Metric,
            PromptModel = writer,
            PromptOptions = new() { MaxReasks = reasks },
            MaxBootstrappedDemos = Most,
            MaxLabeledDemos = Labelled,
            MaxRounds = Rounds,
            InstructionCandidates = Candidates,
            DemoCandidates = Candidates + 1,
            Trials = Trials,
            MinibatchSize = Batch,
            FullEvaluationEvery = 4,
            Seed = Seed,
        },
        "DemoSearch" => new DemoSearch<Drill> { Metric = Metric, Candidates = Candidates, Strategy = (DemoSearchStrategy)(Most % 4), AllViews = Labelled % 2 == 0, Seed = Seed },
        _ => new Gepa<Drill>
        {
            Metric = Metric,
            ReflectionModel = writer,
            ReflectionOptions = new() { MaxReasks = reasks },
            MinibatchSize = Batch,
            MaxMetricCalls = Math.Max(MetricCalls, 2 * (validation + Math.Min(Batch, train))),
            Seed = Seed,
        },
    };

    private BootstrapFewShot<Drill> Bootstrap => new()
    {
        Metric = Metric,
        MaxBootstrappedDemos = Most,
        MaxLabeledDemos = Labelled,
        MaxRounds = Rounds,
        Seed = Seed,
    };
}
