using System.Collections.Immutable;
using System.Globalization;
using Microsoft.Extensions.AI;
using SynthesizeMe.Optimizers;
using SynthesizeMe.Signatures;

namespace SynthesizeMe.Population;

/// <summary>
/// The search of the reference implementation, to compare with: 12 candidates, a persona from the winner's traces, 13 candidates with it. Every
/// candidate collects its demonstrations anew, is tried on the validation pairs in one order, and the first that scores 80 wins; there is no way back to the
/// judge that knows nobody. Mended are those faults that are none of the search: labelled demonstrations are shown, orders are balanced.
/// </summary>
internal sealed class ReferenceAlgorithm(IChatClient client, int seed)
{
    private const int Candidates = 10;
    private const int MaxLabelled = 4;
    private const double StopAtScore = 0.8;

    public async Task<PersonalizedJudge> FitAsync(IReadOnlyList<PreferencePair> pairs)
    {
        PreferenceSplit split = PreferenceSplit.Of(pairs);
        ChainOfThought<JudgePreference> plain = JudgePreference.ChainOfThought(client);
        ImmutableArray<(PreferencePair Pair, Demo Demo)> traces = await SearchAsync(
            plain, split, (p, first, second, label) => new JudgePreference(p.Context, first, second, label), x => x.Preference, withoutDemos: false);

        ImmutableArray<Judgement> judgements = [.. traces.Select(t => new Judgement(t.Pair.Context, t.Pair.Chosen, t.Pair.Rejected, t.Demo.Reasoning))];
        string persona;
        try
        {
            persona = (await SynthesizePersona.Predict(client).PredictAsync(new SynthesizePersona.Inputs(judgements))).Value.Persona.Trim();
        }
        catch (PromptParseException)
        {
            persona = "Nothing is known of this person.";
        }

        ChainOfThought<JudgePreferenceForPersona> informed = JudgePreferenceForPersona.ChainOfThought(client);
        ImmutableArray<(PreferencePair, Demo Demo)> demos = await SearchAsync(
            informed, split, (p, first, second, label) => new JudgePreferenceForPersona(persona, p.Context, first, second, label), x => x.Preference, withoutDemos: true);
        return new(new JudgeArtefact { Method = JudgeMethod.PersonaAndDemos, Persona = persona, Demos = [.. demos.Select(d => d.Demo)] }, client);
    }

    private async Task<ImmutableArray<(PreferencePair Pair, Demo Demo)>> SearchAsync<T>(
        ChainOfThought<T> judge,
        PreferenceSplit split,
        Func<PreferencePair, string, string, Preference, T> view,
        Func<T, Preference> preference,
        bool withoutDemos)
        where T : class, ISignature<T>
    {
        var candidates = new List<ImmutableArray<(PreferencePair Pair, Demo Demo)>>();
        if (withoutDemos)
        {
            candidates.Add([]);
        }

        candidates.Add([.. new SeededRandom(seed, "labels").Shuffle(split.Train).Take(MaxLabelled).Select(Labelled)]);
        candidates.Add(await BootstrapAsync(split.Train, split.Train.Length));
        for (int c = 0; c < Candidates; c++)
        {
            var draw = new SeededRandom(seed, string.Create(CultureInfo.InvariantCulture, $"candidate {c}"));
            PreferencePair[] order = draw.Shuffle(split.Train);
            candidates.Add(await BootstrapAsync(order, 1 + draw.Next(split.Train.Length)));
        }

        var scores = new List<double>();
        foreach (ImmutableArray<(PreferencePair Pair, Demo Demo)> candidate in candidates)
        {
            ChainOfThought<T> shown = judge.With(judge.State.WithDemos([.. candidate.Select(c => c.Demo)]));
            int right = 0;
            foreach (PreferencePair pair in split.Validation)
            {
                right += await AnswerAsync(shown, pair) is not null ? 1 : 0;
            }

            scores.Add((double)right / split.Validation.Length);
        }

        int winner = scores.FindIndex(s => s >= StopAtScore);
        return candidates[winner >= 0 ? winner : scores.IndexOf(scores.Max())];

        async Task<ImmutableArray<(PreferencePair, Demo)>> BootstrapAsync(IReadOnlyList<PreferencePair> order, int wanted)
        {
            var found = new List<(PreferencePair Pair, Demo Demo)>();
            foreach (PreferencePair pair in order)
            {
                if (found.Count < wanted && await AnswerAsync(judge, pair) is { } demo)
                {
                    found.Add((pair, demo));
                }
            }

            IEnumerable<PreferencePair> rest = order.Where(p => found.All(f => f.Pair != p));
            return [.. found, .. rest.Take(MaxLabelled - found.Count).Select(Labelled)];
        }

        (PreferencePair, Demo) Labelled(PreferencePair pair) => (pair, ((IPredictor)judge).LabelledDemo(View(pair))!);

        T View(PreferencePair pair) => IsSwapped(pair)
            ? view(pair, pair.Rejected, pair.Chosen, Preference.Second)
            : view(pair, pair.Chosen, pair.Rejected, Preference.First);

        // The demonstration, or null when the judge was wrong; a reply that cannot be read is wrong, as there.
        async Task<Demo?> AnswerAsync(ChainOfThought<T> asked, PreferencePair pair)
        {
            T expected = View(pair);
            try
            {
                Prediction<T> p = await asked.PredictAsync(T.InputsOf(expected));
                return preference(p.Value) == preference(expected) ? p.Calls[0].Demo with { Verified = true } : null;
            }
            catch (PromptParseException)
            {
                return null;
            }
        }
    }

    private bool IsSwapped(PreferencePair pair) => new SeededRandom(seed, $"order of {pair.Id}").Next(2) == 1;
}
