using SynthesizeMe.Offline;

namespace PriorFit;

/// <summary>Logistic regression with a Gaussian prior, by Newton's method.</summary>
internal static class MapRegression
{
    private const int N = StyleVector.Count;
    private const int MostSteps = 20;

    /// <summary>The weights at the peak, and the curvature there (the posterior's precision).</summary>
    public static (double[] Weights, double[] Curvature) Fit(double[] mean, double[] precision, double[][] rows, double[]? rowWeights)
    {
        double[] weights = [.. mean];
        double[] curvature = precision;
        for (int step = 0; step < MostSteps; step++)
        {
            double[] gradient = new double[N];
            curvature = [.. precision];
            for (int i = 0; i < N; i++)
            {
                for (int j = 0; j < N; j++)
                    gradient[i] -= precision[i * N + j] * (weights[j] - mean[j]);
            }
            for (int r = 0; r < rows.Length; r++)
            {
                double[] x = rows[r];
                double dot = 0, rowWeight = rowWeights?[r] ?? 1;
                for (int i = 0; i < N; i++)
                    dot += weights[i] * x[i];
                double p = Logistic.Probability(dot);
                for (int i = 0; i < N; i++)
                {
                    gradient[i] += rowWeight * (1 - p) * x[i];
                    for (int j = 0; j < N; j++)
                        curvature[i * N + j] += rowWeight * p * (1 - p) * x[i] * x[j];
                }
            }
            double[] factor = [.. curvature];
            Cholesky.Factor(factor, N);
            Cholesky.Solve(factor, N, gradient);
            for (int i = 0; i < N; i++)
                weights[i] += gradient[i];
            if (gradient.Max(Math.Abs) < 1e-7)
                break;
        }
        return (weights, curvature);
    }

    /// <summary>The inverse of a symmetric positive definite matrix.</summary>
    public static double[] Inverse(double[] matrix)
    {
        double[] factor = [.. matrix];
        Cholesky.Factor(factor, N);
        double[] inverse = new double[N * N];
        for (int j = 0; j < N; j++)
        {
            double[] column = new double[N];
            column[j] = 1;
            Cholesky.Solve(factor, N, column);
            for (int i = 0; i < N; i++)
                inverse[i * N + j] = column[i];
        }
        return inverse;
    }
}
