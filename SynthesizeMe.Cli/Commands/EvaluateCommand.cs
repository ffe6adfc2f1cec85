using System.CommandLine;
using Microsoft.Extensions.AI;
using SynthesizeMe.Benchmarking;
using SynthesizeMe.Optimizers;

namespace SynthesizeMe.Cli;

/// <summary><c>evaluate</c>: measures every method on choices that no fit has seen.</summary>
internal static class EvaluateCommand
{
    /// <summary>More people at once would leave more of them unfinished when a run is stopped.</summary>
    private const int MostUsersAtOnce = 4;

    private const string About =
        """
        Fits each user on their earlier conversations and asks every method about their later ones, in both orders: no test pair is seen in
        fitting. Where the file marks pairs with split "test", those are the test.
        """;

    private const string Notes =
        """
        Examples:
          synthesizeme evaluate people.jsonl
          synthesizeme evaluate people.jsonl --test-fraction 0.3 --json > report.json
          synthesizeme evaluate people.jsonl --model openai:gpt-4o-mini --budget-calls 5000
          synthesizeme evaluate people.jsonl --model openai:gpt-4o-mini --batch batch

        Accuracy counts a pair whose two orders disagree as one half; its interval (95 %) draws whole users again.
        Position bias runs from -1 (always the second completion) to 1 (always the first).
        """;

    /// <summary>Describes the command.</summary>
    public static Command Create(Surroundings surroundings, ModelOptions options)
    {
        var fraction = new Option<double>("--test-fraction")
        {
            Description = "The share of each user's pairs, in the later conversations, that is tested on.",
            HelpName = "SHARE",
            DefaultValueFactory = _ => 0.5,
        };
        fraction.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<double>() is not (> 0 and < 1))
            {
                result.AddError($"{fraction.Name} takes a number between 0 and 1, such as 0.5.");
            }
        });
        var command = new DocumentedCommand("evaluate", About, Notes) { fraction };
        var data = new DataOptions(command);
        var replies = new StoreOptions(command, "INPUT.replies.sqlite beside the input; none for the offline model, which is free");
        var runs = new RunOptions(command, $"INPUT.{RunOptions.FolderName} beside the input");
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var call = new Invocation(surroundings, options, parsed);
            replies.Require(call);
            IReadOnlyList<PreferencePair> pairs = await data.ReadAsync(parsed, call.Errors, cancellationToken);
            var held = new HeldOutOptions
            {
                TestFraction = parsed.GetValue(fraction),
                Synthesis = data.Synthesis(parsed, options),

                // Within a budget, one after the other, so that it finishes as many people as it can.
                MaxParallelUsers = call.Budget is null ? Math.Min(options.Parallel(parsed), MostUsersAtOnce) : 1,
            };
            if (runs.IsDryRun(parsed))
            {
                return PlanText.OfEvaluation(call, pairs, held);
            }

            string? fallback = call.Model == ModelChoice.Offline ? null : DataFiles.Beside(data.Path(parsed), StoreOptions.FileName);
            using RunLog log = runs.Begin(call, DataFiles.Beside(data.Path(parsed), RunOptions.FolderName), pairs);
            return await log.WatchAsync(async () =>
            {
                using ModelSession session = replies.Open(call, fallback, log);
                return await RunAsync(call, session, log, pairs, held, cancellationToken);
            });
        });
        return command;
    }

    private static async Task<int> RunAsync(
        Invocation call, ModelSession session, RunLog log, IReadOnlyList<PreferencePair> pairs, HeldOutOptions held, CancellationToken cancellationToken)
    {
        IChatClient client = call.WithinBudget(session.Client);
        HeldOutReport report = await call.Progress.ShowAsync(
            "evaluating",
            progress => new HeldOutEvaluation(client, held).RunAsync(pairs, new Steps(progress, log, held.Synthesis.Effort), cancellationToken));
        if (report.Interruption is null or ReplyMissingException && await session.WriteRequestsAsync(call.Errors, cancellationToken) is { } waiting)
        {
            return waiting;
        }

        int measured = report.Measured.Count();
        log.Table(EvaluationRows.Methods(report));
        log.Table(EvaluationRows.Users(report));
        if (call.Json)
        {
            string? interrupted = report.Interruption is { } cause ? call.Errors.Describe(cause) : null;
            call.Write(EvaluationDocument.Of(report, call.Model.ToString(), interrupted), Documents.Readable.EvaluationDocument);
        }
        else if (measured > 0)
        {
            EvaluationText.Write(call.Out, report, call.Model.ToString());
        }

        foreach (UserOutcome user in report.Users.Where(u => u.Skipped is not null))
        {
            call.Errors.Warn($"user '{user.UserId}' is left out: {user.Skipped}");
        }

        if (report.Interruption is { } interruption)
        {
            log.Interrupted(interruption);
            int code = call.Errors.Report(interruption);
            call.Errors.Note(measured == 0
                ? "No user was finished."
                : $"The report is about the {Figures.Count(measured)} of {Figures.Count(report.Wanted, "user")} that were finished.");
            return code;
        }

        return measured > 0 ? ExitCodes.Done : throw new InputException("no user can be measured, for the reasons above. Collect choices from more conversations of each.");
    }

    private sealed class Steps(IProgress<ProgressStep> display, RunLog log, FitEffort effort) : IProgress<HeldOutProgress>
    {
        public void Report(HeldOutProgress value)
        {
            if (value.Fit is { } begun)
            {
                log.Step(value.UserId, begun);
            }
            else if (value.Fitted is { } fit)
            {
                log.Decided(value.UserId, fit, effort);
            }

            string done = $"{Figures.Count(value.UsersDone)} of {Figures.Count(value.Users, "user")} done";
            string at = value.Fit is { } step ? $"; {PreferenceInput.Name(value.UserId)}: {FitSteps.Describe(step.Stage)}" : "";
            display.Report(new(done + at, (double)value.UsersDone / value.Users));
        }
    }
}
