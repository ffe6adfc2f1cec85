using System.Numerics.Tensors;
using SynthesizeMe.Offline;

namespace SynthesizeMe.Rewards;

/// <summary>
/// How people differ from the pooled part: directions, each as long as one standard deviation, so that a person's own part is a sum of directions with
/// standard normal shares. Empirical Bayes: the covariance of people's own parts is found by expectation-maximization with Laplace's approximation
/// (Gelman and others, Bayesian Data Analysis, §13.6), within the few directions in which people pull most.
/// </summary>
internal static class PersonPrior
{
    private const int MostDirections = 36;
    private const int Rounds = 8;
    private const int PowerRounds = 6;

    /// <summary>How many people the guess before any person was seen counts for: that all directions differ alike.</summary>
    private const double StartPeople = 5;

    /// <summary>The variance of that guess, in log-odds of a usual pair.</summary>
    private const double StartVariance = 0.3;

    /// <summary>The directions, one a row.</summary>
    public static DifferenceMatrix Learn(TrainingPairs data, int[] rows, float[] margins, CancellationToken cancellationToken)
    {
        (string User, int[] Rows)[] people = [.. data.ByUser(rows)];
        DifferenceMatrix basis = Basis(data, people, margins);
        int k = basis.Rows;
        DifferenceMatrix inner = Project(data.Matrix, rows, basis);
        Dictionary<int, int> place = rows.Select((r, i) => (r, i)).ToDictionary(p => p.r, p => p.i);
        float[] offsets = [.. rows.Select(r => margins[r])];
        double[] covariance = new double[k * k];
        for (int i = 0; i < k; i++)
        {
            covariance[(i * k) + i] = StartVariance / Math.Max(1e-12, inner.MeanSquare());
        }

        double start = covariance[0];
        double[] factor = new double[k * k];
        for (int round = 0; ; round++)
        {
            covariance.CopyTo(factor, 0);
            Cholesky.Factor(factor, k);
            if (round == Rounds)
            {
                break;
            }

            cancellationToken.ThrowIfCancellationRequested();
            double[] moments = new double[k * k];
            DifferenceMatrix white = Whiten(inner, factor, k);
            foreach ((_, int[] own) in people)
            {
                AddPosterior(white, [.. own.Select(r => place[r])], offsets, moments, cancellationToken);
            }

            double[] scatter = Within(factor, moments, k);

            for (int i = 0; i < k; i++)
            {
                for (int j = 0; j < k; j++)
                {
                    covariance[(i * k) + j] = (scatter[(i * k) + j] + (i == j ? StartPeople * start : 0)) / (people.Length + StartPeople);
                }
            }
        }

        // Direction j is column j of the factor, in the basis.
        var directions = new DifferenceMatrix(k, data.Matrix.Columns);
        for (int j = 0; j < k; j++)
        {
            for (int i = j; i < k; i++)
            {
                TensorPrimitives.MultiplyAdd(basis[i], (float)factor[(i * k) + j], directions[j], directions[j]);
            }
        }

        return directions;
    }

    /// <summary>The shares of each row in the directions.</summary>
    public static DifferenceMatrix Project(DifferenceMatrix matrix, int[] rows, DifferenceMatrix directions)
    {
        var projected = new DifferenceMatrix(rows.Length, directions.Rows);
        Parallel.For(0, rows.Length, i =>
        {
            for (int j = 0; j < directions.Rows; j++)
            {
                projected[i][j] = TensorPrimitives.Dot<float>(matrix[rows[i]], directions[j]);
            }
        });
        return projected;
    }

    /// <summary>Orthonormal directions: all of them where there are few, else those in which people's pulls on the pooled part lie.</summary>
    private static DifferenceMatrix Basis(TrainingPairs data, (string User, int[] Rows)[] people, float[] margins)
    {
        int d = data.Matrix.Columns;
        if (d <= MostDirections)
        {
            var all = new DifferenceMatrix(d, d);
            for (int i = 0; i < d; i++)
            {
                all[i][i] = 1;
            }

            return all;
        }

        var pulls = new DifferenceMatrix(people.Length, d);
        for (int u = 0; u < people.Length; u++)
        {
            foreach (int row in people[u].Rows)
            {
                TensorPrimitives.MultiplyAdd(data.Matrix[row], (float)Logistic.Probability(-margins[row]), pulls[u], pulls[u]);
            }
        }

        int k = Math.Min(MostDirections, people.Length);
        var basis = new DifferenceMatrix(k, d);
        var random = new Optimizers.SeededRandom(0, "reward model directions");
        for (int i = 0; i < k; i++)
        {
            for (int j = 0; j < d; j++)
            {
                basis[i][j] = random.Next(2001) - 1000;
            }
        }

        Orthonormalize(basis);
        for (int round = 0; round < PowerRounds; round++)
        {
            var next = new DifferenceMatrix(k, d);
            for (int u = 0; u < people.Length; u++)
            {
                for (int i = 0; i < k; i++)
                {
                    TensorPrimitives.MultiplyAdd(pulls[u], TensorPrimitives.Dot<float>(pulls[u], basis[i]), next[i], next[i]);
                }
            }

            Orthonormalize(next);
            basis = next;
        }

        return basis;
    }

    private static void Orthonormalize(DifferenceMatrix basis)
    {
        for (int i = 0; i < basis.Rows; i++)
        {
            for (int pass = 0; pass < 2; pass++)
            {
                for (int j = 0; j < i; j++)
                {
                    TensorPrimitives.MultiplyAdd(basis[j], -TensorPrimitives.Dot<float>(basis[i], basis[j]), basis[i], basis[i]);
                }
            }

            float norm = TensorPrimitives.Norm<float>(basis[i]);
            if (norm > 1e-12f)
            {
                TensorPrimitives.Divide(basis[i], norm, basis[i]);
            }
            else
            {
                basis[i].Clear();
            }
        }
    }

    private static DifferenceMatrix Whiten(DifferenceMatrix inner, double[] factor, int k)
    {
        var white = new DifferenceMatrix(inner.Rows, k);
        for (int r = 0; r < inner.Rows; r++)
        {
            for (int j = 0; j < k; j++)
            {
                double sum = 0;
                for (int i = j; i < k; i++)
                {
                    sum += factor[(i * k) + j] * inner[r][i];
                }

                white[r][j] = (float)sum;
            }
        }

        return white;
    }

    /// <summary>Adds the second moment of a person's own part, as their pairs tell it: its covariance, and the square of its mode.</summary>
    private static void AddPosterior(DifferenceMatrix white, int[] rows, float[] offsets, double[] moments, CancellationToken cancellationToken)
    {
        float[] own = new LogisticRidge(white, rows, offsets).Fit(1, null, cancellationToken);
        int k = own.Length;
        double[][] pulls = [.. rows.Select(row => Pull(white[row], offsets[row], own))];
        if (rows.Length < k)
        {
            AddCovarianceOfFew(pulls, k, moments);
        }
        else
        {
            AddCovariance(pulls, k, moments);
        }

        for (int i = 0; i < k; i++)
        {
            for (int j = 0; j < k; j++)
            {
                moments[(i * k) + j] += own[i] * own[j];
            }
        }
    }

    /// <summary>A pair's share in the precision is this vector times itself.</summary>
    private static double[] Pull(ReadOnlySpan<float> x, float offset, float[] own)
    {
        double p = Logistic.Probability(offset + TensorPrimitives.Dot(x, own));
        double root = Math.Sqrt(p * (1 - p));
        double[] pull = new double[x.Length];
        for (int i = 0; i < pull.Length; i++)
        {
            pull[i] = root * x[i];
        }

        return pull;
    }

    /// <summary>Adds the inverse of I + ZᵀZ, with the pulls as the rows of Z.</summary>
    internal static void AddCovariance(double[][] pulls, int k, double[] moments)
    {
        double[] precision = Identity(k);
        foreach (double[] z in pulls)
        {
            for (int i = 0; i < k; i++)
            {
                for (int j = 0; j <= i; j++)
                {
                    precision[(i * k) + j] += z[i] * z[j];
                }
            }
        }

        Cholesky.Factor(precision, k);
        double[] column = new double[k];
        for (int j = 0; j < k; j++)
        {
            Array.Clear(column);
            column[j] = 1;
            Cholesky.Solve(precision, k, column);
            for (int i = 0; i < k; i++)
            {
                moments[(i * k) + j] += column[i];
            }
        }
    }

    /// <summary>The same where there are fewer pairs than directions: I - TᵀT, where LT = Z and LLᵀ = I + ZZᵀ (Woodbury's identity).</summary>
    internal static void AddCovarianceOfFew(double[][] pulls, int k, double[] moments)
    {
        int n = pulls.Length;
        double[] factor = Identity(n);
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                factor[(i * n) + j] += TensorPrimitives.Dot<double>(pulls[i], pulls[j]);
            }
        }

        Cholesky.Factor(factor, n);
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < i; j++)
            {
                TensorPrimitives.MultiplyAdd(pulls[j], -factor[(i * n) + j], pulls[i], pulls[i]);
            }

            TensorPrimitives.Divide(pulls[i], factor[(i * n) + i], pulls[i]);
        }

        for (int i = 0; i < k; i++)
        {
            moments[(i * k) + i]++;
            foreach (double[] t in pulls)
            {
                TensorPrimitives.MultiplyAdd(t, -t[i], moments.AsSpan(i * k, k), moments.AsSpan(i * k, k));
            }
        }
    }

    private static double[] Identity(int size)
    {
        double[] identity = new double[size * size];
        for (int i = 0; i < size; i++)
        {
            identity[(i * size) + i] = 1;
        }

        return identity;
    }

    /// <summary>L M Lᵀ</summary>
    private static double[] Within(double[] factor, double[] moments, int k)
    {
        double[] half = new double[k * k];
        double[] whole = new double[k * k];
        for (int i = 0; i < k; i++)
        {
            for (int m = 0; m <= i; m++)
            {
                TensorPrimitives.MultiplyAdd(moments.AsSpan(m * k, k), factor[(i * k) + m], half.AsSpan(i * k, k), half.AsSpan(i * k, k));
            }
        }

        for (int i = 0; i < k; i++)
        {
            for (int j = 0; j < k; j++)
            {
                whole[(i * k) + j] = TensorPrimitives.Dot<double>(half.AsSpan(i * k, j + 1), factor.AsSpan(j * k, j + 1));
            }
        }

        return whole;
    }
}
