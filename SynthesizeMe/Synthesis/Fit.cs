using System.Collections.Immutable;
using SynthesizeMe.Optimizers;
using SynthesizeMe.Signatures;

namespace SynthesizeMe;

/// <summary>What was learned about one person.</summary>
/// <param name="Judge">The chosen judge.</param>
/// <param name="Judges">
/// A judge by every method that could be fitted; <see cref="JudgeMethod.Generic"/> always, those with a persona only where one was induced.
/// </param>
/// <param name="Split">How the pairs were divided.</param>
/// <param name="Usage">Calls and tokens of the whole fit.</param>
/// <param name="Stopped">Why the fit ended early, with what it had; <see langword="null"/> when it did not.</param>
public sealed record Fit(
    PersonalizedJudge Judge,
    ImmutableSortedDictionary<JudgeMethod, PersonalizedJudge> Judges,
    PreferenceSplit Split,
    Usage Usage,
    string? Stopped)
{
    /// <summary>
    /// For a pair, by its id, the persona that was induced without the pair's conversation (without the pair alone, where all are in one): what a model that learns
    /// from the pair may be told of the person. In <see cref="FitEffort.Published"/> the validation pairs have one only, in <see cref="FitEffort.Quick"/> none.
    /// </summary>
    public ImmutableDictionary<string, string> BlindPersonas { get; init; } = ImmutableDictionary<string, string>.Empty;
}

/// <summary>A step of a fit.</summary>
/// <param name="Stage">The stage.</param>
/// <param name="Done">How many of the step's runs are done.</param>
/// <param name="Total">How many runs the step has at most.</param>
public sealed record FitProgress(FitStage Stage, int Done, int Total);

/// <summary>The stages of a fit, in order.</summary>
public enum FitStage
{
    /// <summary>The judge, told nothing of the person, judges the training pairs, and right reasoning is kept.</summary>
    BootstrapReasoning,

    /// <summary>Subsets of the kept reasoning are compared.</summary>
    SelectReasoning,

    /// <summary>The persona is induced from the kept reasoning.</summary>
    SynthesizePersona,

    /// <summary>The judge that knows the persona judges the training pairs.</summary>
    BootstrapWithPersona,

    /// <summary>Subsets of the informative demonstrations are compared.</summary>
    SelectDemos,
}

/// <summary>How a <see cref="PersonaSynthesizer"/> fits.</summary>
public sealed record SynthesisOptions
{
    /// <summary>How thoroughly to search; <see cref="FitEffort.Standard"/> by default.</summary>
    public FitEffort Effort { get; init; }

    /// <summary>
    /// The number of subsets of demonstrations in each of the two searches of <see cref="FitEffort.Published"/> (10 by default, as in the paper, n = m = 10)
    /// and of <see cref="FitEffort.Thorough"/> (3 by default); the other efforts try none.
    /// </summary>
    public int? Candidates { get; init; }

    /// <summary>
    /// In <see cref="FitEffort.Published"/>, labelled demonstrations fill up to this many; 4 by default, as in the reference implementation. The other
    /// efforts show all that was not verified.
    /// </summary>
    public int MaxLabeledDemos { get; init; } = 4;

    /// <summary>The most tokens of judgements that the persona is induced from, estimated as four characters each; 12,000 by default.</summary>
    public int MaxPersonaTokens { get; init; } = 12_000;

    /// <summary>
    /// Instructions and demonstrations of <see cref="SynthesizePersona"/>, such as <see cref="PersonaPrograms"/> reads;
    /// <see langword="null"/> for its own instructions and no demonstration.
    /// </summary>
    public ProgramState? PersonaProgram { get; init; }

    /// <summary>Decides everything that is drawn.</summary>
    public int Seed { get; init; }

    /// <summary>The most calls at once; 8 by default. The result does not depend on it.</summary>
    public int MaxParallel { get; init; } = 8;

    /// <summary>What the fit may spend; <see langword="null"/> for no limit.</summary>
    public Budget? Budget { get; init; }

    /// <summary>How the model is called.</summary>
    public PredictOptions? Predict { get; init; }
}
