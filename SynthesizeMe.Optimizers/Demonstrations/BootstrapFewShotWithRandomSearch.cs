using System.Collections.Immutable;
using SynthesizeMe.Signatures;

namespace SynthesizeMe.Optimizers;

/// <summary>
/// Compares the program without demonstrations, with labelled ones, with all verified ones, and with random subsets of the verified ones,
/// and keeps what does best on the validation examples (Khattab et al., DSPy, ICLR 2024, appendix E.2).
/// </summary>
/// <typeparam name="T">The signature.</typeparam>
/// <remarks>
/// The candidates are those of the published algorithm. Ties prefer verified reasoning, then more demonstrations; every candidate is compared,
/// there is no score at which the search stops. At most <c>(Candidates + 3 + Also) × validation</c> runs of the
/// program and <c>MaxRounds × train</c> of the teacher.
/// </remarks>
public sealed record BootstrapFewShotWithRandomSearch<T> : BootstrapOptimizer<T>
    where T : class, ISignature<T>
{
    /// <summary>The name of the candidate that is the program as it was given.</summary>
    public const string ZeroShot = "zero-shot";

    /// <summary>The number of random subsets; 16 by default.</summary>
    public int Candidates { get; init; } = 16;

    /// <summary>Further states to compare, by name. They are tried on every validation example.</summary>
    public ImmutableArray<(string Name, ProgramState State)> Also { get; init; } = [];

    /// <summary>Whether candidates that cannot win any more are spared the remaining validation examples; the winner is the same.</summary>
    public bool LeaveEarly { get; init; } = true;

    /// <inheritdoc/>
    public override long WorstCaseCalls(IPromptProgram<T> program, IReadOnlyList<Example<T>> train, IReadOnlyList<Example<T>> validation)
    {
        ArgumentNullException.ThrowIfNull(program);
        ArgumentNullException.ThrowIfNull(train);
        ArgumentNullException.ThrowIfNull(validation);
        return BootstrapCalls(program, train) + ((Candidates + 3L + Also.Length) * validation.Count * program.MaxCalls);
    }

    /// <inheritdoc/>
    public override async Task<OptimizationResult<T>> OptimizeAsync(
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
        if (train.Count == 0 || validation.Count == 0)
        {
            throw new ArgumentException("The search needs at least one training and one validation example.");
        }

        DemoSource<T>[] sources = DemoSource<T>.Of(train);
        using Telemetry.Span run = Telemetry.Run("BootstrapFewShotWithRandomSearch", T.Descriptor.Name);
        var spending = new Spending(budget, WorstCaseCalls(program, train, validation));
        DemoPool<T> pool = CreatePool(program, sources, spending, progress);
        List<(string Name, ProgramState State)> sets =
            await DemoSetsAsync(program, pool, sources, Candidates, cancellationToken).ConfigureAwait(false);
        (string, ProgramState, bool)[] entries =
        [
            (ZeroShot, program.State, true),
            .. Also.Select(a => (a.Name, a.State, true)),
            .. sets.Select(s => (s.Name, s.State, false)),
        ];

        var race = new CandidateRace<T>(Evaluate, validation, pool.RunsOf, spending, progress) { LeaveEarly = LeaveEarly };
        ImmutableArray<Candidate<T>> candidates = await race.RunAsync(program, entries, cancellationToken).ConfigureAwait(false);
        Candidate<T> best = CandidateRace<T>.Ranked(candidates).First();
        return new OptimizationResult<T>(program.With(best.State), best, candidates, pool.Verified(sources), spending.Usage, pool.Stopped ?? race.Stopped);
    }
}
