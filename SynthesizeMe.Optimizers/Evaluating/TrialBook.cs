using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using SynthesizeMe.Signatures;

namespace SynthesizeMe.Optimizers;

/// <summary>A state under trial, and its results so far.</summary>
internal sealed class Trial<T>(string name, ProgramState state, IPromptProgram<T> program)
    where T : class, ISignature<T>
{
    private readonly Dictionary<Example<T>, ExampleResult<T>> _results = new(ReferenceEqualityComparer.Instance);

    public string Name { get; } = name;

    public ProgramState State { get; } = state;

    /// <summary>The program with the state, its calls paid for.</summary>
    public IPromptProgram<T> Program { get; } = program;

    public bool IsRejected { get; set; }

    public ExampleResult<T>? On(Example<T> example) => _results.GetValueOrDefault(example);

    /// <summary>The score on an example that it was tried on.</summary>
    public double ScoreOn(Example<T> example) => _results[example].Score.Value;

    public void Add(ExampleResult<T> result) => _results[result.Example] = result;

    /// <summary>The results on those of the examples that it was tried on.</summary>
    public ImmutableArray<ExampleResult<T>> On(IEnumerable<Example<T>> examples) => [.. examples.Select(On).OfType<ExampleResult<T>>()];

    public Candidate<T> ToCandidate(IReadOnlyList<Example<T>> validation, int seed)
    {
        ImmutableArray<ExampleResult<T>> results = On(validation);
        CandidateStatus status = results.Length == validation.Count ? CandidateStatus.Evaluated
            : IsRejected ? CandidateStatus.Rejected
            : CandidateStatus.NotEvaluated;
        return new(Name, State, status, results.IsEmpty ? null : new Evaluation<T>(results, seed));
    }
}

/// <summary>Tries states on examples. A state is run on an example once, and the result serves whoever asks again.</summary>
/// <param name="program">The program whose states are tried.</param>
/// <param name="evaluate">How an answer is scored.</param>
/// <param name="examples">All examples: no state shows a demonstration of the item it is tried on.</param>
/// <param name="runsOf">The runs that demonstrations were made of, by the example's id.</param>
/// <param name="spending">What the runs are paid from.</param>
/// <param name="apart">
/// What is kept apart besides views of one id: no state shows a demonstration of an example with the same value as the one it is tried on.
/// </param>
internal sealed class TrialBook<T>(
    IPromptProgram<T> program,
    Evaluate<T> evaluate,
    IEnumerable<Example<T>> examples,
    Func<string, ImmutableArray<ExampleResult<T>>> runsOf,
    Spending spending,
    Func<Example<T>, string>? apart = null)
    where T : class, ISignature<T>
{
    private readonly IPromptProgram<T> _paid = spending.On(program);
    private readonly Func<Example<T>, string> _apart = apart ?? (static e => e.Id);
    private readonly ILookup<string, Example<T>> _kin = examples.ToLookup(apart ?? (static e => e.Id), StringComparer.Ordinal);
    private readonly ILookup<string, Example<T>> _views = examples.ToLookup(static e => e.Id, StringComparer.Ordinal);
    private readonly Dictionary<ProgramState, Trial<T>> _trials = [];

    /// <summary>The runs that were made.</summary>
    public int Runs { get; private set; }

    /// <summary>Why no further run is made; null while there is no reason.</summary>
    public string? Stopped { get; private set; }

    /// <summary>Whether the state is not under trial yet.</summary>
    public bool IsNew(ProgramState state) => !_trials.ContainsKey(state);

    /// <summary>The trial of a state, begun under this name if it is new.</summary>
    public Trial<T> Begin(string name, ProgramState state)
    {
        if (!_trials.TryGetValue(state, out Trial<T>? trial))
        {
            trial = new Trial<T>(name, state, _paid.With(state));
            _trials.Add(state, trial);
        }

        return trial;
    }

    /// <summary>Runs a state on those of the examples that it was not tried on, all or none where the budget can tell beforehand.</summary>
    /// <returns>False when the budget did not allow it; what was run all the same is kept.</returns>
    public Task<bool> RunAsync(Trial<T> trial, IEnumerable<Example<T>> wanted, CancellationToken cancellationToken) =>
        RunAsync(wanted.Select(e => (trial, e)), partly: false, cancellationToken);

    /// <summary>Makes those of the runs that were not made.</summary>
    /// <param name="wanted">The runs.</param>
    /// <param name="partly">Whether the first of them are made when the budget does not allow all; else none is.</param>
    /// <param name="cancellationToken">Stops at once.</param>
    /// <returns>False when the budget did not allow all; what was run all the same is kept.</returns>
    public async Task<bool> RunAsync(IEnumerable<(Trial<T> Trial, Example<T> Example)> wanted, bool partly, CancellationToken cancellationToken)
    {
        (Trial<T> Trial, Example<T> Example)[] missing = [.. wanted.Where(r => r.Trial.On(r.Example) is null).Distinct(SameRun.Comparer)];
        if (missing.Length == 0)
        {
            return true;
        }

        int affordable = Stopped is null ? spending.Affordable(missing[0].Trial.Program, missing.Length) : 0;
        if (affordable < missing.Length)
        {
            Stopped ??= "The budget does not allow the next runs.";
            if (!partly || affordable == 0)
            {
                return false;
            }
        }

        (Trial<T> Trial, Example<T> Example)[] runs = missing[..affordable];
        using var spans = new CandidateSpans(runs.Select(r => r.Trial.Name));
        (ExampleResult<T>?[] results, BudgetExceededException? refusal) = await Batch.RunWithinBudgetAsync(
            runs,
            evaluate.MaxParallel,
            (r, token) =>
            {
                spans.Enter(r.Trial.Name);
                return evaluate.RunOneAsync(WithoutOwn(r.Trial, r.Example), r.Example, token);
            },
            cancellationToken).ConfigureAwait(false);
        for (int i = 0; i < runs.Length; i++)
        {
            if (results[i] is { } result)
            {
                runs[i].Trial.Add(result);
                Runs++;
            }
        }

        Stopped ??= refusal?.Message;
        return refusal is null && affordable == missing.Length;
    }

    private IPromptProgram<T> WithoutOwn(Trial<T> trial, Example<T> example)
    {
        Example<T>[] views = [.. _kin[_apart(example)].Union(_views[example.Id])];
        return DemoSet.Without(trial.Program, views, views.Select(v => v.Id).Distinct(StringComparer.Ordinal).SelectMany(id => runsOf(id)));
    }

    private sealed class SameRun : IEqualityComparer<(Trial<T> Trial, Example<T> Example)>
    {
        public static SameRun Comparer { get; } = new();

        public bool Equals((Trial<T> Trial, Example<T> Example) x, (Trial<T> Trial, Example<T> Example) y) =>
            ReferenceEquals(x.Trial, y.Trial) && ReferenceEquals(x.Example, y.Example);

        public int GetHashCode((Trial<T> Trial, Example<T> Example) run) =>
            HashCode.Combine(RuntimeHelpers.GetHashCode(run.Trial), RuntimeHelpers.GetHashCode(run.Example));
    }
}
