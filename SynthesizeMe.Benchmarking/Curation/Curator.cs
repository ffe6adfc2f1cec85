using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.AI;
using SynthesizeMe.Optimizers;
using SynthesizeMe.Signatures;

namespace SynthesizeMe.Benchmarking;

/// <summary>
/// Makes a benchmark of personal taste out of people's choices, as PersonalRewardBench was made (paper, §4): people with enough pairs, conversations that
/// people could answer differently, completions about which they could differ, no pair that judges without knowledge of the person agree on, and splits by
/// conversation in time order.
/// </summary>
/// <remarks>
/// A model that fails ends the run with its exception, and so does a spent budget (<see cref="BudgetExceededException"/>). With clients that keep replies
/// (<see cref="ReplyStoreChatClient"/>) the same run goes on where it ended and pays for no reply twice.
/// </remarks>
public sealed class Curator
{
    private readonly IChatClient? _rater;
    private readonly IReadOnlyList<CurationJudge> _judges;
    private readonly CurationOptions _options;

    /// <summary>Creates a curator.</summary>
    /// <param name="rater">Rates conversations and completions; not needed when neither is rated.</param>
    /// <param name="judges">At least two, for one agrees with itself; not needed when no judge is asked.</param>
    /// <param name="options">The thresholds.</param>
    /// <exception cref="ArgumentException">A step lacks its model, or a threshold is out of range.</exception>
    public Curator(IChatClient? rater, IReadOnlyList<CurationJudge> judges, CurationOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(judges);
        _options = options ?? new();
        _options.Check();
        if (rater is null && (_options.Steps & (CurationSteps.Queries | CurationSteps.Responses)) != 0)
        {
            throw new ArgumentException("Ratings need a model.", nameof(rater));
        }

        if (_options.Steps.HasFlag(CurationSteps.Judges) && judges.Count < 2)
        {
            throw new ArgumentException("Agreement needs at least two judges: one nearly always agrees with itself.", nameof(judges));
        }

        (_rater, _judges) = (rater, judges);
    }

    /// <summary>Curates.</summary>
    /// <param name="pairs">The choices of any number of people; splits in them are made anew.</param>
    /// <param name="progress">Is told what is going on.</param>
    /// <param name="cancellationToken">Stops at once.</param>
    public async Task<CurationResult> RunAsync(
        IReadOnlyList<PreferencePair> pairs, IProgress<CurationProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(pairs);
        var run = new CurationRun(pairs);
        var asking = new CurationAsking(_options, progress, cancellationToken);
        run.Drop("users", TooFew(run.Kept));
        if (_options.Steps.HasFlag(CurationSteps.Queries))
        {
            run.Take("queries", await asking.RateQueriesAsync(run.Kept, _rater!).ConfigureAwait(false));
        }

        if (_options.Steps.HasFlag(CurationSteps.Responses))
        {
            run.Take("responses", await asking.RateResponsesAsync(run.Kept, _rater!).ConfigureAwait(false));
        }

        if (_options.Steps.HasFlag(CurationSteps.Judges))
        {
            run.Take("judges", await asking.JudgeAsync(run.Kept, _judges).ConfigureAwait(false));
        }

        run.Drop("users again", TooFew(run.Kept));
        (Dictionary<string, DataSplit> splits, Dictionary<string, string> unsplit) = CurationSplit.Divide(run.Kept, _options);
        run.Drop("splits", p => unsplit.GetValueOrDefault(p.UserId));
        bool judged = _options.Steps.HasFlag(CurationSteps.Judges);
        return new(
            [.. run.Kept.Select(p => p with { Split = splits[CurationRun.KeyOf(p)] })],
            run.Steps,
            judged ? [.. _judges.Select(j => j.Name)] : [],
            _options);
    }

    private Func<PreferencePair, string?> TooFew(IReadOnlyList<PreferencePair> pairs)
    {
        HashSet<string> few = [.. pairs.GroupBy(p => p.UserId, StringComparer.Ordinal).Where(g => g.DistinctBy(CurationRun.KeyOf, StringComparer.Ordinal).Count() < _options.MinPairs).Select(g => g.Key)];
        string reason = string.Create(CultureInfo.InvariantCulture, $"the person has fewer than {_options.MinPairs} pairs");
        return p => few.Contains(p.UserId) ? reason : null;
    }
}

/// <summary>What a step found out of each pair: why it is dropped, if it is, and what was measured.</summary>
internal readonly record struct CurationFinding(string? Dropped, ImmutableArray<(string Name, double Value)> Measured, int Unreadable, Usage Usage);

/// <summary>The pairs that are left, and what the steps did.</summary>
internal sealed class CurationRun
{
    private readonly ImmutableArray<CurationStep>.Builder _steps = ImmutableArray.CreateBuilder<CurationStep>();

    public CurationRun(IReadOnlyList<PreferencePair> pairs)
    {
        Kept = [.. pairs.GroupBy(p => p.UserId, StringComparer.Ordinal).SelectMany(g => g)];
        HashSet<string> seen = [];
        Repeated = [.. Kept.Select(p => !seen.Add(KeyOf(p)))];
    }

    public PreferencePair[] Kept { get; private set; }

    public ImmutableArray<CurationStep> Steps => _steps.ToImmutable();

    private bool[]? Repeated { get; set; }

    /// <summary>A person's pair.</summary>
    public static string KeyOf(PreferencePair pair) => $"{pair.Id} {pair.UserId}";

    /// <summary>Drops the pairs for which there is a reason. The first step drops repeated pairs, too.</summary>
    public void Drop(string step, Func<PreferencePair, string?> reason)
    {
        bool[]? repeated = Repeated;
        Repeated = null;
        Take(step, [.. Kept.Select((p, i) => new CurationFinding(reason(p) ?? (repeated?[i] == true ? "the same pair of the person again" : null), [], 0, default))]);
    }

    /// <summary>Takes what a step found out, a finding a pair.</summary>
    public void Take(string step, CurationFinding[] findings)
    {
        PreferencePair[] kept = [.. Kept.Zip(findings).Where(f => f.Second.Dropped is null).Select(f => With(f.First, f.Second.Measured))];
        _steps.Add(new(
            step,
            kept.Length,
            Kept.Length - kept.Length,
            People(kept),
            People(Kept) - People(kept),
            findings.Where(f => f.Dropped is not null).GroupBy(f => f.Dropped!, StringComparer.Ordinal)
                .ToImmutableSortedDictionary(g => g.Key, g => g.Count(), StringComparer.Ordinal),
            findings.Sum(f => f.Unreadable),
            findings.Aggregate(default(Usage), (sum, f) => sum + f.Usage)));
        Kept = kept;
    }

    private static int People(PreferencePair[] pairs) => pairs.Select(p => p.UserId).Distinct(StringComparer.Ordinal).Count();

    private static PreferencePair With(PreferencePair pair, ImmutableArray<(string Name, double Value)> measured) =>
        measured.IsEmpty ? pair : pair with { Extra = pair.Extra.SetItems(measured.Select(m => KeyValuePair.Create(m.Name, Number(m.Value)))) };

    private static JsonElement Number(double value)
    {
        using JsonDocument document = JsonDocument.Parse(Math.Round(value, 4).ToString(CultureInfo.InvariantCulture));
        return document.RootElement.Clone();
    }
}
