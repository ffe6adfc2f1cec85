using SynthesizeMe.Signatures;

namespace SynthesizeMe.Optimizers.Tests;

public class RandomSearchSeedTests
{
    private static readonly BootstrapFewShotWithRandomSearch<Choice> Search = new() { Metric = Pairs.Right, Candidates = 8, MaxLabeledDemos = 6 };

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Equal_seeds_give_equal_results_at_any_MaxParallel()
    {
        OptimizationResult<Choice> one = await RunAsync(Search with { Seed = 3, MaxParallel = 1 });
        OptimizationResult<Choice> eight = await RunAsync(Search with { Seed = 3, MaxParallel = 8 });

        Assert.Equal(Describe(one), Describe(eight));
        Assert.Equal(ProgramStateJson.Write(one.Program.State), ProgramStateJson.Write(eight.Program.State));
        Assert.Equal(one.Verified.Select(v => (v.Example, v.Prediction!.Reasoning)), eight.Verified.Select(v => (v.Example, v.Prediction!.Reasoning)));
        Assert.Equal(one.Usage, eight.Usage);
    }

    [Fact]
    public async Task Another_seed_gives_other_candidates() =>
        Assert.NotEqual(Describe(await RunAsync(Search with { Seed = 3 })), Describe(await RunAsync(Search with { Seed = 4 })));

    [Fact]
    public async Task Fewer_candidates_are_the_first_of_more()
    {
        OptimizationResult<Choice> few = await RunAsync(Search with { Candidates = 3 });
        OptimizationResult<Choice> many = await RunAsync(Search with { Candidates = 8 });

        Assert.Equal(few.Candidates.Select(c => c.State), many.Candidates.Take(6).Select(c => c.State));
    }

    [Fact]
    public async Task Progress_is_the_same_at_any_MaxParallel()
    {
        var one = new Told<OptimizationEvent>();
        var eight = new Told<OptimizationEvent>();

        await RunAsync(Search with { MaxParallel = 1 }, one);
        await RunAsync(Search with { MaxParallel = 8 }, eight);

        Assert.Equal(one.Reports, eight.Reports);
        Assert.All(one.Reports, r => Assert.InRange(r.Done, 1, r.Total));
        Assert.Equal([OptimizationPhase.Bootstrapping, OptimizationPhase.Validating], one.Reports.Select(r => r.Phase).Distinct());
        Assert.Equal(one.Reports[^1].Total, one.Reports[^1].Done);
    }

    private static Task<OptimizationResult<Choice>> RunAsync(
        BootstrapFewShotWithRandomSearch<Choice> search, IProgress<OptimizationEvent>? progress = null) =>
        search.OptimizeAsync(
            Judge.Lucky(11, .6).OutOfOrder(), Pairs.BothOrders(9), Pairs.BothOrders(5, from: 100), progress: progress, cancellationToken: Ct);

    private static string Describe(OptimizationResult<Choice> result) => string.Join('\n', result.Candidates.Select(
        c => $"{c.Name} {c.Status} {c.SameAs} {c.Score} {c.Usage} {c.Evaluation?.Accuracy} {ProgramStateJson.Write(c.State)}"));
}
