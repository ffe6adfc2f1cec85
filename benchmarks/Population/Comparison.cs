using System.Globalization;
using Microsoft.Extensions.AI;
using SynthesizeMe.Optimizers;
using SynthesizeMe.Signatures;

namespace SynthesizeMe.Population;

/// <summary>Fits every person in several ways and asks each judge about the choices held back.</summary>
internal static class Comparison
{
    private const string Reference = "reference";

    private sealed record Outcome(int Calls, double Score);

    public static async Task RunAsync(string name, Person[] people, IChatClient model, int seed, bool ofEach, CancellationToken cancellationToken)
    {
        Dictionary<string, Outcome>[] outcomes = await Batch.RunAsync(
            people, Environment.ProcessorCount, (p, token) => MeasureAsync(p, model, seed, ofEach, token), cancellationToken);
        string[] fits = [.. outcomes.SelectMany(o => o.Keys).Distinct()];
        double reference = outcomes.Average(o => o[Reference].Calls);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"\n{name}: {people.Length} people, {people.Average(p => p.Learned.Length):0.0} choices learned from, {people.Average(p => p.Held.Length):0.0} held back\n"));
        Console.WriteLine("| fit | people | calls | of the reference's | accuracy | against the reference |");
        Console.WriteLine("|---|---|---|---|---|---|");
        foreach (string fit in fits.Order(StringComparer.Ordinal))
        {
            (string Person, double Score, double Gain)[] rows = [.. people.Zip(outcomes).Where(p => p.Second.ContainsKey(fit))
                .SelectMany(p => Enumerable.Repeat((p.First.Id, p.Second[fit].Score, p.Second[fit].Score - p.Second[Reference].Score), p.First.Held.Length))];
            Interval accuracy = Interval.Bootstrap(rows.Select(r => (r.Person, r.Score)), seed);
            Interval gain = Interval.Bootstrap(rows.Select(r => (r.Person, r.Gain)), seed);
            int count = outcomes.Count(o => o.ContainsKey(fit));
            double calls = outcomes.Where(o => o.ContainsKey(fit)).Average(o => o[fit].Calls);
            string difference = fit == Reference ? "" : Invariant($"{100 * gain.Mean:+0.0;-0.0} ({100 * gain.Low:+0.0;-0.0} to {100 * gain.High:+0.0;-0.0})");
            Console.WriteLine(Invariant($"| {fit} | {count} | {calls:0} | {100 * calls / reference:0} % | {100 * accuracy.Mean:0.0} | {difference} |"));
        }
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static async Task<Dictionary<string, Outcome>> MeasureAsync(Person person, IChatClient model, int seed, bool ofEach, CancellationToken cancellationToken)
    {
        var outcomes = new Dictionary<string, Outcome>();
        (PersonalizedJudge judge, int calls) = await CountAsync(client => new ReferenceAlgorithm(client, seed).FitAsync(person.Learned));
        outcomes[Reference] = new(calls, await ScoreAsync(judge));
        foreach (FitEffort effort in Enum.GetValues<FitEffort>())
        {
            Fit? fit = null;
            (judge, calls) = await CountAsync(async client =>
            {
                fit = await new PersonaSynthesizer(client, new() { Effort = effort, Seed = seed, MaxParallel = 1 }).FitAsync(person.Learned, null, cancellationToken);
                return fit.Judge;
            });
            string name = effort.ToString().ToLowerInvariant();
            outcomes[name] = new(calls, await ScoreAsync(judge));
            outcomes[$"{name} chose {judge.Method}"] = new(calls, outcomes[name].Score);
            if (ofEach)
            {
                foreach ((JudgeMethod method, PersonalizedJudge each) in fit!.Judges)
                {
                    outcomes[$"{name}: {method}"] = new(calls, await ScoreAsync(each));
                }
            }
        }

        return outcomes;

        async Task<(PersonalizedJudge, int)> CountAsync(Func<IChatClient, Task<PersonalizedJudge>> fit)
        {
            var meter = new UsageMeter();
            using var client = new MeteredChatClient(model, meter);
            PersonalizedJudge judge = await fit(client);
            return (judge, meter.Read().Answered.Calls);
        }

        async Task<double> ScoreAsync(PersonalizedJudge judge)
        {
            double score = 0;
            foreach (PreferencePair pair in person.Held)
            {
                score += await RightAsync(judge, pair, swapped: false) + await RightAsync(judge, pair, swapped: true);
            }

            return score / (2 * person.Held.Length);
        }
    }

    private static async Task<double> RightAsync(PersonalizedJudge judge, PreferencePair pair, bool swapped)
    {
        try
        {
            return (await judge.AskAsync(pair.Context, pair.Chosen, pair.Rejected, swapped)).Preferred == Preference.First ? 1 : 0;
        }
        catch (PromptParseException)
        {
            return 0;
        }
    }
}
