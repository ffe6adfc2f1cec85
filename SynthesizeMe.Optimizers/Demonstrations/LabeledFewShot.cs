using SynthesizeMe.Signatures;

namespace SynthesizeMe.Optimizers;

/// <summary>Shows labelled training examples as they are. It makes no call to a model, and tries its one candidate on nothing.</summary>
/// <typeparam name="T">The signature.</typeparam>
public sealed record LabeledFewShot<T> : IOptimizer<T>
    where T : class, ISignature<T>
{
    /// <summary>The most examples to show; 16 by default.</summary>
    public int K { get; init; } = 16;

    /// <summary>Draws the examples at random instead of taking the first.</summary>
    public bool Sample { get; init; } = true;

    /// <summary>Decides the draw.</summary>
    public int Seed { get; init; }

    /// <inheritdoc/>
    public long WorstCaseCalls(IPromptProgram<T> program, IReadOnlyList<Example<T>> train, IReadOnlyList<Example<T>> validation) => 0;

    /// <inheritdoc/>
    public Task<OptimizationResult<T>> OptimizeAsync(
        IPromptProgram<T> program,
        IReadOnlyList<Example<T>> train,
        IReadOnlyList<Example<T>> validation,
        Budget? budget = null,
        IProgress<OptimizationEvent>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(program);
        ArgumentNullException.ThrowIfNull(train);
        ProgramState state = Choose(program, DemoSource<T>.Of(train));
        var only = new Candidate<T>("labelled", state, CandidateStatus.NotEvaluated);
        return Task.FromResult(new OptimizationResult<T>(program.With(state), only, [only], [], default, null));
    }

    internal ProgramState Choose(IPromptProgram<T> program, DemoSource<T>[] sources)
    {
        DemoSource<T>[] order = Sample ? new SeededRandom(Seed, "labelled").Shuffle(sources) : sources;
        return DemoSet.Build(program, [], order[..Math.Min(K, order.Length)]);
    }
}
