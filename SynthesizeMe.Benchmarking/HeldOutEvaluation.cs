using System.Collections.Immutable;
using Microsoft.Extensions.AI;
using SynthesizeMe.Optimizers;
using SynthesizeMe.Signatures;

namespace SynthesizeMe.Benchmarking;

/// <summary>How people are measured.</summary>
public sealed record HeldOutOptions
{
    /// <summary>The share of a person's pairs, in their later conversations, that is tested on; between 0 and 1, 0.5 by default. Splits in the data go before.</summary>
    public double TestFraction { get; init; } = 0.5;

    /// <summary>How each person is fitted.</summary>
    public SynthesisOptions Synthesis { get; init; } = new();

    /// <summary>The most people at once; 4 by default. The result does not depend on it.</summary>
    public int MaxParallelUsers { get; init; } = 4;
}

/// <summary>Where a measurement is.</summary>
/// <param name="UserId">The person at hand.</param>
/// <param name="Fit">The step of the fit; <see langword="null"/> when the person is done.</param>
/// <param name="UsersDone">The people that are done.</param>
/// <param name="Users">All people.</param>
public sealed record HeldOutProgress(string UserId, FitProgress? Fit, int UsersDone, int Users);

/// <summary>
/// Fits every person on their earlier conversations and asks each method about their later ones, in both orders. No test pair is seen in fitting.
/// </summary>
/// <param name="chatClient">The model.</param>
/// <param name="options">How people are measured.</param>
public sealed class HeldOutEvaluation(IChatClient chatClient, HeldOutOptions? options = null)
{
    private readonly HeldOutOptions _options = options ?? new();

    /// <summary>Measures.</summary>
    /// <param name="pairs">The choices of any number of people.</param>
    /// <param name="progress">Is told what is going on.</param>
    /// <param name="cancellationToken">Stops at once; the people that are done are in the report.</param>
    /// <returns>
    /// The report over everyone who was finished. When the model could not be reached, the budget was spent or the run was cancelled,
    /// <see cref="HeldOutReport.Interruption"/> says so.
    /// </returns>
    public async Task<HeldOutReport> RunAsync(
        IReadOnlyList<PreferencePair> pairs, IProgress<HeldOutProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(pairs);
        PreferencePair[][] people = [.. pairs.GroupBy(p => p.UserId, StringComparer.Ordinal).Select(g => g.ToArray())];
        var outcomes = new UserOutcome?[people.Length];
        Exception? interruption = null;
        int done = 0;
        try
        {
            await Batch.RunAsync(
                [.. Enumerable.Range(0, people.Length)],
                _options.MaxParallelUsers,
                async (i, token) =>
                {
                    string user = people[i][0].UserId;
                    var steps = progress is null ? null : new Steps(step => progress.Report(new(user, step, Volatile.Read(ref done), people.Length)));
                    outcomes[i] = await MeasureAsync(people[i], steps, token).ConfigureAwait(false);
                    progress?.Report(new(user, null, Interlocked.Increment(ref done), people.Length));
                    return user;
                },
                cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is not (ArgumentException or NullReferenceException or InvalidOperationException))
        {
            interruption = e;
        }

        return new HeldOutReport([.. outcomes.OfType<UserOutcome>()], people.Length, _options.Synthesis.Seed, interruption);
    }

    /// <summary>What a measurement would do at most; no model is called.</summary>
    /// <param name="pairs">The choices of any number of people.</param>
    public ImmutableArray<HeldOutPlan> Plan(IReadOnlyList<PreferencePair> pairs)
    {
        ArgumentNullException.ThrowIfNull(pairs);
        return [.. pairs.GroupBy(p => p.UserId, StringComparer.Ordinal).Select(g => PlanOf([.. g]))];
    }

    private HeldOutPlan PlanOf(PreferencePair[] pairs)
    {
        string user = pairs[0].UserId;
        (PreferencePair[] fitted, PreferencePair[] held) = Divide(pairs);
        if (WhyNot(fitted, held) is { } reason)
        {
            return new(user, null, held.Length, 0, reason);
        }

        try
        {
            FitPlan fit = new PersonaSynthesizer(chatClient, _options.Synthesis).Plan(fitted);
            long calls = (long)Enum.GetValues<JudgeMethod>().Length * held.Length * 2 * (1 + (_options.Synthesis.Predict ?? PredictOptions.Default).MaxReasks);
            return new(user, fit, held.Length, calls, null);
        }
        catch (TooFewPairsException e)
        {
            return new(user, null, held.Length, 0, e.Message);
        }
    }

    private static string? WhyNot(PreferencePair[] fitted, PreferencePair[] held) =>
        held.Length == 0 ? "all pairs are in one conversation, so none can be held back; collect choices from other conversations"
        : fitted.Length == 0 ? "all pairs are marked as test, so there is none to learn from; mark some as train"
        : null;

    private async Task<UserOutcome> MeasureAsync(PreferencePair[] pairs, IProgress<FitProgress>? progress, CancellationToken cancellationToken)
    {
        string user = pairs[0].UserId;
        (PreferencePair[] fitted, PreferencePair[] held) = Divide(pairs);
        if (WhyNot(fitted, held) is { } reason)
        {
            return UserOutcome.Skip(user, reason);
        }

        Fit fit;
        try
        {
            fit = await new PersonaSynthesizer(chatClient, _options.Synthesis).FitAsync(fitted, progress, cancellationToken).ConfigureAwait(false);
        }
        catch (TooFewPairsException e)
        {
            return UserOutcome.Skip(user, e.Message);
        }

        if (fit.Stopped is not null)
        {
            throw new HeldOutStoppedException(fit.Stopped);
        }

        (JudgeMethod Method, PersonalizedJudge Judge, PreferencePair Pair)[] asked =
            [.. fit.Judges.SelectMany(j => { PersonalizedJudge judge = WithinBudget(j.Value); return held.Select(p => (j.Key, judge, p)); })];
        PairOutcome[] outcomes = await Batch.RunAsync(
            asked, _options.Synthesis.MaxParallel, (a, token) => AskAsync(a.Judge, a.Pair, token), cancellationToken).ConfigureAwait(false);
        return new UserOutcome(
            user,
            fit,
            asked.Zip(outcomes).GroupBy(o => o.First.Method, o => o.Second).ToImmutableSortedDictionary(g => g.Key, g => g.ToImmutableArray()),
            null);
    }

    private (PreferencePair[] Fitted, PreferencePair[] Held) Divide(PreferencePair[] pairs)
    {
        PreferencePair[] test = [.. pairs.Where(p => p.Split == DataSplit.Test)];
        if (test.Length > 0)
        {
            HashSet<string> tested = [.. test.Select(p => p.Id)];
            return ([.. pairs.Where(p => !tested.Contains(p.Id))], [.. test.DistinctBy(p => p.Id)]);
        }

        PreferencePair[][] conversations = PreferenceSplit.InTimeOrder(pairs);
        return conversations.Length < 2 ? (pairs, []) : PreferenceSplit.Cut(conversations, 1 - _options.TestFraction);
    }

    private PersonalizedJudge WithinBudget(PersonalizedJudge judge) => _options.Synthesis.Budget is { } budget
        ? new(judge.Artefact, new BudgetChatClient(chatClient, budget), _options.Synthesis.Predict)
        : judge;

    private static async Task<PairOutcome> AskAsync(PersonalizedJudge judge, PreferencePair pair, CancellationToken cancellationToken)
    {
        OrderAnswer[] orders = await Batch.RunAsync(
            [false, true], maxParallel: 1, (swapped, token) => AskAsync(judge, pair, swapped, token), cancellationToken).ConfigureAwait(false);
        return new PairOutcome(pair.Id, pair.ConversationId, orders[0], orders[1]);
    }

    private static async Task<OrderAnswer> AskAsync(PersonalizedJudge judge, PreferencePair pair, bool swapped, CancellationToken cancellationToken)
    {
        try
        {
            OrderedAnswer answer = await judge.AskAsync(pair.Context, pair.Chosen, pair.Rejected, swapped, cancellationToken).ConfigureAwait(false);
            return new(answer.Preferred == Preference.First, answer.SaidFirst, answer.Usage, null);
        }
        catch (PromptParseException e)
        {
            return new(false, false, e.Usage, e.Message);
        }
    }

    private sealed class Steps(Action<FitProgress> report) : IProgress<FitProgress>
    {
        public void Report(FitProgress value) => report(value);
    }
}

/// <summary>A measurement ended because a fit could not be finished.</summary>
/// <param name="reason">Why.</param>
public sealed class HeldOutStoppedException(string reason) : Exception(reason);
