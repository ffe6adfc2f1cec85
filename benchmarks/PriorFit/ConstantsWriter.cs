using System.Globalization;

namespace PriorFit;

/// <summary>Writes an estimate as the C# file that the offline model compiles.</summary>
internal static class ConstantsWriter
{
    private const int PerLine = 15;

    public static void Write(Estimate estimate, TextWriter output)
    {
        output.Write("""
            namespace SynthesizeMe.Offline;

            /// <summary>
            /// The numbers of the built-in prior, printed by benchmarks/PriorFit from the earlier halves of three public sources; do
            /// not edit.
            /// </summary>
            internal static class StylePriorConstants
            {
                /// <summary>
                /// The spread of each raw feature's difference between two completions, in the order of <see cref="StyleFeature"/>.
                /// </summary>
                public static ReadOnlySpan<double> Spread =>

            """);
        Numbers(estimate.Spread, output);
        output.Write("""

                /// <summary>The weights of the general taste, one for each feature.</summary>
                public static ReadOnlySpan<double> Mean =>

            """);
        Numbers(estimate.Mean, output);
        output.Write("""

                /// <summary>How much people differ in each weight on its own: a variance.</summary>
                public static ReadOnlySpan<double> Variance =>

            """);
        Numbers(estimate.Variance, output);
        output.Write("""

                /// <summary>The direction in which people's weights differ together, as long as one standard deviation.</summary>
                public static ReadOnlySpan<double> Axis =>

            """);
        Numbers(estimate.Axis, output);
        output.Write("}\n");
    }

    private static void Numbers(IReadOnlyList<double> numbers, TextWriter output)
    {
        output.Write("    [\n");
        foreach (double[] line in numbers.Chunk(PerLine))
            output.Write($"        {string.Join(", ", line.Select(n => (n == 0 ? 0 : n).ToString(CultureInfo.InvariantCulture)))},\n");
        output.Write("    ];\n");
    }
}
