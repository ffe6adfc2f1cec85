using System.Collections.Frozen;
using Microsoft.Extensions.AI;
using SynthesizeMe.Signatures;

namespace SynthesizeMe.Offline;

/// <summary>
/// A reward that is linear in how a completion is written (length, lists, hedging, warmth and the like), and knows nothing of what it says. It needs no
/// model: a baseline to beat.
/// </summary>
public sealed class StyleRewardModel : IRewardModel
{
    private const int MostSteps = 50;

    /// <summary>How much the general taste counts against the pairs: as a ridge of this weight around it.</summary>
    private const double Ridge = 10;

    private readonly StyleVector _weights;
    private readonly FrozenDictionary<string, StyleVector> _people;

    private StyleRewardModel(in StyleVector weights, FrozenDictionary<string, StyleVector> people)
    {
        _weights = weights;
        _people = people;
    }

    /// <summary>Learns the taste that many people share: logistic regression from what people in general were found to like.</summary>
    /// <param name="pairs">The choices; none leaves the general taste.</param>
    public static StyleRewardModel Train(IEnumerable<PreferencePair> pairs)
    {
        ArgumentNullException.ThrowIfNull(pairs);
        StyleVector[] choices = [.. pairs.Select(Difference)];
        StyleVector start = StylePrior.General.Mean;
        StyleVector weights = start;
        const int n = StyleVector.Count;
        double[] hessian = new double[n * n];
        double[] step = new double[n];
        for (int round = 0; round < MostSteps; round++)
        {
            Array.Clear(hessian);
            for (int i = 0; i < n; i++)
            {
                hessian[(i * n) + i] = Ridge;
                step[i] = Ridge * (start[i] - weights[i]);
            }

            foreach (ref readonly StyleVector choice in choices.AsSpan())
            {
                double p = Logistic.Probability(weights.Dot(choice));
                for (int i = 0; i < n; i++)
                {
                    step[i] += (1 - p) * choice[i];
                    double curvature = p * (1 - p) * choice[i];
                    for (int j = 0; j <= i; j++)
                        hessian[(i * n) + j] += curvature * choice[j];
                }
            }

            Cholesky.Factor(hessian, n);
            Cholesky.Solve(hessian, n, step);
            double largest = 0;
            for (int i = 0; i < n; i++)
            {
                weights[i] += step[i];
                largest = Math.Max(largest, Math.Abs(step[i]));
            }

            if (largest < 1e-9)
                break;
        }

        return new(weights, FrozenDictionary<string, StyleVector>.Empty);
    }

    /// <summary>The same model with weights of their own for some people: the shared ones, moved by each person's choices.</summary>
    /// <param name="people">The people's ids with their choices.</param>
    public StyleRewardModel WithPeople(IEnumerable<KeyValuePair<string, IEnumerable<PreferencePair>>> people)
    {
        ArgumentNullException.ThrowIfNull(people);
        StyleVector shared = _weights;
        double[] mean = [.. Enumerable.Range(0, StyleVector.Count).Select(i => shared[i])];
        var prior = new StylePrior(mean, StylePriorConstants.Variance, StylePriorConstants.Axis);
        return new(_weights, people.ToFrozenDictionary(
            p => p.Key, p => InContextLearner.Fit(prior, p.Value.Select(Difference).ToArray()).Weights, StringComparer.Ordinal));
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<double>> ScoreAsync(IReadOnlyList<RewardRequest> requests, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(requests);
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult<IReadOnlyList<double>>([.. requests.Select(Score)]);
    }

    private double Score(RewardRequest request)
    {
        StyleVector weights = request.Person is { } person && _people.TryGetValue(person.UserId, out StyleVector own) ? own : _weights;
        return weights.Dot(StyleFeatures.Measure(Request(request.Context), request.Completion));
    }

    private static StyleVector Difference(PreferencePair pair)
    {
        StyleRequest request = Request(pair.Context);
        return StyleVector.Difference(StyleFeatures.Measure(request, pair.Chosen), StyleFeatures.Measure(request, pair.Rejected));
    }

    private static StyleRequest Request(Conversation context) => StyleRequest.Read(context.Turns.LastOrDefault(t => t.Role == ChatRole.User).Text);
}
