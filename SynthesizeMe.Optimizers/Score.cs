using SynthesizeMe.Signatures;

namespace SynthesizeMe.Optimizers;

/// <summary>How right a prediction is.</summary>
/// <param name="Value">From 0 (wrong) to 1 (right).</param>
/// <param name="Feedback">Why, in words that help to do better; <see langword="null"/> when there is nothing to say.</param>
public readonly record struct Score(double Value, string? Feedback = null)
{
    /// <summary>From 0 (wrong) to 1 (right).</summary>
    /// <exception cref="ArgumentOutOfRangeException">Outside this range, or not a number.</exception>
    public double Value
    {
        get;
        init => field = Checked(value);
    } = Checked(Value);

    /// <summary>Fully right.</summary>
    public static Score Right { get; } = new(1);

    /// <summary>Fully wrong.</summary>
    public static Score Wrong { get; } = new(0);

    private static double Checked(double value) => value is >= 0 and <= 1
        ? value
        : throw new ArgumentOutOfRangeException(nameof(value), value, "A score is a number from 0 to 1.");
}

/// <summary>Compares a prediction with the labelled example it answers.</summary>
/// <typeparam name="T">The signature.</typeparam>
/// <param name="expected">The labelled example.</param>
/// <param name="prediction">What the program answered to its inputs.</param>
/// <param name="cancellationToken">Stops a metric that calls models itself.</param>
public delegate ValueTask<Score> Metric<T>(T expected, Prediction<T> prediction, CancellationToken cancellationToken)
    where T : class, ISignature<T>;

/// <summary>Common metrics.</summary>
public static class Metrics
{
    /// <summary>Right when the chosen field is equal, else wrong.</summary>
    /// <param name="field">The output that counts.</param>
    public static Metric<T> ExactMatch<T>(Func<T, object?> field)
        where T : class, ISignature<T>
    {
        ArgumentNullException.ThrowIfNull(field);
        return (expected, prediction, _) => new(Equals(field(expected), field(prediction.Value)) ? Score.Right : Score.Wrong);
    }
}
