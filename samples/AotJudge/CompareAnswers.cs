using SynthesizeMe.Signatures;

namespace AotJudge;

/// <summary>Which of two answers wins.</summary>
public enum Winner
{
    First,
    Second,
}

/// <summary>Say what a good answer to this question must get right: two or three points, the weightiest first.</summary>
[Signature]
public partial record FindCriteria(
    [Input("What was asked.")] string Question,
    [Output("One short sentence each.")] IReadOnlyList<string> Criteria);

/// <summary>Weigh two answers to a question by the criteria, and by nothing else. The order of the answers means nothing.</summary>
[Signature]
public partial record WeighAnswers(
    [Input("What was asked.")] string Question,
    [Input("What a good answer must get right, the weightiest first.")] IReadOnlyList<string> Criteria,
    [Input("One answer.")] string FirstAnswer,
    [Input("The other answer.")] string SecondAnswer,
    [Output("The better answer.")] Winner Winner,
    [Output("How sure you are, from 50 to 100.")] int Confidence);

/// <summary>What the program as a whole does: nobody is asked this, its predictors are.</summary>
[Signature]
public partial record CompareAnswers(
    [Input] string Question,
    [Input] string FirstAnswer,
    [Input] string SecondAnswer,
    [Output] Winner Winner,
    [Output] int Confidence);

/// <summary>Settles what counts before it looks at the answers, so that no answer can set its own standard.</summary>
[PromptProgram]
public sealed partial class AnswerJudge : PromptProgram<CompareAnswers>
{
    [Predictor]
    public partial Predict<FindCriteria> Criteria { get; }

    [Predictor]
    public partial ChainOfThought<WeighAnswers> Weigh { get; }

    private async Task<CompareAnswers> ForwardAsync(CompareAnswers.Inputs inputs, CancellationToken cancellationToken)
    {
        Prediction<FindCriteria> found = await Criteria.PredictAsync(inputs.Question, cancellationToken);
        WeighAnswers weighed =
            (await Weigh.PredictAsync(inputs.Question, found.Value.Criteria, inputs.FirstAnswer, inputs.SecondAnswer, cancellationToken)).Value;
        return new CompareAnswers(inputs.Question, inputs.FirstAnswer, inputs.SecondAnswer, weighed.Winner, weighed.Confidence);
    }
}
