using System.Collections.Immutable;
using System.Globalization;
using SynthesizeMe.Signatures;

namespace SynthesizeMe;

/// <summary>Completions in the order in which a person should like them.</summary>
/// <param name="Ranked">All of them, best first; of equal scores, the earlier one goes first.</param>
public sealed record Reranking(ImmutableArray<RankedCompletion> Ranked)
{
    /// <summary>The best one.</summary>
    public RankedCompletion Best => Ranked[0];
}

/// <summary>A completion with its score.</summary>
/// <param name="Completion">The completion.</param>
/// <param name="Score">Its score.</param>
/// <param name="Index">Where it stood, counted from 0.</param>
public readonly record struct RankedCompletion(string Completion, double Score, int Index);

/// <summary>What any reward model can be used for.</summary>
public static class RewardModelExtensions
{
    /// <summary>Puts completions into the order in which a person should like them: the best of N.</summary>
    /// <param name="model">The model.</param>
    /// <param name="context">The conversation that leads up to the completions.</param>
    /// <param name="completions">At least one.</param>
    /// <param name="person">The person; <see langword="null"/> for people in general.</param>
    /// <param name="cancellationToken">Stops at once.</param>
    /// <exception cref="ArgumentException">There is no completion.</exception>
    /// <exception cref="InvalidOperationException">The model does not give one finite number for each.</exception>
    public static async Task<Reranking> RerankAsync(
        this IRewardModel model,
        Conversation context,
        IReadOnlyList<string> completions,
        RewardPerson? person = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(completions);
        if (completions.Count == 0)
        {
            throw new ArgumentException("There is no completion to rank.", nameof(completions));
        }

        IReadOnlyList<double> scores = await model
            .ScoreAsync([.. completions.Select(c => new RewardRequest(context, c) { Person = person })], cancellationToken)
            .ConfigureAwait(false);
        return scores.Count == completions.Count && scores.All(double.IsFinite)
            ? new([.. completions.Select((c, i) => new RankedCompletion(c, scores[i], i)).OrderByDescending(r => r.Score)])
            : throw new InvalidOperationException(string.Create(
                CultureInfo.InvariantCulture, $"The reward model gave {scores.Count(double.IsFinite)} finite scores for {completions.Count} completions."));
    }
}
