using Microsoft.Extensions.AI;
using SynthesizeMe.Optimizers;
using SynthesizeMe.Rewards;

namespace SynthesizeMe.Tests.Rewards;

/// <summary>Reward models on real people's choices; the figures are in docs/reward-models.md. Later conversations are held out.</summary>
public sealed class RealRewardTests
{
    private static readonly string[] Sources = ["mtbench.jsonl", "llmfao.jsonl", "ukpconvarg.jsonl"];

    [Theory]
    [InlineData("mtbench.jsonl", 0.70, 0)]
    [InlineData("llmfao.jsonl", 0.70, 0.02)]
    [InlineData("ukpconvarg.jsonl", 0.67, 0)]
    public async Task A_part_of_their_own_serves_people_no_worse_and_is_left_away_where_it_does_not_pay(string source, double pooledLeast, double lossGain)
    {
        (Figures pooled, Figures own) = await MeasureAsync(new StyleEmbeddings(), [source]);

        Assert.InRange(pooled.Accuracy, pooledLeast, 1);
        Assert.InRange(own.Accuracy - pooled.Accuracy, 0, 1);
        Assert.InRange(pooled.LogLoss - own.LogLoss, lossGain, 1);
    }

    [Fact]
    public async Task Where_people_of_all_sources_are_together_a_part_of_their_own_serves_them_better()
    {
        (Figures pooled, Figures own) = await MeasureAsync(new StyleEmbeddings(), Sources);
        (Figures ngramPooled, Figures ngramOwn) = await MeasureAsync(new HashedNgramEmbeddings(), Sources);

        Assert.InRange(own.Accuracy - pooled.Accuracy, 0.01, 1);
        Assert.InRange(ngramOwn.Accuracy - ngramPooled.Accuracy, 0.01, 1);
    }

    private static async Task<(Figures Pooled, Figures Own)> MeasureAsync(IEmbeddingGenerator<string, Embedding<float>> embeddings, string[] sources)
    {
        var train = new List<PreferencePair>();
        var test = new List<PreferencePair>();
        foreach (string source in sources)
        {
            foreach (var person in (await SharedData.ReadAsync(source)).Select(p => p with { UserId = $"{source} {p.UserId}" }).GroupBy(p => p.UserId))
            {
                (PreferencePair[] earlier, PreferencePair[] later) = PreferenceSplit.Cut(PreferenceSplit.InTimeOrder(person), 0.5);
                train.AddRange(earlier);
                test.AddRange(later);
            }
        }

        BradleyTerryTraining training = await BradleyTerryRewardModel.TrainAsync(embeddings, train, cancellationToken: TestContext.Current.CancellationToken);
        Figures pooled = await ScoreAsync(training.Model.Pooled(), test);
        Figures own = await ScoreAsync(training.Model, test);
        TestContext.Current.TestOutputHelper!.WriteLine(
            $"{embeddings.GetType().Name} {string.Join(' ', sources)}: pooled {pooled.Accuracy:P2} (log loss {pooled.LogLoss:0.0000}), with people's own parts {own.Accuracy:P2} ({own.LogLoss:0.0000}), {test.Count} pairs; prior weights {training.PooledWeight}, {training.ResidualWeight}");
        return (pooled, own);
    }

    private static async Task<Figures> ScoreAsync(BradleyTerryRewardModel model, List<PreferencePair> pairs)
    {
        RewardRequest[] requests = [.. pairs.SelectMany(p => new[] { p.Chosen, p.Rejected }.Select(c => new RewardRequest(p.Context, c) { Person = new(p.UserId, null) }))];
        IReadOnlyList<double> scores = await model.ScoreAsync(requests, TestContext.Current.CancellationToken);
        double[] margins = [.. pairs.Select((_, i) => scores[2 * i] - scores[(2 * i) + 1])];
        return new(margins.Average(m => m > 0 ? 1 : m == 0 ? 0.5 : 0), margins.Average(LogisticRidge.Loss));
    }

    private readonly record struct Figures(double Accuracy, double LogLoss);
}
