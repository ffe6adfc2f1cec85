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
        1.199, 0.617, 1.036, 0.918, 0.865, 0.502, 0.799, 0.091, 0.394, 0.411, 0.433, 0.617, 0.894, 0.727, 0.74,
        0.591, 0.575, 0.75, 0.89, 0.712, 0.084, 0.304, 0.272, 0.165, 0.253, 0.583, 0.854, 0.61, 0.64, 0.4,
        0.959,
    ];

    /// <summary>The weights of the general taste, one for each feature.</summary>
    public static ReadOnlySpan<double> Mean =>
    [
        0.5135, -0.033, -0.2216, 0.0882, 0.1999, 0.0811, -0.2597, -0.012, 0, -0.1263, -0.0535, -0.0882, 0, -0.0921, 0,
        0, -0.0137, 0, 0, 0, 0, 0.0257, -0.4119, -0.3777, 0.2565, -0.3017, 0, 0.0344, -0.3117, 0,
        0,
    ];

    /// <summary>How much people differ in each weight on its own: a variance.</summary>
    public static ReadOnlySpan<double> Variance =>
    [
        0.0199, 0.0232, 0.0181, 0.0213, 0.0182, 0.0201, 0.0203, 0.0182, 0.01, 0.0188, 0.0189, 0.0186, 0.01, 0.0205, 0.01,
        0.01, 0.0202, 0.01, 0.01, 0.01, 0.01, 0.0196, 0.021, 0.0224, 0.0187, 0.019, 0.01, 0.0199, 0.0199, 0.01,
        0.01,
    ];

    /// <summary>The direction in which people's weights differ together, as long as one standard deviation.</summary>
    public static ReadOnlySpan<double> Axis =>
    [
        0.0316, 0.1232, 0.0044, 0.0167, -0.0032, -0.0225, 0.0126, -0.0706, 0, -0.0171, 0.0366, -0.0041, 0, 0.0287, 0,
        0, 0.0155, 0, 0, 0, 0, -0.0572, 0.0295, 0.0559, 0.0262, 0.1085, 0, 0.0084, 0.0279, 0,
        0,
    ];
}
