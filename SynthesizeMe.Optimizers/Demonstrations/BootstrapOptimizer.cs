using SynthesizeMe.Signatures;

namespace SynthesizeMe.Optimizers;

/// <summary>
/// The settings of optimizers that have a teacher answer training examples and show the answers that the metric confirms, filled up with labelled
/// examples (Khattab et al., DSPy, ICLR 2024, section 4).
/// </summary>
/// <typeparam name="T">The signature.</typeparam>
public abstract record BootstrapOptimizer<T> : IOptimizer<T>
    where T : class, ISignature<T>
{
    private protected BootstrapOptimizer()
    {
    }

    /// <summary>What is right.</summary>
    public required Metric<T> Metric { get; init; }

    /// <summary>The score from which an answer is confirmed; 1 by default.</summary>
    public double Threshold { get; init; } = 1;

    /// <summary>The most verified demonstrations; 4 by default, <see langword="null"/> for as many as there are training items.</summary>
    public int? MaxBootstrappedDemos { get; init; } = 4;

    /// <summary>The most demonstrations of both kinds when labelled ones fill up; 16 by default, 0 for none.</summary>
    public int MaxLabeledDemos { get; init; } = 16;

    /// <summary>How often a wrong answer is tried, the later ones as rollouts at temperature 1; 1 by default.</summary>
    public int MaxRounds { get; init; } = 1;

    /// <summary>Who answers the training examples; the program itself, shown labelled examples, by default.</summary>
    public IPromptProgram<T>? Teacher { get; init; }

    /// <summary>The most runs at once; 8 by default. The result does not depend on it.</summary>
    public int MaxParallel { get; init; } = 8;

    /// <summary>Decides every draw.</summary>
    public int Seed { get; init; }

    private protected Evaluate<T> Evaluate => new() { Metric = Metric, MaxParallel = MaxParallel, Seed = Seed };

    /// <inheritdoc/>
    public abstract long WorstCaseCalls(IPromptProgram<T> program, IReadOnlyList<Example<T>> train, IReadOnlyList<Example<T>> validation);

    /// <inheritdoc/>
    public abstract Task<OptimizationResult<T>> OptimizeAsync(
        IPromptProgram<T> program,
        IReadOnlyList<Example<T>> train,
        IReadOnlyList<Example<T>> validation,
        Budget? budget = null,
        IProgress<OptimizationEvent>? progress = null,
        CancellationToken cancellationToken = default);

    /// <summary>The most calls that it takes to have a teacher answer every training example.</summary>
    private protected long BootstrapCalls(IPromptProgram<T> program, IReadOnlyList<Example<T>> train) =>
        MaxBootstrappedDemos == 0 ? 0 : (long)MaxRounds * train.Count * (Teacher ?? program).MaxCalls;

    internal DemoPool<T> CreatePool(IPromptProgram<T> program, DemoSource<T>[] sources, Spending spending, IProgress<OptimizationEvent>? progress)
    {
        IPromptProgram<T> teacher = Teacher ?? program;
        if (Teacher is null && MaxLabeledDemos > 0)
        {
            teacher = program.With(new LabeledFewShot<T> { K = MaxLabeledDemos, Seed = Seed }.Choose(program, sources));
        }

        return new DemoPool<T>(teacher, Evaluate, Threshold, MaxRounds, spending, progress);
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

    /// <summary>
    /// The demonstration sets of the published random search after the program's own: labelled, all verified, random subsets of the verified.
    /// </summary>
    /// <param name="program">The program.</param>
    /// <param name="pool">Where verified ones come from.</param>
    /// <param name="sources">The training items.</param>
    /// <param name="random">The number of random subsets.</param>
    /// <param name="cancellationToken">Stops at once.</param>
    internal async Task<List<(string Name, ProgramState State)>> DemoSetsAsync(
        IPromptProgram<T> program, DemoPool<T> pool, DemoSource<T>[] sources, int random, CancellationToken cancellationToken)
    {
        var sets = new List<(string, ProgramState)>();
        if (MaxLabeledDemos > 0)
        {
            sets.Add(("labelled", new LabeledFewShot<T> { K = MaxLabeledDemos, Seed = Seed }.Choose(program, sources)));
        }

        int most = MaxBootstrappedDemos ?? sources.Length;
        if (most == 0)
        {
            return sets;
        }

        sets.Add(("bootstrap", await BuildAsync(program, pool, sources, most, Seed, cancellationToken).ConfigureAwait(false)));
        for (int c = 0; c < random && pool.Stopped is null; c++)
        {
            var draw = new SeededRandom(Seed, $"candidate {c}");
            DemoSource<T>[] order = draw.Shuffle(sources);
            int size = 1 + draw.Next(most);
            sets.Add(($"random {c}", await BuildAsync(program, pool, order, size, Seed, cancellationToken).ConfigureAwait(false)));
        }

        return sets;
    }
}
