using System.Numerics.Tensors;
using SynthesizeMe.Offline;

namespace SynthesizeMe.Rewards;

/// <summary>
/// Finds the weights that explain which of two was chosen: the minimum of Σ log(1 + exp(−(oᵢ + w·xᵢ))) + λ/2 |w|², where o is what is already known of a
/// pair. By Newton's method, its steps by conjugate gradients (Nocedal and Wright, Numerical Optimization, algorithm 7.1). Rows are worked through in fixed
/// parts whose sums are added in order, so that the result does not depend on the number of processors.
/// </summary>
/// <param name="matrix">The differences.</param>
/// <param name="rows">The rows that count.</param>
/// <param name="offsets">What is already known of each row of the matrix: its log-odds; <see langword="null"/> for nothing.</param>
internal sealed class LogisticRidge(DifferenceMatrix matrix, int[] rows, float[]? offsets)
{
    private const int PartRows = 2048;

    /// <summary>Fewer numbers than these are added up sooner than other threads are woken, and calls that are under way have use for them.</summary>
    private const long WorthThreads = 1 << 20;

    private const int MostSteps = 40;
    private const int MostDirections = 250;
    private const double Tolerance = 1e-4;

    private readonly int _parts = (rows.Length + PartRows - 1) / PartRows;
    private readonly float[] _margins = new float[rows.Length];

    /// <summary>Finds the weights.</summary>
    /// <param name="ridge">λ, above 0.</param>
    /// <param name="start">Where to begin; zero for <see langword="null"/>.</param>
    /// <param name="cancellationToken">Stops at once.</param>
    public float[] Fit(double ridge, float[]? start, CancellationToken cancellationToken)
    {
        float[] weights = start is null ? new float[matrix.Columns] : [.. start];
        double first = Norm(Slope(new float[matrix.Columns], ridge).Gradient);
        (double value, float[] gradient) = Slope(weights, ridge);
        for (int step = 0; step < MostSteps && Norm(gradient) > Tolerance * first; step++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            float[] direction = Direction(gradient, ridge, first, cancellationToken);
            double slope = TensorPrimitives.Dot<float>(direction, gradient);
            double length = 1;
            float[] next;
            double nextValue;
            float[] nextGradient;
            do
            {
                next = new float[weights.Length];
                TensorPrimitives.MultiplyAdd(direction, (float)length, weights, next);
                (nextValue, nextGradient) = Slope(next, ridge);
                length /= 2;
            }
            while (nextValue > value + (1e-4 * 2 * length * slope) && length > 1e-4);

            // In single precision the last steps no longer show in the value.
            bool stands = nextValue >= value - (1e-9 * Math.Abs(value));
            if (nextValue <= value)
            {
                (weights, value, gradient) = (next, nextValue, nextGradient);
            }

            if (stands)
            {
                break;
            }
        }

        return weights;
    }

    /// <summary>The step of Newton's method, as far as it pays to know it.</summary>
    private float[] Direction(float[] gradient, double ridge, double first, CancellationToken cancellationToken)
    {
        // Slope has left the margins of the present weights behind.
        float[] curvature = new float[rows.Length];
        for (int i = 0; i < curvature.Length; i++)
        {
            double p = Logistic.Probability(_margins[i]);
            curvature[i] = (float)(p * (1 - p));
        }

        float[] direction = new float[gradient.Length];
        float[] residual = new float[gradient.Length];
        TensorPrimitives.Negate(gradient, residual);
        float[] along = [.. residual];
        double square = TensorPrimitives.SumOfSquares<float>(residual);
        double norm = Math.Sqrt(square);
        double enough = norm * Math.Min(0.3, Math.Sqrt(norm / first));
        for (int i = 0; i < MostDirections && Math.Sqrt(square) > enough; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            float[] product = Curve(along, curvature, ridge);
            float length = (float)(square / TensorPrimitives.Dot<float>(along, product));
            TensorPrimitives.MultiplyAdd(along, length, direction, direction);
            TensorPrimitives.MultiplyAdd(product, -length, residual, residual);
            double next = TensorPrimitives.SumOfSquares<float>(residual);
            TensorPrimitives.MultiplyAdd(along, (float)(next / square), residual, along);
            square = next;
        }

        return direction;
    }

    /// <summary>The value at the weights and its gradient; notes the margins.</summary>
    private (double Value, float[] Gradient) Slope(float[] weights, double ridge)
    {
        double[] values = new double[_parts];
        float[] gradient = Sum((part, row, i, sum) =>
        {
            float margin = TensorPrimitives.Dot(row, weights) + (offsets is null ? 0 : offsets[rows[i]]);
            _margins[i] = margin;
            values[part] += Loss(margin);
            TensorPrimitives.MultiplyAdd(row, (float)-Logistic.Probability(-margin), sum, sum);
        });
        TensorPrimitives.MultiplyAdd(weights, (float)ridge, gradient, gradient);
        return (values.Sum() + (ridge / 2 * TensorPrimitives.SumOfSquares<float>(weights)), gradient);
    }

    private float[] Curve(float[] direction, float[] curvature, double ridge)
    {
        float[] product = Sum((_, row, i, sum) => TensorPrimitives.MultiplyAdd(row, curvature[i] * TensorPrimitives.Dot(row, direction), sum, sum));
        TensorPrimitives.MultiplyAdd(direction, (float)ridge, product, product);
        return product;
    }

    /// <summary>log(1 + exp(−margin)).</summary>
    public static double Loss(double margin) => margin > 0 ? Math.Log(1 + Math.Exp(-margin)) : Math.Log(1 + Math.Exp(margin)) - margin;

    private float[] Sum(RowWork work)
    {
        var sums = new float[_parts][];
        if ((long)rows.Length * matrix.Columns < WorthThreads)
        {
            for (int part = 0; part < _parts; part++)
            {
                RunPart(part);
            }
        }
        else
        {
            Parallel.For(0, _parts, RunPart);
        }

        float[] total = new float[matrix.Columns];
        foreach (float[] sum in sums)
        {
            TensorPrimitives.Add(total, sum, total);
        }

        return total;

        void RunPart(int part)
        {
            sums[part] = new float[matrix.Columns];
            int end = Math.Min(rows.Length, (part + 1) * PartRows);
            for (int i = part * PartRows; i < end; i++)
            {
                work(part, matrix[rows[i]], i, sums[part]);
            }
        }
    }

    private static double Norm(float[] vector) => Math.Sqrt(TensorPrimitives.SumOfSquares<float>(vector));

    private delegate void RowWork(int part, ReadOnlySpan<float> row, int index, Span<float> sum);
}
