using System.Collections.Immutable;
using SynthesizeMe.Signatures;

namespace SynthesizeMe.Optimizers;

/// <summary>One training item with its views, such as the two orders of a preference pair, and its place in the training set.</summary>
internal sealed record DemoSource<T>(string Id, int Index, ImmutableArray<Example<T>> Views)
    where T : class, ISignature<T>
{
    /// <summary>The view that is shown where there is a choice; it alternates over the training set, so that no order of a pair prevails.</summary>
    public Example<T> Preferred => Views[Index % Views.Length];

    public static DemoSource<T>[] Of(IEnumerable<Example<T>> examples) =>
        [.. examples.GroupBy(e => e.Id, StringComparer.Ordinal).Select((g, i) => new DemoSource<T>(g.Key, i, [.. g]))];
}

/// <summary>An item that the teacher got right, with the run that is shown.</summary>
internal sealed record VerifiedDemo<T>(DemoSource<T> Source, ExampleResult<T> Run)
    where T : class, ISignature<T>;

/// <summary>
/// The verified demonstrations of a training set. Each item is run by the teacher once, when it is first asked for, and its outcome
/// serves every later subset: trying another subset costs validation calls only.
/// </summary>
internal sealed class DemoPool<T>(
    IPromptProgram<T> teacher, Evaluate<T> evaluate, double threshold, int rounds, Spending spending, IProgress<OptimizationEvent>? progress)
    where T : class, ISignature<T>
{
    private readonly Dictionary<string, ImmutableArray<ExampleResult<T>>> _outcomes = new(StringComparer.Ordinal);
    private readonly IPromptProgram<T> _teacher = spending.On(teacher);
    private int _done;

    /// <summary>Why no further item is run; null while there is no reason.</summary>
    public string? Stopped { get; private set; }

    /// <summary>The runs of an item so far.</summary>
    public ImmutableArray<ExampleResult<T>> RunsOf(string id) => _outcomes.GetValueOrDefault(id, []);

    /// <summary>Every confirmed run so far, in the order of the items.</summary>
    public ImmutableArray<ExampleResult<T>> Verified(IEnumerable<DemoSource<T>> order) =>
        [.. order.SelectMany(s => RunsOf(s.Id)).Where(IsVerified)];

    /// <summary>
    /// The first so many items, in the given order, that the teacher gets right. No item is run that a one-by-one search would not run too:
    /// a batch is never larger than the number of items still wanted. Once the budget is spent, those that had been found.
    /// </summary>
    /// <param name="order">The items in order of preference.</param>
    /// <param name="count">How many are wanted.</param>
    /// <param name="cancellationToken">Stops at once.</param>
    /// <returns>The items found, each with a confirmed run of its preferred view, or of another where that one was wrong.</returns>
    public async Task<List<VerifiedDemo<T>>> TakeAsync(IReadOnlyList<DemoSource<T>> order, int count, CancellationToken cancellationToken)
    {
        while (true)
        {
            var found = new List<VerifiedDemo<T>>();
            var missing = new List<DemoSource<T>>();
            foreach (DemoSource<T> source in order.TakeWhile(_ => found.Count + missing.Count < count))
            {
                if (_outcomes.TryGetValue(source.Id, out ImmutableArray<ExampleResult<T>> outcome))
                {
                    IEnumerable<ExampleResult<T>> runs = outcome.Where(IsVerified).OrderByDescending(r => r.Example == source.Preferred);
                    found.AddRange(runs.Take(1).Select(run => new VerifiedDemo<T>(source, run)));
                }
                else if (Stopped is null)
                {
                    missing.Add(source);
                }
            }

            if (missing.Count == 0)
            {
                return found;
            }

            await RunAsync(missing, order.Sum(s => s.Views.Length), cancellationToken).ConfigureAwait(false);
        }
    }

    private bool IsVerified(ExampleResult<T> result) => result.Prediction is not null && result.Score.Value >= threshold;

    private async Task RunAsync(List<DemoSource<T>> sources, int total, CancellationToken cancellationToken)
    {
        (DemoSource<T> Source, Example<T> View)[] wanted = [.. sources.SelectMany(s => s.Views.Select(v => (s, v)))];
        (ExampleResult<T>?[] results, bool all, BudgetExceededException? refusal) = await spending.RunAffordableAsync(
            _teacher, wanted, evaluate.MaxParallel, (w, token) => TryAsync(w.Source, w.View, token), rounds, cancellationToken).ConfigureAwait(false);
        for (int i = 0; i < wanted.Length; i++)
        {
            if (results[i] is { } result)
            {
                string id = wanted[i].Source.Id;
                _outcomes[id] = _outcomes.GetValueOrDefault(id, []).Add(result);
            }
        }

        if (!all)
        {
            Stopped = refusal?.Message ?? "The budget does not allow another training example.";
            return;
        }

        ExampleResult<T>[] outcomes = [.. _outcomes.Values.SelectMany(o => o)];
        if (outcomes.Length > 1 && outcomes.All(r => r.Failure is not null))
        {
            throw new UnreadableRepliesException(outcomes.Length, spending.Usage, outcomes[0].Failure!);
        }

        _done += wanted.Length;
        progress?.Report(new(OptimizationPhase.Bootstrapping, _done, Math.Max(total, _done)));
    }

    /// <summary>Runs one example, again with other sampling while it is wrong and rounds are left.</summary>
    private async Task<ExampleResult<T>> TryAsync(DemoSource<T> source, Example<T> view, CancellationToken cancellationToken)
    {
        IPromptProgram<T> blind = DemoSet.Without(_teacher, source.Views, []);
        ExampleResult<T> result = await evaluate.RunOneAsync(blind, view, cancellationToken).ConfigureAwait(false);
        for (int round = 1; round < rounds && !IsVerified(result); round++)
        {
            result = await evaluate.RunOneAsync(blind.WithRollout(round), view, cancellationToken).ConfigureAwait(false);
        }

        return result;
    }
}
