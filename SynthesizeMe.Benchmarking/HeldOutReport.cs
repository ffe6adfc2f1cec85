using System.Collections.Immutable;
using SynthesizeMe.Optimizers;
using SynthesizeMe.Signatures;

namespace SynthesizeMe.Benchmarking;

/// <summary>One order's answer about a test pair.</summary>
/// <param name="Right">Whether it named what the person chose; false when there was no answer.</param>
/// <param name="SaidFirst">Whether it named the completion it saw first.</param>
/// <param name="Usage">Calls and tokens.</param>
/// <param name="Failure">Why there was no answer; <see langword="null"/> when there was one.</param>
public readonly record struct OrderAnswer(bool Right, bool SaidFirst, Usage Usage, string? Failure)
{
    /// <summary>Whether it named neither, because both are equally good; then it is half right.</summary>
    public bool Tie { get; init; }

    /// <summary>What was named.</summary>
    public Said Said => Failure is not null ? Said.Nothing : Tie ? Said.Tie : SaidFirst ? Said.First : Said.Second;

    /// <summary>1 when it is right, 0.5 for a tie, 0 when it is wrong or there is none.</summary>
    public double Score => Right ? 1 : Tie ? 0.5 : 0;

    /// <summary>The answer that named this.</summary>
    /// <param name="said">What was named.</param>
    /// <param name="right">What would be right.</param>
    /// <param name="usage">Calls and tokens.</param>
    /// <param name="failure">Why nothing was named.</param>
    internal static OrderAnswer Of(Said said, Said right, Usage usage, string? failure) =>
        new(said == right, said == Said.First, usage, said == Said.Nothing ? failure ?? "" : null) { Tie = said == Said.Tie };
}

/// <summary>Both orders' answers about a test pair.</summary>
/// <param name="PairId">The pair.</param>
/// <param name="ConversationId">Its conversation.</param>
/// <param name="Forward">With the chosen completion first.</param>
/// <param name="Backward">With the chosen completion second.</param>
public readonly record struct PairOutcome(string PairId, string ConversationId, OrderAnswer Forward, OrderAnswer Backward)
{
    /// <summary>The probability, 0.5 to 1, that the method gives its own answer: 0.5 unless both orders agree; <see langword="null"/> when it gives none.</summary>
    public double? Confidence { get; init; }

    /// <summary>1 when both orders were right, 0.5 when one was, 0 when none was; a tie counts half of its order.</summary>
    public double Score => (Forward.Score + Backward.Score) / 2;

    /// <summary>Whether both orders named the same completion.</summary>
    public bool Consistent => Failures == 0 && !Forward.Tie && !Backward.Tie && Forward.Right == Backward.Right;

    /// <summary>Whether both orders answered, and disagreed.</summary>
    public bool Inconsistent => Failures == 0 && (Forward.Right != Backward.Right || Forward.Tie != Backward.Tie);

    /// <summary>Whether the method answers, rather than abstains, when it must be so confident; one that gives no probability answers where both orders agree.</summary>
    public bool IsAnswered(double confidence) => Consistent && (Confidence is null || Confidence >= confidence);

    /// <summary>The orders without an answer.</summary>
    public int Failures => (Forward.Failure is null ? 0 : 1) + (Backward.Failure is null ? 0 : 1);

    /// <summary>Calls and tokens.</summary>
    public Usage Usage => Forward.Usage + Backward.Usage;
}

/// <summary>What became of one person.</summary>
/// <param name="UserId">The person.</param>
/// <param name="Fit">The fit; <see langword="null"/> when the person was left out.</param>
/// <param name="Methods">The test pairs' outcomes by method.</param>
/// <param name="Skipped">Why the person was left out; <see langword="null"/> when measured.</param>
public sealed record UserOutcome(
    string UserId, Fit? Fit, ImmutableSortedDictionary<JudgeMethod, ImmutableArray<PairOutcome>> Methods, string? Skipped)
{
    /// <summary>The outcomes of a method; of the chosen one for <see langword="null"/>. Empty when the method could not be fitted.</summary>
    public ImmutableArray<PairOutcome> Of(JudgeMethod? method) =>
        Fit is not null && Methods.TryGetValue(method ?? Fit.Judge.Method, out ImmutableArray<PairOutcome> outcomes) ? outcomes : [];
}

/// <summary>A method's figures over some people.</summary>
/// <param name="Name">The method: <c>generic</c>, <c>history</c>, <c>persona</c>, <c>demos</c>, <c>persona+demos</c> or <c>chosen</c>.</param>
/// <param name="Accuracy">The mean score over the test pairs, 0 to 1, with its 95 % interval.</param>
/// <param name="Pairs">The test pairs.</param>
/// <param name="Inconsistent">The pairs whose two orders disagreed.</param>
/// <param name="PositionBias">
/// The share of answers that named the first completion less the share that named the second, from -1 to 1; 0 is unbiased.
/// </param>
/// <param name="Failures">The answers that could not be read.</param>
/// <param name="Usage">Calls and tokens of the test, without the fit.</param>
public sealed record MethodFigures(string Name, Interval Accuracy, int Pairs, int Inconsistent, double PositionBias, int Failures, Usage Usage)
{
    /// <summary>Adds up outcomes.</summary>
    /// <param name="name">The method.</param>
    /// <param name="outcomes">The outcomes, each with the group that the interval is clustered by.</param>
    /// <param name="seed">Decides the interval.</param>
    internal static MethodFigures Of(string name, IReadOnlyList<(string Group, PairOutcome Outcome)> outcomes, int seed)
    {
        Said[] said = [.. outcomes.SelectMany(o => new[] { o.Outcome.Forward.Said, o.Outcome.Backward.Said })];
        int first = said.Count(s => s == Said.First);
        int second = said.Count(s => s == Said.Second);
        return new(
            name,
            Interval.Bootstrap(outcomes.Select(o => (o.Group, o.Outcome.Score)), seed),
            outcomes.Count,
            outcomes.Count(o => o.Outcome.Inconsistent),
            first + second == 0 ? 0 : (double)(first - second) / (first + second),
            outcomes.Sum(o => o.Outcome.Failures),
            outcomes.Aggregate(default(Usage), (sum, o) => sum + o.Outcome.Usage));
    }
}

/// <summary>What a measurement gave.</summary>
/// <param name="Users">The people that were finished, in the order of the data.</param>
/// <param name="Wanted">All people of the data.</param>
/// <param name="Seed">The seed of fits and intervals.</param>
/// <param name="Interruption">Why not everyone was finished; <see langword="null"/> when everyone was.</param>
public sealed record HeldOutReport(ImmutableArray<UserOutcome> Users, int Wanted, int Seed, Exception? Interruption)
{
    private static readonly ImmutableArray<(string Name, JudgeMethod? Method)> All =
    [
        ("generic", JudgeMethod.Generic),
        ("history", JudgeMethod.History),
        ("persona", JudgeMethod.Persona),
        ("demos", JudgeMethod.Demos),
        ("persona+demos", JudgeMethod.PersonaAndDemos),
        ("chosen", null),
    ];

    /// <summary>The people that were measured.</summary>
    public IEnumerable<UserOutcome> Measured => Users.Where(u => u.Fit is not null);

    /// <summary>The methods' figures over everyone, clustered by person.</summary>
    public ImmutableArray<MethodFigures> Methods =>
        Figures(method => Measured.SelectMany(u => u.Of(method).Select(o => (u.UserId, o))));

    /// <summary>Calls and tokens of all fits.</summary>
    public Usage FitUsage => Measured.Aggregate(default(Usage), (sum, u) => sum + u.Fit!.Usage);

    /// <summary>The methods' figures for one person, clustered by conversation.</summary>
    public ImmutableArray<MethodFigures> Of(UserOutcome user)
    {
        ArgumentNullException.ThrowIfNull(user);
        return Figures(method => user.Of(method).Select(o => (o.ConversationId, o)));
    }

    private ImmutableArray<MethodFigures> Figures(Func<JudgeMethod?, IEnumerable<(string Group, PairOutcome Outcome)>> outcomes) =>
        [.. All.Select(m => Figures(m.Name, [.. outcomes(m.Method)])).Where(f => f.Pairs > 0)];

    private MethodFigures Figures(string name, (string Group, PairOutcome Outcome)[] outcomes) => MethodFigures.Of(name, outcomes, Seed);
}
