using System.Collections.Immutable;
using SynthesizeMe.Signatures;

namespace SynthesizeMe.Optimizers;

/// <summary>Searches for a <see cref="ProgramState"/> with which a program does better.</summary>
/// <typeparam name="T">The signature that the program answers.</typeparam>
public interface IOptimizer<T>
    where T : class, ISignature<T>
{
    /// <summary>
    /// The most calls to models that a run makes, second asks included, calls of the metric itself not. A run never makes more: where a program
    /// calls more often than its <see cref="IPromptProgram{T}.MaxCalls"/> says, the search ends as if a budget of so many calls were spent.
    /// </summary>
    /// <param name="program">The program to start from.</param>
    /// <param name="train">What demonstrations are made of.</param>
    /// <param name="validation">What candidates are compared on.</param>
    long WorstCaseCalls(IPromptProgram<T> program, IReadOnlyList<Example<T>> train, IReadOnlyList<Example<T>> validation);

    /// <summary>Runs the search. It depends on program, examples, seed and replies only, not on the order in which replies arrive.</summary>
    /// <param name="program">The program to start from.</param>
    /// <param name="train">What demonstrations are made of.</param>
    /// <param name="validation">What candidates are compared on.</param>
    /// <param name="budget">What the run may spend; a spent budget ends the search with the best found so far.</param>
    /// <param name="progress">Is told what is going on.</param>
    /// <param name="cancellationToken">Stops at once.</param>
    /// <exception cref="ArgumentException">Too few examples.</exception>
    /// <exception cref="UnreadableRepliesException">Not one of several answers to training examples could be read.</exception>
    Task<OptimizationResult<T>> OptimizeAsync(
        IPromptProgram<T> program,
        IReadOnlyList<Example<T>> train,
        IReadOnlyList<Example<T>> validation,
        Budget? budget = null,
        IProgress<OptimizationEvent>? progress = null,
        CancellationToken cancellationToken = default);
}

/// <summary>What a search found, and everything it tried.</summary>
/// <typeparam name="T">The signature.</typeparam>
/// <param name="Program">The program with the state of <paramref name="Best"/>.</param>
/// <param name="Best">The winner.</param>
/// <param name="Candidates">Every candidate, in the order in which they were made.</param>
/// <param name="Verified">Every run on a training example that the metric confirmed, kept or not.</param>
/// <param name="Usage">Calls and tokens of the whole search.</param>
/// <param name="Stopped">Why the search ended early; <see langword="null"/> when it did not.</param>
public sealed record OptimizationResult<T>(
    IPromptProgram<T> Program,
    Candidate<T> Best,
    ImmutableArray<Candidate<T>> Candidates,
    ImmutableArray<ExampleResult<T>> Verified,
    Usage Usage,
    string? Stopped)
    where T : class, ISignature<T>
{
    /// <summary>What did not go as planned and did not end the search, such as a proposal that could not be read.</summary>
    public ImmutableArray<string> Notes { get; init; } = [];

    /// <summary>How much of the prompts repeats the beginning of others, for searches that measure it: <see cref="DemoSearch{T}"/>.</summary>
    public PromptSharing? Sharing { get; init; }

    /// <summary>The best of some of the candidates, by the same rule as <see cref="Best"/>; <see langword="null"/> when there is none.</summary>
    public Candidate<T>? BestOf(Func<Candidate<T>, bool> some) => CandidateRace<T>.Ranked(Candidates.Where(some)).FirstOrDefault();
}

/// <summary>One state that a search considered.</summary>
/// <typeparam name="T">The signature.</typeparam>
/// <param name="Name">How it was made.</param>
/// <param name="State">Instructions and demonstrations.</param>
/// <param name="Status">What became of it.</param>
/// <param name="Evaluation">Its results on the validation examples that it was tried on; <see langword="null"/> when it was tried on none.</param>
/// <param name="SameAs">The earlier candidate with the same state, for a <see cref="CandidateStatus.Duplicate"/>.</param>
public sealed record Candidate<T>(string Name, ProgramState State, CandidateStatus Status, Evaluation<T>? Evaluation = null, string? SameAs = null)
    where T : class, ISignature<T>
{
    /// <summary>The mean score on the validation examples it was tried on, from 0 to 1; <see langword="null"/> when it was tried on none.</summary>
    public double? Score => Evaluation is { Results.Length: > 0 } e ? e.Total / e.Results.Length : null;

    /// <summary>Calls and tokens of its evaluation.</summary>
    public Usage Usage => Evaluation?.Usage ?? default;
}

/// <summary>What became of a candidate.</summary>
public enum CandidateStatus
{
    /// <summary>Tried on every validation example.</summary>
    Evaluated,

    /// <summary>Did no better than what it was made from on a first few examples, and was not tried further.</summary>
    Rejected,

    /// <summary>Left the race once it could not win any more.</summary>
    OutOfReach,

    /// <summary>Has the state of an earlier candidate.</summary>
    Duplicate,

    /// <summary>Not tried to the end: there was nothing to try it on, or no budget left.</summary>
    NotEvaluated,
}

/// <summary>A step of a search.</summary>
/// <param name="Phase">What is being done.</param>
/// <param name="Done">How many of the phase's runs are done.</param>
/// <param name="Total">How many runs the phase has at most.</param>
public sealed record OptimizationEvent(OptimizationPhase Phase, int Done, int Total);

/// <summary>The phases of a search.</summary>
public enum OptimizationPhase
{
    /// <summary>Training examples are run to collect verified demonstrations.</summary>
    Bootstrapping,

    /// <summary>New instructions are asked for.</summary>
    Proposing,

    /// <summary>Candidates are tried on validation examples.</summary>
    Validating,
}
