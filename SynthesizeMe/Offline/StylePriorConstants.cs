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
    [
        1.224, 0.617, 1.069, 0.939, 0.878, 0.49, 0.789, 0.098, 0.416, 0.423, 0.436, 0.619, 0.9, 0.734, 0.743,
        0.583, 0.571, 0.745, 0.888, 0.714, 0.083, 0.31, 0.279, 0.167, 0.254, 0.594, 0.849, 0.618, 0.645, 0.4,
        0.706,
    ];

    /// <summary>The weights of the general taste, one for each feature.</summary>
    public static ReadOnlySpan<double> Mean =>
    [
        0.5413, -0.0346, -0.286, 0.1549, 0.1621, 0.0312, -0.3222, 0.0457, 0, -0.1633, -0.0589, -0.0693, 0, -0.0859, 0,
        0, -0.0218, 0, 0, 0, 0, 0.0406, -0.3794, -0.3984, 0.2627, -0.3255, 0, 0.0402, -0.3285, 0,
        0,
    ];

    /// <summary>How much people differ in each weight on its own: a variance.</summary>
    public static ReadOnlySpan<double> Variance =>
    [
        0.0208, 0.0223, 0.0178, 0.0212, 0.0185, 0.0202, 0.0204, 0.0187, 0.01, 0.0194, 0.0193, 0.02, 0.01, 0.0203, 0.01,
        0.01, 0.0212, 0.01, 0.01, 0.01, 0.01, 0.02, 0.0201, 0.0224, 0.0189, 0.0186, 0.01, 0.0191, 0.0195, 0.01,
        0.01,
    ];

    /// <summary>The direction in which people's weights differ together, as long as one standard deviation.</summary>
    public static ReadOnlySpan<double> Axis =>
    [
        0.0339, 0.1482, -0.0026, 0.0225, -0.0013, -0.0303, 0.021, -0.0861, 0, -0.0215, 0.0276, -0.0118, 0, 0.0316, 0,
        0, 0.0317, 0, 0, 0, 0, -0.0822, 0.0582, 0.0555, 0.0323, 0.138, 0, 0.0223, 0.0396, 0,
        0,
    ];
}
