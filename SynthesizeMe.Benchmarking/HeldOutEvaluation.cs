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

    /// <summary>
    /// The most questions about test pairs that are worked on at once, over all people; no limit by default. A method asks the model one thing after the
    /// other about a pair, so that about as many as the model answers at once keep it busy; those beyond it wait with their prompts in memory. The
    /// result does not depend on it.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Not positive.</exception>
    public int MaxParallelQuestions
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(value);
            field = value;
        }
    } = int.MaxValue;
}

/// <summary>Where a measurement is.</summary>
/// <param name="UserId">The person at hand.</param>
/// <param name="Fit">The step of the fit; <see langword="null"/> when the person is done.</param>
/// <param name="UsersDone">The people that are done.</param>
/// <param name="Users">All people.</param>
public sealed record HeldOutProgress(string UserId, FitProgress? Fit, int UsersDone, int Users)
{
    /// <summary>The person's fit, when the person is done and was fitted.</summary>
    public Fit? Fitted { get; init; }
}

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
        PreferenceDataSet data = PreferenceDataSet.Of("", pairs);
        IChatClient tested = _options.Synthesis.Budget is { } budget ? new BudgetChatClient(chatClient, budget) : chatClient;
        using var runner = new BenchmarkRunner(chatClient, BenchmarkMethods.OfFit(tested, _options.Synthesis.Predict), _options);
        Measurement<UserOutcome> measured = await runner.RunAsync(data, Outcome, isLastChance: true, progress, cancellationToken).ConfigureAwait(false);
        return new HeldOutReport(measured.People, data.Users.Length, _options.Synthesis.Seed, measured.Interruption);
    }

    /// <summary>What a measurement would do at most; no model is called.</summary>
    /// <param name="pairs">The choices of any number of people.</param>
    public ImmutableArray<HeldOutPlan> Plan(IReadOnlyList<PreferencePair> pairs)
    {
        ArgumentNullException.ThrowIfNull(pairs);
        return [.. PreferenceDataSet.Of("", pairs).Users.Select(u => PlanOf(HeldOutPerson.Of(u, _options.TestFraction, isFitted: true)))];
    }

    private HeldOutPlan PlanOf(HeldOutPerson person)
    {
        if (person.Skipped is not null)
        {
            return new(person.User.Id, null, person.Held.Length, 0, person.Skipped);
        }

        FitPlan fit = new PersonaSynthesizer(chatClient, _options.Synthesis).Plan([.. person.User.Pairs]);
        long calls = (long)Enum.GetValues<JudgeMethod>().Length * person.Held.Length * 2 * (1 + (_options.Synthesis.Predict ?? PredictOptions.Default).MaxReasks);
        return new(person.User.Id, fit, person.Held.Length, calls, null);
    }

    private static UserOutcome Outcome(PersonOutcome person) => new(
        person.User.Id,
        person.Fit,
        person.Fit is null
            ? ImmutableSortedDictionary<JudgeMethod, ImmutableArray<PairOutcome>>.Empty
            : person.Fit.Judges.Keys.ToImmutableSortedDictionary(m => m, m => person.Answers[JudgeMethods.NameOf(m)]),
        person.Skipped);
}

/// <summary>A measurement ended because a fit could not be finished.</summary>
/// <param name="reason">Why.</param>
public sealed class HeldOutStoppedException(string reason) : Exception(reason);
