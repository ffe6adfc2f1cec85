using SynthesizeMe.Offline;

namespace PriorFit;

/// <summary>The numbers of a prior: the spread of the raw features; mean, own variance and common axis of the weights.</summary>
internal sealed record Estimate(double[] Spread, double[] Mean, double[] Variance, double[] Axis)
{
    public StylePrior ToPrior() => new(Mean, Variance, Axis);

    public StyleVector Scale(in StyleVector raw)
    {
        StyleVector scaled = raw;
        for (int i = 0; i < StyleVector.Count; i++)
            scaled[i] /= Spread[i];
        return scaled;
    }
}

/// <summary>
/// Empirical Bayes: the mean is one ridge logistic regression over everybody, the covariance is that of the people's own weights around
/// it, by expectation-maximization with Laplace's approximation, reduced to each feature's own variance and one common axis. Every
/// source weighs the same. Only earlier halves are read.
/// </summary>
internal static class PriorEstimator
{
    private const int N = StyleVector.Count;
    private const double Ridge = 30;
    private const int Rounds = 10;

    /// <summary>The covariance before any person was seen, and how many people it counts for.</summary>
    private const double Start = 0.02, StartPeople = 3;

    /// <summary>The variance of the weights that are a matter of taste only.</summary>
    private const double TasteVariance = 0.01;

    /// <summary>
    /// The least share of a feature's size, where it occurs, that its spread may be: else a rare feature would shout when it occurs.
    /// </summary>
    private const double RareShare = 0.4;

    /// <summary>Features without general merit (left out by validation): their mean is zero and their variance fixed.</summary>
    private static readonly StyleFeature[] TasteOnly =
    [
        StyleFeature.Questions, StyleFeature.FirstPerson, StyleFeature.Reasons, StyleFeature.Examples, StyleFeature.Contractions,
        StyleFeature.WordLength, StyleFeature.SentenceLength, StyleFeature.Punctuation, StyleFeature.Carelessness, StyleFeature.Refusal,
        StyleFeature.Emoji,
    ];

    public static Estimate Estimate(IReadOnlyList<Person> people)
    {
        double[] spread = SpreadOf(people);
        List<(double[][] Rows, double Weight)> scaled = [];
        string[] sources = [.. people.Select(p => p.Source).Distinct()];
        foreach (Person person in people.Where(p => p.Earlier.Count > 0))
        {
            double[][] rows = [.. person.Earlier.Select(c => Enumerable.Range(0, N).Select(i => c.Raw[i] / spread[i]).ToArray())];
            scaled.Add((rows, 1.0 / people.Count(p => p.Source == person.Source) * people.Count / sources.Length));
        }
        double pairs = people.Sum(p => p.Earlier.Count);
        Dictionary<string, double> pairWeight = sources.ToDictionary(
            s => s, s => pairs / sources.Length / people.Where(p => p.Source == s).Sum(p => p.Earlier.Count));
        double[][] all = [.. scaled.SelectMany(p => p.Rows)];
        double[] weights = [.. people.SelectMany(p => Enumerable.Repeat(pairWeight[p.Source], p.Earlier.Count))];
        double[] mean = MapRegression.Fit(new double[N], Diagonal(i => IsTaste(i) ? 1e7 : Ridge), all, weights).Weights;
        for (int i = 0; i < N; i++)
            mean[i] = IsTaste(i) ? 0 : Math.Round(mean[i], 4);
        (double[] variance, double[] axis) = Factor(CovarianceOf(scaled, mean));
        return new Estimate(spread, mean, variance, axis);
    }

    private static double[] CovarianceOf(List<(double[][] Rows, double Weight)> people, double[] mean)
    {
        double[] covariance = Diagonal(i => IsTaste(i) ? TasteVariance : Start);
        double total = people.Sum(p => p.Weight);
        for (int round = 0; round < Rounds; round++)
        {
            double[] precision = MapRegression.Inverse(covariance);
            double[] scatter = new double[N * N];
            foreach ((double[][] rows, double weight) in people)
            {
                (double[] w, double[] curvature) = MapRegression.Fit(mean, precision, rows, null);
                double[] doubt = MapRegression.Inverse(curvature);
                for (int i = 0; i < N; i++)
                {
                    for (int j = 0; j < N; j++)
                        scatter[i * N + j] += weight * ((w[i] - mean[i]) * (w[j] - mean[j]) + doubt[i * N + j]);
                }
            }
            for (int i = 0; i < N; i++)
            {
                for (int j = 0; j < N; j++)
                {
                    double start = i == j ? Start : 0;
                    covariance[i * N + j] = IsTaste(i) || IsTaste(j)
                        ? i == j ? TasteVariance : 0
                        : (scatter[i * N + j] + StartPeople * start) / (total + StartPeople);
                }
            }
        }
        return covariance;
    }

    /// <summary>One principal factor: the covariance as a diagonal plus one axis along which people differ most.</summary>
    private static (double[] Variance, double[] Axis) Factor(double[] covariance)
    {
        double[] axis = Enumerable.Repeat(0.1, N).ToArray();
        for (int step = 0; step < 500; step++)
        {
            double squared = axis.Sum(a => a * a);
            double[] next = new double[N];
            for (int i = 0; i < N; i++)
            {
                for (int j = 0; j < N; j++)
                    next[i] += (i == j ? axis[i] * axis[i] : covariance[i * N + j]) * axis[j] / squared;
            }
            axis = next;
        }
        return ([.. axis.Select((a, i) => Math.Round(covariance[i * N + i] - a * a, 4))], [.. axis.Select(a => Math.Round(a, 4))]);
    }

    private static double[] SpreadOf(IReadOnlyList<Person> people)
    {
        double[] square = new double[N], used = new double[N];
        string[] sources = [.. people.Select(p => p.Source).Distinct()];
        foreach (string source in sources)
        {
            Choice[] choices = [.. people.Where(p => p.Source == source).SelectMany(p => p.Earlier)];
            for (int i = 0; i < N; i++)
            {
                square[i] += choices.Average(c => c.Raw[i] * c.Raw[i]);
                used[i] += choices.Average(c => c.Raw[i] == 0 ? 0.0 : 1.0);
            }
        }
        return [.. Enumerable.Range(0, N).Select(i => used[i] == 0
            ? 1
            : Math.Round(Math.Max(Math.Sqrt(square[i] / sources.Length), RareShare * Math.Sqrt(square[i] / used[i])), 3))];
    }

    private static bool IsTaste(int feature) => TasteOnly.Contains((StyleFeature)feature);

    private static double[] Diagonal(Func<int, double> value)
    {
        double[] matrix = new double[N * N];
        for (int i = 0; i < N; i++)
            matrix[i * N + i] = value(i);
        return matrix;
    }
}
