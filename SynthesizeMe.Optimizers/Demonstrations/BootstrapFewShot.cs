using SynthesizeMe.Signatures;

namespace SynthesizeMe.Optimizers;

/// <summary>
/// Has a teacher answer training examples and shows the answers that the metric confirms, filled up with labelled examples
/// (Khattab et al., DSPy, ICLR 2024, section 4).
/// </summary>
/// <typeparam name="T">The signature.</typeparam>
/// <remarks>Makes at most <see cref="MaxRounds"/> runs a training example, and tries its one candidate on nothing.</remarks>
public sealed record BootstrapFewShot<T> : IOptimizer<T>
    where T : class, ISignature<T>
{
    /// <summary>What is right.</summary>
    public required Metric<T> Metric { get; init; }

    /// <summary>The score from which an answer is confirmed; 1 by default.</summary>
    public double Threshold { get; init; } = 1;

    /// <summary>The most verified demonstrations; 4 by default.</summary>
    public int MaxBootstrappedDemos { get; init; } = 4;

    /// <summary>The most demonstrations of both kinds when labelled ones fill up; 16 by default, 0 for none.</summary>
    public int MaxLabeledDemos { get; init; } = 16;

    /// <summary>How often a wrong answer is tried, the later ones at temperature 1; 1 by default.</summary>
    public int MaxRounds { get; init; } = 1;

    /// <summary>Who answers the training examples; the program itself, shown labelled examples, by default.</summary>
    public IPromptProgram<T>? Teacher { get; init; }

    /// <summary>The most runs at once; 8 by default. The result does not depend on it.</summary>
    public int MaxParallel { get; init; } = 8;

    /// <summary>Decides every draw.</summary>
    public int Seed { get; init; }

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
        DemoSource<T>[] sources = DemoSource<T>.Of(train);
        var spending = new Spending(budget);
        DemoPool<T> pool = CreatePool(program, sources, spending, progress);
        ProgramState state = await BuildAsync(program, pool, sources, MaxBootstrappedDemos, Seed, cancellationToken).ConfigureAwait(false);
        var only = new Candidate<T>("bootstrap", state, CandidateStatus.NotEvaluated);
        return new OptimizationResult<T>(program.With(state), only, [only], pool.Verified(sources), spending.Usage, pool.Stopped);
    }

    internal DemoPool<T> CreatePool(IPromptProgram<T> program, DemoSource<T>[] sources, Spending spending, IProgress<OptimizationEvent>? progress)
    {
        IPromptProgram<T> teacher = Teacher ?? program;
        if (Teacher is null && MaxLabeledDemos > 0)
        {
            teacher = program.With(new LabeledFewShot<T> { K = MaxLabeledDemos, Seed = Seed }.Choose(program, sources));
        }

        var evaluate = new Evaluate<T> { Metric = Metric, MaxParallel = MaxParallel, Seed = Seed };
        return new DemoPool<T>(teacher, evaluate, Threshold, MaxRounds, spending, progress);
    }

    /// <summary>The state with the first so many items of the order that are verified, filled up with labelled ones.</summary>
    internal async Task<ProgramState> BuildAsync(
        IPromptProgram<T> program, DemoPool<T> pool, DemoSource<T>[] order, int bootstrapped, int seed, CancellationToken cancellationToken)
    {
        List<VerifiedDemo<T>> verified = await pool.TakeAsync(order, bootstrapped, cancellationToken).ConfigureAwait(false);
        HashSet<string> used = [.. verified.Select(v => v.Source.Id)];
        DemoSource<T>[] rest = new SeededRandom(seed, "fill").Shuffle(order.Where(s => !used.Contains(s.Id)));
        int fill = Math.Clamp(MaxLabeledDemos - verified.Count, 0, rest.Length);
        return DemoSet.Build(program, verified, rest[..fill]);
    }
}
