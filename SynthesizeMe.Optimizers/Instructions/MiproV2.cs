using System.Collections.Immutable;
using System.Globalization;
using Microsoft.Extensions.AI;
using SynthesizeMe.Signatures;

namespace SynthesizeMe.Optimizers;

/// <summary>
/// Searches over instructions and demonstrations of every predictor together: proposes instructions that are grounded in data and program,
/// bootstraps demonstration sets, and learns from trials on minibatches which combinations do well (Opsahl-Ong et al., Optimizing Instructions
/// and Demonstrations for Multi-Stage Language Model Programs, EMNLP 2024: MIPRO, section 4).
/// </summary>
/// <typeparam name="T">The signature.</typeparam>
/// <remarks>
/// The program as it was given is tried first, on every validation example, and is always a candidate. Only candidates that were tried on every
/// validation example compete for the win. At most <c>MaxRounds × train</c> runs of the teacher,
/// <c>validation + Trials × minibatch + ⌈Trials / FullEvaluationEvery⌉ × validation</c> runs of the program, and 11 calls of the prompt model and
/// one a proposal, second asks not counted.
/// </remarks>
public sealed record MiproV2<T> : BootstrapOptimizer<T>
    where T : class, ISignature<T>
{
    private const string Start = "start";

    /// <summary>Creates the optimizer; <see cref="BootstrapOptimizer{T}.MaxLabeledDemos"/> is 4 by default.</summary>
    public MiproV2() => MaxLabeledDemos = 4;

    /// <summary>Who writes instructions.</summary>
    public required IChatClient PromptModel { get; init; }

    /// <summary>How it is called; once more after an unreadable reply by default.</summary>
    public PredictOptions? PromptOptions { get; init; }

    /// <summary>The instructions to choose from for each predictor, its own included; 3 by default, 1 to keep its own.</summary>
    public int InstructionCandidates { get; init; } = 3;

    /// <summary>
    /// The demonstration sets to choose from for each predictor, its own included; 6 by default. With no bootstrapped and no labelled
    /// demonstrations each predictor keeps its own.
    /// </summary>
    public int DemoCandidates { get; init; } = 6;

    /// <summary>
    /// The combinations to try; <see langword="null"/> for the published rule, <c>max(2 K log₂ N, 1.5 N)</c> with <c>N</c> the larger of the two
    /// numbers of candidates and <c>K</c> the number of things to choose.
    /// </summary>
    public int? Trials { get; init; }

    /// <summary>The validation examples of a trial; 35 by default. With no more validation examples than that, a trial sees all.</summary>
    public int MinibatchSize { get; init; } = 35;

    /// <summary>After so many trials, and after the last, the best combination by its mean that was not tried on everything is; 5 by default.</summary>
    public int FullEvaluationEvery { get; init; } = 5;

    /// <inheritdoc/>
    public override long WorstCaseCalls(IPromptProgram<T> program, IReadOnlyList<Example<T>> train, IReadOnlyList<Example<T>> validation)
    {
        ArgumentNullException.ThrowIfNull(program);
        ArgumentNullException.ThrowIfNull(train);
        ArgumentNullException.ThrowIfNull(validation);
        int predictors = program.Predictors.Count;
        long trials = TrialCount(predictors);
        long full = (trials + FullEvaluationEvery - 1) / FullEvaluationEvery;
        long runs = validation.Count + (validation.Count <= MinibatchSize ? trials * validation.Count : (trials * MinibatchSize) + (full * validation.Count));
        return (ChoosesDemos ? BootstrapCalls(program, train) : 0)
            + InstructionProposer<T>.WorstCaseCalls(predictors, InstructionCandidates - 1, train.Count, PromptOptions)
            + (runs * program.MaxCalls);
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
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(InstructionCandidates);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(DemoCandidates);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(MinibatchSize);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(FullEvaluationEvery);
        if (train.Count == 0 || validation.Count == 0)
        {
            throw new ArgumentException("The search needs at least one training and one validation example.");
        }

        DemoSource<T>[] sources = DemoSource<T>.Of(train);
        using Telemetry.Span run = Telemetry.Run("MiproV2", T.Descriptor.Name);
        var spending = new Spending(budget, WorstCaseCalls(program, train, validation));
        DemoPool<T> pool = CreatePool(program, sources, spending, progress);
        var book = new TrialBook<T>(program, Evaluate, validation, pool.RunsOf, spending);
        var trials = new List<Trial<T>> { book.Begin(Start, program.State) };
        var notes = new List<string>();
        string? stopped = null;
        if (await book.RunAsync(trials[0], validation, cancellationToken).ConfigureAwait(false))
        {
            try
            {
                ProgramState[] demoSets = await DemoSetsAsync(program, pool, sources, notes, cancellationToken).ConfigureAwait(false);
                string[][] proposals = pool.Stopped is null
                    ? await ProposeAsync(program, sources, demoSets, spending, notes, progress, cancellationToken).ConfigureAwait(false)
                    : [.. program.Predictors.Select(_ => Array.Empty<string>())];
                var choices = new CombinationSpace<T>(program, proposals, demoSets);
                await SearchAsync(choices, book, trials, validation, progress, cancellationToken).ConfigureAwait(false);
            }
            catch (BudgetExceededException e)
            {
                stopped = e.Message;
            }
        }

        ImmutableArray<Candidate<T>> candidates = [.. trials.Select(t => t.ToCandidate(validation, Seed))];
        Candidate<T> best = CandidateRace<T>.Ranked(candidates).First();
        return new OptimizationResult<T>(
            program.With(best.State), best, candidates, pool.Verified(sources), spending.Usage, stopped ?? pool.Stopped ?? book.Stopped)
        {
            Notes = [.. notes],
        };
    }

    private bool ChoosesDemos => DemoCandidates > 1 && (MaxLabeledDemos > 0 || MaxBootstrappedDemos != 0);

    private int TrialCount(int predictors)
    {
        int candidates = Math.Max(InstructionCandidates, ChoosesDemos ? DemoCandidates : 1);
        int chosen = (InstructionCandidates > 1 ? predictors : 0) + (ChoosesDemos ? predictors : 0);
        return Trials ?? (int)Math.Max(2 * chosen * Math.Log2(candidates), 1.5 * candidates);
    }

    private async Task<ProgramState[]> DemoSetsAsync(
        IPromptProgram<T> program, DemoPool<T> pool, DemoSource<T>[] sources, List<string> notes, CancellationToken cancellationToken)
    {
        if (!ChoosesDemos)
        {
            return [program.State];
        }

        int made = (MaxLabeledDemos > 0 ? 1 : 0) + 1;
        try
        {
            List<(string Name, ProgramState State)> sets =
                await DemoSetsAsync(program, pool, sources, DemoCandidates - 1 - made, cancellationToken).ConfigureAwait(false);
            return [program.State, .. sets.Select(s => s.State).TakeLast(DemoCandidates - 1)];
        }
        catch (UnreadableRepliesException e)
        {
            notes.Add($"No demonstrations were tried. {e.Message}");
            return [program.State];
        }
    }

    private async Task<string[][]> ProposeAsync(
        IPromptProgram<T> program,
        DemoSource<T>[] sources,
        ProgramState[] demoSets,
        Spending spending,
        List<string> notes,
        IProgress<OptimizationEvent>? progress,
        CancellationToken cancellationToken)
    {
        if (InstructionCandidates == 1)
        {
            return [.. program.Predictors.Select(_ => Array.Empty<string>())];
        }

        var proposer = new InstructionProposer<T>(program, PromptModel, PromptOptions, spending, Seed, MaxParallel);
        int wanted = (InstructionCandidates - 1) * program.Predictors.Count;
        progress?.Report(new(OptimizationPhase.Proposing, 0, wanted));
        string data = await proposer.SummarizeDataAsync(sources, cancellationToken).ConfigureAwait(false);
        string[][] proposals = await proposer.ProposeAsync(InstructionCandidates - 1, data, demoSets, cancellationToken).ConfigureAwait(false);
        notes.AddRange(proposer.Notes);
        progress?.Report(new(OptimizationPhase.Proposing, wanted, wanted));
        return proposals;
    }

    private async Task SearchAsync(
        CombinationSpace<T> space,
        TrialBook<T> book,
        List<Trial<T>> trials,
        IReadOnlyList<Example<T>> validation,
        IProgress<OptimizationEvent>? progress,
        CancellationToken cancellationToken)
    {
        var surrogate = new CategoricalSurrogate(space.Sizes);
        var tried = new Dictionary<Combination, Trial<T>> { [space.Start] = trials[0] };
        int count = TrialCount(space.Sizes.Count);
        for (int t = 0; t < count; t++)
        {
            var random = new SeededRandom(Seed, string.Create(CultureInfo.InvariantCulture, $"trial {t}"));
            Observed[] observed = [.. tried.Select(x => new Observed(x.Key, Mean(x.Value), x.Value.On(validation).Length))];
            if (space.NextIn(() => surrogate.Draw(observed, random), c => tried.TryGetValue(c, out Trial<T>? x) && IsFull(x), random) is not { } next)
            {
                return; // Every combination was tried on everything.
            }

            if (!tried.TryGetValue(next, out Trial<T>? trial))
            {
                trial = book.Begin(space.NameOf(next), space.StateOf(next));
                tried.Add(next, trial);
                trials.Add(trial);
            }

            bool isPaid = await book.RunAsync(trial, random.Shuffle(validation).Take(MinibatchSize), cancellationToken).ConfigureAwait(false);
            if (isPaid && ((t + 1) % FullEvaluationEvery == 0 || t == count - 1)
                && trials.Where(x => !IsFull(x)).OrderByDescending(Mean).ThenByDescending(x => x.On(validation).Length).FirstOrDefault() is { } promising)
            {
                isPaid = await book.RunAsync(promising, validation, cancellationToken).ConfigureAwait(false);
            }

            progress?.Report(new(OptimizationPhase.Validating, t + 1, count));
            if (!isPaid)
            {
                return;
            }
        }

        bool IsFull(Trial<T> trial) => trial.On(validation).Length == validation.Count;

        double Mean(Trial<T> trial) => trial.On(validation) is { IsEmpty: false } results ? Totals.Of(results) / results.Length : 0;
    }
}
