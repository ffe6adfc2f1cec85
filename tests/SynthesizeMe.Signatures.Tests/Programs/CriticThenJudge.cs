using Microsoft.Extensions.AI;
using SynthesizeMe.Signatures.Tests.Declared;

namespace SynthesizeMe.Signatures.Tests.Programs;

[Signature("Criticise both completions.")]
public partial record Critique([Input] string FirstCompletion, [Input] string SecondCompletion, [Output] string Verdict);

[Signature("Decide by the critique.")]
public partial record JudgeByCritique([Input] string Critique, [Output] Preference Preference);

[PromptProgram]
public sealed partial class CriticThenJudge : PromptProgram<Judge>
{
    [Predictor]
    public partial Predict<Critique> Critic { get; }

    [Predictor]
    public partial ChainOfThought<JudgeByCritique> Decide { get; }

    private async Task<Judge> ForwardAsync(Judge.Inputs inputs, CancellationToken cancellationToken)
    {
        Prediction<Critique> critique = await Critic.PredictAsync(inputs.FirstCompletion, inputs.SecondCompletion, cancellationToken);
        Prediction<JudgeByCritique> decision = await Decide.PredictAsync(critique.Value.Verdict, cancellationToken);
        return new Judge(inputs.Conversation, inputs.FirstCompletion, inputs.SecondCompletion, decision.Value.Preference);
    }
}

/// <summary>A program that goes on without a critique that cannot be read.</summary>
[PromptProgram]
public sealed partial class Forgiving : PromptProgram<Judge>
{
    [Predictor]
    public partial Predict<Critique> Critic { get; }

    [Predictor]
    public partial Predict<Judge> Decide { get; }

    private async Task<Judge> ForwardAsync(Judge.Inputs inputs, CancellationToken cancellationToken)
    {
        try
        {
            await Critic.PredictAsync(inputs.FirstCompletion, inputs.SecondCompletion, cancellationToken);
        }
        catch (PromptParseException)
        {
            // The judge decides alone.
        }

        return (await Decide.PredictAsync(inputs, cancellationToken)).Value;
    }
}

/// <summary>A program with a constructor and a setting of its own, whose predictor answers the program's signature.</summary>
[PromptProgram]
public sealed partial class Insistent(IChatClient chatClient, int times) : PromptProgram<Ask>(chatClient, new PredictOptions { MaxReasks = 0 })
{
    public int Times { get; } = times;

    [Predictor]
    private partial ChainOfThought<Ask> Answer { get; }

    private async Task<Ask> ForwardAsync(Ask.Inputs inputs, CancellationToken cancellationToken)
    {
        IEnumerable<Task<Prediction<Ask>>> asked = Enumerable.Range(0, Times).Select(i => Answer.PredictAsync($"{inputs.Question} {i}", cancellationToken));
        Prediction<Ask>[] answers = await Task.WhenAll(asked);
        return answers[^1].Value;
    }
}
