using SynthesizeMe.Optimizers;

namespace SynthesizeMe.Rewards;

/// <summary>
/// Chooses prior weights by what they predict of pairs that were held out. What is held out are whole conversations of a person; other people's pairs about
/// the same question stay, as they do when the model is used. A part of their own is given to people only where it lowers the loss by more than one
/// standard error (Hastie, Tibshirani and Friedman, The Elements of Statistical Learning, §7.10).
/// </summary>
internal sealed class CrossValidation(TrainingPairs data, BradleyTerryOptions options, CancellationToken cancellationToken)
{
    private readonly List<RewardValidation> _trials = [];

    public IReadOnlyList<RewardValidation> Trials => _trials;

    /// <summary>The best pooled weight, then the best weight of people's own parts beside it.</summary>
    public (double Pooled, double? Residual) Choose()
    {
        int[][] folds = Folds(Sample());
        double[] strongFirst = [.. options.PooledWeights.Distinct().OrderDescending()];
        double[] residuals = options.Residuals ? [.. options.ResidualWeights.Distinct().OrderDescending()] : [];
        if (folds.Length < 2)
        {
            // One conversation: nothing can be held out, so that the strongest prior is the careful choice.
            return (strongFirst[0], null);
        }

        var pooled = new float[folds.Length][];
        float[][]? bestPooled = null;
        RewardValidation best = default;
        foreach (double weight in strongFirst)
        {
            for (int f = 0; f < folds.Length; f++)
            {
                pooled[f] = new LogisticRidge(data.Matrix, Others(folds, f), null).Fit(weight, pooled[f], cancellationToken);
            }

            RewardValidation trial = Judge(weight, null, folds, f => data.Margins(folds[f], pooled[f]));
            if (bestPooled is null || trial.LogLoss < best.LogLoss)
            {
                (best, bestPooled) = (trial, [.. pooled]);
            }
        }

        if (residuals.Length == 0)
        {
            return (best.PooledWeight, null);
        }

        FoldPeople[] people = [.. folds.Select((_, f) => FoldPeople.Of(data, folds, f, bestPooled![f], cancellationToken))];
        RewardValidation chosen = best;
        double[] losses = Losses(folds, f => people[f].Margins);
        foreach (double weight in residuals)
        {
            var personal = new float[folds.Length][];
            for (int f = 0; f < folds.Length; f++)
            {
                personal[f] = people[f].Predict(weight, cancellationToken);
            }

            RewardValidation trial = Judge(best.PooledWeight, weight, folds, f => personal[f]);
            if (trial.LogLoss < chosen.LogLoss && IsSurely(losses, Losses(folds, f => personal[f]), folds))
            {
                chosen = trial;
            }
        }

        return (chosen.PooledWeight, chosen.ResidualWeight);
    }

    /// <summary>Whether the second losses are smaller by more than the standard error of the difference, people being drawn anew.</summary>
    private bool IsSurely(double[] before, double[] after, int[][] folds)
    {
        double[] gains = [.. data.ByUser([.. folds.SelectMany(f => f)]).Select(p => p.Rows.Sum(r => before[r] - after[r]))];
        double mean = gains.Average();
        double variance = gains.Sum(g => (g - mean) * (g - mean)) / Math.Max(1, gains.Length - 1);
        return mean > Math.Sqrt(variance / gains.Length);
    }

    private double[] Losses(int[][] folds, Func<int, float[]> margins)
    {
        var losses = new double[data.Pairs.Length];
        for (int f = 0; f < folds.Length; f++)
        {
            float[] predicted = margins(f);
            foreach (int row in folds[f])
            {
                losses[row] = LogisticRidge.Loss(predicted[row]);
            }
        }

        return losses;
    }

    private RewardValidation Judge(double pooled, double? residual, int[][] folds, Func<int, float[]> margins)
    {
        double loss = Losses(folds, margins).Sum();
        double right = 0;
        for (int f = 0; f < folds.Length; f++)
        {
            float[] predicted = margins(f);
            foreach (int row in folds[f])
            {
                right += predicted[row] > 0 ? 1 : predicted[row] == 0 ? 0.5 : 0;
            }
        }

        int count = folds.Sum(f => f.Length);
        var trial = new RewardValidation(pooled, residual, loss / count, right / count);
        _trials.Add(trial);
        return trial;
    }

    /// <summary>People drawn by the seed, as many as are allowed; at least one.</summary>
    private int[] Sample()
    {
        if (data.All.Length <= options.MostValidated)
        {
            return data.All;
        }

        var rows = new List<int>();
        foreach ((_, int[] own) in new SeededRandom(options.Seed, "reward model sample").Shuffle(data.ByUser(data.All)))
        {
            if (rows.Count > 0 && rows.Count + own.Length > options.MostValidated)
            {
                break;
            }

            rows.AddRange(own);
        }

        rows.Sort();
        return [.. rows];
    }

    /// <summary>Deals each person's conversations out in turn, in an order drawn by the seed.</summary>
    private int[][] Folds(int[] sample)
    {
        var folds = new List<int>[options.Folds];
        for (int f = 0; f < folds.Length; f++)
        {
            folds[f] = [];
        }

        int next = 0;
        foreach ((string user, int[] rows) in data.ByUser(sample))
        {
            var conversations = rows.GroupBy(r => data.Pairs[r].ConversationId, StringComparer.Ordinal);
            foreach (IGrouping<string, int> conversation in new SeededRandom(options.Seed, $"reward model folds {user}").Shuffle(conversations))
            {
                folds[next++ % folds.Length].AddRange(conversation);
            }
        }

        return [.. folds.Where(f => f.Count > 0).Select(f => f.ToArray())];
    }

    internal static int[] Others(int[][] folds, int fold) => [.. folds.Where((_, f) => f != fold).SelectMany(f => f).Order()];
}
