using Microsoft.Extensions.AI;
using SynthesizeMe.Optimizers;
using SynthesizeMe.Rewards;
using SynthesizeMe.Signatures;

namespace SynthesizeMe;

/// <summary>How a judge is turned into a reward.</summary>
public sealed record ComparisonRewardOptions
{
    /// <summary>
    /// The completions that a conversation's completions are compared with; <see langword="null"/>, the default, for one another: those of the
    /// same conversation and person in the same call.
    /// </summary>
    public Func<Conversation, CancellationToken, Task<IReadOnlyList<string>>>? References { get; init; }

    /// <summary>The weight of the prior that all are alike, above 0; 0.5 by default. The smaller, the further apart are scores after few comparisons.</summary>
    public double PriorWeight { get; init; } = 0.5;

    /// <summary>The most comparisons at once, two calls each; 8 by default.</summary>
    public int MaxParallel { get; init; } = 8;

    /// <summary>How to call the model.</summary>
    public PredictOptions? Predict { get; init; }
}

/// <summary>
/// A judge as a reward model: each completion is compared with references in both orders, and its score is its strength in a Bradley-Terry model of all the
/// comparisons of a conversation, in log-odds. A person's own judge is asked where the request has one, else the generic one.
/// </summary>
/// <remarks>
/// N completions cost N·(N−1) calls among one another, or 2·N·K with K references. A completion that is compared with nothing has the score 0. An order without a readable answer is a
/// <see cref="PromptParseException"/>, never a score.
/// </remarks>
/// <param name="chatClient">The model.</param>
/// <param name="options">How to compare.</param>
public sealed class ComparisonRewardModel(IChatClient chatClient, ComparisonRewardOptions? options = null) : IRewardModel
{
    private static readonly JudgeArtefact Generic = new() { Method = JudgeMethod.Generic };

    private readonly ComparisonRewardOptions _options = options ?? new();

    /// <inheritdoc/>
    /// <exception cref="PromptParseException">A comparison got no readable answer.</exception>
    /// <exception cref="InvalidOperationException">References were promised, and there are none.</exception>
    public async Task<IReadOnlyList<double>> ScoreAsync(IReadOnlyList<RewardRequest> requests, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(requests);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(_options.PriorWeight);
        Contest[] contests = await ContestsAsync(requests, cancellationToken).ConfigureAwait(false);
        (Contest Contest, int First, int Second)[] comparisons = [.. contests.SelectMany(c => c.Comparisons.Select(p => (c, p.First, p.Second)))];
        Verdict[] verdicts = await Batch.RunAsync(
            comparisons,
            _options.MaxParallel,
            (c, token) => c.Contest.Judge.CompareAsync(c.Contest.Context, c.Contest.Players[c.First], c.Contest.Players[c.Second], token),
            cancellationToken).ConfigureAwait(false);
        var scores = new double[requests.Count];
        foreach (IGrouping<Contest, ((Contest Contest, int First, int Second) Comparison, Verdict Verdict)> contest in
            comparisons.Zip(verdicts).GroupBy(c => c.First.Contest))
        {
            float[] strengths = Strengths(contest.Key.Players.Count, [.. contest.Select(c => (c.Comparison.First, c.Comparison.Second, c.Verdict))], cancellationToken);
            foreach ((int request, int player) in contest.Key.Entries)
            {
                scores[request] = strengths[player];
            }
        }

        return scores;
    }

    private async Task<Contest[]> ContestsAsync(IReadOnlyList<RewardRequest> requests, CancellationToken cancellationToken)
    {
        var contests = new List<Contest>();
        foreach (var group in requests.Select((r, i) => (Request: r, Index: i)).GroupBy(r => (r.Request.Context, r.Request.Person)))
        {
            var judge = new PersonalizedJudge(group.Key.Person?.Judge ?? Generic, chatClient, _options.Predict);
            var contest = new Contest(group.Key.Context, judge);
            foreach ((RewardRequest request, int index) in group)
            {
                contest.Enter(request.Completion, index);
            }

            if (_options.References is { } references)
            {
                IReadOnlyList<string> others = await references(group.Key.Context, cancellationToken).ConfigureAwait(false);
                contest.CompareWith(others.Count > 0 ? others : throw new InvalidOperationException("There is no reference to compare a completion with."));
            }
            else
            {
                contest.CompareAll();
            }

            contests.Add(contest);
        }

        return [.. contests];
    }

    /// <summary>Each order that named a completion is one game won; a judge whose orders disagree gives each one.</summary>
    private float[] Strengths(int players, (int First, int Second, Verdict Verdict)[] games, CancellationToken cancellationToken)
    {
        var matrix = new DifferenceMatrix(2 * games.Length, players);
        for (int g = 0; g < games.Length; g++)
        {
            (int first, int second, Verdict verdict) = games[g];
            Won(matrix[2 * g], verdict.Forward);
            Won(matrix[(2 * g) + 1], verdict.Backward);

            void Won(Span<float> row, OrderedAnswer answer)
            {
                row[first] = answer.Preferred == Preference.First ? 1 : -1;
                row[second] = -row[first];
            }
        }

        return new LogisticRidge(matrix, [.. Enumerable.Range(0, matrix.Rows)], null).Fit(_options.PriorWeight, null, cancellationToken);
    }

    /// <summary>The completions of one conversation and person.</summary>
    private sealed class Contest(Conversation context, PersonalizedJudge judge)
    {
        private readonly Dictionary<string, int> _places = new(StringComparer.Ordinal);

        public Conversation Context => context;

        public PersonalizedJudge Judge => judge;

        public List<string> Players { get; } = [];

        public List<(int Request, int Player)> Entries { get; } = [];

        public List<(int First, int Second)> Comparisons { get; } = [];

        public void Enter(string completion, int request) => Entries.Add((request, Place(completion)));

        public void CompareAll()
        {
            for (int i = 0; i < Players.Count; i++)
            {
                for (int j = i + 1; j < Players.Count; j++)
                {
                    Comparisons.Add((i, j));
                }
            }
        }

        public void CompareWith(IReadOnlyList<string> references)
        {
            int entered = Players.Count;
            int[] places = [.. references.Distinct(StringComparer.Ordinal).Select(Place)];
            for (int i = 0; i < entered; i++)
            {
                (int, int)[] others = [.. places.Where(r => r != i && !Comparisons.Contains((r, i))).Select(r => (i, r))];
                Comparisons.AddRange(others);
            }
        }

        private int Place(string completion)
        {
            if (!_places.TryGetValue(completion, out int place))
            {
                _places.Add(completion, place = Players.Count);
                Players.Add(completion);
            }

            return place;
        }
    }
}
