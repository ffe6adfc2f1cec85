using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace SynthesizeMe.Optimizers;

/// <summary>One line of a run's record.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "event")]
[JsonDerivedType(typeof(RunStarted), "started")]
[JsonDerivedType(typeof(RunStage), "stage")]
[JsonDerivedType(typeof(RunCall), "call")]
[JsonDerivedType(typeof(RunCandidate), "candidate")]
[JsonDerivedType(typeof(RunDecision), "decision")]
[JsonDerivedType(typeof(RunRow), "row")]
[JsonDerivedType(typeof(RunFinished), "finished")]
public abstract record RunEvent;

/// <summary>The first line: what was asked for.</summary>
/// <param name="Command">What is run, such as <c>fit</c>: lower-case letters, digits and hyphens.</param>
/// <param name="Arguments">How it was asked for. Whoever writes the record keeps secrets out of it.</param>
/// <param name="Model">The model.</param>
/// <param name="Seed">What everything that is drawn is decided by.</param>
/// <param name="Data">A hash of the data; empty when there are none.</param>
/// <param name="Version">The version of the tool or library.</param>
/// <param name="At">When it began.</param>
public sealed record RunStarted(
    string Command, ImmutableArray<string> Arguments, string Model, int Seed, string Data, string Version, DateTimeOffset At) : RunEvent
{
    /// <summary>The schema that this library writes, and the newest that it reads.</summary>
    public const int CurrentSchema = 1;

    /// <summary>The version of the record's form.</summary>
    public int Schema { get; init; } = CurrentSchema;

    /// <summary>The run's name, which is also its file's; <see cref="RunWriter.Create"/> gives it.</summary>
    public string Id { get; init; } = "";
}

/// <summary>A stage is under way: its first steps are done.</summary>
/// <param name="Subject">Whom or what it is about, such as a person's id; empty when the run is about one thing.</param>
/// <param name="Stage">The stage.</param>
/// <param name="Total">How many steps it has at most.</param>
public sealed record RunStage(string Subject, string Stage, int Total) : RunEvent;

/// <summary>A prompt was answered, or failed.</summary>
/// <param name="Prompt">Its <see cref="ReplyKey"/>, by which a reply store has the reply; <see langword="null"/> where it has none.</param>
/// <param name="Paid">Whether the model was asked; false when the reply came from a store.</param>
/// <param name="Input">The tokens of the prompt.</param>
/// <param name="Output">The tokens of the reply.</param>
/// <param name="Failure">The kind of failure; <see langword="null"/> when it was answered.</param>
public sealed record RunCall(string? Prompt, bool Paid, long Input, long Output, string? Failure = null) : RunEvent;

/// <summary>A candidate was tried.</summary>
/// <param name="Subject">As for <see cref="RunStage"/>.</param>
/// <param name="Stage">The stage that made it; the one that decides comes last.</param>
/// <param name="Name">How it was made.</param>
/// <param name="Status">What became of it.</param>
/// <param name="Score">The mean score, from 0 to 1; <see langword="null"/> when it was not tried.</param>
/// <param name="Verified">Its demonstrations with verified reasoning.</param>
/// <param name="Labelled">Its labelled demonstrations.</param>
/// <param name="Calls">The calls of its evaluation.</param>
public sealed record RunCandidate(string Subject, string Stage, string Name, string Status, double? Score, int Verified, int Labelled, int Calls) : RunEvent
{
    /// <summary>What it is expected to gain on the one to beat, where that is what decides; <see langword="null"/> where it is not.</summary>
    public double? ExpectedGain { get; init; }
}

/// <summary>A search was decided.</summary>
/// <param name="Subject">As for <see cref="RunStage"/>.</param>
/// <param name="Stage">The stage of the candidates among which it was decided.</param>
/// <param name="Winner">The name of the winner.</param>
/// <param name="Rule">By what it won, in words: the first of several measures that differs decides.</param>
/// <param name="Pairs">On how many examples the winner was tried.</param>
/// <param name="Score">The sum of its scores on them.</param>
/// <param name="Consistent">On how many of them it gave the same answer in every view.</param>
/// <param name="Calls">The calls of the whole search, replies from a store included.</param>
/// <param name="Input">The tokens of its prompts.</param>
/// <param name="Output">The tokens of the replies.</param>
/// <param name="Notes">What is to be known of it.</param>
/// <param name="Stopped">Why it ended early; <see langword="null"/> when it did not.</param>
public sealed record RunDecision(
    string Subject,
    string Stage,
    string Winner,
    string Rule,
    int Pairs,
    double Score,
    int Consistent,
    int Calls,
    long Input,
    long Output,
    ImmutableArray<string> Notes,
    string? Stopped) : RunEvent;

/// <summary>A row of a table that the run ends in.</summary>
/// <param name="Table">The table.</param>
/// <param name="Cells">Its cells, in the order of the columns.</param>
public sealed record RunRow(string Table, ImmutableArray<RunCell> Cells) : RunEvent;

/// <summary>A cell.</summary>
/// <param name="Column">The column.</param>
/// <param name="Value">What it says, if it is a number.</param>
/// <param name="Text">What it says, if it is none.</param>
public sealed record RunCell(string Column, double? Value = null, string? Text = null);

/// <summary>The last line. Without it the run was killed.</summary>
/// <param name="Outcome">How it ended.</param>
/// <param name="Reason">Why, when it did not end as it should.</param>
/// <param name="At">When it ended.</param>
public sealed record RunFinished(RunOutcome Outcome, string? Reason, DateTimeOffset At) : RunEvent;

/// <summary>How a run ended.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<RunOutcome>))]
public enum RunOutcome
{
    /// <summary>It was killed, or it is still running: its record has no last line.</summary>
    Unfinished,

    /// <summary>It came to its end.</summary>
    Done,

    /// <summary>It waits for replies of a batch.</summary>
    Waiting,

    /// <summary>It was stopped by who ran it.</summary>
    Stopped,

    /// <summary>It failed, or its budget was spent.</summary>
    Failed,
}
