using System.Globalization;
using System.Text;

namespace SynthesizeMe.Offline;

/// <summary>
/// Says in words what decided a comparison, and whether general taste, the persona or the person's own choices stand behind it.
/// </summary>
internal static class Explanation
{
    private const int MostReasons = 3;

    /// <summary>A difference beyond this many spreads is "far" more or less.</summary>
    private const double Far = 1.5;

    /// <summary>What counts less than this share of all that speaks for the winner is not named.</summary>
    private const double LeastShare = 0.12;

    /// <summary>
    /// The reasons for preferring the first or the second completion; <paramref name="difference"/> is first minus second.
    /// </summary>
    public static string Write(PreferenceModel model, in StyleVector difference)
    {
        bool first = model.PrefersFirst(difference);
        StyleVector towards = first ? difference : difference.Negate();
        StyleVector weights = model.Weights;
        double total = 0, against = 0;
        List<(StyleFeature Feature, double Weight)> reasons = [];
        for (int i = 0; i < StyleVector.Count; i++)
        {
            double share = weights[i] * towards[i];
            if (share > 0)
            {
                total += share;
                reasons.Add(((StyleFeature)i, share));
            }
            else
            {
                against -= share;
            }
        }
        if (total == 0)
            return "The two completions are written alike, so nothing decides. I take the first.";
        reasons.Sort((x, y) => y.Weight != x.Weight ? y.Weight.CompareTo(x.Weight) : x.Feature.CompareTo(y.Feature));

        StringBuilder text = new();
        text.Append("Compared with the other, the ").Append(first ? "first" : "second").Append(" completion ");
        int count = Math.Max(1, reasons.Take(MostReasons).Count(r => r.Weight >= LeastShare * total));
        for (int i = 0; i < count; i++)
            text.Append(i == 0 ? "" : i == count - 1 ? " and " : ", ").Append(Comparison(reasons[i].Feature, towards[reasons[i].Feature]));
        text.Append(". ").Append(Basis(model, towards, total));
        if (against > total / 2)
            text.Append(" It is a close call.");
        return text.Append(first ? " So the first." : " So the second.").ToString();
    }

    private static string Comparison(StyleFeature feature, double towards)
    {
        StylePhrase phrase = StylePhrases.For(feature);
        string degree = Math.Abs(towards) > Far ? "far " : "";
        return string.Format(CultureInfo.InvariantCulture, towards > 0 ? phrase.Higher : phrase.Lower, degree);
    }

    private static string Basis(PreferenceModel model, in StyleVector towards, double total)
    {
        StyleVector general = model.Prior.Mean;
        string? choices = Strongest(model.FromChoices, towards, total);
        string? persona = Strongest(model.FromPersona, towards, total);
        bool generalAgrees = general.Dot(towards) >= 0;
        string rest = generalAgrees ? "General taste points the same way." : "General taste points the other way.";
        return (persona, choices) switch
        {
            (null, null) => generalAgrees
                ? "That is what people in general like; nothing known of this person stands against it."
                : "General taste alone would lean the other way; what is known of this person tips the balance.",
            (not null, null) => $"The persona speaks for {persona}. {rest}",
            (null, not null) => $"This person's earlier choices speak for {choices}. {rest}",
            _ => persona == choices
                ? $"The persona and this person's earlier choices speak for {choices}. {rest}"
                : $"The persona speaks for {persona}, this person's earlier choices for {choices}. {rest}",
        };
    }

    /// <summary>
    /// The preference behind the largest part of what <paramref name="shift"/> adds for the winner; null when it adds next to nothing.
    /// </summary>
    private static string? Strongest(in StyleVector shift, in StyleVector towards, double total)
    {
        int best = -1;
        double most = LeastShare / 2 * total;
        for (int i = 0; i < StyleVector.Count; i++)
        {
            if (shift[i] * towards[i] > most)
                (best, most) = (i, shift[i] * towards[i]);
        }
        return best < 0 ? null : StylePhrases.Preference((StyleFeature)best, shift[best] > 0);
    }
}
