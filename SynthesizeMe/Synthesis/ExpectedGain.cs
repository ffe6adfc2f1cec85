namespace SynthesizeMe;

/// <summary>
/// How much better than the generic judge a judge should be expected to be: what is known of its kind, moved by what was seen of it. A dozen choices
/// tell two judges apart only if they differ by more than ten points, so what was seen weighs little unless it is clear; that is also what keeps the best of
/// several candidates from looking better than it is (the winner's curse). The prior and the likelihood are normal.
/// </summary>
internal static class ExpectedGain
{
    /// <summary>How much the gain of one kind of judge differs from person to person: the standard deviation, as a share of pairs.</summary>
    private const double Spread = 0.07;

    /// <summary>Before anything is seen, the lead on a pair has this variance; it counts as much as <see cref="Imagined"/> pairs.</summary>
    private const double Variance = 0.3;

    private const double Imagined = 3;

    /// <summary>
    /// The mean gain of each kind over the judge that knows nobody, as a share of pairs: what an independent run of both benchmarks found with two sizes of
    /// model (P-GenRM, 2026, table 1: history 2.8 points, SynthesizeMe 4.4). The others were not run there; a persona is taken to do as well as the history,
    /// demonstrations to lie between.
    /// </summary>
    public static double Prior(JudgeMethod method) => method switch
    {
        JudgeMethod.Generic => 0,
        JudgeMethod.History => 0.028,
        JudgeMethod.Persona => 0.028,
        JudgeMethod.Demos => 0.036,
        JudgeMethod.PersonaAndDemos => 0.044,
        _ => throw new ArgumentOutOfRangeException(nameof(method), method, "There is no such method."),
    };

    /// <summary>
    /// The expected gain. Experience with judges that are better than chance says nothing of one that is not: where a judge was right on no more than half of the
    /// pairs, it is expected to gain only what it was seen to gain.
    /// </summary>
    /// <param name="method">What kind of judge it is.</param>
    /// <param name="accuracy">The share of the pairs that it was right on, both orders counted equally.</param>
    /// <param name="leads">By pair, its score less the generic judge's in the same orders.</param>
    public static double Of(JudgeMethod method, double accuracy, IReadOnlyCollection<double> leads)
    {
        if (method == JudgeMethod.Generic || leads.Count == 0)
        {
            return 0;
        }

        double prior = accuracy > 0.5 ? Prior(method) : 0;
        double mean = leads.Average();
        double variance = (leads.Sum(l => (l - mean) * (l - mean)) + (Variance * Imagined)) / (leads.Count + Imagined) / leads.Count;
        double weight = Spread * Spread / ((Spread * Spread) + variance);
        return prior + (weight * (mean - prior));
    }
}
