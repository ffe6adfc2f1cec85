using Microsoft.Extensions.AI;
using SynthesizeMe.Optimizers;
using SynthesizeMe.Signatures;

namespace SynthesizeMe;

/// <summary>
/// Answers a choice as the judge that knew nobody did, without a call. Reasoning that knew a persona may tell of the other choices that the persona was
/// induced from, and so must not be shown where one of those is judged.
/// </summary>
/// <param name="judge">The judge whose demonstrations this becomes.</param>
/// <param name="runs">What the judge that knew nobody said of each choice.</param>
internal sealed class RememberedReasoning(IPromptProgram<JudgePreferenceForPersona> judge, IEnumerable<ExampleResult<JudgePreference>> runs)
    : IPromptProgram<JudgePreferenceForPersona>
{
    private readonly ILookup<JudgePreference.Inputs, ExampleResult<JudgePreference>> _runs = runs.ToLookup(r => r.Example.Value.ToInputs());

    public IReadOnlyList<IPredictor> Predictors => judge.Predictors;

    public ProgramState State => judge.State;

    public int MaxCalls => 0;

    public IPromptProgram<JudgePreferenceForPersona> With(ProgramState state) => this;

    public IPromptProgram<JudgePreferenceForPersona> WithClient(Func<IChatClient, IChatClient> wrap) => this;

    public IPromptProgram<JudgePreferenceForPersona> WithOptions(Func<PredictOptions, PredictOptions> change) => this;

    public Task<Prediction<JudgePreferenceForPersona>> PredictAsync(IInputs<JudgePreferenceForPersona> inputs, CancellationToken cancellationToken = default)
    {
        var asked = (JudgePreferenceForPersona.Inputs)inputs;
        ExampleResult<JudgePreference>? run = _runs[new(asked.Conversation, asked.FirstCompletion, asked.SecondCompletion)].FirstOrDefault();
        if (run?.Prediction is not { } said)
        {
            return Task.FromException<Prediction<JudgePreferenceForPersona>>(
                new PromptParseException(run?.Failure?.Field ?? "", run?.Failure?.Reply ?? "", run?.Failure?.Hint ?? "it was not asked for"));
        }

        var value = new JudgePreferenceForPersona(asked.Persona, asked.Conversation, asked.FirstCompletion, asked.SecondCompletion, said.Value.Preference);
        return Task.FromResult(new Prediction<JudgePreferenceForPersona>(
            value, said.Reasoning, default, [], [new PredictorCall(judge.Predictors[0].Name, new Demo<JudgePreferenceForPersona>(value, said.Reasoning), default, [])]));
    }
}
