using System.Collections.Immutable;
using System.Diagnostics;
using SynthesizeMe.Optimizers;
using SynthesizeMe.Signatures;

namespace SynthesizeMe;

/// <summary>Chooses what the persona is induced from.</summary>
internal static class PersonaEvidence
{
    private const int CharactersPerToken = 4;

    /// <summary>
    /// A judgement for every training pair: with the reasoning that predicted the choice where there is one, without where nobody predicted it.
    /// Over the token budget whole judgements are left out, least telling first: those without reasoning last to first, then the longest.
    /// </summary>
    /// <param name="pairs">The training pairs.</param>
    /// <param name="winning">The demonstrations of the winning subset.</param>
    /// <param name="verified">Every confirmed run.</param>
    /// <param name="maxTokens">The budget.</param>
    public static ImmutableArray<Judgement> Choose(
        ImmutableArray<PreferencePair> pairs,
        ImmutableArray<Demo> winning,
        ImmutableArray<ExampleResult<JudgePreference>> verified,
        int maxTokens)
    {
        ILookup<string, string?> reasons = verified.ToLookup(v => v.Example.Id, v => v.Prediction!.Reasoning);
        HashSet<string> shown = [.. winning.Where(d => d.Reasoning is not null).Select(d => d.Reasoning!)];
        Judgement[] all = [.. pairs.Select(p =>
        {
            string? reasoning = reasons[p.Id].FirstOrDefault(r => r is not null && shown.Contains(r)) ?? reasons[p.Id].FirstOrDefault();
            return new Judgement(p.Context, p.Chosen, p.Rejected, reasoning);
        })];

        int[] byValue = [.. Enumerable.Range(0, all.Length)
            .OrderByDescending(i => all[i].Reasoning is not null && shown.Contains(all[i].Reasoning!))
            .ThenByDescending(i => all[i].Reasoning is not null)
            .ThenBy(i => Length(all[i]))];
        long left = (long)maxTokens * CharactersPerToken;
        var kept = new SortedSet<int>();
        foreach (int i in byValue)
        {
            if (kept.Count == 0 || Length(all[i]) <= left)
            {
                kept.Add(i);
                left -= Length(all[i]);
            }
        }

        Debug.Assert(kept.Count > 0, "One judgement is always kept.");
        return [.. kept.Select(i => all[i])];
    }

    private static int Length(Judgement judgement) =>
        judgement.Conversation.Turns.Sum(t => t.Text.Length) + judgement.Preferred.Length + judgement.Other.Length + (judgement.Reasoning?.Length ?? 0);
}
