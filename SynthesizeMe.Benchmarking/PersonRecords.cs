using System.Collections.Immutable;
using System.Globalization;
using SynthesizeMe.Optimizers;
using SynthesizeMe.Signatures;

namespace SynthesizeMe.Benchmarking;

/// <summary>What is kept of a person.</summary>
/// <param name="User">The person.</param>
/// <param name="Results">What the methods said, in their order.</param>
internal sealed record PersonRecords(UserRecord User, ImmutableArray<ResultRecord> Results)
{
    public static PersonRecords Of(string data, PersonOutcome person, ImmutableArray<IBenchmarkMethod> methods, TokenPrice? price) => new(
        new UserRecord
        {
            Data = data,
            User = person.User.Id,
            TrainingPairs = person.User.Pairs.Length,
            TestPairs = person.TestPairs,
            Demographics = person.User.Demographics,
            Skipped = person.Skipped,
            Fit = person.Fit is null ? null : Of(person.Fit, price),
            NotAvailable = person.NotAvailable,
            LostSpend = person.Unreadable is { Usage: { Calls: > 0 } lost } ? SpendRecord.Of(lost, price) : null,
        },
        [.. methods
            .Where(m => person.Answers.ContainsKey(m.Name))
            .SelectMany(m => person.Answers[m.Name].Select(o => ResultRecord.Of(data, person.User.Id, m.Name, o, SpendRecord.Of(o.Usage, price))))]);

    private static FitRecord Of(Fit fit, TokenPrice? price)
    {
        (JudgeMethod Method, PersonalizedJudge Judge)? shown = new[] { fit.Judge.Method, JudgeMethod.PersonaAndDemos, JudgeMethod.Demos }
            .Where(m => fit.Judges.TryGetValue(m, out PersonalizedJudge? j) && !j.Demos.IsEmpty)
            .Select(m => ((JudgeMethod, PersonalizedJudge)?)(m, fit.Judges[m]))
            .FirstOrDefault();
        bool published = fit.Judge.Artefact.Provenance.Effort == nameof(FitEffort.Published);
        int all = fit.Split.Train.Concat(fit.Split.Validation).DistinctBy(p => p.Id).Count();
        return new()
        {
            Chosen = JudgeMethods.NameOf(fit.Judge.Method),
            Why = Why(fit),
            Persona = fit.Judges.Values.Select(j => j.Persona).FirstOrDefault(p => p is not null),
            DemonstrationsOf = shown is { } s ? JudgeMethods.NameOf(s.Method) : null,
            Demonstrations = shown is { } t ? [.. t.Judge.Demos.Select(Of)] : [],
            Candidates = fit.Judge.Artefact.Provenance.Candidates,
            Split = fit.Split.Kind,
            LearnedFrom = published ? fit.Split.Train.Length : all,
            ComparedOn = published ? fit.Split.Validation.Length : all,
            Notes = fit.Judge.Artefact.Provenance.Notes,
            Spend = SpendRecord.Of(fit.Usage, price),
        };
    }

    private static DemonstrationRecord Of(Demo demo)
    {
        (Conversation context, string first, string second, Preference preferred) = demo switch
        {
            Demo<JudgePreference> d => (d.Value.Conversation, d.Value.FirstCompletion, d.Value.SecondCompletion, d.Value.Preference),
            Demo<JudgePreferenceForPersona> d => (d.Value.Conversation, d.Value.FirstCompletion, d.Value.SecondCompletion, d.Value.Preference),
            _ => throw new InvalidOperationException("A judge's demonstrations are of its own signatures."),
        };
        return new()
        {
            Context = [.. context.Turns.Select(t => new TurnRecord(t.Role.Value, t.Text))],
            Preferred = preferred == Preference.First ? first : second,
            Other = preferred == Preference.First ? second : first,
            Reasoning = demo.Reasoning,
            Verified = demo.Verified,
        };
    }

    /// <summary>The figures that the final choice went by.</summary>
    private static string Why(Fit fit)
    {
        (JudgeMethod Method, Reliability On)[] tried = [.. fit.Judges.Select(j => (j.Key, j.Value.Artefact.Reliability)).Where(j => j.Reliability.Pairs > 0)];
        JudgeMethod chosen = fit.Judge.Method;
        if (tried.All(t => t.Method != chosen))
        {
            return $"The judges could not be compared, so the {JudgeMethods.NameOf(chosen)} one was kept.";
        }

        string won = Describe(tried.First(t => t.Method == chosen));
        if (chosen == JudgeMethod.Generic)
        {
            return tried.Length == 1
                ? $"No other judge could be compared with the generic one: {won}."
                : $"Nothing beat the generic judge: {won}, and the best other, {Describe(tried.Where(t => t.Method != chosen).MaxBy(t => t.On.Accuracy))}.";
        }

        double best = fit.Judge.Artefact.Reliability.Accuracy;
        string[] alike = [.. tried.Where(t => t.Method != chosen && t.On.Accuracy == best).Select(t => JudgeMethods.NameOf(t.Method))];
        string ties = alike.Length == 0 ? "" : $" As often right: {string.Join(", ", alike)}.";
        string generic = tried.Any(t => t.Method == JudgeMethod.Generic) ? $" The generic judge: {Describe(tried.First(t => t.Method == JudgeMethod.Generic))}." : "";
        double? gain = fit.Judge.Artefact.Provenance.Candidates.FirstOrDefault(c => c.Stage == "final choice" && c.Status == "Chosen")?.ExpectedGain;
        string expected = gain is not { } points ? "" : string.Create(
            CultureInfo.InvariantCulture, $" By that and by what is known of judges of its kind it should gain {100 * points:0.#} points, the most of all.");
        return $"On the pairs they were compared on, {won}.{generic}{ties}{expected}";

        static string Describe((JudgeMethod Method, Reliability On) tried) => string.Create(
            CultureInfo.InvariantCulture,
            $"{JudgeMethods.NameOf(tried.Method)} was right about {tried.On.Score:0.#} of {tried.On.Pairs}");
    }
}
