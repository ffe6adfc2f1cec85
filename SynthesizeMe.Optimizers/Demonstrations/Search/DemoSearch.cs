using System.Collections.Immutable;
using SynthesizeMe.Signatures;

namespace SynthesizeMe.Optimizers;

/// <summary>
/// Searches for the subset of demonstrations that a program does best with. All items are run once to collect verified reasoning; what was not
/// predicted is shown as a labelled demonstration, since it tells most. Subsets are compared by cross-validation over training and validation together.
/// </summary>
/// <typeparam name="T">The signature.</typeparam>
/// <remarks>
/// <para>The incumbent is the whole pool (<see cref="All"/>): it has the most evidence. Another candidate wins only if it does better and chance would
/// let the best of all challengers lead by so much in at most <see cref="FalseSwitchRate"/> of searches. With a handful of examples some of a dozen coin
/// flippers nearly always looks good; this rule is not taken in. Among those that may win the score decides, then the items of which every view is
/// right, then evidence.</para>
/// <para>The worst case is <c>T + (3 + Also + Candidates) · V</c> runs, <c>T</c> views to collect from and <c>V</c> views to compare on.</para>
/// </remarks>
public sealed record DemoSearch<T> : IOptimizer<T>
    where T : class, ISignature<T>
{
    /// <summary>The name of the candidate that is the program as it was given.</summary>
    public const string ZeroShot = "zero-shot";

    /// <summary>The name of the candidate that shows every item as a labelled demonstration.</summary>
    public const string Labelled = "labelled";

    /// <summary>The name of the candidate that shows every item, with verified reasoning where there is some: the incumbent.</summary>
    public const string All = "all";

    /// <summary>What is right.</summary>
    public required Metric<T> Metric { get; init; }

    /// <summary>The score from which an answer is verified; 1 by default.</summary>
    public double Threshold { get; init; } = 1;

    /// <summary>Who answers the items to collect reasoning; the program itself by default, whose answers then also count as its score.</summary>
    public IPromptProgram<T>? Teacher { get; init; }

    /// <summary>How subsets are chosen.</summary>
    public DemoSearchStrategy Strategy { get; init; } = DemoSearchStrategy.Worth;

    /// <summary>The most subsets that are tried besides the fixed candidates; 16 by default, 0 for none.</summary>
    public int Candidates { get; init; } = 16;

    /// <summary>
    /// Whether training and validation examples are one set, each judged without demonstrations of its group or fold; true by default. Else
    /// demonstrations are of the training examples and candidates are compared on the validation examples.
    /// </summary>
    public bool CrossValidate { get; init; } = true;

    /// <summary>The number of folds, at least 2; <see langword="null"/> (the default) leaves one group out at a time, or one item where there is one group only.</summary>
    public int? Folds { get; init; }

    /// <summary>
    /// Whether candidates are tried on every view of an item, such as both orders of a pair; true by default. Else each item is judged in
    /// one view, alternating over the items, so that always naming one side still scores one half: half the calls for somewhat less certainty.
    /// </summary>
    public bool AllViews { get; init; } = true;

    /// <summary>
    /// The share of searches, from 0 to 1, in which a challenger that is no better may replace the incumbent; 0.2 by default. With 1 the highest score wins.
    /// </summary>
    public double FalseSwitchRate { get; init; } = 0.2;

    /// <summary>Further states to compare, by name.</summary>
    public ImmutableArray<(string Name, ProgramState State)> Also { get; init; } = [];

    /// <summary>The most runs at once; 8 by default. The result does not depend on it.</summary>
    public int MaxParallel { get; init; } = 8;

    /// <summary>Decides every draw.</summary>
    public int Seed { get; init; }

    /// <inheritdoc/>
    public long WorstCaseCalls(IPromptProgram<T> program, IReadOnlyList<Example<T>> train, IReadOnlyList<Example<T>> validation)
    {
        ArgumentNullException.ThrowIfNull(program);
        ArgumentNullException.ThrowIfNull(train);
        ArgumentNullException.ThrowIfNull(validation);
        (Example<T>[] shown, Example<T>[] judged) = Sides(train, validation);
        long compared = AllViews ? judged.Length : judged.Select(e => e.Id).Distinct(StringComparer.Ordinal).LongCount();
        bool isCollected = Teacher is null && CrossValidate;
        return ((long)shown.Length * (Teacher ?? program).MaxCalls) + (((isCollected ? 2L : 3L) + Also.Length + Candidates) * compared * program.MaxCalls);
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentOutOfRangeException">A setting is outside its range.</exception>
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
        ArgumentOutOfRangeException.ThrowIfNegative(Candidates);
        ArgumentOutOfRangeException.ThrowIfLessThan(Folds ?? 2, 2, nameof(Folds));
        ArgumentOutOfRangeException.ThrowIfNegative(FalseSwitchRate);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(FalseSwitchRate, 1);

        (Example<T>[] shown, Example<T>[] judged) = Sides(train, validation);
        if (shown.Length == 0 || judged.Length == 0)
        {
            throw new ArgumentException("The search needs at least one example to show and one to compare on.");
        }

        using Telemetry.Span run = Telemetry.Run("DemoSearch", T.Descriptor.Name);
        var spending = new Spending(budget, WorstCaseCalls(program, train, validation));
        var search = new DemoSearchRun<T>(this, program, shown, judged, spending, progress);
        return await search.RunAsync(cancellationToken).ConfigureAwait(false);
    }

    private (Example<T>[] Shown, Example<T>[] Judged) Sides(IReadOnlyList<Example<T>> train, IReadOnlyList<Example<T>> validation)
    {
        Example<T>[] all = [.. train.Concat(validation).Distinct()];
        return CrossValidate ? (all, all) : ([.. train], [.. validation]);
    }
}
