using Microsoft.Extensions.AI;
using SynthesizeMe.Signatures;

namespace SynthesizeMe.Optimizers;

/// <summary>
/// Like <see cref="BestOfN{T}"/>, but after an attempt that is not good enough a model says what each predictor should do otherwise, and the next
/// attempt is told so at the end of its instructions.
/// </summary>
/// <typeparam name="T">The signature.</typeparam>
/// <param name="Program">The program.</param>
/// <param name="Reward">How good an answer is; its <see cref="Score.Feedback"/> is shown to the model that gives advice.</param>
/// <param name="AdviceModel">Who gives advice.</param>
/// <remarks>
/// Advice is for one answer only and never becomes part of the state. Advice that cannot be read is gone without and listed
/// (<see cref="RepairKind.RunLost"/>), advice for a predictor that does not exist likewise (<see cref="RepairKind.UnknownSection"/>).
/// </remarks>
public sealed record Refine<T>(IPromptProgram<T> Program, Reward<T> Reward, IChatClient AdviceModel) : BestOfN<T>(Program, Reward)
    where T : class, ISignature<T>
{
    /// <summary>How the model that gives advice is called; once more after an unreadable reply by default.</summary>
    public PredictOptions? AdviceOptions { get; init; }

    /// <inheritdoc/>
    public override int MaxCalls => base.MaxCalls + ((N - 1) * (1 + (AdviceOptions ?? PredictOptions.Default).MaxReasks));

    /// <inheritdoc/>
    public override IPromptProgram<T> WithClient(Func<IChatClient, IChatClient> wrap)
    {
        ArgumentNullException.ThrowIfNull(wrap);
        return this with { Program = Program.WithClient(wrap), AdviceModel = wrap(AdviceModel) };
    }

    private protected override async Task<(IPromptProgram<T> Program, Usage Spent)> NextAsync(
        IPromptProgram<T> program, Attempt<T> made, List<Repair> repairs, CancellationToken cancellationToken)
    {
        Dictionary<string, IPredictor> steps = Program.Predictors.ToDictionary(p => p.Name, StringComparer.Ordinal);
        StepReply[] replies = [.. (made.Prediction?.Calls ?? []).Select(c => new StepReply(
            c.Predictor, PromptText.InputsOf(c.Demo, steps[c.Predictor].Signature), PromptText.OutputsOf(c.Demo, steps[c.Predictor].Signature)))];
        string feedback = made.Failure is { } failure ? $"{failure.Message} The reply was:\n{failure.Reply}" : made.Score.Feedback ?? "";
        try
        {
            Prediction<AdviseNextAttempt> advice = await AdviseNextAttempt.Predict(AdviceModel, AdviceOptions).PredictAsync(
                new AdviseNextAttempt.Inputs(PromptText.Of(program), replies, made.Score.Value, feedback), cancellationToken).ConfigureAwait(false);
            return (Advised(advice.Value.Advice, repairs), advice.Usage);
        }
        catch (PromptParseException e)
        {
            repairs.Add(new Repair(RepairKind.RunLost, "advice", 0));
            return (program, e.Usage);
        }
    }

    private IPromptProgram<T> Advised(IReadOnlyDictionary<string, string> advice, List<Repair> repairs)
    {
        ProgramState state = Program.State;
        foreach ((string name, string text) in advice.OrderBy(a => a.Key, StringComparer.Ordinal))
        {
            if (Program.Predictors.FirstOrDefault(p => p.Name == name) is { } step)
            {
                string told = $"{PromptText.InstructionsOf(step)}\n\nAdvice from an earlier attempt at the same inputs: {text}";
                state = state.With(name, step.State with { Instructions = told });
            }
            else
            {
                repairs.Add(new Repair(RepairKind.UnknownSection, name, 0));
            }
        }

        return Program.With(state);
    }
}
