using System.Collections.Immutable;
using System.Globalization;
using SynthesizeMe.Signatures;

namespace SynthesizeMe.Optimizers;

/// <summary>One run of a <see cref="DemoSearch{T}"/>.</summary>
internal sealed class DemoSearchRun<T> : ISubsetTrials
    where T : class, ISignature<T>
{
    private readonly DemoSearch<T> _search;
    private readonly IPromptProgram<T> _original;
    private readonly IPromptProgram<T> _program;
    private readonly DemoSource<T>[] _sources;
    private readonly Example<T>[] _judged;
    private readonly Spending _spending;
    private readonly IProgress<OptimizationEvent>? _progress;
    private readonly PrefixMeter _prefixes = new();
    private readonly TrialBook<T> _book;
    private readonly TrialBook<T> _teaching;
    private readonly Trial<T> _taught;
    private readonly Dictionary<Subset, Trial<T>> _trials = [];
    private readonly List<Trial<T>> _order = [];
    private readonly List<Candidate<T>> _duplicates = [];
    private readonly Subset _all;
    private Dictionary<string, ImmutableArray<ExampleResult<T>>> _verified = [];
    private int _drawn;

    public DemoSearchRun(
        DemoSearch<T> search, IPromptProgram<T> program, Example<T>[] shown, Example<T>[] judged, Spending spending, IProgress<OptimizationEvent>? progress)
    {
        _search = search;
        _original = program;
        _program = program.WithClient(client => new PrefixMeterChatClient(client, _prefixes));
        _sources = DemoSource<T>.Of(shown);
        DemoSource<T>[] compared = new SeededRandom(search.Seed, "order of examples").Shuffle(DemoSource<T>.Of(judged));
        _judged = [.. compared.SelectMany(s => search.AllViews ? s.Views : [s.Preferred])];
        _spending = spending;
        _progress = progress;
        Example<T>[] everything = [.. shown.Concat(judged).Distinct()];
        Func<Example<T>, string> apart = Apart(search, everything);
        var evaluate = new Evaluate<T> { Metric = search.Metric, MaxParallel = search.MaxParallel, Seed = search.Seed };
        _book = new TrialBook<T>(_program, evaluate, everything, RunsOf, spending, apart);
        _teaching = search.Teacher is null ? _book : new TrialBook<T>(search.Teacher, evaluate, everything, _ => [], spending, apart);
        _taught = _teaching.Begin(DemoSearch<T>.ZeroShot, (search.Teacher ?? program).State);
        _all = Subset.Of(Enumerable.Range(0, _sources.Length));
    }

    public int Items => _sources.Length;

    public int Examples => _judged.Length;

    public int Left => _search.Candidates - _drawn;

    public async Task<OptimizationResult<T>> RunAsync(CancellationToken cancellationToken)
    {
        await CollectAsync(cancellationToken).ConfigureAwait(false);
        await CompareAsync(cancellationToken).ConfigureAwait(false);
        if (_order.Sum(t => t.On(_judged).Length) is > 0 and var done)
        {
            _progress?.Report(new(OptimizationPhase.Validating, done, done));
        }

        ImmutableArray<Candidate<T>> candidates =
            [.. _order.Select(t => t.ToCandidate(_judged, _search.Seed)).Select(c => c.Status == CandidateStatus.Rejected ? c with { Status = CandidateStatus.OutOfReach } : c), .. _duplicates];
        (Candidate<T> best, string? note) = Verdict(candidates);
        return new OptimizationResult<T>(
            _original.With(best.State), best, candidates, [.. _verified.Values.SelectMany(v => v)], _spending.Usage, _teaching.Stopped ?? _book.Stopped)
        {
            Notes = note is null ? [] : [note],
            Sharing = _prefixes.Read(),
        };
    }

    public bool IsNew(Subset subset) => !_trials.ContainsKey(subset);

    public double Total(Subset subset, int examples) => Totals.Of(_trials[subset].On(_judged.Take(examples)));

    public void Leave(Subset subset) => _trials[subset].IsRejected = true;

    public Task<bool> TryAsync(IReadOnlyCollection<Subset> subsets, int examples, CancellationToken cancellationToken)
    {
        // What more of a batch's subsets have comes first, so that their prompts begin alike.
        int[] uses = new int[_sources.Length];
        foreach (int item in subsets.SelectMany(s => s.Items))
        {
            uses[item]++;
        }

        foreach (Subset subset in subsets.Where(IsNew))
        {
            Begin(subset, s => ((subsets.Count - uses[s.Index]) * _sources.Length) + s.Index);
        }

        return TryAsync([.. subsets.Select(s => _trials[s])], examples, cancellationToken);
    }

    private static Func<Example<T>, string> Apart(DemoSearch<T> search, Example<T>[] examples)
    {
        if (search.Folds is not { } folds || Inseparable(examples) is not { Length: > 1 } sets)
        {
            return CrossValidation<T>.Apart(examples);
        }

        Dictionary<string, string> fold = new SeededRandom(search.Seed, "folds").Shuffle(sets)
            .SelectMany((s, i) => s.Select(g => (g, (i % folds).ToString(CultureInfo.InvariantCulture))))
            .ToDictionary(StringComparer.Ordinal);
        return e => fold[e.Group];
    }

    /// <summary>The groups, those together that have views of one thing.</summary>
    private static HashSet<string>[] Inseparable(Example<T>[] examples)
    {
        var sets = new Dictionary<string, HashSet<string>>(StringComparer.Ordinal);
        foreach (IGrouping<string, string> views in examples.GroupBy(e => e.Id, e => e.Group, StringComparer.Ordinal))
        {
            HashSet<string> joined = [.. views.SelectMany(g => sets.GetValueOrDefault(g, [g]))];
            foreach (string group in joined)
            {
                sets[group] = joined;
            }
        }

        return [.. examples.Select(e => sets[e.Group]).Distinct()];
    }

    /// <summary>Runs every item in one view, and in its other views until one is verified.</summary>
    private async Task CollectAsync(CancellationToken cancellationToken)
    {
        int most = _sources.Sum(s => s.Views.Length);
        for (int v = 0; v < _sources.Max(s => s.Views.Length); v++)
        {
            Example<T>[] wanted = [.. _sources
                .Where(s => v < s.Views.Length && !s.Views.Any(e => IsVerified(_taught.On(e))))
                .Select(s => s.Views[(s.Index + v) % s.Views.Length])];
            bool all = await _teaching.RunAsync(wanted.Select(e => (_taught, e)), partly: true, cancellationToken).ConfigureAwait(false);
            _progress?.Report(new(OptimizationPhase.Bootstrapping, _sources.Sum(s => _taught.On(s.Views).Length), most));
            if (!all)
            {
                break;
            }
        }

        ImmutableArray<ExampleResult<T>> made = _taught.On(_sources.SelectMany(s => s.Views));
        if (made.Length > 1 && made.All(r => r.Failure is not null))
        {
            throw new UnreadableRepliesException(made.Length, _spending.Usage, made[0].Failure!);
        }

        _verified = _sources.ToDictionary(s => s.Id, s => _taught.On(s.Views).RemoveAll(r => !IsVerified(r)), StringComparer.Ordinal);
    }

    private async Task CompareAsync(CancellationToken cancellationToken)
    {
        (string, ProgramState)[] given = [(DemoSearch<T>.ZeroShot, _program.State), .. _search.Also];
        Trial<T>[] opening = [.. given.Select(g => Begin(g.Item1, g.Item2))];
        var labelled = new Subset(_all.Items, Reasoned: false);
        Begin(labelled, null);
        Begin(_all, null);
        if (_book.Stopped is null && await TryAsync(opening, Examples, cancellationToken).ConfigureAwait(false))
        {
            await SubsetStrategies.RunAsync(_search.Strategy, this, _trials[labelled] == _trials[_all] ? [_all] : [labelled, _all], _search.Seed, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<bool> TryAsync(IReadOnlyList<Trial<T>> trials, int examples, CancellationToken cancellationToken)
    {
        bool all = await _book.RunAsync(trials.SelectMany(t => _judged.Take(examples).Select(e => (t, e))), partly: false, cancellationToken).ConfigureAwait(false);
        int done = _order.Sum(t => t.On(_judged).Length);
        _progress?.Report(new(OptimizationPhase.Validating, done, Math.Max(done, (_order.Count + Left) * Examples)));
        return all;
    }

    private void Begin(Subset subset, Func<DemoSource<T>, int>? rank)
    {
        VerifiedDemo<T>[] verified = [.. subset.Items.Select(i => _sources[i]).Where(_ => subset.Reasoned).SelectMany(Shown)];
        HashSet<string> reasoned = [.. verified.Select(v => v.Source.Id)];
        DemoSource<T>[] labelled = [.. subset.Items.Select(i => _sources[i]).Where(s => !reasoned.Contains(s.Id))];
        string name = !subset.Reasoned ? DemoSearch<T>.Labelled
            : subset.Items.Length == _sources.Length ? DemoSearch<T>.All
            : string.Create(CultureInfo.InvariantCulture, $"{_search.Strategy.ToString().ToLowerInvariant()} {_drawn++}");
        _trials.Add(subset, Begin(name, DemoSet.Build(_program, verified, labelled, rank)));
    }

    /// <summary>The trial of a state; where the state is under trial already, that one.</summary>
    private Trial<T> Begin(string name, ProgramState state)
    {
        bool isNew = _book.IsNew(state);
        Trial<T> trial = _book.Begin(name, state);
        if (isNew || _order.Count == 0)
        {
            _order.Add(trial);
        }
        else
        {
            _duplicates.Add(new(name, state, CandidateStatus.Duplicate, SameAs: trial.Name));
        }

        return trial;
    }

    private IEnumerable<VerifiedDemo<T>> Shown(DemoSource<T> source) => _verified[source.Id]
        .OrderByDescending(r => r.Example == source.Preferred)
        .Take(1)
        .Select(r => new VerifiedDemo<T>(source, r));

    private bool IsVerified(ExampleResult<T>? result) => result?.Prediction is not null && result.Score.Value >= _search.Threshold;

    private ImmutableArray<ExampleResult<T>> RunsOf(string id) => _verified.GetValueOrDefault(id, []);

    /// <summary>The winner, and why it is not the highest score where it is not.</summary>
    private (Candidate<T> Best, string? Note) Verdict(ImmutableArray<Candidate<T>> candidates)
    {
        Candidate<T> leader = Ranked(candidates).First();
        Candidate<T>? incumbent = candidates.FirstOrDefault(c => c.State.Equals(_trials[_all].State) && c.Status == CandidateStatus.Evaluated);
        if (incumbent is null || _search.FalseSwitchRate >= 1)
        {
            return (leader, null);
        }

        Candidate<T>[] challengers = [.. Ranked(candidates).Where(c => c.Status == CandidateStatus.Evaluated && c != incumbent)];
        double[] chances = SwitchTest.Probabilities([.. challengers.Select(c => Leads(c, incumbent))], _search.Seed);
        Candidate<T>? winner = challengers.Where((c, i) => c.Score > incumbent.Score && chances[i] <= _search.FalseSwitchRate).FirstOrDefault();
        if (winner is not null || leader == incumbent || leader.Status != CandidateStatus.Evaluated)
        {
            return (winner ?? incumbent, null);
        }

        double chance = chances[Array.IndexOf(challengers, leader)];
        return (incumbent, string.Create(
            CultureInfo.InvariantCulture,
            $"'{leader.Name}' scored {leader.Score:0.00} and '{incumbent.Name}' {incumbent.Score:0.00}, but among {challengers.Length} challengers chance alone leads by so much in {100 * chance:0} % of searches, so '{incumbent.Name}' was kept."));
    }

    /// <summary>Best first: tried on more, the higher score, more items that are right in every view, more evidence, the earlier one.</summary>
    private static IEnumerable<Candidate<T>> Ranked(IEnumerable<Candidate<T>> candidates) => candidates
        .Where(c => c.Status != CandidateStatus.Duplicate)
        .OrderByDescending(c => c.Evaluation?.Results.Length ?? 0)
        .ThenByDescending(c => c.Score ?? 0)
        .ThenByDescending(c => c.Evaluation?.Results.GroupBy(r => r.Example.Id, StringComparer.Ordinal).Count(g => g.All(r => r.Score.Value >= 1)) ?? 0)
        .ThenByDescending(c => (c.State.VerifiedDemoCount, c.State.DemoCount));

    /// <summary>By group of examples, how much more the candidate scored.</summary>
    private static double[] Leads(Candidate<T> candidate, Candidate<T> incumbent) =>
        [.. candidate.Evaluation!.Results.Zip(incumbent.Evaluation!.Results)
            .GroupBy(r => r.First.Example.Group, r => r.First.Score.Value - r.Second.Score.Value, StringComparer.Ordinal)
            .Select(g => g.Sum())];
}
