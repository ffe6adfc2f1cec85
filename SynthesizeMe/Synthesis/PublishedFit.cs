using System.Collections.Immutable;
using Microsoft.Extensions.AI;
using SynthesizeMe.Optimizers;
using SynthesizeMe.Signatures;

namespace SynthesizeMe;

/// <summary>
/// The paper's search (section 3): random subsets of verified reasoning, a persona, random subsets again, all compared on the validation pairs, and a
/// final choice by the same pairs.
/// </summary>
internal sealed class PublishedFit(IChatClient chatClient, SynthesisOptions options, PersonaWriter writer)
{
    private const int DefaultCandidates = 10;


    public async Task<Fit> FitAsync(PreferenceSplit split, IProgress<FitProgress>? progress, CancellationToken cancellationToken)
    {
        var choice = new FinalChoice(chatClient, options, split);
        OptimizationResult<JudgePreference> reasoning = await SearchReasoningAsync(split, progress, cancellationToken).ConfigureAwait(false);
        choice.Add(reasoning);
        ImmutableDictionary<string, string> blind = reasoning.Stopped is null
            ? await AddPersonaAsync(choice, split, reasoning, progress, cancellationToken).ConfigureAwait(false)
            : ImmutableDictionary<string, string>.Empty;
        return choice.Decide() with { BlindPersonas = blind };
    }

    private async Task<OptimizationResult<JudgePreference>> SearchReasoningAsync(
        PreferenceSplit split, IProgress<FitProgress>? progress, CancellationToken cancellationToken)
    {
        ChainOfThought<JudgePreference> judge = JudgePreference.ChainOfThought(chatClient, options.Predict);
        Example<JudgePreference>[] train = PairExamples.Plain(split.Train);
        OptimizationResult<JudgePreference> history = await new LabeledFewShot<JudgePreference> { K = split.Train.Length, Sample = false }
            .OptimizeAsync(judge, train, [], cancellationToken: cancellationToken).ConfigureAwait(false);
        return await Search(judge, x => x.Preference, [(FinalChoice.HistoryName, history.Best.State)]).OptimizeAsync(
            judge,
            train,
            PairExamples.Plain(split.Validation),
            options.Budget,
            StageProgress.Of(progress, FitStage.BootstrapReasoning, FitStage.SelectReasoning),
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Induces a persona, and tries it. Returns for a pair, by its id, a persona that was not induced from it.</summary>
    private async Task<ImmutableDictionary<string, string>> AddPersonaAsync(
        FinalChoice choice,
        PreferenceSplit split,
        OptimizationResult<JudgePreference> reasoning,
        IProgress<FitProgress>? progress,
        CancellationToken cancellationToken)
    {
        var blind = new Dictionary<string, string>(StringComparer.Ordinal);
        try
        {
            Candidate<JudgePreference> winner = reasoning.BestOf(c => c.State.DemoCount > 0) ?? reasoning.Best;
            ImmutableArray<Demo> winning = [.. winner.State.Predictors.Values.SelectMany(p => p.Demos)];
            string persona = await writer.WriteAsync(choice, split.Train, winning, reasoning.Verified, cancellationToken).ConfigureAwait(false);
            progress?.Report(new(FitStage.SynthesizePersona, 1, 1));
            if (split.Kind == SplitKind.LeaveOneOut)
            {
                choice.Add(persona, await SearchLeaveOneOutAsync(choice, split, winning, reasoning.Verified, blind, progress, cancellationToken).ConfigureAwait(false));
                choice.Note("There is one conversation only, so each persona was tried on a pair that it was not induced from, and persona with demonstrations was not tried.");
            }
            else
            {
                HashSet<string> seen = [.. split.Train.Select(p => p.ConversationId)];
                foreach (PreferencePair pair in split.Validation.Where(p => !seen.Contains(p.ConversationId)))
                {
                    blind[pair.Id] = persona;
                }

                ChainOfThought<JudgePreferenceForPersona> judge = JudgePreferenceForPersona.ChainOfThought(chatClient, options.Predict);
                choice.Add(persona, await Search(judge, x => x.Preference, []).OptimizeAsync(
                    judge,
                    PairExamples.ForPersona(split.Train, _ => persona),
                    PairExamples.ForPersona(split.Validation, _ => persona),
                    options.Budget,
                    StageProgress.Of(progress, FitStage.BootstrapWithPersona, FitStage.SelectDemos),
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

        return blind.ToImmutableDictionary();
    }

    /// <summary>With one conversation only, a persona is tried on each pair without having seen it.</summary>
    private async Task<OptimizationResult<JudgePreferenceForPersona>> SearchLeaveOneOutAsync(
        FinalChoice choice,
        PreferenceSplit split,
        ImmutableArray<Demo> winning,
        ImmutableArray<ExampleResult<JudgePreference>> verified,
        Dictionary<string, string> personas,
        IProgress<FitProgress>? progress,
        CancellationToken cancellationToken)
    {
        await Batch.RunAsync(split.Train, maxParallel: 1, InduceWithoutAsync, cancellationToken).ConfigureAwait(false);

        ChainOfThought<JudgePreferenceForPersona> judge = JudgePreferenceForPersona.ChainOfThought(chatClient, options.Predict);
        Example<JudgePreferenceForPersona>[] examples = PairExamples.ForPersona(split.Train, p => personas[p.Id]);
        return await (Search(judge, x => x.Preference, []) with { MaxBootstrappedDemos = 0, MaxLabeledDemos = 0 }).OptimizeAsync(
            judge, examples, examples, options.Budget, StageProgress.Of(progress, FitStage.BootstrapWithPersona, FitStage.SelectDemos), cancellationToken).ConfigureAwait(false);

        async Task<string> InduceWithoutAsync(PreferencePair held, CancellationToken token)
        {
            string persona = await writer.WriteAsync(
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

    public BootstrapFewShotWithRandomSearch<T> Search<T>(
        IPromptProgram<T> teacher, Func<T, object?> field, ImmutableArray<(string Name, ProgramState State)> also)
        where T : class, ISignature<T> => new()
        {
            Metric = Metrics.ExactMatch(field),
            Candidates = options.Candidates ?? DefaultCandidates,
            MaxBootstrappedDemos = null,
            MaxLabeledDemos = options.MaxLabeledDemos,
            Teacher = teacher,
            Also = also,
            MaxParallel = options.MaxParallel,
            Seed = options.Seed,
        };
}
