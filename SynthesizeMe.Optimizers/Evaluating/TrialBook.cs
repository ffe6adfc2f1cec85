using System.Collections.Immutable;
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
internal sealed class TrialBook<T>(
    IPromptProgram<T> program,
    Evaluate<T> evaluate,
    IEnumerable<Example<T>> examples,
    Func<string, ImmutableArray<ExampleResult<T>>> runsOf,
    Spending spending)
    where T : class, ISignature<T>
{
    private readonly IPromptProgram<T> _paid = spending.On(program);
    private readonly ILookup<string, Example<T>> _viewsById = examples.ToLookup(e => e.Id, StringComparer.Ordinal);
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
    public async Task<bool> RunAsync(Trial<T> trial, IEnumerable<Example<T>> wanted, CancellationToken cancellationToken)
    {
        Example<T>[] missing = [.. wanted.Where(e => trial.On(e) is null).Distinct<Example<T>>(ReferenceEqualityComparer.Instance)];
        if (Stopped is not null || spending.Affordable(trial.Program, missing.Length) < missing.Length)
        {
            Stopped ??= "The budget does not allow the next runs.";
            return false;
        }

        using Telemetry.Span span = Telemetry.Candidate(trial.Name);
        (ExampleResult<T>?[] results, BudgetExceededException? refusal) = await Batch.RunWithinBudgetAsync(
            missing, evaluate.MaxParallel, (e, token) => evaluate.RunOneAsync(WithoutOwn(trial, e), e, token), cancellationToken).ConfigureAwait(false);
        foreach (ExampleResult<T> result in results.OfType<ExampleResult<T>>())
        {
            trial.Add(result);
            Runs++;
        }

        Stopped ??= refusal?.Message;
        return refusal is null;
    }

    private IPromptProgram<T> WithoutOwn(Trial<T> trial, Example<T> example) =>
        DemoSet.Without(trial.Program, _viewsById[example.Id], runsOf(example.Id));
}
