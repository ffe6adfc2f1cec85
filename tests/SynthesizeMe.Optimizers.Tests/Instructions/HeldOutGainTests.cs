using SynthesizeMe.Signatures;
using SynthesizeMe.Testing;

namespace SynthesizeMe.Optimizers.Tests;

/// <summary>What an instruction optimizer gains with a model that errs, on examples that it never saw.</summary>
public class HeldOutGainTests
{
    private static readonly string[] Rules = [Drills.FirstWord, Drills.UpperCase];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("mipro")]
    [InlineData("gepa")]
    public async Task A_model_that_errs_once_in_five_does_better_on_new_examples_after_every_run(string name)
    {
        for (int seed = 0; seed < 10; seed++)
        {
            IOptimizer<Drill> optimizer = name == "mipro"
                ? new MiproV2<Drill> { Metric = Drills.Metric(Rules), PromptModel = Drills.Writer(), MaxLabeledDemos = 0, MaxBootstrappedDemos = 0, MinibatchSize = 6, Seed = seed }
                : new Gepa<Drill> { Metric = Drills.Metric(Rules), ReflectionModel = Drills.Writer(), MaxMetricCalls = 150, Seed = seed };

            OptimizationResult<Drill> result = await optimizer.OptimizeAsync(
                Program(seed), Drills.Examples(8, 0, Rules), Drills.Examples(16, 100, Rules), cancellationToken: Ct);

            double before = await HeldOutAsync(ProgramState.Empty, seed);
            double after = await HeldOutAsync(result.Best.State, seed);
            Assert.True(before < .3 && after > .65, $"{before} before and {after} after, seed {seed}");
        }
    }

    private static Task<double> HeldOutAsync(ProgramState state, int seed) =>
        Drills.LoadedScoreAsync(Program(seed), state, Drills.Metric(Rules), Drills.Examples(60, 1000, Rules), Ct);

    private static IPromptProgram<Drill> Program(int seed)
    {
        ScriptedChatClient model = Drills.Model(p => p.Luck(seed) < .2 ? PromptRead.Reply(("answer", "I err.")) : null);
        return Drills.Program(model);
    }
}
