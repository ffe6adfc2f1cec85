using System.Collections.Immutable;
using Microsoft.Extensions.AI;
using SynthesizeMe.Optimizers;
using SynthesizeMe.Signatures;

namespace SynthesizeMe;

/// <summary>
/// Learns one person's preferences from a handful of their choices: verified reasoning, a persona, informative demonstrations
/// (SynthesizeMe, ACL 2025, section 3), and a final choice among five ways of telling a judge about the person.
/// </summary>
/// <param name="chatClient">The model.</param>
/// <param name="options">How to fit.</param>
/// <exception cref="ArgumentException"><see cref="SynthesisOptions.PersonaProgram"/> is the state of another program.</exception>
public sealed class PersonaSynthesizer(IChatClient chatClient, SynthesisOptions? options = null)
{
    private readonly SynthesisOptions _options = options ?? new();
    private readonly IPromptProgram<SynthesizePersona> _persona = Tuned(SynthesizePersona.Predict(chatClient, options?.Predict), options?.PersonaProgram);

    /// <summary>Fits a judge to one person.</summary>
    /// <param name="pairs">The person's choices; those marked for testing are not looked at.</param>
    /// <param name="progress">Is told what is going on.</param>
    /// <param name="cancellationToken">Stops at once.</param>
    /// <returns>The chosen judge, and those that it was chosen from.</returns>
    /// <exception cref="TooFewPairsException">Fewer than two usable pairs.</exception>
    /// <exception cref="ArgumentException">The pairs are of several people.</exception>
    /// <exception cref="UnreadableRepliesException">Not one reply of the model could be read.</exception>
    public async Task<Fit> FitAsync(
        IReadOnlyList<PreferencePair> pairs, IProgress<FitProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(pairs);
        string[] people = [.. pairs.Select(p => p.UserId).Distinct(StringComparer.Ordinal).Take(2)];
        if (people.Length > 1)
        {
            throw new ArgumentException($"The pairs are of several people, such as '{people[0]}' and '{people[1]}': fit each person by themselves.", nameof(pairs));
        }

        PreferenceSplit split = PreferenceSplit.Of(pairs);
        var choice = new FinalChoice(chatClient, _options, split);
        OptimizationResult<JudgePreference> reasoning = await SearchReasoningAsync(split, progress, cancellationToken).ConfigureAwait(false);
        choice.Add(reasoning);
        if (reasoning.Stopped is null)
        {
            await AddPersonaAsync(choice, split, reasoning, progress, cancellationToken).ConfigureAwait(false);
        }

        return choice.Decide();
    }

    private async Task<OptimizationResult<JudgePreference>> SearchReasoningAsync(
        PreferenceSplit split, IProgress<FitProgress>? progress, CancellationToken cancellationToken)
    {
        ChainOfThought<JudgePreference> judge = JudgePreference.ChainOfThought(chatClient, _options.Predict);
        Example<JudgePreference>[] train = PairExamples.Plain(split.Train);
        OptimizationResult<JudgePreference> history = await new LabeledFewShot<JudgePreference> { K = split.Train.Length, Sample = false }
            .OptimizeAsync(judge, train, [], cancellationToken: cancellationToken).ConfigureAwait(false);
        return await Search(judge, x => x.Preference, [(FinalChoice.HistoryName, history.Best.State)]).OptimizeAsync(
            judge,
            train,
            PairExamples.Plain(split.Validation),
            _options.Budget,
            Report(progress, FitStage.BootstrapReasoning, FitStage.SelectReasoning),
            cancellationToken).ConfigureAwait(false);
    }

    private async Task AddPersonaAsync(
        FinalChoice choice,
        PreferenceSplit split,
        OptimizationResult<JudgePreference> reasoning,
        IProgress<FitProgress>? progress,
        CancellationToken cancellationToken)
    {
        try
        {
            Candidate<JudgePreference> winner = reasoning.BestOf(c => c.State.DemoCount > 0) ?? reasoning.Best;
            ImmutableArray<Demo> winning = [.. winner.State.Predictors.Values.SelectMany(p => p.Demos)];
            string persona = await SynthesizeAsync(choice, split.Train, winning, reasoning.Verified, cancellationToken).ConfigureAwait(false);
            progress?.Report(new(FitStage.SynthesizePersona, 1, 1));
            if (split.Kind == SplitKind.LeaveOneOut)
            {
                choice.Add(persona, await SearchLeaveOneOutAsync(choice, split, winning, reasoning.Verified, progress, cancellationToken).ConfigureAwait(false));
                choice.Note("There is one conversation only, so each persona was tried on a pair that it was not induced from, and persona with demonstrations was not tried.");
            }
            else
            {
                ChainOfThought<JudgePreferenceForPersona> judge = JudgePreferenceForPersona.ChainOfThought(chatClient, _options.Predict);
                choice.Add(persona, await Search(judge, x => x.Preference, []).OptimizeAsync(
                    judge,
                    PairExamples.ForPersona(split.Train, _ => persona),
                    PairExamples.ForPersona(split.Validation, _ => persona),
                    _options.Budget,
                    Report(progress, FitStage.BootstrapWithPersona, FitStage.SelectDemos),
                    cancellationToken).ConfigureAwait(false));
            }
        }
        catch (PromptParseException e)
        {
            choice.Spend(e.Usage);
            choice.Note($"There is no persona, because the model's reply could not be read. {e.Message}");
        }
        catch (UnreadableRepliesException e)
        {
            choice.Spend(e.Usage);
            choice.Note($"No judge with a persona was tried. {e.Message}");
        }
        catch (BudgetExceededException e)
        {
            choice.Stop(e.Message);
        }
    }

    /// <summary>With one conversation only, a persona is tried on each pair without having seen it.</summary>
    private async Task<OptimizationResult<JudgePreferenceForPersona>> SearchLeaveOneOutAsync(
        FinalChoice choice,
        PreferenceSplit split,
        ImmutableArray<Demo> winning,
        ImmutableArray<ExampleResult<JudgePreference>> verified,
        IProgress<FitProgress>? progress,
        CancellationToken cancellationToken)
    {
        var personas = new Dictionary<string, string>(StringComparer.Ordinal);
        await Batch.RunAsync(split.Train, maxParallel: 1, InduceWithoutAsync, cancellationToken).ConfigureAwait(false);

        ChainOfThought<JudgePreferenceForPersona> judge = JudgePreferenceForPersona.ChainOfThought(chatClient, _options.Predict);
        Example<JudgePreferenceForPersona>[] examples = PairExamples.ForPersona(split.Train, p => personas[p.Id]);
        return await (Search(judge, x => x.Preference, []) with { MaxBootstrappedDemos = 0, MaxLabeledDemos = 0 }).OptimizeAsync(
            judge, examples, examples, _options.Budget, Report(progress, FitStage.BootstrapWithPersona, FitStage.SelectDemos), cancellationToken).ConfigureAwait(false);

        async Task<string> InduceWithoutAsync(PreferencePair held, CancellationToken token)
        {
            string persona = await SynthesizeAsync(
                choice,
                split.Train.Remove(held),
                winning,
                verified.RemoveAll(v => v.Example.Id == held.Id),
                token).ConfigureAwait(false);
            personas[held.Id] = persona;
            progress?.Report(new(FitStage.BootstrapWithPersona, personas.Count, split.Train.Length));
            return persona;
        }
    }

    private async Task<string> SynthesizeAsync(
        FinalChoice choice,
        ImmutableArray<PreferencePair> pairs,
        ImmutableArray<Demo> winning,
        ImmutableArray<ExampleResult<JudgePreference>> verified,
        CancellationToken cancellationToken)
    {
        IPromptProgram<SynthesizePersona> program = _persona;
        if (_options.Budget is { } budget)
        {
            program = program.WithClient(client => new BudgetChatClient(client, budget));
        }

        ImmutableArray<Judgement> judgements = PersonaEvidence.Choose(pairs, winning, verified, _options.MaxPersonaTokens);
        Prediction<SynthesizePersona> prediction =
            await program.PredictAsync(new SynthesizePersona.Inputs(judgements), cancellationToken).ConfigureAwait(false);
        choice.Spend(prediction.Usage);
        string persona = prediction.Value.Persona.Trim();
        return persona.Length > 0 ? persona : throw new PromptParseException("persona", prediction.Value.Persona, "it is empty");
    }

    private BootstrapFewShotWithRandomSearch<T> Search<T>(
        IPromptProgram<T> teacher, Func<T, object?> field, ImmutableArray<(string Name, ProgramState State)> also)
        where T : class, ISignature<T> => new()
        {
            Metric = Metrics.ExactMatch(field),
            Candidates = _options.Candidates,
            MaxBootstrappedDemos = null,
            MaxLabeledDemos = _options.MaxLabeledDemos,
            Teacher = teacher,
            Also = also,
            MaxParallel = _options.MaxParallel,
            Seed = _options.Seed,
        };

    private static IPromptProgram<SynthesizePersona> Tuned(IPromptProgram<SynthesizePersona> program, ProgramState? state) =>
        state is null ? program : program.With(state);

    private static StageProgress? Report(IProgress<FitProgress>? progress, FitStage bootstrapping, FitStage validating) =>
        progress is null ? null : new StageProgress(progress, bootstrapping, validating);

    private sealed class StageProgress(IProgress<FitProgress> progress, FitStage bootstrapping, FitStage validating) : IProgress<OptimizationEvent>
    {
        public void Report(OptimizationEvent value) => progress.Report(
            new(value.Phase == OptimizationPhase.Bootstrapping ? bootstrapping : validating, value.Done, value.Total));
    }
}
