namespace SynthesizeMe.Offline;

/// <summary>The Cholesky factor of a small symmetric positive definite matrix, stored row by row, lower triangle only.</summary>
internal static class Cholesky
{
    /// <summary>Replaces the lower triangle of <paramref name="matrix"/> by its factor.</summary>
    public static void Factor(Span<double> matrix, int size)
    {
        for (int i = 0; i < size; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                double sum = matrix[i * size + j];
                for (int k = 0; k < j; k++)
                    sum -= matrix[i * size + k] * matrix[j * size + k];
                matrix[i * size + j] = i == j ? Math.Sqrt(Math.Max(sum, 1e-12)) : sum / matrix[j * size + j];
            }
        }
    }

    /// <summary>Solves the system with a factored matrix, in place.</summary>
    public static void Solve(ReadOnlySpan<double> factor, int size, Span<double> right)
    {
        for (int i = 0; i < size; i++)
        {
            for (int k = 0; k < i; k++)
                right[i] -= factor[i * size + k] * right[k];
            right[i] /= factor[i * size + i];
        }
        for (int i = size - 1; i >= 0; i--)
        {
            for (int k = i + 1; k < size; k++)
                right[i] -= factor[k * size + i] * right[k];
            right[i] /= factor[i * size + i];
        }
    }

    /// <summary>The sum of the logs of the factor's diagonal: half the log determinant of the matrix.</summary>
    public static double LogDiagonal(ReadOnlySpan<double> factor, int size)
    {
        double sum = 0;
        for (int i = 0; i < size; i++)
            sum += Math.Log(factor[i * size + i]);
        return sum;
    }
}
