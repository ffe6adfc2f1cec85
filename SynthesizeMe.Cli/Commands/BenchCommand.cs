using System.Collections.Immutable;
using System.CommandLine;
using Microsoft.Extensions.AI;
using SynthesizeMe.Benchmarking;
using SynthesizeMe.Optimizers;

namespace SynthesizeMe.Cli;

/// <summary><c>bench</c>: measures all methods on the choices of many people, and keeps all that came of it.</summary>
internal sealed class BenchCommand
{
    private const string About =
        """
        Measures methods, from the toss of a coin to persona, demonstrations and rubric, on the choices of many people: each user is fitted
        once on their earlier conversations, and every method is asked about the later ones in both orders. Several files give a table each,
        and one over all of them.
        """;

    private const string Notes =
        """
        Examples:
          synthesizeme bench people.jsonl --methods all --output bench
          synthesizeme bench a.jsonl b.jsonl --methods generic,persona,rubric --sample 50 --output bench
          synthesizeme bench people.jsonl --model openai:gpt-4o-mini --parallel 64 --prices prices.json --output bench
          synthesizeme bench people.jsonl --model openai:gpt-4o-mini --dry-run

        Methods, in the order of the table:
          random, longer, length-rule, style, style+user, direct, generic, demographics, history, persona, demos,
          persona+demos, chosen, rubric, self-consistency, reward, reward+user, reward+persona; and with
          --reward-endpoint served, served+persona

        Writes DIR/run.json, users.jsonl, results.jsonl, table.json, table.md and report.html, the page to look at. A
        run that was stopped in whatever way goes on from there when it is started again, and pays for no reply twice.
        A method that the data or the model cannot have says why.
        """;

    private readonly BenchOptions _options;
    private readonly DataOptions _data;
    private readonly StoreOptions _replies;
    private readonly RunOptions _runs;
    private readonly UsageMeter _meter = new();

    private BenchCommand(BenchOptions options, DataOptions data, StoreOptions replies, RunOptions runs) =>
        (_options, _data, _replies, _runs) = (options, data, replies, runs);

    /// <summary>Describes the command.</summary>
    public static Command Create(Surroundings surroundings, ModelOptions options)
    {
        var command = new DocumentedCommand("bench", About, Notes);
        var own = new BenchOptions(command);
        var data = new DataOptions(command, several: true);
        var replies = new StoreOptions(command, $"DIR/{StoreOptions.FileName}; none for the offline model, which is free");
        var runs = new RunOptions(command, $"DIR/{RunOptions.FolderName}", "Call no model and write nothing: say how many calls the run would make at most.");
        command.SetAction((parsed, cancellationToken) =>
        {
            var bench = new BenchCommand(own, data, replies, runs);
            Func<ModelChoice, IChatClient> open = surroundings.OpenModel;
            var metered = surroundings with { OpenModel = model => new MeteredChatClient(open(model), bench._meter) };
            return bench.RunAsync(new Invocation(metered, options, parsed), cancellationToken);
        });
        return command;
    }

    private async Task<int> RunAsync(Invocation call, CancellationToken cancellationToken)
    {
        _replies.Require(call);
        if (_replies.IsBatch(call))
        {
            _options.RequireNoOtherModels(call);
        }

        ParseResult parsed = call.Parsed;
        string? directory = _runs.IsDryRun(parsed) ? null : _options.Directory(parsed);
        BenchmarkOptions benchmark = Options(call);
        IReadOnlyList<PreferenceDataSet> data = await _data.ReadAllAsync(parsed, call.Errors, cancellationToken);
        using IEmbeddingGenerator<string, Embedding<float>> embeddings = OpenEmbeddings(call, directory);
        using RewardServer? served = _options.Served(call, () => Keep(call, directory, KeptScores.FileName, KeptScores.What));
        using IChatClient silent = call.Surroundings.OpenModel(call.Model with { IsCalled = false });

        // Says which methods are none, before anything is made.
        Benchmark planned = Over(silent);
        if (directory is null)
        {
            return Foresee(call, planned, data);
        }

        Directory.CreateDirectory(directory);
        using RunLog log = _runs.Begin(call, Path.Combine(directory, RunOptions.FolderName), data.SelectMany(d => d.Users).SelectMany(u => u.Pairs));
        return await log.WatchAsync(async () =>
        {
            using ModelSession session = _replies.Open(call, call.Model == ModelChoice.Offline ? null : Path.Combine(directory, StoreOptions.FileName), log);
            return await MeasureAsync(call, session, log, Over, benchmark, data, directory, cancellationToken);
        });

        Benchmark Over(IChatClient client) => new(client, _options.Methods(parsed, client, embeddings, served, benchmark), benchmark);
    }

    private async Task<int> MeasureAsync(
        Invocation call,
        ModelSession session,
        RunLog log,
        Func<IChatClient, Benchmark> over,
        BenchmarkOptions benchmark,
        IReadOnlyList<PreferenceDataSet> data,
        string directory,
        CancellationToken cancellationToken)
    {
        Benchmark run = over(call.WithinBudget(session.Client));
        var estimate = new RunEstimate(_meter, benchmark.Price, benchmark.People.MaxParallelUsers, call.Surroundings.Time);
        BenchmarkResult result = await call.Progress.ShowAsync("measuring", progress => run.RunAsync(data, new Steps(progress, estimate, log, benchmark.People.Synthesis.Effort), cancellationToken));
        if (result.Interruption is null or ReplyMissingException && await session.WriteRequestsAsync(call.Errors, cancellationToken) is { } waiting)
        {
            return waiting;
        }

        return await ReportAsync(call, result, log, directory);
    }

    private IEmbeddingGenerator<string, Embedding<float>> OpenEmbeddings(Invocation call, string? directory)
    {
        ModelChoice model = _options.Embeddings(call.Parsed) with { IsCalled = directory is not null };
        IEmbeddingGenerator<string, Embedding<float>> opened = call.OpenEmbeddings(model);
        return model.Provider != ModelProvider.Offline && Keep(call, directory, KeptEmbeddings.FileName, KeptEmbeddings.What) is { } kept
            ? new KeptEmbeddings(opened, model.Where, kept)
            : opened;
    }

    private KeptNumbers? Keep(Invocation call, string? directory, string name, string what) =>
        directory is null || _replies.KeepsNothing(call) ? null : new KeptNumbers(Path.Combine(directory, name), what);

    private BenchmarkOptions Options(Invocation call) => new()
    {
        People = new()
        {
            TestFraction = _options.TestFraction(call.Parsed),
            Synthesis = _data.Synthesis(call.Parsed, call.Options),

            // Within a budget, one after the other, so that it finishes as many people as it can. Else twice as many as there may be calls at once, because
            // a step of a fit may be a single call.
            MaxParallelUsers = call.Budget is null ? 2 * call.Options.Parallel(call.Parsed) : 1,
            MaxParallelQuestions = 2 * call.Options.Parallel(call.Parsed),
        },
        Samples = _options.Samples(call.Parsed),
        Confidence = _options.Confidence(call.Parsed),
        SampledUsers = _options.Sample(call.Parsed),
        Price = call.Options.Spending(call.Parsed).Price(call.Model),
        Model = call.Errors.Redact(call.Model.ToString()),
        Arguments = [.. call.Arguments],
    };

    private static int Foresee(Invocation call, Benchmark benchmark, IReadOnlyList<PreferenceDataSet> data)
    {
        var document = new DryRunDocument([.. data.Select(d => d.Name)], benchmark.CountPeople(data), benchmark.CountTestPairs(data), benchmark.WorstCaseCalls(data));
        if (call.Json)
        {
            call.Write(document, Documents.Readable.DryRunDocument);
            return ExitCodes.Done;
        }

        call.Out.Line($"{string.Join(", ", document.Data.Select(PlainText.OneLine))}: {Figures.Count(document.Users, "user")}, {Figures.Count(document.TestPairs, "test pair")}");
        call.Out.Line($"At most {Figures.Count(document.Calls, "call")}, if every reply has to be asked for twice and nothing can be left out. Nothing was called.");
        return ExitCodes.Done;
    }

    /// <summary>Writes what was finished, whether that is everything or not.</summary>
    private static async Task<int> ReportAsync(Invocation call, BenchmarkResult result, RunLog log, string directory)
    {
        BenchmarkRun run = result.Interruption is { } cause
            ? result.Run with { Run = result.Run.Run with { Interrupted = call.Errors.Describe(cause) } }
            : result.Run;
        var tables = BenchmarkTables.Of(run);
        int measured = run.Users.Count(u => u.Skipped is null);
        bool writes = (result.Interruption is null && measured > 0) || !await HoldsMoreAsync(directory, run);
        if (writes)
        {
            await Task.WhenAll(
                Task.Run(() => run.WriteAsync(directory, CancellationToken.None)),
                Task.Run(() => BenchmarkReport.WriteAsync(run, Path.Combine(directory, BenchmarkReport.HtmlFile), tables)),
                tables.WriteAsync(directory));
        }

        log.Table(tables.Tables.SelectMany(BenchText.Rows));
        if (call.Json)
        {
            call.Out.Write(tables.ToJson());
        }
        else if (measured > 0)
        {
            BenchText.Write(call.Out, tables);
        }

        foreach (UserRecord user in run.Users.Where(u => u.Skipped is not null))
        {
            call.Errors.Warn($"user '{user.User}' of {user.Data} is left out: {user.Skipped}");
        }

        if (result.Interruption is { } interruption)
        {
            log.Interrupted(interruption);
            int code = call.Errors.Report(interruption);
            int wanted = run.Run.DataSets.Sum(d => d.Users);
            call.Errors.Note(measured == 0
                ? "No user was finished."
                : $"The tables are about the {Figures.Count(measured)} of {Figures.Count(wanted, "user")} that were finished; the same command goes on from there.");
            NoteKept();
            return code;
        }

        if (run.Users.Any(u => u.Fit?.Spend.UncountedCalls > 0) || run.Results.Any(r => r.Spend.UncountedCalls > 0))
        {
            call.Errors.Warn("the model did not report the tokens of some calls: tokens and money are not all that was used");
        }

        NoteKept();
        return measured > 0 ? ExitCodes.Done : throw new InputException("no user can be measured, for the reasons above. Collect choices from more conversations of each.");

        void NoteKept()
        {
            if (!writes)
            {
                call.Errors.Note($"{directory} keeps the results of an earlier run, which has more; nothing in it was changed but what models gave.");
            }
        }
    }

    /// <summary>Whether a directory has the results of an earlier run, and more of them than a run that ended early.</summary>
    private static async Task<bool> HoldsMoreAsync(string directory, BenchmarkRun run)
    {
        try
        {
            return (await BenchmarkRun.ReadAsync(directory, CancellationToken.None)).Results.Length > run.Results.Length;
        }
        catch (Exception e) when (e is BenchmarkRunException or IOException)
        {
            // Nothing there, or nothing that could be kept.
            return false;
        }
    }

    private sealed class Steps(IProgress<ProgressStep> display, RunEstimate estimate, RunLog log, FitEffort effort) : IProgress<BenchmarkProgress>
    {
        public void Report(BenchmarkProgress value)
        {
            string subject = $"{value.Data}: {value.UserId}";
            if (value.Fit is { } begun)
            {
                log.Step(subject, begun);
            }
            else if (value.Fitted is { } fit)
            {
                log.Decided(subject, fit, effort);
            }

            string done = $"{Figures.Count(value.UsersDone)} of {Figures.Count(value.Users, "user")} done{estimate.Describe(value.UsersDone, value.Users)}";
            string at = value.Fit is { } step ? $"; {PreferenceInput.Name(value.UserId)}: {FitSteps.Describe(step.Stage)}" : "";
            display.Report(new(done + at, (double)value.UsersDone / value.Users));
        }
    }
}

/// <summary>What <c>bench --dry-run --json</c> writes.</summary>
/// <param name="Data">The data sets.</param>
/// <param name="Users">The people that would be measured.</param>
/// <param name="TestPairs">Their test pairs.</param>
/// <param name="Calls">The most calls of the model.</param>
internal sealed record DryRunDocument(ImmutableArray<string> Data, int Users, int TestPairs, long Calls);
