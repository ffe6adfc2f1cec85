using System.Globalization;

namespace SynthesizeMe.Benchmarking;

/// <summary>A scale whose ends lie on its ticks.</summary>
/// <param name="Low">The lower end.</param>
/// <param name="High">The upper end.</param>
/// <param name="Step">From tick to tick.</param>
/// <param name="Format">How a tick is written.</param>
internal sealed record Axis(double Low, double High, double Step, string Format)
{
    private static readonly double[] Steps = [0.01, 0.02, 0.05, 0.1, 0.2, 0.25, 0.5];

    /// <summary>The ticks, from low to high.</summary>
    public IEnumerable<double> Ticks => Enumerable.Range(0, (int)Math.Round((High - Low) / Step) + 1).Select(i => Low + (i * Step));

    /// <summary>A scale of accuracies that shows all values and what chance would give.</summary>
    public static Axis OfAccuracies(IEnumerable<double> values) => Over(values.Append(0.5), 0, 1, "0 %");

    /// <summary>A scale of differences that shows all values and zero.</summary>
    public static Axis OfDifferences(IEnumerable<double> values)
    {
        double[] all = [.. values, 0];
        return Over(all.Max() - all.Min() < 0.01 ? [-0.01, 0.01] : all, -1, 1, "+0;\u22120;0");
    }

    /// <summary>Where a value lies: 0 at the lower end, 1 at the upper.</summary>
    public double At(double value) => Math.Clamp((value - Low) / (High - Low), 0, 1);

    /// <summary>A tick in words.</summary>
    public string Name(double tick) => (Format.Contains('%', StringComparison.Ordinal) ? tick : Math.Round(tick * 100, 6)).ToString(Format, CultureInfo.InvariantCulture);

    private static Axis Over(IEnumerable<double> values, double least, double most, string format)
    {
        double low = values.Min(), high = values.Max();
        double step = Steps.FirstOrDefault(s => (high - low) / s <= 5, Steps[^1]);
        return new(
            Math.Max(least, Math.Floor((low / step) + 1e-9) * step),
            Math.Min(most, Math.Ceiling((high / step) - 1e-9) * step),
            step,
            format);
    }
}
