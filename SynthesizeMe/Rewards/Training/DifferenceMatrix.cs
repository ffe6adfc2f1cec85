using System.Numerics.Tensors;

namespace SynthesizeMe.Rewards;

/// <summary>Rows of differences of embeddings: chosen less rejected.</summary>
internal sealed class DifferenceMatrix(int rows, int columns)
{
    private readonly float[] _values = new float[checked(rows * columns)];

    public int Rows => rows;

    public int Columns => columns;

    public Span<float> this[int row] => _values.AsSpan(row * columns, columns);

    /// <summary>The mean of the rows' squared lengths.</summary>
    public double MeanSquare()
    {
        double sum = 0;
        for (int i = 0; i < rows; i++)
        {
            sum += TensorPrimitives.SumOfSquares<float>(this[i]);
        }

        return rows == 0 ? 0 : sum / rows;
    }

    /// <summary>Multiplies all by a number.</summary>
    public void Scale(float factor) => TensorPrimitives.Multiply(_values, factor, _values);
}
