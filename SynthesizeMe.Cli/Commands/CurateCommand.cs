using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Microsoft.Extensions.AI;
using SynthesizeMe.Benchmarking;
using SynthesizeMe.Optimizers;

namespace SynthesizeMe.Cli;

/// <summary><c>curate</c>: makes a benchmark of personal taste out of people's choices.</summary>
internal sealed class CurateCommand
{
    private const string About =
        """
        Keeps of people's choices those that tell of taste: people with enough pairs, queries that people could answer differently, completions about
        which they could differ, no pair that all judges agree on; then splits each person's conversations in time order. Says what each step kept
        and why it dropped the rest.
        """;

    private const string Notes =
        """
        Examples:
          synthesizeme curate logs.jsonl -o bench.jsonl --model openai:gpt-4o-mini --judge openai:gpt-4o-mini \
            --judge ollama:llama3.2
          synthesizeme curate prism-alignment -o bench.jsonl --steps none --min-pairs 10
          synthesizeme curate arena -o bench.jsonl --steps queries,responses --model ollama:llama3.2

        DATA is a file or a directory: the tool's own JSON Lines, PersonalRewardBench, PRISM, Chatbot Arena or
        MT-Bench, as Parquet or JSON Lines. Writes the pairs with their splits and ratings to FILE, and the report
        beside it as NAME.curation.json. A run that was stopped, or whose budget was spent, goes on with the same
        command and pays for no reply twice.
        """;

    private readonly Argument<string> _data = new("DATA") { Description = "The choices: a file, or a directory as it was downloaded." };

    private readonly Option<string> _output = new("--output", "-o") { Description = "Where the kept pairs go.", HelpName = "FILE", Required = true };

    private readonly Option<string[]> _judges = new("--judge")
    {
        Description = "A model that judges without knowing the person; give two or more. --endpoint goes for judges of the same provider as --model.",
        HelpName = "MODEL",
        DefaultValueFactory = _ => [],
    };

    private readonly Option<string> _steps = new("--steps")
    {
        Description = "The steps that ask models: queries, responses and judges, parted by commas, or none.",
        HelpName = "STEPS",
        DefaultValueFactory = _ => "queries,responses,judges",
    };

    private readonly Option<bool> _skipBadLines = new("--skip-bad-lines") { Description = "Warn of rows that cannot be used, and go on without them." };

    private readonly Option<int> _minPairs = Number("--min-pairs", "The fewest pairs of a person, at first and at the end.", 5);

    private readonly Option<int> _minQuery = Number("--min-query-rating", "The lowest rating of a query, 1 to 5: how much the best answer depends on who asks.", 3, 1, 5);

    private readonly Option<int> _minResponse = Number("--min-response-rating", "The lowest rating of a pair, 1 to 5: how likely people disagree about it.", 3, 1, 5);

    private readonly Option<double> _maxAgreement = Number("--max-agreement", "The highest share of the judges' votes that may name the same completion.", 0.9, 0.5, 1);

    private readonly Option<double> _trainShare = Number("--train-share", "The share of a person's pairs to learn from.", 0.25, 0, 1);

    private readonly Option<double> _valShare = Number("--val-share", "The share of a person's pairs to choose by; the rest is to be measured on.", 0.15, 0, 1);

    /// <summary>Describes the command.</summary>
    public static Command Create(Surroundings surroundings, ModelOptions options)
    {
        var curate = new CurateCommand();
        ModelOptions.RequirePositive(curate._minPairs);
        var command = new DocumentedCommand("curate", About, Notes)
        {
            curate._data, curate._output, curate._judges, curate._steps, curate._minPairs, curate._minQuery, curate._minResponse, curate._maxAgreement,
            curate._trainShare, curate._valShare, curate._skipBadLines,
        };
        var replies = new StoreOptions(command, $"NAME.{StoreOptions.FileName} beside FILE; none where no model is paid", batches: false);
        command.SetAction((parsed, cancellationToken) => curate.RunAsync(new Invocation(surroundings, options, parsed), replies, cancellationToken));
        return command;
    }

    private async Task<int> RunAsync(Invocation call, StoreOptions replies, CancellationToken cancellationToken)
    {
        CurationOptions options = Options(call);
        ModelChoice[] judges = options.Steps.HasFlag(CurationSteps.Judges) ? [.. call.Parsed.GetValue(_judges)!.Select(j => Judge(call, j))] : [];
        bool rates = (options.Steps & (CurationSteps.Queries | CurationSteps.Responses)) != 0;
        Require(call, options, judges, rates);
        string path = call.Parsed.GetRequiredValue(_data);
        string output = call.Parsed.GetRequiredValue(_output);
        PreferenceDataSet set = await DataSetInput.ReadAsync(path, new(), call.Parsed.GetValue(_skipBadLines), call.Errors, cancellationToken);
        ModelChoice?[] models = [rates ? call.Model : null, .. judges];
        bool paid = models.Any(m => m is not null && m != ModelChoice.Offline);
        Budget? budget = call.Options.Spending(call.Parsed).Budget([.. models.OfType<ModelChoice>()], call.Surroundings.Time);
        using ModelSessions session = replies.OpenAll(call, models, paid ? DataFiles.Beside(output, StoreOptions.FileName) : null);
        IChatClient?[] clients = [.. session.Clients.Select(c => c is null || budget is null ? c : new BudgetChatClient(c, budget))];
        var curator = new Curator(clients[0], [.. judges.Zip(clients[1..], (j, c) => new CurationJudge($"{j}", c!))], options);
        CurationResult result;
        try
        {
            result = await call.Progress.ShowAsync("curating", progress => curator.RunAsync([.. set.Pairs], new Steps(progress), cancellationToken));
        }
        catch (Exception e) when (session.Path is { } store && ErrorReporter.ExitCodeOf(e) is ExitCodes.Model or ExitCodes.Stopped)
        {
            int code = call.Errors.Report(e);
            call.Errors.Note($"Nothing is written yet; what was answered is in {session.Path}, and the same command goes on from there.");
            return code;
        }

        result = result with { Source = set.Name, Rater = rates ? $"{call.Model}" : null };
        string report = await result.SaveAsync(output, CancellationToken.None);
        if (call.Json)
        {
            call.Out.Write(result.ToJson());
        }
        else
        {
            CurationText.Write(call.Out, result, output, report);
        }

        if (result.Pairs.IsEmpty)
        {
            call.Errors.Warn("no pair is left. Lower a threshold, or bring more choices of each person.");
        }

        return ExitCodes.Done;
    }

    private static void Require(Invocation call, CurationOptions options, ModelChoice[] judges, bool rates)
    {
        if (rates && call.Model == ModelChoice.Offline)
        {
            throw new UsageException("the offline model only judges: it cannot rate queries or responses. Name a language model with --model, or leave these out with --steps judges");
        }

        if (options.Steps.HasFlag(CurationSteps.Judges) && judges.Length < 2)
        {
            throw new UsageException("agreement needs at least two judges; name each with --judge, or leave them out with --steps queries,responses");
        }

        if (!(options.TrainShare > 0 && options.ValidationShare > 0 && options.TrainShare + options.ValidationShare < 1))
        {
            throw new UsageException("--train-share and --val-share are above 0, and together below 1");
        }
    }

    private CurationOptions Options(Invocation call) => new()
    {
        Steps = ParseSteps(call.Parsed.GetValue(_steps)!),
        MinPairs = call.Parsed.GetValue(_minPairs),
        MinQueryRating = call.Parsed.GetValue(_minQuery),
        MinResponseRating = call.Parsed.GetValue(_minResponse),
        MaxAgreement = call.Parsed.GetValue(_maxAgreement),
        TrainShare = call.Parsed.GetValue(_trainShare),
        ValidationShare = call.Parsed.GetValue(_valShare),
        Seed = call.Options.Seed(call.Parsed),
        MaxParallel = call.Options.Parallel(call.Parsed),
    };

    private static CurationSteps ParseSteps(string steps) => steps == "none" ? CurationSteps.None : steps
        .Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
        .Aggregate(CurationSteps.None, (all, step) => all | step switch
        {
            "queries" => CurationSteps.Queries,
            "responses" => CurationSteps.Responses,
            "judges" => CurationSteps.Judges,
            _ => throw new UsageException($"'{step}' is not a step; use queries, responses and judges, parted by commas, or none"),
        });

    private static ModelChoice Judge(Invocation call, string name)
    {
        ModelChoice judge = ModelChoice.Parse(name, null);
        return judge.Provider == call.Model.Provider ? judge with { Endpoint = call.Model.Endpoint } : judge;
    }

    private static Option<int> Number(string name, string description, int value, int low = int.MinValue, int high = int.MaxValue)
    {
        var option = new Option<int>(name) { Description = description, HelpName = "N", DefaultValueFactory = _ => value };
        option.Validators.Add(result => Check(result, name, result.GetValueOrDefault<int>(), low, high));
        return option;
    }

    private static Option<double> Number(string name, string description, double value, double low, double high)
    {
        var option = new Option<double>(name) { Description = description, HelpName = "SHARE", DefaultValueFactory = _ => value };
        option.Validators.Add(result => Check(result, name, result.GetValueOrDefault<double>(), low, high));
        return option;
    }

    private static void Check(OptionResult result, string name, double value, double low, double high)
    {
        if (!(value >= low && value <= high))
        {
            result.AddError(string.Create(CultureInfo.InvariantCulture, $"{name} takes a number from {low} to {high}, and not {value}."));
        }
    }

    private sealed class Steps(IProgress<ProgressStep> display) : IProgress<CurationProgress>
    {
        public void Report(CurationProgress value) =>
            display.Report(new($"{value.Step}: {Figures.Count(value.Done)} of {Figures.Count(value.Total)}", (double)value.Done / Math.Max(1, value.Total)));
    }
}
