using Microsoft.Extensions.AI;

namespace SynthesizeMe.Signatures;

/// <summary>What changes when a predictor is copied; null keeps the original's.</summary>
internal sealed record Rebinding
{
    public string? Name { get; init; }

    public PredictorState? State { get; init; }

    public Func<PredictOptions, PredictOptions>? Options { get; init; }

    public Func<IChatClient, IChatClient>? Wrap { get; init; }

    public CallLog? Log { get; init; }

    /// <exception cref="ArgumentException">The state names a predictor that is not among these.</exception>
    public static void RequireKnown(ProgramState state, IReadOnlyList<IPredictor> predictors)
    {
        foreach (string name in state.Predictors.Keys)
        {
            if (!predictors.Any(p => p.Name == name))
            {
                throw new ArgumentException($"The program has no predictor '{name}'; it has {string.Join(", ", predictors.Select(p => $"'{p.Name}'"))}.", nameof(state));
            }
        }
    }
}

/// <summary>The predictor calls of one run of a program, in the order in which they were started.</summary>
internal sealed class CallLog
{
    private readonly Lock _lock = new();
    private readonly List<PredictorCall?> _calls = [];
    private readonly List<PromptParseException> _failures = [];

    public int Begin()
    {
        lock (_lock)
        {
            _calls.Add(null);
            return _calls.Count - 1;
        }
    }

    public void End(int slot, PredictorCall call)
    {
        lock (_lock)
        {
            _calls[slot] = call;
        }
    }

    public void Fail(PromptParseException failure)
    {
        lock (_lock)
        {
            _failures.Add(failure);
        }
    }

    /// <summary>What the calls have used, those included whose failure the program went on without.</summary>
    /// <param name="thrown">A failure that is accounted for elsewhere.</param>
    public Usage Spent(PromptParseException? thrown = null)
    {
        lock (_lock)
        {
            IEnumerable<Usage> finished = _calls.OfType<PredictorCall>().Select(c => c.Usage);
            IEnumerable<Usage> failed = _failures.Where(f => f != thrown).Select(f => f.Usage);
            return finished.Concat(failed).Aggregate(default(Usage), Usage.Add);
        }
    }

    public PredictorCall[] Finished()
    {
        lock (_lock)
        {
            return [.. _calls.OfType<PredictorCall>()];
        }
    }
}
