using SynthesizeMe.Signatures;

namespace SynthesizeMe.Optimizers;

/// <summary>
/// Has a teacher answer training examples and shows the answers that the metric confirms, filled up with labelled examples
/// (Khattab et al., DSPy, ICLR 2024, section 4).
/// </summary>
/// <typeparam name="T">The signature.</typeparam>
/// <remarks>Makes at most <c>MaxRounds × train</c> runs of the teacher, and tries its one candidate on nothing.</remarks>
public sealed record BootstrapFewShot<T> : BootstrapOptimizer<T>
    where T : class, ISignature<T>
{
    /// <inheritdoc/>
    public override long WorstCaseCalls(IPromptProgram<T> program, IReadOnlyList<Example<T>> train, IReadOnlyList<Example<T>> validation)
    {
        ArgumentNullException.ThrowIfNull(program);
        ArgumentNullException.ThrowIfNull(train);
        return BootstrapCalls(program, train);
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
        DemoSource<T>[] sources = DemoSource<T>.Of(train);
        using Telemetry.Span run = Telemetry.Run("BootstrapFewShot", T.Descriptor.Name);
        var spending = new Spending(budget, WorstCaseCalls(program, train, validation));
        DemoPool<T> pool = CreatePool(program, sources, spending, progress);
        int most = MaxBootstrappedDemos ?? sources.Length;
        ProgramState state = await BuildAsync(program, pool, sources, most, Seed, cancellationToken).ConfigureAwait(false);
        var only = new Candidate<T>("bootstrap", state, CandidateStatus.NotEvaluated);
        return new OptimizationResult<T>(program.With(state), only, [only], pool.Verified(sources), spending.Usage, pool.Stopped);
    }
}
