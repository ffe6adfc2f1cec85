using System.Collections.Immutable;
using SynthesizeMe.Signatures;

namespace SynthesizeMe.Optimizers;

/// <summary>
/// Scores states on the very examples that their demonstrations are of: each example is judged without the demonstrations of its group and of
/// its other views, whatever group they are in; where all examples are of one group, of itself and its views only.
/// </summary>
/// <typeparam name="T">The signature.</typeparam>
public sealed record CrossValidation<T>
    where T : class, ISignature<T>
{
    /// <summary>What is right.</summary>
    public required Metric<T> Metric { get; init; }

    /// <summary>The most runs at once; 8 by default. The result does not depend on it.</summary>
    public int MaxParallel { get; init; } = 8;

    /// <summary>The seed of the intervals.</summary>
    public int Seed { get; init; }

    /// <summary>Tries every state on every example, in one batch.</summary>
    /// <param name="program">The program whose states are tried.</param>
    /// <param name="states">The states by name.</param>
    /// <param name="examples">What they are tried on.</param>
    /// <param name="all">All examples that demonstrations may be of, other views of the tried ones included.</param>
    /// <param name="budget">What may be spent.</param>
    /// <param name="cancellationToken">Stops at once.</param>
    /// <returns>A candidate for each state, the best by score in front; nothing is run when the budget does not allow all.</returns>
    public async Task<OptimizationResult<T>> RunAsync(
        IPromptProgram<T> program,
        IReadOnlyList<(string Name, ProgramState State)> states,
        IReadOnlyList<Example<T>> examples,
        IReadOnlyList<Example<T>> all,
        Budget? budget = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(program);
        ArgumentNullException.ThrowIfNull(states);
        ArgumentNullException.ThrowIfNull(examples);
        ArgumentNullException.ThrowIfNull(all);
        ArgumentOutOfRangeException.ThrowIfZero(states.Count);
        var spending = new Spending(budget, (long)states.Count * examples.Count * program.MaxCalls);
        var evaluate = new Evaluate<T> { Metric = Metric, MaxParallel = MaxParallel, Seed = Seed };
        var book = new TrialBook<T>(program, evaluate, all, _ => [], spending, Apart(all));
        Trial<T>[] trials = [.. states.Select(s => book.Begin(s.Name, s.State))];
        await book.RunAsync(trials.SelectMany(t => examples.Select(e => (t, e))), partly: false, cancellationToken).ConfigureAwait(false);
        ImmutableArray<Candidate<T>> candidates = [.. trials.Distinct().Select(t => t.ToCandidate(examples, Seed))];
        Candidate<T> best = CandidateRace<T>.Ranked(candidates).First();
        return new(program.With(best.State), best, candidates, [], spending.Usage, book.Stopped);
    }

    /// <summary>What an example is kept apart by: its group, or its id where there is one group only.</summary>
    internal static Func<Example<T>, string> Apart(IEnumerable<Example<T>> examples) =>
        examples.Select(e => e.Group).Distinct(StringComparer.Ordinal).Take(2).Count() < 2 ? static e => e.Id : static e => e.Group;
}
