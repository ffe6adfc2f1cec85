using System.Collections.Immutable;
using System.Globalization;
using Microsoft.Extensions.AI;
using SynthesizeMe.Signatures;

namespace SynthesizeMe.Optimizers;

/// <summary>
/// Evolves instructions: a model reflects on runs and what the metric said about them (<see cref="Score.Feedback"/>) and rewrites the instructions
/// of one predictor at a time; what is better on a minibatch is tried on everything, and parents are drawn from all that are best at something
/// (Agrawal et al., GEPA: Reflective Prompt Evolution Can Outperform Reinforcement Learning, 2025, algorithms 1 to 4).
/// </summary>
/// <typeparam name="T">The signature.</typeparam>
/// <remarks>
/// <para>A run is a pure function of program, examples, seed and replies: over a client that keeps replies it can be ended anywhere and started
/// again, and ends with the same bytes as one that was never interrupted. Nothing else is saved, and nothing else is needed.</para>
/// <para>At most <see cref="MaxMetricCalls"/> runs of the program and <c>(MaxMetricCalls − validation) / MinibatchSize</c> reflections, second asks
/// not counted. A state that was run on an example is not run on it again. An iteration starts only if the metric calls left suffice for its end.</para>
/// </remarks>
public sealed record Gepa<T> : IOptimizer<T>
    where T : class, ISignature<T>
{
    /// <summary>What is right, and why.</summary>
    public required Metric<T> Metric { get; init; }

    /// <summary>Who reflects.</summary>
    public required IChatClient ReflectionModel { get; init; }

    /// <summary>How it is called; once more after an unreadable reply by default.</summary>
    public PredictOptions? ReflectionOptions { get; init; }

    /// <summary>The most runs of the program on an example; enough for the start and one iteration, <c>2 × validation + 2 × MinibatchSize</c>, or more.</summary>
    public required int MaxMetricCalls { get; init; }

    /// <summary>The training examples that a reflection sees, and that its result has to do better on; 3 by default.</summary>
    public int MinibatchSize { get; init; } = 3;

    /// <summary>The most merges of two candidates that are tried; 5 by default, 0 for none. Programs of one predictor have nothing to merge.</summary>
    public int MaxMerges { get; init; } = 5;

    /// <summary>The score from which an answer cannot be improved: a minibatch of such answers is not reflected on; 1 by default.</summary>
    public double PerfectScore { get; init; } = 1;

    /// <summary>The most runs at once; 8 by default. The result does not depend on it.</summary>
    public int MaxParallel { get; init; } = 8;

    /// <summary>Decides every draw.</summary>
    public int Seed { get; init; }

    /// <inheritdoc/>
    public long WorstCaseCalls(IPromptProgram<T> program, IReadOnlyList<Example<T>> train, IReadOnlyList<Example<T>> validation)
    {
        ArgumentNullException.ThrowIfNull(program);
        ArgumentNullException.ThrowIfNull(train);
        ArgumentNullException.ThrowIfNull(validation);
        return ((long)MaxMetricCalls * program.MaxCalls)
            + ((long)Iterations(train, validation) * (1 + (ReflectionOptions ?? PredictOptions.Default).MaxReasks));
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">Too few examples, or <see cref="MaxMetricCalls"/> does not suffice for one iteration.</exception>
    public async Task<OptimizationResult<T>> OptimizeAsync(
        IPromptProgram<T> program,
        IReadOnlyList<Example<T>> train,
        IReadOnlyList<Example<T>> validation,
        Budget? budget = null,
        IProgress<OptimizationEvent>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(program);
        ArgumentNullException.ThrowIfNull(train);
        ArgumentNullException.ThrowIfNull(validation);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(MinibatchSize);
        if (train.Count == 0 || validation.Count == 0)
        {
            throw new ArgumentException("The search needs at least one training and one validation example.");
        }

        int least = 2 * (validation.Count + Batch(train));
        if (MaxMetricCalls < least)
        {
            throw new ArgumentException(string.Create(
                CultureInfo.InvariantCulture,
                $"{MaxMetricCalls} metric calls do not suffice for one iteration: set MaxMetricCalls to {least} at least, better to several times as many."));
        }

        using Telemetry.Span run = Telemetry.Run("Gepa", T.Descriptor.Name);
        var spending = new Spending(budget, WorstCaseCalls(program, train, validation));
        var evaluate = new Evaluate<T> { Metric = Metric, MaxParallel = MaxParallel, Seed = Seed };
        var book = new TrialBook<T>(program, evaluate, train.Concat(validation), _ => [], spending);
        var lineage = new Lineage<T>(book.Begin("start", program.State), program.Predictors, validation);
        var evolution = new Evolution<T>(this, book, lineage, new Reflector<T>(program, ReflectionModel, ReflectionOptions, spending), train, validation, progress);
        string? stopped = null;
        try
        {
            await evolution.RunAsync(Iterations(train, validation), Batch(train), cancellationToken).ConfigureAwait(false);
        }
        catch (BudgetExceededException e)
        {
            stopped = e.Message;
        }

        ImmutableArray<Candidate<T>> candidates = [.. evolution.Tried.Select(t => t.ToCandidate(validation, Seed))];
        Candidate<T> best = CandidateRace<T>.Ranked(candidates).First();
        return new OptimizationResult<T>(program.With(best.State), best, candidates, [], spending.Usage, stopped ?? book.Stopped)
        {
            Notes = [.. FewNote(least, validation), .. evolution.Notes],
        };
    }

    private string[] FewNote(int least, IReadOnlyList<Example<T>> validation) => MaxMetricCalls >= (3 * least) - (2 * validation.Count)
        ? []
        : [string.Create(CultureInfo.InvariantCulture, $"{MaxMetricCalls} metric calls are few for {validation.Count} validation examples: they may end before a third proposal.")];

    private int Batch(IReadOnlyList<Example<T>> train) => Math.Min(MinibatchSize, train.Count);

    private int Iterations(IReadOnlyList<Example<T>> train, IReadOnlyList<Example<T>> validation) =>
        Math.Max(0, MaxMetricCalls - validation.Count) / Math.Max(1, Batch(train));
}
