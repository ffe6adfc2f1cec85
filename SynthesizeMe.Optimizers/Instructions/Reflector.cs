using System.Globalization;
using Microsoft.Extensions.AI;
using SynthesizeMe.Signatures;

namespace SynthesizeMe.Optimizers;

/// <summary>Has a model rewrite the instructions of one predictor from runs and what was said about them.</summary>
internal sealed class Reflector<T>(IPromptProgram<T> program, IChatClient model, PredictOptions? options, Spending spending)
    where T : class, ISignature<T>
{
    private readonly IPromptProgram<ReviseInstructions> _writer = spending.On(ReviseInstructions.Predict(model, options));

    /// <summary>New instructions for a predictor; null when its calls show in none of the results.</summary>
    /// <param name="step">The predictor's name.</param>
    /// <param name="state">The instructions as they are.</param>
    /// <param name="results">What the program did under them.</param>
    /// <param name="rollout">Which reflection this is.</param>
    /// <param name="cancellationToken">Stops at once.</param>
    /// <exception cref="PromptParseException">The reply could not be read.</exception>
    /// <exception cref="BudgetExceededException">The budget is spent.</exception>
    public async Task<string?> ReviseAsync(
        string step, ProgramState state, IEnumerable<ExampleResult<T>> results, int rollout, CancellationToken cancellationToken)
    {
        IPredictor predictor = program.Predictors.First(p => p.Name == step);
        StepRun[] runs = [.. results.Select(r => RunOf(predictor, r)).OfType<StepRun>()];
        if (runs.Length == 0)
        {
            return null;
        }

        var inputs = new ReviseInstructions.Inputs(
            PromptText.Of(predictor), state[step].Instructions ?? predictor.Signature.Instructions, runs);
        return (await _writer.WithRollout(rollout).PredictAsync(inputs, cancellationToken).ConfigureAwait(false)).Value.NewInstructions.Trim();
    }

    private static StepRun? RunOf(IPredictor predictor, ExampleResult<T> result)
    {
        if (result.Failure is { } failure)
        {
            if (failure.Predictor.Length > 0 && failure.Predictor != predictor.Name)
            {
                return null; // Another predictor's reply could not be read.
            }

            string asked = PromptText.InputsOf(new Demo<T>(result.Example.Value), T.Descriptor);
            return new StepRun(asked, failure.Reply, 0, $"{failure.Message} The program gave no answer.");
        }

        return result.Prediction!.Calls.LastOrDefault(c => c.Predictor == predictor.Name)?.Demo is { } call
            ? new StepRun(PromptText.InputsOf(call, predictor.Signature), PromptText.OutputsOf(call, predictor.Signature), result.Score.Value, FeedbackOn(result))
            : null;
    }

    /// <summary>What the metric said, else what would have been right.</summary>
    private static string FeedbackOn(ExampleResult<T> result)
    {
        if (result.Score.Feedback is { } said)
        {
            return said;
        }

        string right = PromptText.OutputsOf(new Demo<T>(result.Example.Value), T.Descriptor);
        string verdict = result.Score.Value >= 1 ? "This was right." : string.Create(CultureInfo.InvariantCulture, $"This scored {result.Score.Value:0.##} of 1.");
        return $"{verdict} The program's right answer is:\n{right}";
    }
}
