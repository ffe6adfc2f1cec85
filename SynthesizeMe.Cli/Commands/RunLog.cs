using Microsoft.Extensions.AI;
using SynthesizeMe.Optimizers;

namespace SynthesizeMe.Cli;

/// <summary>Writes the record of one run, where one is kept.</summary>
/// <param name="call">The invocation.</param>
/// <param name="writer">The record; <see langword="null"/> where none is kept.</param>
internal sealed class RunLog(Invocation call, RunWriter? writer) : IDisposable
{
    private const string FinalChoice = "final choice";
    private const string Evidence = ", then demonstrations with verified reasoning, then demonstrations, then a persona";

    private readonly Lock _lock = new();
    private readonly HashSet<(string, FitStage)> _stages = [];
    private string? _reason;

    /// <summary>The model, behind its store where there is one, with every prompt written down.</summary>
    public IChatClient Record(IChatClient client) => writer is null ? client : new RunCallsChatClient(client, writer);

    /// <summary>Writes down a stage when it begins.</summary>
    public void Step(string user, FitProgress step)
    {
        bool begins;
        lock (_lock)
        {
            begins = _stages.Add((user, step.Stage));
        }

        if (begins)
        {
            writer?.Append(new RunStage(user, FitSteps.Describe(step.Stage), step.Total));
        }
    }

    /// <summary>Writes down what became of a person's fit, candidate by candidate.</summary>
    public void Decided(string user, Fit fit, FitEffort effort)
    {
        JudgeArtefact judge = fit.Judge.Artefact;
        foreach (CandidateRecord c in judge.Provenance.Candidates)
        {
            writer?.Append(new RunCandidate(user, c.Stage, c.Name, c.Status, c.Score, c.Verified, c.Labelled, c.Calls) { ExpectedGain = c.ExpectedGain });
        }

        string rule = effort == FitEffort.Published
            ? $"The score on the validation pairs{Evidence}; the generic judge where nothing scores higher."
            : $"What it is expected to gain on the generic judge{Evidence}; the generic judge where nothing is expected to gain.";
        Reliability seen = judge.Reliability;
        writer?.Append(new RunDecision(
            user, FinalChoice, judge.Method.ToString(), rule, seen.Pairs, seen.Score, seen.Consistent,
            fit.Usage.Calls, fit.Usage.InputTokenCount, fit.Usage.OutputTokenCount, judge.Provenance.Notes, fit.Stopped));
    }

    /// <summary>Writes down a table.</summary>
    public void Table(IEnumerable<RunRow> rows)
    {
        foreach (RunRow row in rows)
        {
            writer?.Append(row);
        }
    }

    /// <summary>Remembers what ended the run early.</summary>
    public void Interrupted(Exception cause) => _reason = call.Errors.Describe(cause);

    /// <summary>Runs, and writes down how it ended.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> WatchAsync(Func<Task<int>> run)
    {
        int code = ExitCodes.Defect;
        try
        {
            return code = await run();
        }
        catch (Exception e)
        {
            code = ErrorReporter.ExitCodeOf(e);
            Interrupted(e);
            throw;
        }
        finally
        {
            writer?.Append(new RunFinished(
                code switch
                {
                    ExitCodes.Done => RunOutcome.Done,
                    ExitCodes.Waiting => RunOutcome.Waiting,
                    ExitCodes.Stopped => RunOutcome.Stopped,
                    _ => RunOutcome.Failed,
                },
                _reason,
                call.Surroundings.Time.GetUtcNow()));
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (writer?.Fault is { } fault)
        {
            call.Errors.Warn($"{writer.Path}: the record of the run is not complete. {fault.Message}");
        }

        writer?.Dispose();
    }
}
