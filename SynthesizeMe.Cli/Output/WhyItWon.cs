using System.Globalization;
using SynthesizeMe.Optimizers;

namespace SynthesizeMe.Cli;

/// <summary>Says of every candidate of a decision what it lost by: the first of the rule's measures that differs.</summary>
internal static class WhyItWon
{
    private static readonly (string Name, Func<RunCandidate, bool, double> Of, Func<double, string> Text)[] Measures =
    [
        ("", (c, gains) => (gains ? c.ExpectedGain : c.Score) ?? double.NegativeInfinity, _ => ""),
        ("verified demonstrations", (c, _) => c.Verified, Count),
        ("demonstrations", (c, _) => c.Verified + c.Labelled, Count),
        ("a persona", (c, _) => HasPersona(c) ? 1 : 0, v => v > 0 ? "yes" : "no"),
    ];

    /// <summary>A line for each of the others, in their order.</summary>
    /// <param name="decision">The decision.</param>
    /// <param name="candidates">The candidates of the same subject; those of other stages are passed over.</param>
    public static IEnumerable<string> Of(RunDecision decision, IEnumerable<RunCandidate> candidates)
    {
        RunCandidate[] contenders = [.. candidates.Where(c => c.Stage == decision.Stage)];
        if (contenders.FirstOrDefault(c => c.Name == decision.Winner) is not { } winner)
        {
            yield break;
        }

        bool gains = contenders.Any(c => c.ExpectedGain is not null);
        foreach (RunCandidate other in contenders.Where(c => c != winner))
        {
            yield return $"{other.Name}: {Against(winner, other, gains)}";
        }
    }

    private static string Against(RunCandidate winner, RunCandidate other, bool gains)
    {
        double? merit = gains ? other.ExpectedGain : other.Score;
        if (merit is null)
        {
            return other.Status switch
            {
                nameof(CandidateStatus.OutOfReach) => "it left the race when it could not win any more.",
                nameof(CandidateStatus.NotEvaluated) => "it was not tried.",
                _ => $"it was not compared ({other.Status}).",
            };
        }

        var equal = new List<string>();
        foreach ((string name, Func<RunCandidate, bool, double> of, Func<double, string> text) in Measures)
        {
            string called = name.Length > 0 ? name : gains ? "expected gain" : "score";
            (double its, double best) = (of(other, gains), of(winner, gains));
            string values = name.Length > 0 ? $"{text(its)} against {text(best)}" : $"{Merit(its, gains)} against {Merit(best, gains)}";
            string tie = equal.Count == 0 ? "" : $"equal in {string.Join(" and ", equal)}; ";
            if (its < best)
            {
                return $"{tie}{called} {values}.";
            }

            if (its > best)
            {
                return $"{tie}{called} {values}, which does not count: nothing that is no better than the generic judge replaces it.";
            }

            equal.Add(called);
        }

        return $"equal in {string.Join(" and ", equal)}; the first of equals was kept.";
    }

    private static string Merit(double value, bool gains) => gains
        ? string.Create(CultureInfo.InvariantCulture, $"{value * 100:+0.00;-0.00;0.00} points")
        : Figures.Percent(value);

    private static string Count(double value) => value.ToString(CultureInfo.InvariantCulture);

    private static bool HasPersona(RunCandidate candidate) => candidate.Name.StartsWith(nameof(JudgeMethod.Persona), StringComparison.Ordinal);
}
