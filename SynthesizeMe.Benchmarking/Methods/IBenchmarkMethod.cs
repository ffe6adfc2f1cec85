using SynthesizeMe.Signatures;

namespace SynthesizeMe.Benchmarking;

/// <summary>
/// A way of predicting what a person prefers: a line of the benchmark's table. It is prepared once for a data set, then for each person, and then asked
/// about that person's test pairs, without being told which completion was chosen.
/// </summary>
public interface IBenchmarkMethod
{
    /// <summary>Its name in <c>--methods</c>, tables and records: short, lower case, without blanks.</summary>
    string Name { get; }

    /// <summary>What it does, in one sentence.</summary>
    string About { get; }

    /// <summary>What must be there before it is prepared.</summary>
    BenchmarkNeeds Needs { get; }

    /// <summary>The most calls of the chat model that a test pair takes, both orders together; 0 for a method that asks none.</summary>
    int CallsPerPair { get; }

    /// <summary>Prepares it for a data set.</summary>
    /// <param name="training">All that may be learned from: no test pair is in it.</param>
    /// <param name="cancellationToken">Stops at once.</param>
    /// <returns>The method, or why these data have none.</returns>
    Task<PreparedMethod> PrepareAsync(TrainingData training, CancellationToken cancellationToken = default);
}

/// <summary>What a method needs.</summary>
[Flags]
public enum BenchmarkNeeds
{
    /// <summary>Nothing: it sees the completions only.</summary>
    None = 0,

    /// <summary>The chat model.</summary>
    ChatModel = 1,

    /// <summary>The fit of the person at hand; every method that needs it shares one.</summary>
    Fit = 2,

    /// <summary>The training pairs of everyone in the data set.</summary>
    EveryonesPairs = 4,

    /// <summary>The fits of everyone in the data set: it is prepared, and asked, when all other methods are through with everyone.</summary>
    EveryonesFits = Fit | 8,

    /// <summary>What the data say of the person.</summary>
    Demographics = 16,
}

/// <summary>Decides about a test pair, in both orders.</summary>
/// <param name="question">The pair.</param>
/// <param name="cancellationToken">Stops at once.</param>
/// <exception cref="NotSupportedException">The model cannot do what the method asks of it; then the method has no figures for these data.</exception>
public delegate Task<MethodAnswer> AnswerPair(TestQuestion question, CancellationToken cancellationToken);

/// <summary>Prepares a method for a person.</summary>
/// <param name="person">The person.</param>
/// <param name="cancellationToken">Stops at once.</param>
public delegate Task<PersonMethod> TakePerson(BenchmarkPerson person, CancellationToken cancellationToken);

/// <summary>A method that is prepared for a data set, or the reason why it is not.</summary>
public sealed record PreparedMethod
{
    private PreparedMethod()
    {
    }

    /// <summary>Prepares it for a person; <see langword="null"/> when there is a reason against it.</summary>
    public TakePerson? Take { get; private init; }

    /// <summary>Why the method has no figures for these data; <see langword="null"/> when it has.</summary>
    public string? NotAvailable { get; private init; }

    /// <summary>It is ready.</summary>
    public static PreparedMethod Ready(TakePerson take) => new() { Take = take };

    /// <summary>It cannot be had.</summary>
    public static PreparedMethod None(string reason) => new() { NotAvailable = reason };
}

/// <summary>A method that is prepared for a person, or the reason why it is not.</summary>
public sealed record PersonMethod
{
    private PersonMethod()
    {
    }

    /// <summary>Decides about the person's test pairs; <see langword="null"/> when there is a reason against it.</summary>
    public AnswerPair? Answer { get; private init; }

    /// <summary>Another method that gives this person the same answers; where it is in the run, its answers are taken and not asked for again.</summary>
    public string? SameAs { get; init; }

    /// <summary>Why the method has no answer for this person; <see langword="null"/> when it has.</summary>
    public string? NotAvailable { get; private init; }

    /// <summary>It is ready.</summary>
    public static PersonMethod Ready(AnswerPair answer) => new() { Answer = answer };

    /// <summary>It cannot be had.</summary>
    public static PersonMethod None(string reason) => new() { NotAvailable = reason };
}

/// <summary>All of a data set that may be learned from.</summary>
/// <param name="Data">The data set's name.</param>
/// <param name="People">Everyone who is measured, in the order of the data.</param>
/// <param name="Seed">Decides everything that is drawn.</param>
public sealed record TrainingData(string Data, IReadOnlyList<BenchmarkPerson> People, int Seed);

/// <summary>What may be known of a person before they are tested.</summary>
/// <param name="User">The person, without test pairs.</param>
/// <param name="Fit">What was learned about them, where a method of the run needs it.</param>
public sealed record BenchmarkPerson(BenchmarkUser User, Fit? Fit)
{
    /// <summary>Who it is.</summary>
    public string Id => User.Id;

    /// <summary>The person's training pairs.</summary>
    public IReadOnlyList<PreferencePair> Pairs => User.Pairs;
}

/// <summary>A test pair without its answer: which of the completions stands where has nothing to do with which was chosen.</summary>
/// <param name="PairId">The pair.</param>
/// <param name="Context">The conversation that leads up to the completions.</param>
/// <param name="One">A completion.</param>
/// <param name="Other">The other one.</param>
public sealed record TestQuestion(string PairId, Conversation Context, string One, string Other);

/// <summary>What a method said in one order.</summary>
/// <param name="Said">What it named, in terms of the order it saw.</param>
/// <param name="Usage">Calls and tokens.</param>
/// <param name="Failure">Why it named nothing; <see langword="null"/> when it did.</param>
public readonly record struct OrderReply(Said Said, Usage Usage = default, string? Failure = null)
{
    /// <summary>There was no readable answer.</summary>
    public static OrderReply Failed(PromptParseException problem)
    {
        ArgumentNullException.ThrowIfNull(problem);
        return new(Said.Nothing, problem.Usage, problem.Message);
    }
}

/// <summary>What a method said in both orders.</summary>
/// <param name="OneFirst">With <see cref="TestQuestion.One"/> first.</param>
/// <param name="OtherFirst">With <see cref="TestQuestion.Other"/> first.</param>
/// <param name="Confidence">
/// The probability, 0.5 to 1, that the answer is right if both orders agree; <see langword="null"/> when the method has no such figure.
/// </param>
public readonly record struct MethodAnswer(OrderReply OneFirst, OrderReply OtherFirst, double? Confidence)
{
    /// <summary>The answer of a method that weighs completions one by one, so that their order cannot matter.</summary>
    /// <param name="lead">How much better <see cref="TestQuestion.One"/> is: below zero when it is worse; 0 is a tie.</param>
    /// <param name="confidence">The probability that it is right.</param>
    public static MethodAnswer Of(double lead, double? confidence) => new(
        new(lead > 0 ? Said.First : lead < 0 ? Said.Second : Said.Tie),
        new(lead > 0 ? Said.Second : lead < 0 ? Said.First : Said.Tie),
        confidence);
}
