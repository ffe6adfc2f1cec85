using System.Collections.Immutable;
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

    private readonly Dictionary<JudgeMethod, Contender> _contenders = [];
    private readonly List<CandidateRecord> _records = [];
    private readonly List<string> _notes = [];
    private Usage _usage;
    private string? _stopped;

    public void Spend(Usage usage) => _usage += usage;

    public void Note(string note) => _notes.Add(note);

    public void Stop(string reason) => _stopped ??= reason;

    /// <summary>Adds what the first search gave: the generic judge, the history, the chosen demonstrations.</summary>
    public void Add(OptimizationResult<JudgePreference> search)
    {
        Record("reasoning", search);
        Add(JudgeMethod.Generic, null, search.BestOf(c => c.Name == BootstrapFewShotWithRandomSearch<JudgePreference>.ZeroShot));
        Add(JudgeMethod.History, null, search.BestOf(c => c.Name == HistoryName));
        Add(JudgeMethod.Demos, null, search.BestOf(c => c.Name is not (BootstrapFewShotWithRandomSearch<JudgePreference>.ZeroShot or HistoryName) && c.State.DemoCount > 0));
    }

    /// <summary>Adds what the second search gave: the persona by itself, and with demonstrations.</summary>
    public void Add(string persona, OptimizationResult<JudgePreferenceForPersona> search)
    {
        Record("informative demonstrations", search);
        Add(JudgeMethod.Persona, persona, search.BestOf(c => c.Name == BootstrapFewShotWithRandomSearch<JudgePreferenceForPersona>.ZeroShot));
        Add(JudgeMethod.PersonaAndDemos, persona, search.BestOf(c => c.State.DemoCount > 0));
    }

    public Fit Decide()
    {
        Contender generic = _contenders[JudgeMethod.Generic];
        Contender best = _contenders.Values
            .Where(c => c.IsEvaluated)
            .OrderByDescending(c => c.Reliability.Accuracy)
            .ThenByDescending(c => c.Verified)
            .ThenByDescending(c => c.Demos.Length)
            .ThenByDescending(c => c.Persona is not null)
            .FirstOrDefault(generic);
        Contender chosen = best.IsEvaluated && best.Reliability.Score > generic.Reliability.Score ? best : generic;
        if (_stopped is not null)
        {
            Note($"The fit ended early: {_stopped}");
        }

        if (chosen == generic)
        {
            Note(generic.IsEvaluated
                ? "Nothing beat the generic judge on the validation pairs, so it was kept."
                : "The judges could not be compared, so the generic one was kept.");
        }

        foreach (Contender c in _contenders.Values)
        {
            _records.Add(new("final choice", c.Method.ToString(), c == chosen ? "Chosen" : c.Status.ToString(), c.Score, c.Verified, c.Labelled, 0));
        }

        JudgeProvenance provenance = Provenance();
        ImmutableSortedDictionary<JudgeMethod, PersonalizedJudge> judges = _contenders.Values.ToImmutableSortedDictionary(c => c.Method, c => c.ToJudge(chatClient, options, provenance));
        return new Fit(judges[chosen.Method], judges, split, _usage, _stopped);
    }

    private void Add<T>(JudgeMethod method, string? persona, Candidate<T>? candidate)
        where T : class, ISignature<T>
    {
        if (candidate is not null)
        {
            Reliability reliability = candidate.Evaluation is null ? default : PairExamples.Reliability(candidate.Evaluation.Results);
            _contenders[method] = new(method, persona, [.. candidate.State.Predictors.Values.SelectMany(p => p.Demos)], reliability, candidate.Status, candidate.Score);
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
            PersonaProgram = options.PersonaProgram is { } program ? PersonaPrograms.Fingerprint(program) : null,
            Usage = _usage,
            Cost = options.Budget?.Price?.Of(_usage),
            Candidates = [.. _records],
            Notes = [.. _notes],
            LibraryVersion = typeof(FinalChoice).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "",
        };
    }

    private sealed record Contender(
        JudgeMethod Method, string? Persona, ImmutableArray<Demo> Demos, Reliability Reliability, CandidateStatus Status, double? Score)
    {
        public bool IsEvaluated => Status == CandidateStatus.Evaluated;

        public int Verified => Demos.Count(d => d.Verified);

        public int Labelled => Demos.Length - Verified;

        public PersonalizedJudge ToJudge(IChatClient chatClient, SynthesisOptions options, JudgeProvenance provenance) => new(
            new JudgeArtefact { Method = Method, Persona = Persona, Demos = Demos, Reliability = Reliability, Provenance = provenance },
            chatClient,
            options.Predict);
    }
}
