using SynthesizeMe.Signatures;

namespace SynthesizeMe.Optimizers;

/// <summary>A candidate that was tried on every validation example, and where it comes from.</summary>
internal sealed class Descendant<T>(int index, Trial<T> trial, Descendant<T>[] parents, double mean)
    where T : class, ISignature<T>
{
    public int Index => index;

    public Trial<T> Trial => trial;

    /// <summary>The mean score on the validation examples.</summary>
    public double Mean => mean;

    /// <summary>The predictor whose turn it is: the number of turns taken.</summary>
    public int Turn { get; set; }

    public IEnumerable<Descendant<T>> Ancestors => parents.Concat(parents.SelectMany(p => p.Ancestors)).Distinct();
}

/// <summary>The candidates of an evolution, which of them are best at something, and how two of them are merged.</summary>
/// <param name="start">The first.</param>
/// <param name="predictors">What instructions belong to.</param>
/// <param name="validation">What candidates are compared on.</param>
internal sealed class Lineage<T>(Trial<T> start, IReadOnlyList<IPredictor> predictors, IReadOnlyList<Example<T>> validation)
    where T : class, ISignature<T>
{
    private const int MergeDraws = 10;
    private const int MergeExamples = 5;

    private readonly List<Descendant<T>> _all = [];
    private readonly HashSet<(int, int, int)> _merged = [];

    public Trial<T> Start => start;

    /// <summary>Adds a candidate with its results on every validation example.</summary>
    public void Add(Trial<T> trial, params Descendant<T>[] parents) =>
        _all.Add(new Descendant<T>(_all.Count, trial, parents, Totals.Of(validation.Select(trial.ScoreOn)) / validation.Count)
        {
            Turn = parents.Select(p => p.Turn).DefaultIfEmpty(0).Max(),
        });

    /// <summary>The name of the predictor whose turn it is; the turn passes on.</summary>
    public string NextStep(Descendant<T> parent) => predictors[parent.Turn++ % predictors.Count].Name;

    /// <summary>
    /// Draws a parent: of those that are best on some example and not dominated, each as often as there are examples that it is best on
    /// (algorithm 2).
    /// </summary>
    public Descendant<T> DrawParent(SeededRandom random)
    {
        Descendant<T>[][] fronts = Fronts();
        HashSet<Descendant<T>> kept = [.. Undominated(fronts)];
        Descendant<T>[] tickets = [.. fronts.SelectMany(f => f.Where(kept.Contains)).OrderBy(d => d.Index)];
        return tickets[random.Next(tickets.Length)];
    }

    /// <summary>
    /// Two candidates with a common ancestor that is no better than either, and the state that takes from each what it changed (algorithms 3 and 4);
    /// null when there is no such pair that was not tried.
    /// </summary>
    public (Descendant<T> Left, Descendant<T> Right, ProgramState State)? DrawMerge(SeededRandom random, Func<ProgramState, bool> isNew)
    {
        Descendant<T>[] best = [.. Undominated(Fronts()).OrderBy(d => d.Index)];
        for (int draw = 0; draw < MergeDraws && best.Length > 1; draw++)
        {
            Descendant<T>[] pair = [.. random.Shuffle(best).Take(2).OrderBy(d => d.Index)];
            (Descendant<T> left, Descendant<T> right) = (pair[0], pair[1]);
            if (right.Ancestors.Contains(left))
            {
                continue;
            }

            Descendant<T>[] common = [.. left.Ancestors.Intersect(right.Ancestors)
                .Where(a => a.Mean <= Math.Min(left.Mean, right.Mean) && !_merged.Contains((left.Index, right.Index, a.Index)) && Divide(left, right, a))
                .OrderBy(a => a.Index)];
            if (common.Length == 0)
            {
                continue;
            }

            Descendant<T> ancestor = Weighted(common, random);
            _merged.Add((left.Index, right.Index, ancestor.Index));
            ProgramState state = Merge(left, right, ancestor, random);
            if (isNew(state))
            {
                return (left, right, state);
            }
        }

        return null;
    }

    /// <summary>A few validation examples on which a merge has to hold its own: some that each parent is better on, and some where they are equal.</summary>
    public Example<T>[] MergeSample(Descendant<T> left, Descendant<T> right, SeededRandom random)
    {
        int each = (MergeExamples + 2) / 3;
        Example<T>[] order = random.Shuffle(validation);
        Example<T>[] chosen = [.. order
            .GroupBy(e => left.Trial.ScoreOn(e).CompareTo(right.Trial.ScoreOn(e)))
            .SelectMany(g => g.Take(each))
            .Take(MergeExamples)];
        return [.. chosen, .. order.Except<Example<T>>(chosen, ReferenceEqualityComparer.Instance).Take(MergeExamples - chosen.Length)];
    }

    /// <summary>For every validation example those that are best on it.</summary>
    private Descendant<T>[][] Fronts() => [.. validation.Select(example =>
    {
        double best = _all.Max(d => d.Trial.ScoreOn(example));
        return _all.Where(d => d.Trial.ScoreOn(example) == best).ToArray();
    })];

    /// <summary>Takes out, worst first, whoever is never alone at the front, until nobody is left to take out.</summary>
    private static HashSet<Descendant<T>> Undominated(Descendant<T>[][] fronts)
    {
        HashSet<Descendant<T>> kept = [.. fronts.SelectMany(f => f)];
        while (kept.OrderBy(d => d.Mean).ThenBy(d => d.Index).FirstOrDefault(
            d => fronts.Where(f => f.Contains(d)).All(f => f.Any(other => other != d && kept.Contains(other)))) is { } dominated)
        {
            kept.Remove(dominated);
        }

        return kept;
    }

    /// <summary>Whether there is a predictor that exactly one of the two changed.</summary>
    private bool Divide(Descendant<T> left, Descendant<T> right, Descendant<T> ancestor) =>
        predictors.Any(p => (Text(left, p) == Text(ancestor, p)) != (Text(right, p) == Text(ancestor, p)));

    private ProgramState Merge(Descendant<T> left, Descendant<T> right, Descendant<T> ancestor, SeededRandom random)
    {
        ProgramState state = ancestor.Trial.State;
        foreach (IPredictor predictor in predictors)
        {
            Descendant<T> side = (Text(left, predictor) == Text(ancestor, predictor), Text(right, predictor) == Text(ancestor, predictor)) switch
            {
                (true, _) => right,
                (_, true) => left,
                _ when left.Mean != right.Mean => left.Mean > right.Mean ? left : right,
                _ => random.Next(2) == 0 ? left : right,
            };
            state = state.With(predictor.Name, side.Trial.State[predictor.Name]);
        }

        return state;
    }

    private static string? Text(Descendant<T> candidate, IPredictor predictor) => candidate.Trial.State[predictor.Name].Instructions;

    private static Descendant<T> Weighted(Descendant<T>[] ancestors, SeededRandom random)
    {
        const int steps = 1 << 24;
        double ticket = ancestors.Sum(a => a.Mean) * random.Next(steps) / steps;
        foreach (Descendant<T> ancestor in ancestors)
        {
            ticket -= ancestor.Mean;
            if (ticket < 0)
            {
                return ancestor;
            }
        }

        return ancestors[^1];
    }
}
