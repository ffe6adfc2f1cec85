using System.Globalization;
using Microsoft.Extensions.AI;
using SynthesizeMe.Optimizers;
using SynthesizeMe.Signatures;

namespace SynthesizeMe.Benchmarking;

/// <summary>The steps that ask models.</summary>
internal sealed class CurationAsking(CurationOptions options, IProgress<CurationProgress>? progress, CancellationToken cancellationToken)
{
    private static readonly JudgeArtefact Stranger = new() { Method = JudgeMethod.Generic };

    /// <summary>Rates each conversation once, whoever had it.</summary>
    public async Task<CurationFinding[]> RateQueriesAsync(PreferencePair[] pairs, IChatClient rater)
    {
        ChainOfThought<RateQueryPersonalizability> rate = RateQueryPersonalizability.ChainOfThought(rater, options.Predict);
        Conversation[] queries = [.. pairs.Select(p => p.Context).Distinct()];
        Rating[] ratings = await AskAsync("queries", queries, async (query, token) =>
        {
            Prediction<RateQueryPersonalizability> p = await rate.PredictAsync(query, token).ConfigureAwait(false);
            return new Rating(p.Value.Rating, p.Usage);
        }).ConfigureAwait(false);
        Dictionary<Conversation, Rating> byQuery = queries.Zip(ratings).ToDictionary(r => r.First, r => r.Second);
        HashSet<Conversation> counted = [];
        return [.. pairs.Select(p => Finding(
            byQuery[p.Context], options.MinQueryRating, "query_rating", "the query was rated", "the query's rating could not be read", counted.Add(p.Context)))];
    }

    /// <summary>Rates each pair once. Which completion is shown first says nothing of which was chosen.</summary>
    public async Task<CurationFinding[]> RateResponsesAsync(PreferencePair[] pairs, IChatClient rater)
    {
        ChainOfThought<RateResponseDifference> rate = RateResponseDifference.ChainOfThought(rater, options.Predict);
        Rating[] ratings = await AskAsync("responses", pairs, async (pair, token) =>
        {
            bool swapped = new SeededRandom(options.Seed, $"shown first {pair.Id}").Next(2) == 1;
            (string first, string second) = swapped ? (pair.Rejected, pair.Chosen) : (pair.Chosen, pair.Rejected);
            Prediction<RateResponseDifference> p = await rate.PredictAsync(pair.Context, first, second, token).ConfigureAwait(false);
            return new Rating(p.Value.Rating, p.Usage);
        }).ConfigureAwait(false);
        return [.. ratings.Select(r => Finding(
            r, options.MinResponseRating, "response_rating", "the completions were rated", "the completions' rating could not be read", counts: true))];
    }

    /// <summary>Asks every judge about each pair in both orders.</summary>
    public async Task<CurationFinding[]> JudgeAsync(PreferencePair[] pairs, IReadOnlyList<CurationJudge> judges)
    {
        PersonalizedJudge[] strangers = [.. judges.Select(j => new PersonalizedJudge(Stranger, j.Client, options.Predict))];
        (PreferencePair Pair, PersonalizedJudge Judge, bool Swapped)[] asked =
            [.. pairs.SelectMany(p => strangers.SelectMany(j => new[] { (p, j, false), (p, j, true) }))];
        Rating[] votes = await AskAsync("judges", asked, async (a, token) =>
        {
            OrderedAnswer answer = await a.Judge.AskAsync(a.Pair.Context, a.Pair.Chosen, a.Pair.Rejected, a.Swapped, token).ConfigureAwait(false);
            return new Rating(answer.Preferred == Preference.First ? 1 : 0, answer.Usage);
        }).ConfigureAwait(false);
        return [.. votes.Chunk(2 * judges.Count).Select(Agreement)];
    }

    private static CurationFinding Finding(Rating rating, int least, string name, string low, string unreadable, bool counts)
    {
        int failures = rating.Value is null && counts ? 1 : 0;
        Usage usage = counts ? rating.Usage : default;
        return rating.Value is not { } value ? new(unreadable, [], failures, usage)
            : value < least ? new(string.Create(CultureInfo.InvariantCulture, $"{low} below {least}"), [], 0, usage)
            : new(null, [(name, value)], 0, usage);
    }

    private CurationFinding Agreement(Rating[] votes)
    {
        int[] read = [.. votes.Where(v => v.Value is not null).Select(v => v.Value!.Value)];
        int unreadable = votes.Length - read.Length;
        Usage usage = votes.Aggregate(default(Usage), (sum, v) => sum + v.Usage);
        if (read.Length <= votes.Length / 2)
        {
            return new("half of the judges' votes or more could not be read", [], unreadable, usage);
        }

        double with = read.Average();
        int yes = read.Sum();
        double agreement = Math.Max(yes, read.Length - yes) / (double)read.Length;
        return agreement <= options.MaxAgreement
            ? new(null, [("agreement", agreement), ("judges_with_person", with)], unreadable, usage)
            : new(with > 0.5 ? "the judges agree with the person" : "the judges agree against the person", [], unreadable, usage);
    }

    /// <summary>Asks about each item. An answer that cannot be read is no answer, and is told apart from every rating.</summary>
    private async Task<Rating[]> AskAsync<T>(string step, T[] items, Func<T, CancellationToken, Task<Rating>> ask)
    {
        int done = 0;
        return await Batch.RunAsync(items, options.MaxParallel, TryAsync, cancellationToken).ConfigureAwait(false);

        async Task<Rating> TryAsync(T item, CancellationToken token)
        {
            Rating rating;
            try
            {
                rating = await ask(item, token).ConfigureAwait(false);
            }
            catch (PromptParseException e)
            {
                rating = new(null, e.Usage);
            }

            progress?.Report(new(step, Interlocked.Increment(ref done), items.Length));
            return rating;
        }
    }

    /// <summary>An answer; null for one that could not be read.</summary>
    private readonly record struct Rating(int? Value, Usage Usage);
}
