using SynthesizeMe.Signatures;

namespace SynthesizeMe.Optimizers.Tests;

public enum Side
{
    First,
    Second,
}

[Signature("Decide which completion this person prefers.")]
public partial record Choice([Input] string Question, [Input] string First, [Input] string Second, [Output] Side Preferred);

/// <summary>A signature with an output that the metric does not look at.</summary>
[Signature("Decide which completion this person prefers, and how sure you are.")]
public partial record SureChoice(
    [Input] string Question, [Input] string First, [Input] string Second, [Output] Side Preferred, [Output] int Sureness);

[Signature("Name the merits of both completions.")]
public partial record Critique([Input] string Question, [Input] string First, [Input] string Second, [Output] string Merits);

[PromptProgram]
public sealed partial class CriticThenJudge : PromptProgram<Choice>
{
    [Predictor]
    public partial ChainOfThought<Critique> Critic { get; }

    [Predictor]
    public partial ChainOfThought<Choice> Judge { get; }

    private async Task<Choice> ForwardAsync(Choice.Inputs x, CancellationToken ct)
    {
        Prediction<Critique> critique = await Critic.PredictAsync(x.Question, x.First, x.Second, ct);
        Prediction<Choice> choice = await Judge.PredictAsync($"{x.Question}, given that {critique.Value.Merits}", x.First, x.Second, ct);
        return choice.Value with { Question = x.Question };
    }
}
