using System.Collections.Immutable;
using SynthesizeMe.Optimizers;

namespace SynthesizeMe.Cli;

/// <summary>What <c>runs --json</c> writes.</summary>
/// <param name="Runs">The runs, the oldest first.</param>
internal sealed record RunsDocument(ImmutableArray<RunSummary> Runs);

/// <summary>A run in a line.</summary>
/// <param name="Id">Its id.</param>
/// <param name="File">Its record.</param>
/// <param name="Command">What was run.</param>
/// <param name="Arguments">How it was asked for, without secrets.</param>
/// <param name="Model">The model.</param>
/// <param name="Seed">The seed.</param>
/// <param name="Data">A hash of the data.</param>
/// <param name="Version">The version that ran.</param>
/// <param name="Started">When it began.</param>
/// <param name="Ended">When it ended; <see langword="null"/> when it was killed or goes on.</param>
/// <param name="Outcome"><c>done</c>, <c>waiting</c>, <c>stopped</c>, <c>failed</c> or <c>unfinished</c>.</param>
/// <param name="Reason">Why it did not end as it should.</param>
/// <param name="Decided">The searches that were decided: people, in a fit.</param>
/// <param name="Calls">The prompts that were answered or failed.</param>
/// <param name="Paid">Those that a model was asked, and not a store.</param>
/// <param name="InputTokens">The tokens of the paid prompts.</param>
/// <param name="OutputTokens">The tokens of their replies.</param>
internal sealed record RunSummary(
    string Id,
    string File,
    string Command,
    ImmutableArray<string> Arguments,
    string Model,
    int Seed,
    string Data,
    string Version,
    DateTimeOffset Started,
    DateTimeOffset? Ended,
    string Outcome,
    string? Reason,
    int Decided,
    int Calls,
    int Paid,
    long InputTokens,
    long OutputTokens)
{
    /// <summary>The summary of a record.</summary>
    public static RunSummary Of(RunRecord run)
    {
        RunCall[] calls = [.. run.Calls];
        RunCall[] paid = [.. calls.Where(c => c.Paid)];
        return new(
            run.Started.Id,
            run.Path,
            run.Started.Command,
            run.Started.Arguments,
            run.Started.Model,
            run.Started.Seed,
            run.Started.Data,
            run.Started.Version,
            run.Started.At,
            run.Finished?.At,
            run.Outcome.ToString().ToLowerInvariant(),
            run.Finished?.Reason,
            run.Decisions.Count(),
            calls.Length,
            paid.Length,
            paid.Sum(c => c.Input),
            paid.Sum(c => c.Output));
    }
}

/// <summary>What <c>runs show --json</c> writes.</summary>
/// <param name="Run">The run.</param>
/// <param name="IsCut">Whether its last line was cut, and left out.</param>
/// <param name="Decisions">What was decided, and why.</param>
/// <param name="Open">The stages that had begun of what was not decided.</param>
/// <param name="Rows">The rows of the tables that the run ended in.</param>
internal sealed record RunDocument(
    RunSummary Run, bool IsCut, ImmutableArray<DecisionDocument> Decisions, ImmutableArray<RunStage> Open, ImmutableArray<RunRow> Rows)
{
    /// <summary>What a record tells.</summary>
    public static RunDocument Of(RunRecord run)
    {
        ILookup<string, RunCandidate> candidates = run.Candidates.ToLookup(c => c.Subject, StringComparer.Ordinal);
        HashSet<string> decided = [.. run.Decisions.Select(d => d.Subject)];
        return new(
            RunSummary.Of(run),
            run.IsCut,
            [.. run.Decisions.Select(d => new DecisionDocument(d, [.. candidates[d.Subject]], [.. WhyItWon.Of(d, candidates[d.Subject])]))],
            [.. run.Events.OfType<RunStage>().Where(s => !decided.Contains(s.Subject))],
            [.. run.Rows]);
    }
}

/// <summary>A decision.</summary>
/// <param name="Decision">The winner, the rule, and what it took.</param>
/// <param name="Candidates">Every candidate, in the order in which they were made.</param>
/// <param name="Why">What spoke against each of the others, in words.</param>
internal sealed record DecisionDocument(RunDecision Decision, ImmutableArray<RunCandidate> Candidates, ImmutableArray<string> Why);
