using Microsoft.Extensions.AI;
using SynthesizeMe.Signatures;

namespace SynthesizeMe.Optimizers;

/// <summary>
/// Shows in every call the demonstrations that are most like its inputs (<see cref="NearestDemos"/>), each predictor those of its own pool that
/// are most like its own inputs.
/// </summary>
/// <typeparam name="T">The signature.</typeparam>
/// <remarks>
/// The state holds the whole pool, so it is saved like any other; <see cref="Over"/> makes a program choose from it, before or after the state is
/// loaded. The pool is all training examples as they are, without any call to a model, or what <see cref="Bootstrap"/> makes of them. The one
/// candidate is tried on nothing.
/// </remarks>
public sealed record KnnFewShot<T> : IOptimizer<T>
    where T : class, ISignature<T>
{
    /// <summary>The most demonstrations in a call; 4 by default.</summary>
    public int K { get; init; } = 4;

    /// <summary>What says how alike two inputs are; <see cref="HashedNgramEmbeddings"/> by default.</summary>
    public IEmbeddingGenerator<string, Embedding<float>> Embeddings { get; init; } = new HashedNgramEmbeddings();

    /// <summary>
    /// Makes a pool with verified reasoning, and one for every predictor of a program; <see langword="null"/>, the default, for labelled examples only.
    /// Its <see cref="BootstrapOptimizer{T}.MaxBootstrappedDemos"/> and <see cref="BootstrapOptimizer{T}.MaxLabeledDemos"/> bound the pool.
    /// </summary>
    public BootstrapFewShot<T>? Bootstrap { get; init; }

    /// <inheritdoc/>
    public long WorstCaseCalls(IPromptProgram<T> program, IReadOnlyList<Example<T>> train, IReadOnlyList<Example<T>> validation) =>
        Bootstrap?.WorstCaseCalls(program, train, validation) ?? 0;

    /// <summary>The program, choosing call by call from the demonstrations in its state.</summary>
    public IPromptProgram<T> Over(IPromptProgram<T> program)
    {
        ArgumentNullException.ThrowIfNull(program);
        var nearest = new NearestDemos(Embeddings, K);
        return program.WithOptions(options => options with { DemoChoice = nearest });
    }

    /// <inheritdoc/>
    public async Task<OptimizationResult<T>> OptimizeAsync(
        IPromptProgram<T> program,
        IReadOnlyList<Example<T>> train,
        IReadOnlyList<Example<T>> validation,
        Budget? budget = null,
        IProgress<OptimizationEvent>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(program);
        ArgumentNullException.ThrowIfNull(train);
        OptimizationResult<T> pool = Bootstrap is null
            ? await new LabeledFewShot<T> { K = train.Count, Sample = false }
                .OptimizeAsync(program, train, validation, budget, progress, cancellationToken).ConfigureAwait(false)
            : await Bootstrap.OptimizeAsync(program, train, validation, budget, progress, cancellationToken).ConfigureAwait(false);
        Candidate<T> only = pool.Best with { Name = "nearest" };
        return pool with { Program = Over(pool.Program), Best = only, Candidates = [only] };
    }
}
