using System.Runtime.CompilerServices;

namespace SynthesizeMe.Offline;

/// <summary>One number per <see cref="StyleFeature"/>: of a text, of the difference of two texts, or a weight for each.</summary>
[InlineArray(Count)]
internal struct StyleVector
{
    /// <summary>The number of features.</summary>
    public const int Count = (int)StyleFeature.Emoji + 1;

    private double _first;

    /// <summary>The value of one feature.</summary>
    public double this[StyleFeature feature]
    {
        readonly get => this[(int)feature];
        set => this[(int)feature] = value;
    }

    /// <summary>The vector with these values, in the order of <see cref="StyleFeature"/>.</summary>
    public static StyleVector From(ReadOnlySpan<double> values)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(values.Length, Count);
        StyleVector vector = default;
        values.CopyTo(vector);
        return vector;
    }

    /// <summary>The difference of two texts, feature by feature; swapping the texts negates it exactly.</summary>
    public static StyleVector Difference(in StyleVector first, in StyleVector second)
    {
        StyleVector difference = default;
        for (int i = 0; i < Count; i++)
            difference[i] = first[i] - second[i];
        return difference;
    }

    /// <summary>The vector with every sign turned.</summary>
    public readonly StyleVector Negate()
    {
        StyleVector negated = default;
        for (int i = 0; i < Count; i++)
            negated[i] = -this[i];
        return negated;
    }

    /// <summary>The inner product with <paramref name="other"/>.</summary>
    public readonly double Dot(in StyleVector other)
    {
        double sum = 0;
        for (int i = 0; i < Count; i++)
            sum += this[i] * other[i];
        return sum;
    }
}
