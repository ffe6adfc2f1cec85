using System.Collections.Immutable;
using System.Numerics.Tensors;
using Microsoft.Extensions.AI;
using SynthesizeMe.Offline;
using SynthesizeMe.Rewards;
using SynthesizeMe.Signatures;

namespace SynthesizeMe;

/// <summary>
/// A linear Bradley-Terry model over embeddings: the log-odds that one completion is preferred to another are the difference of their scores, and a score is
/// (w + wᵤ)·e, with weights w for everyone and wᵤ for each person that was in the training. Of people that were not, w alone is asked.
/// </summary>
/// <remarks>Immutable and safe for concurrent use where the embedding generator is.</remarks>
public sealed class BradleyTerryRewardModel : IRewardModel
{
    private readonly IEmbeddingGenerator<string, Embedding<float>> _embeddings;

    internal BradleyTerryRewardModel(IEmbeddingGenerator<string, Embedding<float>> embeddings, BradleyTerryWeights weights)
    {
        _embeddings = embeddings;
        Weights = weights;
    }

    /// <summary>The people with a part of their own.</summary>
    public IEnumerable<string> People => Weights.Residuals.Keys;

    /// <summary>What the embedded text says of the person.</summary>
    public RewardConditions Conditions => Weights.Conditions;

    /// <summary>The length of the embeddings it was trained on.</summary>
    public int Dimensions => Weights.Pooled.Length;

    internal BradleyTerryWeights Weights { get; }

    /// <summary>The same model without people's own parts.</summary>
    public BradleyTerryRewardModel Pooled() => new(_embeddings, Weights with { Residuals = ImmutableSortedDictionary<string, ImmutableArray<float>>.Empty });

    /// <summary>Trains a model.</summary>
    /// <param name="embeddings">Embeds the texts. The model keeps it and does not dispose it.</param>
    /// <param name="pairs">The choices of any number of people. Those marked as test are left out, and those of which the generator refuses a text.</param>
    /// <param name="options">How to train.</param>
    /// <param name="judges">
    /// Persona and demonstrations to tell with a pair, for models that are conditioned on them. A persona that was induced from the very pair gives it away: take
    /// one of <see cref="Fit.BlindPersonas"/> where there is one.
    /// </param>
    /// <param name="cancellationToken">Stops at once.</param>
    /// <exception cref="ArgumentException">There is no pair to learn from, or an option is out of range.</exception>
    /// <exception cref="InvalidOperationException">The generator gives embeddings of different lengths, or not finite.</exception>
    /// <exception cref="PromptRefusedException">The generator refuses a text of every pair, for its content or its length.</exception>
    public static Task<BradleyTerryTraining> TrainAsync(
        IEmbeddingGenerator<string, Embedding<float>> embeddings,
        IReadOnlyList<PreferencePair> pairs,
        BradleyTerryOptions? options = null,
        Func<PreferencePair, JudgeArtefact?>? judges = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(embeddings);
        ArgumentNullException.ThrowIfNull(pairs);
        return BradleyTerryTrainer.TrainAsync(embeddings, pairs, options ?? new(), judges, cancellationToken);
    }

    /// <summary>Loads a model.</summary>
    /// <param name="path">A file that <see cref="SaveAsync"/> has written.</param>
    /// <param name="embeddings">The generator that the model was trained with. The model keeps it and does not dispose it.</param>
    /// <param name="cancellationToken">Stops at once.</param>
    /// <exception cref="RewardModelException">The file is damaged, newer than this library, or of another embedding model.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static async Task<BradleyTerryRewardModel> LoadAsync(
        string path, IEmbeddingGenerator<string, Embedding<float>> embeddings, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(embeddings);
        BradleyTerryWeights weights = BradleyTerryJson.Read(await File.ReadAllBytesAsync(path, cancellationToken).ConfigureAwait(false), path);
        string? given = TextEmbedder.ModelOf(embeddings);
        return weights.EmbeddingModel is { } trained && given is not null && trained != given
            ? throw new RewardModelException(path, $"it was trained on embeddings of '{trained}', not of '{given}'; give that generator, or train again")
            : new BradleyTerryRewardModel(embeddings, weights);
    }

    /// <summary>Saves the model; equal models give equal bytes. An interrupted save leaves the earlier file as it was.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public Task SaveAsync(string path, CancellationToken cancellationToken = default) => WholeFile.WriteAsync(path, async part =>
    {
        using var buffer = new MemoryStream();
        BradleyTerryJson.Write(buffer, Weights);
        await File.WriteAllBytesAsync(part, buffer.GetBuffer().AsMemory(0, (int)buffer.Length), cancellationToken).ConfigureAwait(false);
    });

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">The generator gives embeddings of another length than those of the training.</exception>
    /// <exception cref="PromptRefusedException">The generator refuses a text, for its content or its length.</exception>
    public async Task<IReadOnlyList<double>> ScoreAsync(IReadOnlyList<RewardRequest> requests, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(requests);
        string[] texts = [.. requests.Select(r => RewardText.Write(r, Conditions))];
        EmbeddedText[] embedded = await TextEmbedder.EmbedAsync(_embeddings, texts, Weights.BatchSize, Dimensions, cancellationToken).ConfigureAwait(false);
        var scores = new double[requests.Count];
        for (int i = 0; i < scores.Length; i++)
        {
            scores[i] = Weights.Score(embedded[i].Vector ?? throw embedded[i].Error, requests[i].Person?.UserId);
        }

        return scores;
    }

    /// <summary>How sure the model is that a person prefers one completion to another, by its scores: a probability, 0 to 1.</summary>
    public static double Probability(double score, double other) => Logistic.Probability(score - other);
}

/// <summary>What a training found.</summary>
internal sealed record BradleyTerryWeights(
    RewardConditions Conditions,
    ImmutableArray<float> Pooled,
    ImmutableSortedDictionary<string, ImmutableArray<float>> Residuals,
    int BatchSize,
    string? EmbeddingModel)
{
    public double Score(ReadOnlySpan<float> embedding, string? user)
    {
        double score = TensorPrimitives.Dot(embedding, Pooled.AsSpan());
        return user is not null && Residuals.TryGetValue(user, out ImmutableArray<float> own) ? score + TensorPrimitives.Dot(embedding, own.AsSpan()) : score;
    }
}
