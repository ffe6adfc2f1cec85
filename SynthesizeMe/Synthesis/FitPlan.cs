using System.Collections.Immutable;
using Microsoft.Extensions.AI;
using SynthesizeMe.Optimizers;
using SynthesizeMe.Signatures;

namespace SynthesizeMe;

/// <summary>What a fit would do at most.</summary>
/// <param name="Split">How the pairs would be divided.</param>
/// <param name="Stages">The stages, in order; none that would not be run.</param>
public sealed record FitPlan(PreferenceSplit Split, ImmutableArray<PlannedStage> Stages)
{
    /// <summary>A reply of a judge, reasoning included, is taken to have so many tokens.</summary>
    public const int TokensOfAnAnswer = 200;

    /// <summary>A persona is taken to have so many tokens: its longest is 200 words.</summary>
    public const int TokensOfAPersona = 300;

    /// <summary>The most calls, second asks after unreadable replies included.</summary>
    public long Calls => Stages.Sum(s => s.Calls);

    /// <summary>About how many tokens the prompts of so many calls have.</summary>
    public long InputTokens => Stages.Sum(s => s.InputTokens);

    /// <summary>About how many tokens their replies have.</summary>
    public long OutputTokens => Stages.Sum(s => s.OutputTokens);

    internal static FitPlan Of(IChatClient chatClient, SynthesisOptions options, PersonaWriter writer, PreferenceSplit split)
    {
        var prompts = new PlannedPrompts(chatClient, options, split);
        return new(split, [.. (options.Effort == FitEffort.Published
            ? Published(chatClient, options, writer, split, prompts)
            : CrossValidated(chatClient, options, writer, split, prompts)).Where(s => s.Calls > 0)]);
    }

    private static IEnumerable<PlannedStage> CrossValidated(
        IChatClient chatClient, SynthesisOptions options, PersonaWriter writer, PreferenceSplit split, PlannedPrompts prompts)
    {
        PreferencePair[] pairs = [.. split.Train.Concat(split.Validation).DistinctBy(p => p.Id)];
        int conversations = pairs.Select(p => p.ConversationId).Distinct(StringComparer.Ordinal).Count();
        int folds = options.Effort == FitEffort.Quick ? 0 : Math.Min(CrossValidatedFit.PersonaFolds, conversations == 1 ? pairs.Length : conversations);
        var fit = new CrossValidatedFit(chatClient, options, writer);
        ChainOfThought<JudgePreference> judge = JudgePreference.ChainOfThought(chatClient, options.Predict);
        ChainOfThought<JudgePreferenceForPersona> informed = JudgePreferenceForPersona.ChainOfThought(chatClient, options.Predict);
        Example<JudgePreference>[] views = PairExamples.Plain(pairs);
        long bootstrap = (long)views.Length * judge.MaxCalls;
        yield return Judging(FitStage.BootstrapReasoning, bootstrap, prompts.Bare);
        yield return Judging(FitStage.SelectReasoning, fit.Search<JudgePreference>(v => v.Preference).WorstCaseCalls(judge, views, []) - bootstrap, prompts.WithDemos);
        yield return Writing((1L + folds) * writer.MaxCalls, prompts.Persona);
        long compared = 0;
        if (options.Effort == FitEffort.Thorough)
        {
            Example<JudgePreferenceForPersona>[] known = PairExamples.ForPersona(pairs, _ => "");
            compared = (fit.Search<JudgePreferenceForPersona>(v => v.Preference) with { Teacher = new RememberedReasoning(informed, []) }).WorstCaseCalls(informed, known, []);
        }
        else if (options.Effort == FitEffort.Standard)
        {
            compared = 2L * pairs.Length * informed.MaxCalls; // One order to compare, and the other to confirm the winner.
        }

        yield return Judging(FitStage.SelectDemos, compared, prompts.WithDemos + TokensOfAPersona);
    }

    private static IEnumerable<PlannedStage> Published(
        IChatClient chatClient, SynthesisOptions options, PersonaWriter writer, PreferenceSplit split, PlannedPrompts prompts)
    {
        var fit = new PublishedFit(chatClient, options, writer);
        ChainOfThought<JudgePreference> judge = JudgePreference.ChainOfThought(chatClient, options.Predict);
        ChainOfThought<JudgePreferenceForPersona> informed = JudgePreferenceForPersona.ChainOfThought(chatClient, options.Predict);
        Example<JudgePreference>[] train = PairExamples.Plain(split.Train);
        Example<JudgePreference>[] validation = PairExamples.Plain(split.Validation);
        long bootstrap = (long)train.Length * judge.MaxCalls;
        bool leavesOneOut = split.Kind == SplitKind.LeaveOneOut;
        yield return Judging(FitStage.BootstrapReasoning, bootstrap, prompts.Bare);
        yield return Judging(
            FitStage.SelectReasoning,
            fit.Search(judge, v => v.Preference, [(FinalChoice.HistoryName, ProgramState.Empty)]).WorstCaseCalls(judge, train, validation) - bootstrap,
            prompts.WithDemos);
        yield return Writing((1L + (leavesOneOut ? split.Train.Length : 0)) * writer.MaxCalls, prompts.Persona);
        BootstrapFewShotWithRandomSearch<JudgePreferenceForPersona> search = fit.Search(informed, v => v.Preference, []);
        Example<JudgePreferenceForPersona>[] knownTrain = PairExamples.ForPersona(split.Train, _ => "");
        Example<JudgePreferenceForPersona>[] knownValidation = PairExamples.ForPersona(split.Validation, _ => "");
        long again = leavesOneOut ? 0 : bootstrap;
        long worst = leavesOneOut
            ? (search with { MaxBootstrappedDemos = 0, MaxLabeledDemos = 0 }).WorstCaseCalls(informed, knownTrain, knownTrain)
            : search.WorstCaseCalls(informed, knownTrain, knownValidation);
        yield return Judging(FitStage.BootstrapWithPersona, again, prompts.Bare + TokensOfAPersona);
        yield return Judging(FitStage.SelectDemos, worst - again, prompts.WithDemos + TokensOfAPersona);
    }

    private static PlannedStage Judging(FitStage stage, long calls, long tokens) => new(stage, calls, calls * tokens, calls * TokensOfAnAnswer);

    private static PlannedStage Writing(long calls, long tokens) => new(FitStage.SynthesizePersona, calls, calls * tokens, calls * TokensOfAPersona);
}

/// <summary>A stage of a plan.</summary>
/// <param name="Stage">The stage.</param>
/// <param name="Calls">The most calls.</param>
/// <param name="InputTokens">About how many tokens their prompts have: the rendered prompts, at four characters a token.</param>
/// <param name="OutputTokens">About how many tokens their replies have, at <see cref="FitPlan.TokensOfAnAnswer"/> and <see cref="FitPlan.TokensOfAPersona"/>.</param>
public sealed record PlannedStage(FitStage Stage, long Calls, long InputTokens, long OutputTokens);
