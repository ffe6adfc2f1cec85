using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using SynthesizeMe.Optimizers;

namespace SynthesizeMe.Benchmarking;

/// <summary>The figures of a run: <c>table.json</c>.</summary>
/// <param name="Schema">The version of the run's files.</param>
/// <param name="Model">The model.</param>
/// <param name="Seed">The seed of fits and intervals.</param>
/// <param name="Confidence">The confidence below which a method abstains.</param>
/// <param name="Tables">A table for each data set, and where there are several one over all of them, whose <see cref="BenchmarkTable.Data"/> is null.</param>
public sealed record BenchmarkTables(int Schema, string Model, int Seed, double Confidence, ImmutableArray<BenchmarkTable> Tables)
{
    /// <summary>The file that holds the tables as JSON.</summary>
    public const string JsonFile = "table.json";

    /// <summary>The file that holds them as Markdown.</summary>
    public const string MarkdownFile = "table.md";

    /// <summary>What ended the run early; <see langword="null"/> when nothing did.</summary>
    public string? Interrupted { get; init; }

    /// <summary>Adds up a run. The tables depend on its records only.</summary>
    public static BenchmarkTables Of(BenchmarkRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        IEnumerable<BenchmarkTable> tables = run.Run.DataSets.Select(d => BenchmarkTable.Of(run, d.Name));
        return new(
            run.Run.Schema,
            run.Run.Model,
            run.Run.Seed,
            run.Run.Settings.Confidence,
            [.. run.Run.DataSets.Length > 1 ? tables.Append(BenchmarkTable.Of(run, null)) : tables])
        {
            Interrupted = run.Run.Interrupted,
        };
    }

    /// <summary>The tables as JSON, indented.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, RunJson.Document.BenchmarkTables) + "\n";

    /// <summary>The tables as Markdown.</summary>
    public string ToMarkdown() => TableMarkdown.Of(this);

    /// <summary>Writes <c>table.json</c> and <c>table.md</c>; equal tables give equal bytes.</summary>
    /// <param name="directory">Where; it must be there.</param>
    /// <exception cref="IOException">A file cannot be written.</exception>
    public async Task WriteAsync(string directory)
    {
        await BenchmarkRun.ReplaceAsync(Path.Combine(directory, JsonFile), writer => writer.WriteAsync(ToJson())).ConfigureAwait(false);
        await BenchmarkRun.ReplaceAsync(Path.Combine(directory, MarkdownFile), writer => writer.WriteAsync(ToMarkdown())).ConfigureAwait(false);
    }
}

/// <summary>The figures of a data set.</summary>
public sealed record BenchmarkTable
{
    /// <summary>The data set; <see langword="null"/> for all of them together.</summary>
    public string? Data { get; init; }

    /// <summary>The people that were measured.</summary>
    public required int Users { get; init; }

    /// <summary>The methods, in the order of the run; those without figures say why.</summary>
    public required ImmutableArray<MethodRow> Methods { get; init; }

    /// <summary>How often each method was chosen; empty without fits.</summary>
    public required ImmutableSortedDictionary<string, int> Chosen { get; init; }

    /// <summary>What all fits used, those that came to nothing included.</summary>
    public required SpendRecord Fit { get; init; }

    /// <summary>The people that could not be measured, and why.</summary>
    public required ImmutableArray<SkippedPerson> Skipped { get; init; }

    /// <summary>The people that an interruption left.</summary>
    public required int Unfinished { get; init; }

    /// <summary>Whether anything of it is known in money.</summary>
    internal bool IsPriced => Fit.Cost is not null || Methods.Any(m => m.Cost is not null);

    /// <summary>What to know before reading the intervals.</summary>
    internal string? IntervalNote => Statistics.NoteOnIntervals(Users);

    /// <summary>Whether the tokens of some calls are not known.</summary>
    internal bool LacksTokens => Fit.UncountedCalls > 0 || Methods.Any(m => m.UncountedCalls > 0);

    internal static BenchmarkTable Of(BenchmarkRun run, string? data)
    {
        UserRecord[] users = [.. run.Users.Where(u => data is null || u.Data == data)];
        ILookup<string, ResultRecord> results = run.Results.Where(r => data is null || r.Data == data).ToLookup(r => r.Method, StringComparer.Ordinal);
        Dictionary<(string, string, string), double> generic = DifferenceFigures.Generic(results[BenchmarkMethods.Generic]);
        FitRecord[] fits = [.. users.Select(u => u.Fit).OfType<FitRecord>()];
        var methods = new MethodRow[run.Run.Methods.Length];
        Parallel.For(0, methods.Length, m => methods[m] = MethodRow.Of(run.Run, run.Run.Methods[m], [.. results[run.Run.Methods[m].Name]], generic, users, data));
        return new()
        {
            Data = data,
            Users = users.Count(u => u.Skipped is null),
            Methods = [.. methods],
            Chosen = fits.GroupBy(f => f.Chosen, StringComparer.Ordinal).ToImmutableSortedDictionary(g => g.Key, g => g.Count(), StringComparer.Ordinal),
            Fit = SpendRecord.Sum(fits.Select(f => f.Spend).Concat(users.Select(u => u.LostSpend).OfType<SpendRecord>()), run.Run.Price is not null),
            Skipped = [.. users.Where(u => u.Skipped is not null).Select(u => new SkippedPerson(u.Data, u.User, u.Skipped!))],
            Unfinished = run.Run.DataSets.Where(d => data is null || d.Name == data).Sum(d => d.Unfinished),
        };
    }
}

/// <summary>A person who was left out.</summary>
/// <param name="Data">The data set.</param>
/// <param name="User">The person.</param>
/// <param name="Reason">Why.</param>
public sealed record SkippedPerson(string Data, string User, string Reason);

/// <summary>A method's figures. Where it has none, <see cref="NotAvailable"/> says why, and all shares are absent.</summary>
public sealed record MethodRow
{
    /// <summary>The method.</summary>
    public required string Name { get; init; }

    /// <summary>The mean score over the test pairs, 0 to 1; a pair whose two orders disagree counts one half.</summary>
    public double? Accuracy { get; init; }

    /// <summary>The lower end of the 95 % interval, which draws whole people again.</summary>
    public double? Low { get; init; }

    /// <summary>The upper end.</summary>
    public double? High { get; init; }

    /// <summary>The test pairs that it was asked about.</summary>
    public required int Pairs { get; init; }

    /// <summary>The people whose pairs they are.</summary>
    public required int Users { get; init; }

    /// <summary>The pairs whose two orders disagree.</summary>
    public required int Inconsistent { get; init; }

    /// <summary>The share of the pairs whose two orders named the same completion.</summary>
    public double? Consistency { get; init; }

    /// <summary>The share of answers that named the first completion less the share that named the second: -1 to 1, 0 is unbiased.</summary>
    public double? PositionBias { get; init; }

    /// <summary>The share of the pairs that it answers when it abstains below the run's confidence.</summary>
    public double? Coverage { get; init; }

    /// <summary>Its accuracy on those; <see langword="null"/> where it abstains from all.</summary>
    public double? AnsweredAccuracy { get; init; }

    /// <summary>What it gains over the generic judge on the same pairs; <see langword="null"/> for that judge itself, and where it was not asked.</summary>
    public DifferenceFigures? Difference { get; init; }

    /// <summary>The calls of the test, without the fit.</summary>
    public required int Calls { get; init; }

    /// <summary>Those calls whose tokens the model did not report.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int UncountedCalls { get; init; }

    /// <summary>The tokens of its prompts.</summary>
    public required long InputTokens { get; init; }

    /// <summary>The tokens of the replies.</summary>
    public required long OutputTokens { get; init; }

    /// <summary>What the test costs; <see langword="null"/> without a price, or where the tokens of some calls are not known.</summary>
    public decimal? Cost { get; init; }

    /// <summary>The orders without a readable answer.</summary>
    public required int Failures { get; init; }

    /// <summary>Why there are no figures; <see langword="null"/> when there are.</summary>
    public string? NotAvailable { get; init; }

    internal static MethodRow Of(
        RunRecord run,
        RunMethod method,
        ResultRecord[] results,
        Dictionary<(string Data, string User, string Pair), double> generic,
        UserRecord[] users,
        string? data)
    {
        SpendRecord spend = SpendRecord.Sum(results.Select(r => r.Spend), run.Price is not null);
        MethodFigures figures = MethodFigures.Of(method.Name, [.. results.Select(r => (Group(r), r.ToOutcome()))], run.Seed);
        var row = new MethodRow
        {
            Name = method.Name,
            Pairs = results.Length,
            Users = results.Select(Group).Distinct(StringComparer.Ordinal).Count(),
            Inconsistent = figures.Inconsistent,
            Calls = spend.Calls,
            UncountedCalls = spend.UncountedCalls,
            InputTokens = spend.InputTokens,
            OutputTokens = spend.OutputTokens,
            Cost = spend.Cost,
            Failures = figures.Failures,
        };
        if (results.Length == 0)
        {
            return row with { NotAvailable = Reason(method, users, data) };
        }

        PairOutcome[] outcomes = [.. results.Select(r => r.ToOutcome())];
        PairOutcome[] answered = [.. outcomes.Where(o => o.IsAnswered(run.Settings.Confidence))];

        // Where a method seldom says how sure it is, whether it is sure enough cannot be told. A pair whose orders disagree is 0.5 whatever was said.
        PairOutcome[] consistent = [.. outcomes.Where(o => o.Consistent)];
        bool tells = 2 * consistent.Count(o => o.Confidence is null) <= consistent.Length;
        return row with
        {
            Accuracy = figures.Accuracy.Mean,
            Low = figures.Accuracy.Low,
            High = figures.Accuracy.High,
            Consistency = (double)outcomes.Count(o => o.Consistent) / outcomes.Length,
            PositionBias = results.Any(r => r.Forward is Said.First or Said.Second || r.Backward is Said.First or Said.Second) ? figures.PositionBias : null,
            Coverage = tells ? (double)answered.Length / outcomes.Length : null,
            AnsweredAccuracy = tells && answered.Length > 0 ? answered.Average(o => o.Score) : null,
            Difference = method.Name == BenchmarkMethods.Generic ? null : DifferenceFigures.Of(results, generic, run.Seed),
        };
    }

    /// <summary>What intervals are clustered by: the person, whose id alone may be another's in another data set.</summary>
    internal static string Group(ResultRecord result) => $"{result.Data}\n{result.User}";

    private static string Reason(RunMethod method, UserRecord[] users, string? data)
    {
        string[] reasons = [.. method.NotAvailable.Where(n => data is null || n.Key == data).Select(n => n.Value)
            .Concat(users.Select(u => u.NotAvailable.GetValueOrDefault(method.Name)).OfType<string>())
            .Distinct(StringComparer.Ordinal)];
        return reasons.Length > 0 ? string.Join("; ", reasons) : "nobody was measured";
    }
}

/// <summary>The mean difference of a method's score to the generic judge's on the same pairs, with its 95 % interval, which draws whole people again.</summary>
/// <param name="Mean">From -1 to 1; above zero the method is better.</param>
/// <param name="Low">The lower end.</param>
/// <param name="High">The upper end.</param>
/// <param name="Pairs">The pairs that both were asked about.</param>
public sealed record DifferenceFigures(double Mean, double Low, double High, int Pairs)
{
    internal static DifferenceFigures? Of(
        IEnumerable<ResultRecord> results, Dictionary<(string Data, string User, string Pair), double> generic, int seed)
    {
        (string Group, double Value)[] differences = Between(results, generic);
        if (differences.Length == 0)
        {
            return null;
        }

        Interval interval = Interval.Bootstrap(differences, seed);
        return differences.DistinctBy(d => d.Group, StringComparer.Ordinal).Skip(1).Any()
            ? new(interval.Mean, interval.Low, interval.High, differences.Length)
            : new(interval.Mean, -1, 1, differences.Length);
    }

    /// <summary>The generic judge's scores by data set, person and pair.</summary>
    internal static Dictionary<(string Data, string User, string Pair), double> Generic(IEnumerable<ResultRecord> results) =>
        results.Where(r => r.Method == BenchmarkMethods.Generic).ToDictionary(r => (r.Data, r.User, r.Pair), r => r.Score);

    /// <summary>By how much each result's score is above the generic judge's on the same pair, where that was asked; by person.</summary>
    internal static (string Group, double Value)[] Between(
        IEnumerable<ResultRecord> results, Dictionary<(string Data, string User, string Pair), double> generic) =>
        [.. results
            .Where(r => generic.ContainsKey((r.Data, r.User, r.Pair)))
            .Select(r => (MethodRow.Group(r), r.Score - generic[(r.Data, r.User, r.Pair)]))];
}
