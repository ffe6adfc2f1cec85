using Microsoft.Extensions.AI;

namespace SynthesizeMe.Cli;

/// <summary>Keeps the scores of a reward model, so that none is paid for twice.</summary>
/// <param name="inner">The model.</param>
/// <param name="options">How it is asked: what else a score depends on.</param>
/// <param name="kept">Where they are kept.</param>
internal sealed class KeptScores(IRewardModel inner, ServedRewardOptions options, KeptNumbers kept) : IRewardModel
{
    /// <summary>The file's usual name, in the directory of a run.</summary>
    public const string FileName = "rewards.sqlite";

    /// <summary>What is kept there.</summary>
    public const string What = "rewards";

    /// <inheritdoc/>
    public async Task<IReadOnlyList<double>> ScoreAsync(IReadOnlyList<RewardRequest> requests, CancellationToken cancellationToken = default)
    {
        string[] keys = [.. requests.Select(KeyOf)];
        double?[] scores = [.. keys.Select(k => kept.Find(k) is { } bytes ? BitConverter.ToDouble(bytes) : (double?)null)];
        int[] missing = [.. Enumerable.Range(0, keys.Length).Where(i => scores[i] is null)];
        if (missing.Length > 0)
        {
            IReadOnlyList<double> asked = await inner.ScoreAsync([.. missing.Select(i => requests[i])], cancellationToken).ConfigureAwait(false);
            foreach ((int place, double score) in missing.Zip(asked))
            {
                kept.Keep(keys[place], BitConverter.GetBytes(score));
                scores[place] = score;
            }
        }

        return [.. scores.Select(s => s!.Value)];
    }

    private string KeyOf(RewardRequest request) => AIJsonUtilities.HashDataToString(
        [options.Endpoint.WithoutCredentials(), options.Protocol.ToString(), options.Model, RewardText.Write(request, options.Conditions)]);
}
