using System.Collections.Immutable;
using SynthesizeMe.Optimizers;

namespace SynthesizeMe.Benchmarking;

/// <summary>What the report shows of a run, worked out from its records.</summary>
internal sealed class ReportFigures
{
    private static readonly string[] Headliners = ["chosen", "persona+demos", "persona", "demos", "history", "rubric", "demographics", "style+user", "reward+persona", "reward+user", "served+persona"];

    private static readonly string[] Personal = [.. Headliners, "length-rule", "self-consistency"];

    private readonly Lazy<Dictionary<(string Data, string User, string Pair), double>> _generic;

    /// <summary>Works them out.</summary>
    public ReportFigures(BenchmarkRun run, BenchmarkTables? tables = null)
    {
        Run = run;
        _generic = new(() => DifferenceFigures.Generic(run.Results));
        Tables = (tables ?? BenchmarkTables.Of(run)).Tables;
        Measured = [.. Overall.Methods.Where(m => m.NotAvailable is null)];
        Headline = Headliners.FirstOrDefault(name => Find(name)?.Difference is not null);
        People = Person.All(run, Headline);
    }

    /// <summary>The run.</summary>
    public BenchmarkRun Run { get; }

    /// <summary>The tables of the run, the one over everything last.</summary>
    public ImmutableArray<BenchmarkTable> Tables { get; }

    /// <summary>The table over everything.</summary>
    public BenchmarkTable Overall => Tables.IsEmpty ? new()
    {
        Users = 0,
        Methods = [],
        Chosen = ImmutableSortedDictionary<string, int>.Empty,
        Fit = new(0, 0, 0),
        Skipped = [],
        Unfinished = 0,
    }
    : Tables[^1];

    /// <summary>The methods that have figures, over everything.</summary>
    public ImmutableArray<MethodRow> Measured { get; }

    /// <summary>
    /// The method that stands for personalising in the report's sentences: what each fit chose, or where that was not asked, the one nearest to it. It is
    /// named beforehand and not picked by its figures. <see langword="null"/> when nothing personal can be compared with the generic judge.
    /// </summary>
    public string? Headline { get; }

    /// <summary>Everyone, in the order of the run.</summary>
    public ImmutableArray<Person> People { get; }

    /// <summary>Those of whom both the headline and the generic judge were asked about the same pairs.</summary>
    public IEnumerable<Person> Compared => People.Where(p => p.Gain is not null);

    /// <summary>A method's figures over everything; <see langword="null"/> where there are none.</summary>
    public MethodRow? Find(string? name) => Measured.FirstOrDefault(m => m.Name == name);

    /// <summary>How often chance gives as much of a difference to the generic judge as a method has; 1 where it was not asked about the same pairs.</summary>
    public double Chance(string method) => Statistics.SignFlipTest(
        [.. DifferenceFigures.Between(Run.Results.Where(r => r.Method == method), _generic.Value)
            .GroupBy(d => d.Group, d => d.Value, StringComparer.Ordinal)
            .Select(g => g.Sum())],
        Run.Run.Seed);

    /// <summary>Whether a method knows something of the person whom it is asked about.</summary>
    public static bool IsPersonal(string method) => Personal.Contains(method, StringComparer.Ordinal);

    /// <summary>The gain of the headline by the number of training pairs: at most five groups of about as many people each.</summary>
    public ImmutableArray<Group> ByTrainingPairs()
    {
        Person[] sorted = [.. Compared.OrderBy(p => p.Record.TrainingPairs)];
        var groups = ImmutableArray.CreateBuilder<Group>();
        const int Most = 5;
        for (int start = 0; start < sorted.Length;)
        {
            // Who ties with the last of a group belongs to it, so that what is left is divided again among the groups that are left.
            int left = sorted.Length - start;
            int end = start + (int)Math.Round(left / (double)Math.Clamp(left / Statistics.FewestPeople, 1, Math.Max(1, Most - groups.Count)));
            while (end < sorted.Length && sorted[end].Record.TrainingPairs == sorted[end - 1].Record.TrainingPairs)
            {
                end++;
            }

            groups.Add(Group.Of(sorted[start..end], Run.Run.Seed));
            start = end;
        }

        return groups.DrainToImmutable();
    }

    /// <summary>How often a method was right by how sure it was, in bins of ten points; empty for one that never says how sure it is.</summary>
    public ImmutableArray<ConfidenceBin> Calibration(string method) =>
        [.. Run.Results
            .Where(r => r.Method == method && r.Confidence is not null)
            .GroupBy(r => Math.Clamp((int)Math.Floor(((r.Confidence!.Value - 0.5) * 10) + 1e-9), 0, 4))
            .OrderBy(g => g.Key)
            .Select(g => new ConfidenceBin(0.5 + (g.Key / 10.0), g.Count(), g.Average(r => r.Confidence!.Value), Within(g.Select(r => (MethodRow.Group(r), r.Score)))))];

    /// <summary>A method's position bias with its 95 % interval; <see langword="null"/> where it named nothing.</summary>
    public Interval? PositionBias(string method)
    {
        (string, double)[] answers = [.. Run.Results.Where(r => r.Method == method)
            .SelectMany(r => new[] { (MethodRow.Group(r), r.Forward), (MethodRow.Group(r), r.Backward) })
            .Where(a => a.Item2 is Said.First or Said.Second)
            .Select(a => (a.Item1, a.Item2 == Said.First ? 1d : -1d))];
        return answers.Length == 0 ? null : Within(answers, low: -1);
    }

    private Interval Within((string Group, double Value)[] values, double low) => Interval.Bootstrap(values, Run.Run.Seed) is var interval && IsOneGroup(values)
        ? interval with { Low = low, High = 1 }
        : interval;

    private Interval Within(IEnumerable<(string Group, double Value)> values) => Within([.. values], low: 0);

    private static bool IsOneGroup((string Group, double Value)[] values) => values.All(v => v.Group == values[0].Group);
}

/// <summary>A person in the report.</summary>
/// <param name="Number">From 1, in the order of the run; ids are never used as names of anything.</param>
/// <param name="Record">The person.</param>
/// <param name="Results">What the methods said, by method.</param>
/// <param name="Pairs">The pairs that both the headline and the generic judge were asked about.</param>
/// <param name="Generic">The generic judge's accuracy on them.</param>
/// <param name="Gain">What the headline gains on them, -1 to 1; <see langword="null"/> where there are none.</param>
internal sealed record Person(int Number, UserRecord Record, ILookup<string, ResultRecord> Results, int Pairs, double Generic, double? Gain)
{
    /// <summary>Everyone.</summary>
    public static ImmutableArray<Person> All(BenchmarkRun run, string? headline)
    {
        ILookup<(string, string), ResultRecord> results = run.Results.ToLookup(r => (r.Data, r.User));
        return [.. run.Users.Select((user, at) => Of(at + 1, user, results[(user.Data, user.User)].ToLookup(r => r.Method, StringComparer.Ordinal), headline))];
    }

    private static Person Of(int number, UserRecord user, ILookup<string, ResultRecord> results, string? headline)
    {
        var generic = results[BenchmarkMethods.Generic].ToDictionary(r => r.Pair, r => r.Score, StringComparer.Ordinal);
        (double Generic, double Personal)[] both = headline is null ? []
            : [.. results[headline].Where(r => generic.ContainsKey(r.Pair)).Select(r => (generic[r.Pair], r.Score))];
        return both.Length == 0
            ? new(number, user, results, 0, 0, null)
            : new(number, user, results, both.Length, both.Average(b => b.Generic), both.Sum(b => b.Personal - b.Generic) / both.Length);
    }
}

/// <summary>People who have about as many training pairs.</summary>
/// <param name="From">The fewest.</param>
/// <param name="To">The most.</param>
/// <param name="People">How many people.</param>
/// <param name="Gain">Their gain with its 95 % interval.</param>
internal sealed record Group(int From, int To, int People, Interval Gain)
{
    /// <summary>Adds people up; pairs count equally, and whole people are drawn again.</summary>
    public static Group Of(Person[] people, int seed)
    {
        Interval gain = Interval.Bootstrap(people.SelectMany(p => Enumerable.Repeat(($"{p.Number}", p.Gain!.Value), p.Pairs)), seed);
        return new(
            people.Min(p => p.Record.TrainingPairs),
            people.Max(p => p.Record.TrainingPairs),
            people.Length,
            people.Length == 1 ? gain with { Low = -1, High = 1 } : gain);
    }
}

/// <summary>The answers that were about equally sure.</summary>
/// <param name="From">The lower end of the bin, which is ten points wide.</param>
/// <param name="Pairs">How many.</param>
/// <param name="Confidence">The mean confidence.</param>
/// <param name="Accuracy">How often they were right, with the 95 % interval.</param>
internal sealed record ConfidenceBin(double From, int Pairs, double Confidence, Interval Accuracy);
