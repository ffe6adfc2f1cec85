using System.Collections.Immutable;
using System.Globalization;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.AI;
using SynthesizeMe.Optimizers;
using SynthesizeMe.Signatures;

namespace SynthesizeMe;

/// <summary>Collects the judges of a fit and chooses one by the same validation pairs; nothing that does not beat the generic judge is chosen.</summary>
internal sealed class FinalChoice(IChatClient chatClient, SynthesisOptions options, PreferenceSplit split)
{
    public const string HistoryName = "history";

    private const string ZeroShot = BootstrapFewShotWithRandomSearch<JudgePreference>.ZeroShot;

    private readonly Dictionary<JudgeMethod, Contender> _contenders = [];
    private readonly List<CandidateRecord> _records = [];
    private readonly List<string> _notes = [];
    private Usage _usage;
    private string? _stopped;

    /// <summary>Adds what was used; several may at once.</summary>
    public void Spend(Usage usage)
    {
        lock (_records)
        {
            _usage += usage;
        }
    }

    public void Note(string note) => _notes.Add(note);

    public void Stop(string reason) => _stopped ??= reason;

    /// <summary>The judge that is chosen as things stand; null when none but the generic one was tried.</summary>
    public Contender? Leader => Choose() is { IsTried: true } leader ? leader : null;

    /// <summary>Adds what the search over the judge that knows no persona gave: the generic judge, the history, the chosen demonstrations.</summary>
    public void Add(OptimizationResult<JudgePreference> search)
    {
        Record("reasoning", search);
        bool published = options.Effort == FitEffort.Published;
        string history = published ? HistoryName : DemoSearch<JudgePreference>.Labelled;
        Candidate<JudgePreference>? demos = published
            ? search.BestOf(c => c.Name is not (ZeroShot or HistoryName) && c.State.DemoCount > 0)
            : search.Best.Name is ZeroShot or DemoSearch<JudgePreference>.Labelled ? search.BestOf(c => c.Name == DemoSearch<JudgePreference>.All) : search.Best;
        Add(JudgeMethod.Generic, null, search.BestOf(c => c.Name == ZeroShot));
        Add(JudgeMethod.History, null, search.BestOf(c => c.Name == history));
        Add(JudgeMethod.Demos, null, demos);
    }

    /// <summary>Adds what the search with a persona gave: the persona by itself, and with demonstrations.</summary>
    public void Add(string persona, OptimizationResult<JudgePreferenceForPersona> search)
    {
        Record("informative demonstrations", search);
        Candidate<JudgePreferenceForPersona>? alone = search.BestOf(c => c.Name == ZeroShot);
        Candidate<JudgePreferenceForPersona>? both = search.Best.State.DemoCount > 0 ? search.Best : search.BestOf(c => c.State.DemoCount > 0);
        Add(JudgeMethod.PersonaAndDemos, persona, both);
        if (alone is null)
        {
            _contenders[JudgeMethod.Persona] = new(JudgeMethod.Persona, persona, [], [], CandidateStatus.NotEvaluated, null);
        }
        else
        {
            Add(JudgeMethod.Persona, persona, alone);
        }
    }

    /// <summary>Adds what the leader said of the pairs' other order.</summary>
    public void Confirm<T>(OptimizationResult<T> other)
        where T : class, ISignature<T>
    {
        Record("other order of the final choice", other);
        Contender leader = Choose();
        _contenders[leader.Method] = leader with { Confirmed = [.. OrderResult.Of(other.Best.Evaluation)] };
    }

    public Fit Decide()
    {
        Contender generic = _contenders[JudgeMethod.Generic];
        Contender chosen = Choose();
        if (_stopped is not null)
        {
            Note($"The fit ended early: {_stopped}");
        }

        if (chosen == generic)
        {
            Note(generic.IsTried
                ? "Nothing beat the generic judge on this person's pairs, so it was kept."
                : "The judges could not be compared, so the generic one was kept.");
        }

        else if (options.Effort != FitEffort.Published && OrderResult.Reliability(chosen.Compared) is var seen && seen.Score <= GenericScore(chosen))
        {
            Note(string.Create(
                CultureInfo.InvariantCulture,
                $"On this person's pairs the chosen judge scored {seen.Score:0.#} of {seen.Pairs} and the generic judge {GenericScore(chosen):0.#}: it was chosen because judges of its kind gain {100 * ExpectedGain.Prior(chosen.Method):0.#} points on average, and so few pairs do not speak against it."));
        }

        OrderResult[] said = [.. _contenders.Values.SelectMany(c => c.Compared.Concat(c.Confirmed))];
        if (said.Count(r => !r.Answered) is > 0 and var unread)
        {
            Note(string.Create(CultureInfo.InvariantCulture, $"Of {said.Length} answers by which judges were compared, {unread} could not be read; each counts as wrong."));
        }

        foreach (Contender c in _contenders.Values)
        {
            _records.Add(new("final choice", c.Method.ToString(), c == chosen ? "Chosen" : c.Status.ToString(), c.Score, c.Verified, c.Labelled, 0)
            {
                ExpectedGain = options.Effort == FitEffort.Published || !c.IsTried ? null : Math.Round(Expected(c), 4),
            });
        }

        JudgeProvenance provenance = Provenance();
        ImmutableSortedDictionary<JudgeMethod, PersonalizedJudge> judges = _contenders.Values.ToImmutableSortedDictionary(c => c.Method, c => c.ToJudge(chatClient, options, provenance));
        return new Fit(judges[chosen.Method], judges, split, _usage, _stopped);
    }

    /// <summary>
    /// The judge to return. By the published rule the one with the highest score, if it beats the generic one. Else the one that is expected to gain most, if
    /// any is expected to gain.
    /// </summary>
    private Contender Choose()
    {
        Contender generic = _contenders[JudgeMethod.Generic];
        Contender best = _contenders.Values
            .Where(c => c.IsTried)
            .OrderByDescending(Merit)
            .ThenByDescending(c => c.Verified)
            .ThenByDescending(c => c.Demos.Length)
            .ThenByDescending(c => c.Persona is not null)
            .FirstOrDefault(generic);
        return best.IsTried && Merit(best) > Merit(generic) ? best : generic;
    }

    private double Merit(Contender contender) => options.Effort == FitEffort.Published ? contender.Reliability.Score : Expected(contender);

    private double GenericScore(Contender contender) => OrderResult.Reliability(Generic(contender)).Score;

    /// <summary>What the generic judge said where the contender was tried.</summary>
    private IEnumerable<OrderResult> Generic(Contender contender)
    {
        HashSet<(string, Preference)> tried = [.. contender.Compared.Select(r => (r.PairId, r.Order))];
        return _contenders[JudgeMethod.Generic].Compared.Where(r => tried.Contains((r.PairId, r.Order)));
    }

    private double Expected(Contender contender)
    {
        var generic = Generic(contender).ToDictionary(r => (r.PairId, r.Order), r => r.Score);
        return ExpectedGain.Of(contender.Method, OrderResult.BalancedAccuracy(contender.Compared), [.. contender.Compared
            .Where(r => generic.ContainsKey((r.PairId, r.Order)))
            .GroupBy(r => r.PairId, r => r.Score - generic[(r.PairId, r.Order)], StringComparer.Ordinal)
            .Select(g => g.Average())]);
    }

    private void Add<T>(JudgeMethod method, string? persona, Candidate<T>? candidate)
        where T : class, ISignature<T>
    {
        if (candidate is not null)
        {
            IEnumerable<Demo> demos = candidate.State.Predictors.Values.SelectMany(p => p.Demos);
            _contenders[method] = new(
                method,
                persona,
                [.. persona is null ? demos : PairExamples.WithPersona(demos, persona)],
                OrderResult.Of(candidate.Evaluation),
                candidate.Status,
                candidate.Score);
        }
    }

    private void Record<T>(string stage, OptimizationResult<T> search)
        where T : class, ISignature<T>
    {
        _usage += search.Usage;
        _stopped ??= search.Stopped;
        foreach (Candidate<T> c in search.Candidates)
        {
            int verified = c.State.VerifiedDemoCount;
            string status = c.SameAs is null ? c.Status.ToString() : $"{c.Status} of {c.SameAs}";
            _records.Add(new(stage, c.Name, status, c.Score, verified, c.State.DemoCount - verified, c.Usage.Calls));
        }
    }

    private JudgeProvenance Provenance()
    {
        string ids = string.Join('\n', split.Train.Concat(split.Validation).Select(p => p.Id));
        return new()
        {
            UserId = split.Train[0].UserId,
            ModelId = chatClient.GetService<ChatClientMetadata>()?.DefaultModelId ?? "",
            DataFingerprint = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(ids))),
            Seed = options.Seed,
            Effort = options.Effort.ToString(),
            PersonaProgram = options.PersonaProgram is { } program ? PersonaPrograms.Fingerprint(program) : null,
            Usage = _usage,
            Cost = options.Budget?.Price?.IfCounted(_usage),
            Candidates = [.. _records],
            Notes = [.. _notes],
            LibraryVersion = typeof(FinalChoice).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "",
        };
    }
}

/// <summary>A judge that may be chosen.</summary>
internal sealed record Contender(
    JudgeMethod Method, string? Persona, ImmutableArray<Demo> Demos, ImmutableArray<OrderResult> Compared, CandidateStatus Status, double? Score)
{
    /// <summary>What it said of the pairs' other order.</summary>
    public ImmutableArray<OrderResult> Confirmed { get; init; } = [];

    /// <summary>Whether it was tried on all pairs.</summary>
    public bool IsTried => Status == CandidateStatus.Evaluated;

    public int Verified => Demos.Count(d => d.Verified);

    public int Labelled => Demos.Length - Verified;

    public Reliability Reliability => OrderResult.Reliability(Compared.Concat(Confirmed));

    public PersonalizedJudge ToJudge(IChatClient chatClient, SynthesisOptions options, JudgeProvenance provenance) => new(
        new JudgeArtefact { Method = Method, Persona = Persona, Demos = Demos, Reliability = Reliability, Provenance = provenance },
        chatClient,
        options.Predict);
}
