using System.Collections.Immutable;
using System.Numerics.Tensors;
using Microsoft.Extensions.AI;

namespace SynthesizeMe.Rewards;

/// <summary>
/// Trains in three steps: prior weights by cross-validation over people's conversations, the pooled part on all pairs, each person's own part on their pairs
/// with the pooled part standing (the mode of the posterior, so that few pairs move it little).
/// </summary>
internal static class BradleyTerryTrainer
{
    public static async Task<BradleyTerryTraining> TrainAsync(
        IEmbeddingGenerator<string, Embedding<float>> embeddings,
        IReadOnlyList<PreferencePair> pairs,
        BradleyTerryOptions options,
        Func<PreferencePair, JudgeArtefact?>? judges,
        CancellationToken cancellationToken)
    {
        Check(options);
        HashSet<(string, string)> tested = [.. pairs.Where(p => p.Split == DataSplit.Test).Select(p => (p.UserId, p.Id))];
        PreferencePair[] learned = [.. pairs.Where(p => !tested.Contains((p.UserId, p.Id)))];
        if (learned.Length == 0)
        {
            throw new ArgumentException("There is no pair to learn from: all are marked as test, or there is none.", nameof(pairs));
        }

        (DifferenceMatrix matrix, learned) = await MeasureAsync(embeddings, learned, options, judges, cancellationToken).ConfigureAwait(false);
        double size = matrix.MeanSquare();
        float scale = size > 0 ? (float)(1 / Math.Sqrt(size)) : 1;
        matrix.Scale(scale);
        var data = new TrainingPairs(matrix, learned);
        var validation = new CrossValidation(data, options, cancellationToken);
        (double pooledWeight, double? residualWeight) = validation.Choose();
        float[] pooled = new LogisticRidge(matrix, data.All, null).Fit(pooledWeight, null, cancellationToken);
        var residuals = ImmutableSortedDictionary.CreateBuilder<string, ImmutableArray<float>>(StringComparer.Ordinal);
        if (residualWeight is { } weight)
        {
            float[] offsets = data.Margins(data.All, pooled);
            DifferenceMatrix directions = PersonPrior.Learn(data, data.All, offsets, cancellationToken);
            DifferenceMatrix shares = PersonPrior.Project(matrix, data.All, directions);
            foreach ((string user, int[] rows) in data.ByUser(data.All))
            {
                cancellationToken.ThrowIfCancellationRequested();
                float[] share = new LogisticRidge(shares, rows, offsets).Fit(weight, null, cancellationToken);
                float[] own = new float[matrix.Columns];
                for (int i = 0; i < share.Length; i++)
                {
                    TensorPrimitives.MultiplyAdd(directions[i], share[i], own, own);
                }

                residuals.Add(user, [.. Scaled(own, scale)]);
            }
        }

        var weights = new BradleyTerryWeights(options.Conditions, [.. Scaled(pooled, scale)], residuals.ToImmutable(), options.BatchSize, TextEmbedder.ModelOf(embeddings));
        return new(
            new BradleyTerryRewardModel(embeddings, weights), learned.Length, pairs.Count - learned.Length, pooledWeight, residualWeight, [.. validation.Trials]);
    }

    private static float[] Scaled(float[] weights, float scale)
    {
        var scaled = new float[weights.Length];
        TensorPrimitives.Multiply(weights, scale, scaled);
        return scaled;
    }

    /// <summary>The differences, and whose they are: pairs of which a text is refused are left out.</summary>
    private static async Task<(DifferenceMatrix Matrix, PreferencePair[] Measured)> MeasureAsync(
        IEmbeddingGenerator<string, Embedding<float>> embeddings,
        PreferencePair[] pairs,
        BradleyTerryOptions options,
        Func<PreferencePair, JudgeArtefact?>? judges,
        CancellationToken cancellationToken)
    {
        DifferenceMatrix? matrix = null;
        EmbeddedText refused = default;
        var measured = new List<PreferencePair>(pairs.Length);
        foreach (PreferencePair[] part in pairs.Chunk(Math.Max(options.BatchSize, 1024)))
        {
            string[] texts = [.. part.SelectMany(p => Texts(p, options.Conditions, judges))];
            EmbeddedText[] embedded = await TextEmbedder.EmbedAsync(embeddings, texts, options.BatchSize, matrix?.Columns, cancellationToken).ConfigureAwait(false);
            refused = embedded.FirstOrDefault(e => e.Refusal is not null, refused);
            for (int i = 0; i < part.Length; i++)
            {
                if (embedded[2 * i].Vector is { } chosen && embedded[(2 * i) + 1].Vector is { } rejected)
                {
                    matrix ??= new(pairs.Length, chosen.Length);
                    TensorPrimitives.Subtract(chosen, rejected, matrix[measured.Count]);
                    measured.Add(part[i]);
                }
            }
        }

        return matrix is null ? throw refused.Error : (matrix.First(measured.Count), [.. measured]);
    }

    private static string[] Texts(PreferencePair pair, RewardConditions conditions, Func<PreferencePair, JudgeArtefact?>? judges)
    {
        var person = new RewardPerson(pair.UserId, judges?.Invoke(pair));
        return
        [
            RewardText.Write(new RewardRequest(pair.Context, pair.Chosen) { Person = person }, conditions, pair),
            RewardText.Write(new RewardRequest(pair.Context, pair.Rejected) { Person = person }, conditions, pair),
        ];
    }

    private static void Check(BradleyTerryOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Folds, 2, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.BatchSize, 1, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MostValidated, 1, nameof(options));
        if (options.PooledWeights.IsDefaultOrEmpty || options.PooledWeights.Concat(options.ResidualWeights).Any(w => !(w > 0 && double.IsFinite(w))))
        {
            throw new ArgumentException("Prior weights are finite and above 0, and the pooled part needs one.", nameof(options));
        }
    }
}

/// <summary>The pairs of a training, with whose they are.</summary>
internal sealed class TrainingPairs(DifferenceMatrix matrix, PreferencePair[] pairs)
{
    public DifferenceMatrix Matrix => matrix;

    public PreferencePair[] Pairs => pairs;

    public int[] All { get; } = [.. Enumerable.Range(0, pairs.Length)];

    public IEnumerable<(string User, int[] Rows)> ByUser(int[] rows) =>
        rows.GroupBy(r => pairs[r].UserId, StringComparer.Ordinal).Select(g => (g.Key, g.ToArray()));

    /// <summary>The log-odds of the rows by some weights, at the places of the rows in the matrix.</summary>
    public float[] Margins(int[] rows, float[] weights)
    {
        var margins = new float[pairs.Length];
        foreach (int row in rows)
        {
            margins[row] = TensorPrimitives.Dot<float>(matrix[row], weights);
        }

        return margins;
    }
}
