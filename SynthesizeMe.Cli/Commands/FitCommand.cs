using System.CommandLine;
using SynthesizeMe.Optimizers;

namespace SynthesizeMe.Cli;

/// <summary><c>fit</c>: learns people's preferences and saves their judges.</summary>
internal sealed class FitCommand
{
    private const string About =
        """
        Learns what a person prefers and saves a judge that predicts their next choice. Prints the persona, the demonstrations and how the judge
        did on pairs that it was not made from, against a judge that is told nothing.
        """;

    private const string Notes =
        """
        Examples:
          synthesizeme fit people.jsonl --user asha --output judges
          synthesizeme fit people.jsonl --all --output judges --json > fits.json
          synthesizeme fit reader.jsonl --output . --model ollama:llama3.2 --parallel 2
          synthesizeme fit people.jsonl --all --output judges --model openai:gpt-4o-mini --batch batch

        Writes DIR/ID.judge.json for each user; an id that is no plain file name is changed, and gets a hash.
        With --all, users with too few pairs are named and left out. The store is an SQLite file; a run that was
        stopped in whatever way ends, when it is started again, as if it had not been, and pays for no reply twice.
        """;

    private readonly Invocation _call;
    private readonly ModelSession _session;
    private readonly RunLog _log;
    private readonly SynthesisOptions _synthesis;
    private readonly string _output;
    private readonly List<FittedUser> _fits = [];
    private readonly List<SkippedUser> _skipped = [];

    private FitCommand(Invocation call, ModelSession session, RunLog log, SynthesisOptions synthesis, string output)
    {
        _call = call;
        _session = session;
        _log = log;
        _synthesis = synthesis;
        _output = output;
    }

    /// <summary>Describes the command.</summary>
    public static Command Create(Surroundings surroundings, ModelOptions options)
    {
        var user = new Option<string?>("--user") { Description = "The user to fit; not needed when the file has only one.", HelpName = "ID" };
        var all = new Option<bool>("--all") { Description = "Fit every user of the file, one after the other." };
        var output = new Option<string>("--output", "-o") { Description = "The directory for the judges; it is made if need be.", HelpName = "DIR", Required = true };
        var program = new Option<string?>("--persona-program")
        {
            Description = "Instructions and demonstrations for writing the persona, such as import-dspy writes. [default: the tool's own]",
            HelpName = "FILE",
        };
        ModelOptions.RequireDirectory(output);
        var command = new DocumentedCommand("fit", About, Notes) { user, all, output, program };
        var data = new DataOptions(command);
        var replies = new StoreOptions(command, $"DIR/{StoreOptions.FileName}");
        var runs = new RunOptions(command, $"DIR/{RunOptions.FolderName}");
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var call = new Invocation(surroundings, options, parsed);
            if (parsed.GetValue(all) && parsed.GetValue(user) is not null)
            {
                throw new UsageException("--user picks one user, and --all all of them; leave one out");
            }

            replies.Require(call);
            IReadOnlyList<PreferencePair> pairs = await data.ReadAsync(parsed, call.Errors, cancellationToken);
            PreferencePair[][] people = PreferenceInput.Pick(data.Path(parsed), pairs, parsed.GetValue(user), parsed.GetValue(all));
            SynthesisOptions synthesis = data.Synthesis(parsed, options) with
            {
                Budget = call.Budget,
                PersonaProgram = parsed.GetValue(program) is { } file ? await PersonaProgramInput.ReadAsync(file, cancellationToken) : null,
            };
            if (runs.IsDryRun(parsed))
            {
                return PlanText.OfFits(call, people, synthesis);
            }

            string directory = parsed.GetValue(output)!;
            Directory.CreateDirectory(directory);
            using RunLog log = runs.Begin(call, Path.Combine(directory, RunOptions.FolderName), people.SelectMany(p => p));
            return await log.WatchAsync(async () =>
            {
                using ModelSession session = replies.Open(call, Path.Combine(directory, StoreOptions.FileName), log);
                return await new FitCommand(call, session, log, synthesis, directory).RunAsync(people, cancellationToken);
            });
        });
        return command;
    }

    private async Task<int> RunAsync(PreferencePair[][] people, CancellationToken cancellationToken)
    {
        Exception? interruption = null;
        string? at = null;
        for (int i = 0; i < people.Length && interruption is null; i++)
        {
            at = people[i][0].UserId;
            try
            {
                interruption = await FitOneAsync(people, i, cancellationToken);
            }
            catch (TooFewPairsException e)
            {
                _skipped.Add(new(at, e.Message));
                _call.Errors.Warn(e.Message);
            }
            catch (ReplyMissingException)
            {
                // The others can be gone on with.
            }
            catch (Exception e) when (ErrorReporter.ExitCodeOf(e) is ExitCodes.Model or ExitCodes.Stopped)
            {
                interruption = e;
            }
        }

        if (interruption is null && await _session.WriteRequestsAsync(_call.Errors, cancellationToken) is { } waiting)
        {
            return waiting;
        }

        if (_call.Json && (_fits.Count > 0 || people.Length > 1))
        {
            _call.Write(Document(people, interruption), Documents.Readable.FitDocument);
        }

        return Conclude(people, interruption, at);
    }

    /// <summary>Fits one person and saves the judge.</summary>
    /// <returns>What ended the fit early; <see langword="null"/> when nothing did.</returns>
    private async Task<Exception?> FitOneAsync(PreferencePair[][] people, int index, CancellationToken cancellationToken)
    {
        string user = people[index][0].UserId;
        string name = PreferenceInput.Name(user);
        int missing = _session.Missing;
        Fit fit = await _call.Progress.ShowAsync(
            name,
            progress => new PersonaSynthesizer(_session.Client, _synthesis).FitAsync(
                people[index], new FitSteps(progress, name, index, people.Length, step => _log.Step(user, step)), cancellationToken));
        if (_session.Missing > missing)
        {
            // Something went on without a reply that is still to come: what came of it is no judge.
            return null;
        }

        _log.Decided(user, fit, _synthesis.Effort);
        Exception? early = fit.Stopped is { } reason ? new FitStoppedException(reason) : null;
        if (early is not null && fit.Judge.Method == JudgeMethod.Generic)
        {
            // It came no further than the judge that is told nothing: there is nothing to keep.
            return early;
        }

        string file = Path.Combine(_output, ArtefactNames.Of(user));

        // Saving takes no time, and what was paid for is kept even when the user stops just now.
        await fit.Judge.SaveAsync(file, CancellationToken.None);
        FittedUser fitted = Describe(user, fit, file);
        _fits.Add(fitted);
        if (!_call.Json)
        {
            FitText.Write(_call.Out, fitted);
        }

        return early;
    }

    private int Conclude(PreferencePair[][] people, Exception? interruption, string? at)
    {
        if (interruption is not null)
        {
            _log.Interrupted(interruption);
            int code = _call.Errors.Report(interruption, ErrorReporter.ExitCodeOf(interruption) == ExitCodes.Stopped ? null : at);
            if (people.Length > 1 || _fits.Count > 0)
            {
                string[] left = NotFitted(people);
                string kept = _fits.Count == 0 ? "Nothing was finished." : $"Finished and kept in {_output}: {PreferenceInput.Named(_fits.Select(f => f.Stopped is null ? f.User : $"{f.User} (ended early)"))}.";
                _call.Errors.Note(left.Length == 0 ? kept : $"{kept} Not fitted: {PreferenceInput.Named(left)}.");
            }

            return code;
        }

        if (people.Length > 1)
        {
            _call.Errors.Note($"{Figures.Count(_fits.Count, "user")} fitted, {Figures.Count(_skipped.Count)} left out, in {_output}");
        }

        return _fits.Count > 0 ? ExitCodes.Done : ExitCodes.BadInput;
    }

    private FitDocument Document(PreferencePair[][] people, Exception? interruption) => new(
        _call.Model.ToString(),
        _synthesis.Seed,
        [.. _fits],
        [.. _skipped],
        [.. NotFitted(people)],
        interruption is null ? null : _call.Errors.Describe(interruption));

    private string[] NotFitted(PreferencePair[][] people) =>
        [.. people.Select(p => p[0].UserId).Except(_fits.Select(f => f.User)).Except(_skipped.Select(s => s.User))];

    private static FittedUser Describe(string user, Fit fit, string file)
    {
        JudgeArtefact judge = fit.Judge.Artefact;
        Reliability generic = fit.Judges[JudgeMethod.Generic].Artefact.Reliability;
        int verified = judge.Demos.Count(d => d.Verified);
        return new(
            user,
            Figures.Name(judge.Method),
            fit.Judges.Values.Select(j => j.Persona).FirstOrDefault(p => p is not null),
            new(verified, judge.Demos.Length - verified),
            new(judge.Reliability.Pairs, Accuracy(generic), Accuracy(judge.Reliability)),
            fit.Usage.Calls,
            fit.Usage.InputTokenCount,
            fit.Usage.OutputTokenCount,
            file,
            fit.Stopped,
            judge.Provenance.Notes);

        static double? Accuracy(Reliability reliability) => reliability.Pairs == 0 ? null : reliability.Accuracy;
    }
}
