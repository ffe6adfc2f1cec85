namespace SynthesizeMe.Optimizers;

/// <summary>What is chosen for each predictor: positions in its instructions and in its demonstration sets.</summary>
internal sealed record Combination(IReadOnlyList<(int Instructions, int Demos)> Choices)
{
    public bool Equals(Combination? other) => other is not null && Choices.SequenceEqual(other.Choices);

    public override int GetHashCode() => Choices.Aggregate(0, HashCode.Combine);
}

/// <summary>The mean score of a combination on so many examples.</summary>
internal readonly record struct Observed(Combination Combination, double Mean, int Examples);

/// <summary>
/// A Bayesian model of how well combinations do, and Thompson sampling from it. The score is a sum over predictors of an effect of the
/// instructions, one of the demonstrations and a smaller one of both together, each normal around 0; the mean of <c>n</c> examples has a
/// variance of <see cref="Noise"/> / <c>n</c>. A posterior draw is a prior draw moved by what was observed (Wilson et al., Efficiently Sampling
/// Functions from Gaussian Process Posteriors, ICML 2020, section 3), and because predictors add up, its best combination is found predictor by predictor.
/// </summary>
/// <param name="space">How many instructions and demonstration sets each predictor has.</param>
/// <param name="deviation">The standard deviation of the effect of instructions, and of demonstrations; what both together add has half of it.</param>
internal sealed class CategoricalSurrogate(IReadOnlyList<(int Instructions, int Demos)> space, double deviation = 0.2)
{
    private readonly double _effect = deviation * deviation;

    private readonly double _together = deviation * deviation / 4;

    /// <summary>The largest variance of a score from 0 to 1.</summary>
    private const double Noise = .25;

    /// <summary>The best combination of one draw from the posterior.</summary>
    public Combination Draw(IReadOnlyList<Observed> observed, SeededRandom random)
    {
        Effects[] effects = [.. space.Select(s => new Effects(s.Instructions, s.Demos, deviation, random))];
        double[] weights = Weights(observed, effects, random);
        for (int p = 0; p < space.Count; p++)
        {
            for (int o = 0; o < observed.Count; o++)
            {
                effects[p].Move(observed[o].Combination.Choices[p], weights[o]);
            }
        }

        return new Combination([.. effects.Select(e => e.Best())]);
    }

    /// <summary>How far each observation moves the draw.</summary>
    private double[] Weights(IReadOnlyList<Observed> observed, Effects[] effects, SeededRandom random)
    {
        int n = observed.Count;
        double total = observed.Sum(o => (double)o.Examples);
        double mean = n == 0 ? 0 : observed.Sum(o => o.Mean * o.Examples) / total;
        var covariance = new double[n, n];
        var surprise = new double[n];
        for (int i = 0; i < n; i++)
        {
            double noise = Noise / observed[i].Examples;
            surprise[i] = observed[i].Mean - mean - (Normal(random) * Math.Sqrt(noise));
            for (int p = 0; p < effects.Length; p++)
            {
                surprise[i] -= effects[p].At(observed[i].Combination.Choices[p]);
            }

            for (int j = 0; j <= i; j++)
            {
                covariance[i, j] = Covariance(observed[i].Combination, observed[j].Combination) + (i == j ? noise : 0);
            }
        }

        return Solve(covariance, surprise);
    }

    private double Covariance(Combination left, Combination right)
    {
        double sum = 0;
        for (int p = 0; p < left.Choices.Count; p++)
        {
            bool instructions = left.Choices[p].Instructions == right.Choices[p].Instructions;
            bool demos = left.Choices[p].Demos == right.Choices[p].Demos;
            sum += (instructions ? _effect : 0) + (demos ? _effect : 0) + (instructions && demos ? _together : 0);
        }

        return sum;
    }

    /// <summary>Solves a positive definite system, of which the lower half is given, by Cholesky's method.</summary>
    private static double[] Solve(double[,] a, double[] b)
    {
        int n = b.Length;
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                double sum = a[i, j];
                for (int k = 0; k < j; k++)
                {
                    sum -= a[i, k] * a[j, k];
                }

                a[i, j] = i == j ? Math.Sqrt(sum) : sum / a[j, j];
            }
        }

        double[] x = [.. b];
        for (int i = 0; i < n; i++)
        {
            for (int k = 0; k < i; k++)
            {
                x[i] -= a[i, k] * x[k];
            }

            x[i] /= a[i, i];
        }

        for (int i = n - 1; i >= 0; i--)
        {
            for (int k = i + 1; k < n; k++)
            {
                x[i] -= a[k, i] * x[k];
            }

            x[i] /= a[i, i];
        }

        return x;
    }

    /// <summary>A nearly normal number: the sum of twelve uniform ones, which is the same on every platform.</summary>
    private static double Normal(SeededRandom random)
    {
        const int steps = 1 << 24;
        double sum = -6;
        for (int i = 0; i < 12; i++)
        {
            sum += random.Next(steps) / (double)steps;
        }

        return sum;
    }

    /// <summary>The effects of one predictor's choices in one draw.</summary>
    private sealed class Effects
    {
        private readonly double _variance;
        private readonly double[] _instructions;
        private readonly double[] _demos;
        private readonly double[,] _together;

        public Effects(int instructions, int demos, double deviation, SeededRandom random)
        {
            _variance = deviation * deviation;
            _instructions = [.. Enumerable.Range(0, instructions).Select(_ => Normal(random) * deviation)];
            _demos = [.. Enumerable.Range(0, demos).Select(_ => Normal(random) * deviation)];
            _together = new double[instructions, demos];
            for (int i = 0; i < instructions; i++)
            {
                for (int d = 0; d < demos; d++)
                {
                    _together[i, d] = Normal(random) * deviation / 2;
                }
            }
        }

        public double At((int Instructions, int Demos) c) => _instructions[c.Instructions] + _demos[c.Demos] + _together[c.Instructions, c.Demos];

        public void Move((int Instructions, int Demos) c, double weight)
        {
            _instructions[c.Instructions] += _variance * weight;
            _demos[c.Demos] += _variance * weight;
            _together[c.Instructions, c.Demos] += _variance / 4 * weight;
        }

        public (int Instructions, int Demos) Best() => Enumerable.Range(0, _instructions.Length)
            .SelectMany(i => Enumerable.Range(0, _demos.Length).Select(d => (Instructions: i, Demos: d)))
            .MaxBy(At);
    }
}
