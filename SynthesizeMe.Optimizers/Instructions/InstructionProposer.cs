using System.Globalization;
using Microsoft.Extensions.AI;
using SynthesizeMe.Signatures;

namespace SynthesizeMe.Optimizers;

/// <summary>
/// Proposes instructions that are grounded in the data, the program and demonstrations (Opsahl-Ong et al., Optimizing Instructions and
/// Demonstrations for Multi-Stage Language Model Programs, EMNLP 2024, section 4.1).
/// </summary>
internal sealed class InstructionProposer<T>(
    IPromptProgram<T> program, IChatClient model, PredictOptions? options, Spending spending, int seed, int maxParallel)
    where T : class, ISignature<T>
{
    private const int ExamplesAtOnce = 10;
    private const int MaxBatches = 10;
    private const int DemosShown = 3;

    private static readonly string[] Tips =
    [
        "Use your own judgement.",
        "Try an unusual way to put the task.",
        "Keep it plain and short.",
        "Be exact: say what every input means and what makes an answer right.",
        "Make clear that much depends on a right answer.",
        "Name a role with the knowledge that the task needs, and speak to it.",
    ];

    private readonly List<string> _notes = [];

    /// <summary>What could not be read.</summary>
    public IReadOnlyList<string> Notes => _notes;

    /// <summary>The most calls for so many proposals a predictor.</summary>
    public static long WorstCaseCalls(int predictors, int proposals, int items, PredictOptions? options)
    {
        long data = items == 0 ? 0 : Math.Min(MaxBatches, (items + ExamplesAtOnce - 1) / ExamplesAtOnce) + 1;
        return proposals == 0 ? 0 : (data + ((long)predictors * proposals)) * (1 + (options ?? PredictOptions.Default).MaxReasks);
    }

    /// <summary>What the training data are like; empty when it could not be found out.</summary>
    /// <exception cref="BudgetExceededException">The budget is spent.</exception>
    public async Task<string> SummarizeDataAsync(IReadOnlyList<DemoSource<T>> sources, CancellationToken cancellationToken)
    {
        IPromptProgram<ObserveExamples> observer = spending.On(ObserveExamples.Predict(model, options));
        string noticed = "";
        foreach (DemoSource<T>[] batch in sources.Chunk(ExamplesAtOnce).Take(MaxBatches))
        {
            try
            {
                ObserveExamples seen = (await observer.PredictAsync(
                    new ObserveExamples.Inputs([.. batch.Select(s => PromptText.Of(s.Preferred.Value))], noticed), cancellationToken).ConfigureAwait(false)).Value;
                if (seen.NothingNew)
                {
                    break;
                }

                noticed = noticed.Length == 0 ? seen.Observations : $"{noticed}\n{seen.Observations}";
            }
            catch (PromptParseException e)
            {
                _notes.Add($"Observations on the data were left out. {e.Message}");
            }
        }

        if (noticed.Length == 0)
        {
            return "";
        }

        try
        {
            return (await spending.On(SummarizeObservations.Predict(model, options))
                .PredictAsync(new SummarizeObservations.Inputs(noticed), cancellationToken).ConfigureAwait(false)).Value.Summary;
        }
        catch (PromptParseException e)
        {
            _notes.Add($"The observations on the data were not summed up. {e.Message}");
            return noticed;
        }
    }

    /// <summary>Proposals for each predictor, in the order of the predictors; where the budget does not allow all, the first.</summary>
    /// <param name="count">How many a predictor.</param>
    /// <param name="data">What the data are like.</param>
    /// <param name="demoSets">Where a proposal's examples come from, one set after the other.</param>
    /// <param name="cancellationToken">Stops at once.</param>
    public async Task<string[][]> ProposeAsync(
        int count, string data, IReadOnlyList<ProgramState> demoSets, CancellationToken cancellationToken)
    {
        string described = PromptText.Of(program);
        (IPredictor Step, int Number)[] wanted = [.. program.Predictors.SelectMany(p => Enumerable.Range(1, count).Select(i => (p, i)))];

        // Where not all are made, the search that follows is refused, too, and says why.
        (Proposal?[] proposals, _, _) = await spending.RunAffordableAsync(
            Writer(1),
            wanted,
            maxParallel,
            (w, token) => ProposeAsync(Inputs(w.Step, w.Number, described, data, demoSets[w.Number % demoSets.Count]), w.Step, w.Number, token),
            cancellationToken: cancellationToken).ConfigureAwait(false);
        _notes.AddRange(proposals.Select(p => p?.Problem).OfType<string>().Where(p => p.Length > 0));
        return [.. proposals.Chunk(count).Select(some => some.Select(p => p?.Text).OfType<string>().Where(t => t.Length > 0).ToArray())];
    }

    private IPromptProgram<ProposeInstructions> Writer(int number) => spending.On(ProposeInstructions.Predict(model, options)).WithRollout(number);

    private ProposeInstructions.Inputs Inputs(IPredictor step, int number, string described, string data, ProgramState demos) => new(
        described,
        PromptText.Of(step),
        data,
        [.. demos[step.Name].Demos.TakeLast(DemosShown).Select(PromptText.Of)],
        PromptText.InstructionsOf(step),
        Tips[new SeededRandom(seed, string.Create(CultureInfo.InvariantCulture, $"tip {step.Name} {number}")).Next(Tips.Length)]);

    private async Task<Proposal> ProposeAsync(
        ProposeInstructions.Inputs inputs, IPredictor step, int number, CancellationToken cancellationToken)
    {
        try
        {
            string text = (await Writer(number).PredictAsync(inputs, cancellationToken).ConfigureAwait(false)).Value.NewInstructions.Trim();
            return new(text, text.Length > 0 ? "" : $"Proposal {number} for {step.Name} was left out: it is empty.");
        }
        catch (PromptParseException e)
        {
            return new("", $"Proposal {number} for {step.Name} was left out. {e.Message}");
        }
    }

    private sealed record Proposal(string Text, string Problem);
}
