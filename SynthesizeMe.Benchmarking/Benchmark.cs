using System.Collections.Immutable;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.AI;
using SynthesizeMe.Optimizers;

namespace SynthesizeMe.Benchmarking;

/// <summary>How a benchmark is run.</summary>
public sealed record BenchmarkOptions
{
    /// <summary>How people are divided and fitted, and how many at once.</summary>
    public HeldOutOptions People { get; init; } = new();

    /// <summary>The samples of self-consistency, as the methods were made with; for the record.</summary>
    public int Samples { get; init; } = 5;

    /// <summary>The confidence, 0.5 to 1, below which a method abstains; 0.7 by default.</summary>
    public double Confidence { get; init; } = 0.7;

    /// <summary>How many people of each data set are drawn; <see langword="null"/>, the default, for everyone. Nothing of the others is looked at.</summary>
    public int? SampledUsers { get; init; }

    /// <summary>What the model's tokens cost; <see langword="null"/> when that is not known.</summary>
    public TokenPrice? Price { get; init; }

    /// <summary>What to call the model.</summary>
    public string Model { get; init; } = "";

    /// <summary>The command line; for the record.</summary>
    public ImmutableArray<string> Arguments { get; init; } = [];
}

/// <summary>Where a run is.</summary>
/// <param name="Data">The data set at hand.</param>
/// <param name="UserId">The person at hand.</param>
/// <param name="Fit">The step of the fit; <see langword="null"/> when the person is done.</param>
/// <param name="UsersDone">The people that are done, of all data sets.</param>
/// <param name="Users">All people of all data sets.</param>
public sealed record BenchmarkProgress(string Data, string UserId, FitProgress? Fit, int UsersDone, int Users)
{
    /// <summary>The person's fit, when the person is done and was fitted.</summary>
    public Fit? Fitted { get; init; }
}

/// <summary>What a run gave.</summary>
/// <param name="Run">The records of everyone who was finished.</param>
/// <param name="Interruption">Why not everyone was finished; <see langword="null"/> when everyone was.</param>
public sealed record BenchmarkResult(BenchmarkRun Run, Exception? Interruption);

/// <summary>
/// Measures methods on the choices of many people: one fit of each person serves all methods that need it, no test pair is seen before the test, and
/// each test pair is put to each method in both orders.
/// </summary>
/// <param name="chatClient">The model that people are fitted with.</param>
/// <param name="methods">The methods, such as <see cref="BenchmarkMethods.All"/>.</param>
/// <param name="options">How to run.</param>
public sealed class Benchmark(IChatClient chatClient, IEnumerable<IBenchmarkMethod> methods, BenchmarkOptions? options = null)
{
    private readonly ImmutableArray<IBenchmarkMethod> _methods = [.. methods];
    private readonly BenchmarkOptions _options = options ?? new();

    /// <summary>Runs.</summary>
    /// <param name="data">The data sets; no two have the same name.</param>
    /// <param name="progress">Is told what is going on.</param>
    /// <param name="cancellationToken">Stops at once; who is finished is kept.</param>
    /// <returns>
    /// The records. When the model could not be reached, the budget was spent or the run was cancelled, <see cref="BenchmarkResult.Interruption"/> says so.
    /// </returns>
    public async Task<BenchmarkResult> RunAsync(
        IReadOnlyList<PreferenceDataSet> data, IProgress<BenchmarkProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(data);
        PreferenceDataSet[] sets = [.. data.Select(Sample)];
        int users = sets.Sum(s => s.Users.Length);
        int before = 0;
        using var runner = new BenchmarkRunner(chatClient, _methods, _options.People);
        var measured = new List<Measurement<PersonRecords>>();
        foreach (PreferenceDataSet set in sets)
        {
            int done = before;
            bool isLastChance = measured.Count == sets.Length - 1 && !measured.Any(m => m.People.Any(p => p.User.Skipped is null));
            var steps = progress is null ? null : new Steps(p => progress.Report(new(set.Name, p.UserId, p.Fit, done + p.UsersDone, users) { Fitted = p.Fitted }));
            measured.Add(measured.Any(m => m.Interruption is not null)
                ? new([], ImmutableSortedDictionary<string, string>.Empty, null)
                : await runner.RunAsync(set, person => PersonRecords.Of(set.Name, person, _methods, _options.Price), isLastChance, steps, cancellationToken).ConfigureAwait(false));
            before += set.Users.Length;
        }

        return new(Records(sets, measured), measured.Select(m => m.Interruption).FirstOrDefault(i => i is not null));
    }

    /// <summary>The people that a run measures; those with too few pairs are not among them.</summary>
    public int CountPeople(IReadOnlyList<PreferenceDataSet> data) => Measurable(data).Count();

    /// <summary>The pairs that a run tests on.</summary>
    public int CountTestPairs(IReadOnlyList<PreferenceDataSet> data) => Measurable(data).Sum(p => p.Held.Length);

    /// <summary>The most calls of the model that a run can make, second asks included; those that a reply store answers count too.</summary>
    public long WorstCaseCalls(IReadOnlyList<PreferenceDataSet> data)
    {
        long perPair = _methods.Sum(m => (long)m.CallsPerPair);
        return Measurable(data).Sum(p => (perPair * p.Held.Length) + (NeedsFit ? new PersonaSynthesizer(chatClient, _options.People.Synthesis).Plan(p.User.Pairs).Calls : 0));
    }

    private bool NeedsFit => _methods.Any(m => m.Needs.HasFlag(BenchmarkNeeds.Fit));

    private IEnumerable<HeldOutPerson> Measurable(IReadOnlyList<PreferenceDataSet> data) => data
        .SelectMany(d => Sample(d).Users)
        .Select(u => HeldOutPerson.Of(u, _options.People.TestFraction, NeedsFit))
        .Where(p => p.Skipped is null);

    private PreferenceDataSet Sample(PreferenceDataSet data) => _options.SampledUsers is not { } wanted || wanted >= data.Users.Length ? data : data with
    {
        Users = [.. new SeededRandom(_options.People.Synthesis.Seed, $"sample {data.Name}")
            .Shuffle(Enumerable.Range(0, data.Users.Length))
            .Take(wanted)
            .Order()
            .Select(i => data.Users[i])],
    };

    private BenchmarkRun Records(PreferenceDataSet[] sets, List<Measurement<PersonRecords>> measured)
    {
        SynthesisOptions synthesis = _options.People.Synthesis;
        Exception? interruption = measured.Select(m => m.Interruption).FirstOrDefault(i => i is not null);
        var run = new RunRecord
        {
            Schema = RunRecord.CurrentSchema,
            LibraryVersion = typeof(Benchmark).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "",
            Arguments = _options.Arguments,
            Model = _options.Model,
            Seed = synthesis.Seed,
            Settings = new()
            {
                TestFraction = _options.People.TestFraction,
                Effort = synthesis.Effort.ToString(),
                Candidates = synthesis.Candidates,
                Samples = _options.Samples,
                Confidence = _options.Confidence,
                SampledUsers = _options.SampledUsers,
            },
            DataSets = [.. sets.Zip(measured, (s, m) => new RunDataSet
            {
                Name = s.Name,
                Fingerprint = Fingerprint(s),
                Users = s.Users.Length,
                Pairs = s.Users.Sum(u => u.Pairs.Length),
                Unfinished = s.Users.Length - m.People.Length,
            })],
            Methods = [.. _methods.Select(method => new RunMethod
            {
                Name = method.Name,
                About = method.About,
                NotAvailable = sets.Zip(measured)
                    .Where(m => m.Second.NotAvailable.ContainsKey(method.Name))
                    .ToImmutableSortedDictionary(m => m.First.Name, m => m.Second.NotAvailable[method.Name], StringComparer.Ordinal),
            })],
            Price = _options.Price,
            Interrupted = interruption?.Message,
        };
        return new(
            run,
            [.. measured.SelectMany(m => m.People.Select(p => p.User))],
            [.. measured.SelectMany(m => m.People.SelectMany(p => p.Results).Where(r => !m.NotAvailable.ContainsKey(r.Method)))]);
    }

    private static string Fingerprint(PreferenceDataSet data)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (BenchmarkUser user in data.Users)
        {
            hash.AppendData(Encoding.UTF8.GetBytes($"{user.Id.Length}\n{user.Id}\n"));
            foreach (PreferencePair pair in user.Pairs)
            {
                hash.AppendData(Encoding.UTF8.GetBytes($"{pair.Id} {pair.Split}\n"));
            }
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private sealed class Steps(Action<HeldOutProgress> report) : IProgress<HeldOutProgress>
    {
        public void Report(HeldOutProgress value) => report(value);
    }
}
