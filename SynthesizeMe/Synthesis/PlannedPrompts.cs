using System.Collections.Immutable;
using Microsoft.Extensions.AI;
using SynthesizeMe.Optimizers;
using SynthesizeMe.Signatures;

namespace SynthesizeMe;

/// <summary>About how long the prompts of a fit are, in tokens: those that can be rendered before there are replies.</summary>
internal sealed class PlannedPrompts
{
    public PlannedPrompts(IChatClient chatClient, SynthesisOptions options, PreferenceSplit split)
    {
        ImmutableArray<PreferencePair> pairs = [.. split.Train.Concat(split.Validation).DistinctBy(p => p.Id)];
        ChainOfThought<JudgePreference> judge = JudgePreference.ChainOfThought(chatClient, options.Predict);
        Example<JudgePreference>[] views = PairExamples.Plain(pairs);
        Demo[] demos = [.. views.Where((_, i) => i % 2 == 0).Select(v => new Demo<JudgePreference>(v.Value, null))];
        Predict<JudgePreference> shown = judge.With(judge.State.WithDemos(demos));
        Bare = Mean(judge, views);
        WithDemos = Mean(shown, views) + ((long)demos.Length * FitPlan.TokensOfAnAnswer);

        Predict<SynthesizePersona> writer = SynthesizePersona.Predict(chatClient, options.Predict);
        writer = options.PersonaProgram is { } state ? writer.With(state[writer.Name]) : writer;
        Persona = PromptTokens.Likely(writer.Render(new SynthesizePersona.Inputs(PersonaEvidence.Choose(pairs, [], [], options.MaxPersonaTokens))).ToChatMessages())
            + ((long)pairs.Length * FitPlan.TokensOfAnAnswer);
    }

    /// <summary>Of a judge that is shown nothing.</summary>
    public long Bare { get; }

    /// <summary>Of a judge that is shown every pair with reasoning: none is longer.</summary>
    public long WithDemos { get; }

    /// <summary>Of the request for a persona, with reasoning about every pair.</summary>
    public long Persona { get; }

    private static long Mean(Predict<JudgePreference> judge, Example<JudgePreference>[] views) =>
        (long)Math.Ceiling(views.Average(v => PromptTokens.Likely(judge.Render(v.Value.ToInputs()).ToChatMessages())));
}
