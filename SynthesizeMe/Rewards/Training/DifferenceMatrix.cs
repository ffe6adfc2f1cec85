using System.Numerics.Tensors;

namespace SynthesizeMe.Rewards;

/// <summary>Rows of differences of embeddings: chosen less rejected.</summary>
internal sealed class DifferenceMatrix(float[] values, int rows, int columns)
{
    public DifferenceMatrix(int rows, int columns)
        : this(new float[checked(rows * columns)], rows, columns)
    {
    }

    public int Rows => rows;

    public int Columns => columns;

    public Span<float> this[int row] => values.AsSpan(row * columns, columns);

    /// <summary>The first rows, which stay where they are.</summary>
    public DifferenceMatrix First(int count) => new(values, count, columns);

    /// <summary>The mean of the rows' squared lengths.</summary>
    public double MeanSquare()
    {
        double sum = 0;
        for (int i = 0; i < rows; i++)
        {
            float square = TensorPrimitives.SumOfSquares<float>(this[i]);
            sum += float.IsFinite(square) ? square : Square(this[i]);
        }

        return rows == 0 ? 0 : sum / rows;
    }

    /// <summary>Multiplies all by a number.</summary>
    public void Scale(float factor) => TensorPrimitives.Multiply(values, factor, values);

    /// <summary>The squared length of what is too long for the quick way.</summary>
    private static double Square(ReadOnlySpan<float> row)
    {
        double sum = 0;
        foreach (float value in row)
        {
            sum += (double)value * value;
        }

        return sum;
    }
}
