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
/// there is no score at which the search stops. At most <c>(Candidates + 3) × validation + MaxRounds × train</c> runs.
/// </remarks>
public sealed record BootstrapFewShotWithRandomSearch<T> : IOptimizer<T>
    where T : class, ISignature<T>
{
    /// <summary>The name of the candidate that is the program as it was given.</summary>
    public const string ZeroShot = "zero-shot";

    /// <summary>What is right.</summary>
    public required Metric<T> Metric { get; init; }

    /// <summary>The score from which an answer is confirmed; 1 by default.</summary>
    public double Threshold { get; init; } = 1;

    /// <summary>The number of random subsets; 16 by default.</summary>
    public int Candidates { get; init; } = 16;

    /// <summary>The most verified demonstrations; <see langword="null"/> for as many as there are training items.</summary>
    public int? MaxBootstrappedDemos { get; init; } = 4;

    /// <summary>The most demonstrations of both kinds when labelled ones fill up; 16 by default, 0 for none.</summary>
    public int MaxLabeledDemos { get; init; } = 16;

    /// <summary>How often a wrong answer is tried, the later ones at temperature 1; 1 by default.</summary>
    public int MaxRounds { get; init; } = 1;

    /// <summary>Who answers the training examples; the program itself, shown labelled examples, by default.</summary>
    public IPromptProgram<T>? Teacher { get; init; }

    /// <summary>Further states to compare, by name. They are tried on every validation example.</summary>
    public ImmutableArray<(string Name, ProgramState State)> Also { get; init; } = [];

    /// <summary>Whether candidates that cannot win any more are spared the remaining validation examples; the winner is the same.</summary>
    public bool LeaveEarly { get; init; } = true;

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
        ArgumentNullException.ThrowIfNull(validation);
        if (train.Count == 0 || validation.Count == 0)
        {
            throw new ArgumentException("The search needs at least one training and one validation example.");
        }

        DemoSource<T>[] sources = DemoSource<T>.Of(train);
        var bootstrap = new BootstrapFewShot<T>
        {
            Metric = Metric,
            Threshold = Threshold,
            MaxLabeledDemos = MaxLabeledDemos,
            MaxRounds = MaxRounds,
            Teacher = Teacher,
            MaxParallel = MaxParallel,
            Seed = Seed,
        };
        var spending = new Spending(budget);
        DemoPool<T> pool = bootstrap.CreatePool(program, sources, spending, progress);
        List<(string, ProgramState, bool)> entries =
            await MakeCandidatesAsync(program, bootstrap, pool, sources, cancellationToken).ConfigureAwait(false);

        var evaluate = new Evaluate<T> { Metric = Metric, MaxParallel = MaxParallel, Seed = Seed };
        var race = new CandidateRace<T>(evaluate, validation, pool.RunsOf, spending, progress) { LeaveEarly = LeaveEarly };
        ImmutableArray<Candidate<T>> candidates = await race.RunAsync(program, entries, cancellationToken).ConfigureAwait(false);
        Candidate<T> best = CandidateRace<T>.Ranked(candidates).First();
        return new OptimizationResult<T>(program.With(best.State), best, candidates, pool.Verified(sources), spending.Usage, pool.Stopped ?? race.Stopped);
    }

    private async Task<List<(string Name, ProgramState State, bool Stays)>> MakeCandidatesAsync(
        IPromptProgram<T> program, BootstrapFewShot<T> bootstrap, DemoPool<T> pool, DemoSource<T>[] sources, CancellationToken cancellationToken)
    {
        var entries = new List<(string, ProgramState, bool)> { (ZeroShot, program.State, true) };
        entries.AddRange(Also.Select(a => (a.Name, a.State, true)));
        if (MaxLabeledDemos > 0)
        {
            entries.Add(("labelled", new LabeledFewShot<T> { K = MaxLabeledDemos, Seed = Seed }.Choose(program, sources), false));
        }

        int most = MaxBootstrappedDemos ?? sources.Length;
        if (most == 0)
        {
            return entries;
        }

        entries.Add(("bootstrap", await bootstrap.BuildAsync(program, pool, sources, most, Seed, cancellationToken).ConfigureAwait(false), false));
        for (int c = 0; c < Candidates && pool.Stopped is null; c++)
        {
            var random = new SeededRandom(Seed, $"candidate {c}");
            DemoSource<T>[] order = random.Shuffle(sources);
            int size = 1 + random.Next(most);
            entries.Add(($"random {c}", await bootstrap.BuildAsync(program, pool, order, size, Seed, cancellationToken).ConfigureAwait(false), false));
        }

        return entries;
    }
}
