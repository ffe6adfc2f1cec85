using System.Collections.Immutable;
using Microsoft.Extensions.AI;
using SynthesizeMe.Optimizers;
using SynthesizeMe.Signatures;

namespace SynthesizeMe;

/// <summary>
/// The stages of the paper (section 3) with every choice used both to learn from and to compare by: a candidate is judged on a choice without anything
/// of its conversation being shown, neither as a demonstration nor to whoever wrote the persona. What wins is made of all choices.
/// </summary>
internal sealed class CrossValidatedFit(IChatClient chatClient, SynthesisOptions options, PersonaWriter writer)
{
    /// <summary>A persona is tried on choices that it was not induced from; so many are written for that.</summary>
    public const int PersonaFolds = 3;

    private const int DefaultCandidates = 3;

    private const string WithDemos = "persona with all demonstrations";
    private const string OtherOrder = "other order";

    private bool Thorough => options.Effort == FitEffort.Thorough;

    public async Task<Fit> FitAsync(PreferenceSplit split, IProgress<FitProgress>? progress, CancellationToken cancellationToken)
    {
        ImmutableArray<PreferencePair> pairs = Usable(split);
        var choice = new FinalChoice(chatClient, options, split);
        if (split.Kind == SplitKind.LeaveOneOut)
        {
            choice.Note("There is one conversation only, so each judge was tried on a pair while it knew others of the same conversation.");
        }

        ChainOfThought<JudgePreference> judge = JudgePreference.ChainOfThought(chatClient, options.Predict);
        Example<JudgePreference>[] examples = PairExamples.Plain(pairs);
        OptimizationResult<JudgePreference> search = await Search<JudgePreference>(x => x.Preference).OptimizeAsync(
            judge, examples, [], options.Budget, StageProgress.Of(progress, FitStage.BootstrapReasoning, FitStage.SelectReasoning), cancellationToken).ConfigureAwait(false);
        choice.Add(search);
        Personas? personas = search.Stopped is null
            ? await WritePersonasAsync(choice, pairs, search, progress, cancellationToken).ConfigureAwait(false)
            : null;
        if (personas is not null)
        {
            await ComparePersonaAsync(choice, pairs, search, personas, progress, cancellationToken).ConfigureAwait(false);
        }

        await ConfirmAsync(choice, examples, personas, pairs, cancellationToken).ConfigureAwait(false);
        if (options.Effort == FitEffort.Standard)
        {
            progress?.Report(new(FitStage.SelectDemos, 2 * pairs.Length, 2 * pairs.Length));
        }

        return choice.Decide() with { BlindPersonas = personas?.Blind ?? ImmutableDictionary<string, string>.Empty };
    }

    private static ImmutableArray<PreferencePair> Usable(PreferenceSplit split) =>
        [.. PreferenceSplit.InTimeOrder(split.Train.Concat(split.Validation).DistinctBy(p => p.Id)).SelectMany(c => c)];

    public DemoSearch<T> Search<T>(Func<T, object?> field)
        where T : class, ISignature<T> => new()
        {
            Metric = Metrics.ExactMatch(field),
            Strategy = DemoSearchStrategy.Halving,
            Candidates = Thorough ? options.Candidates ?? DefaultCandidates : 0,
            AllViews = Thorough,
            MaxParallel = options.MaxParallel,
            Seed = options.Seed,
        };

    private CrossValidation<T> Validation<T>(Func<T, object?> field)
        where T : class, ISignature<T> => new() { Metric = Metrics.ExactMatch(field), MaxParallel = options.MaxParallel, Seed = options.Seed };

    /// <summary>The persona of all choices, and for every choice one that was induced without its fold; null when there is none.</summary>
    private async Task<Personas?> WritePersonasAsync(
        FinalChoice choice,
        ImmutableArray<PreferencePair> pairs,
        OptimizationResult<JudgePreference> search,
        IProgress<FitProgress>? progress,
        CancellationToken cancellationToken)
    {
        ImmutableArray<Demo> shown = [.. search.Best.State.Predictors.Values.SelectMany(p => p.Demos)];
        bool oneConversation = pairs.All(p => p.ConversationId == pairs[0].ConversationId);
        string[] groups = [.. pairs.Select(Group).Distinct(StringComparer.Ordinal)];
        int folds = options.Effort == FitEffort.Quick ? 0 : Math.Min(PersonaFolds, groups.Length);
        string? final = null;
        try
        {
            final = await WriteAsync(pairs, cancellationToken).ConfigureAwait(false);
            progress?.Report(new(FitStage.SynthesizePersona, 1, 1 + folds));
            ImmutableArray<PreferencePair>[] parts = [.. Enumerable.Range(0, folds).Select(f => pairs.RemoveAll(p => Fold(p) == f))];
            (string? Persona, Exception? Failure)[] blind =
                await Batch.RunAsync(parts, options.MaxParallel, TryWriteAsync, cancellationToken).ConfigureAwait(false);
            progress?.Report(new(FitStage.SynthesizePersona, 1 + folds, 1 + folds));
            switch (blind.Select(b => b.Failure).FirstOrDefault(f => f is not null))
            {
                case BudgetExceededException refusal:
                    choice.Stop(refusal.Message);
                    return new(final, null);
                case { } failure:
                    choice.Note($"The persona was not compared, because a reply could not be read. {failure.Message}");
                    return new(final, null);
            }

            return new(final, folds == 0 ? null : pairs.ToImmutableDictionary(p => p.Id, p => blind[Fold(p)].Persona!));
        }
        catch (PromptParseException e)
        {
            choice.Spend(e.Usage);
            choice.Note($"There is no persona, because the model's reply could not be read. {e.Message}");
        }
        catch (BudgetExceededException e)
        {
            choice.Stop(e.Message);
        }

        return final is null ? null : new(final, null);

        string Group(PreferencePair pair) => oneConversation ? pair.Id : pair.ConversationId;

        int Fold(PreferencePair pair) => Array.IndexOf(groups, Group(pair)) % folds;

        // What the others cost is counted, so a failure of one does not break them off.
        async Task<(string? Persona, Exception? Failure)> TryWriteAsync(ImmutableArray<PreferencePair> part, CancellationToken token)
        {
            try
            {
                return (await WriteAsync(part, token).ConfigureAwait(false), null);
            }
            catch (PromptParseException e)
            {
                choice.Spend(e.Usage);
                return (null, e);
            }
            catch (BudgetExceededException e)
            {
                return (null, e);
            }
        }

        async Task<string> WriteAsync(ImmutableArray<PreferencePair> part, CancellationToken token)
        {
            HashSet<string> ids = [.. part.Select(p => p.Id)];
            return await writer.WriteAsync(choice, part, shown, search.Verified.RemoveAll(v => !ids.Contains(v.Example.Id)), token).ConfigureAwait(false);
        }
    }

    private async Task ComparePersonaAsync(
        FinalChoice choice,
        ImmutableArray<PreferencePair> pairs,
        OptimizationResult<JudgePreference> search,
        Personas personas,
        IProgress<FitProgress>? progress,
        CancellationToken cancellationToken)
    {
        IPromptProgram<JudgePreferenceForPersona> judge = JudgePreferenceForPersona.ChainOfThought(chatClient, options.Predict);
        ImmutableArray<Demo> shown = [.. search.BestOf(c => c.State.DemoCount > 0)?.State.Predictors.Values.SelectMany(p => p.Demos) ?? []];
        if (personas.Blind is not { } blind)
        {
            var untried = new Candidate<JudgePreferenceForPersona>(WithDemos, Showing(judge, PairExamples.WithPersona(shown, personas.Final)), CandidateStatus.NotEvaluated);
            choice.Add(personas.Final, new OptimizationResult<JudgePreferenceForPersona>(judge, untried, [untried], [], default, null));
            return;
        }

        Example<JudgePreferenceForPersona>[] examples = PairExamples.ForPersona(pairs, p => blind[p.Id]);
        try
        {
            choice.Add(personas.Final, await (Thorough
                ? (Search<JudgePreferenceForPersona>(x => x.Preference) with { Teacher = new RememberedReasoning(judge, Blind(search)) }).OptimizeAsync(
                    judge, examples, [], options.Budget, StageProgress.Of(progress, null, FitStage.SelectDemos), cancellationToken)
                : TryAsync(judge, Showing(judge, PairExamples.WithPersonaOf(shown, examples)), examples, cancellationToken)).ConfigureAwait(false));
            if (!Thorough)
            {
                progress?.Report(new(FitStage.SelectDemos, pairs.Length, 2 * pairs.Length));
            }
        }
        catch (UnreadableRepliesException e)
        {
            choice.Spend(e.Usage);
            choice.Note($"No judge with a persona was tried. {e.Message}");
        }
    }

    private static ImmutableArray<ExampleResult<JudgePreference>> Blind(OptimizationResult<JudgePreference> search) =>
        search.BestOf(c => c.Name == DemoSearch<JudgePreference>.ZeroShot)?.Evaluation?.Results ?? [];

    /// <summary>Tries one state on each pair in one order.</summary>
    /// <exception cref="UnreadableRepliesException">Not one reply could be read.</exception>
    private async Task<OptimizationResult<JudgePreferenceForPersona>> TryAsync(
        IPromptProgram<JudgePreferenceForPersona> judge, ProgramState state, Example<JudgePreferenceForPersona>[] examples, CancellationToken cancellationToken)
    {
        OptimizationResult<JudgePreferenceForPersona> tried = await Validation<JudgePreferenceForPersona>(x => x.Preference).RunAsync(
            judge, [(WithDemos, state)], PairExamples.OneOrder(examples), examples, options.Budget, cancellationToken).ConfigureAwait(false);
        return tried.Best.Evaluation is { } e && e.Results.All(r => r.Failure is not null)
            ? throw new UnreadableRepliesException(e.Results.Length, tried.Usage, e.Results[0].Failure!)
            : tried;
    }

    /// <summary>Has the winner judge the other order of every pair, too: what its confidence is computed from.</summary>
    private async Task ConfirmAsync(
        FinalChoice choice, Example<JudgePreference>[] examples, Personas? personas, ImmutableArray<PreferencePair> pairs, CancellationToken cancellationToken)
    {
        if (options.Effort != FitEffort.Standard || choice.Leader is not { } leader)
        {
            return;
        }

        if (leader.Persona is null)
        {
            IPromptProgram<JudgePreference> judge = JudgePreference.ChainOfThought(chatClient, options.Predict);
            choice.Confirm(await Validation<JudgePreference>(x => x.Preference).RunAsync(
                judge, [(OtherOrder, Showing(judge, leader.Demos))], PairExamples.OtherOrder(examples), examples, options.Budget, cancellationToken).ConfigureAwait(false));
        }
        else if (personas?.Blind is { } blind)
        {
            IPromptProgram<JudgePreferenceForPersona> judge = JudgePreferenceForPersona.ChainOfThought(chatClient, options.Predict);
            Example<JudgePreferenceForPersona>[] informed = PairExamples.ForPersona(pairs, p => blind[p.Id]);
            choice.Confirm(await Validation<JudgePreferenceForPersona>(x => x.Preference).RunAsync(
                judge, [(OtherOrder, Showing(judge, PairExamples.WithPersonaOf(leader.Demos, informed)))], PairExamples.OtherOrder(informed), informed, options.Budget, cancellationToken).ConfigureAwait(false));
        }
    }

    private static ProgramState Showing<T>(IPromptProgram<T> judge, IEnumerable<Demo> demos)
        where T : class, ISignature<T> => judge.State.With(judge.Predictors[0].Name, judge.Predictors[0].State.WithDemos(demos));

    /// <summary>The persona of all choices, and the one to try on each choice, by its id; none when personas are not compared.</summary>
    private sealed record Personas(string Final, ImmutableDictionary<string, string>? Blind);
}
