using System.Collections.Immutable;
using SynthesizeMe.Signatures;

namespace SynthesizeMe.Optimizers;

/// <summary>Runs a program over labelled examples and scores its answers.</summary>
/// <typeparam name="T">The signature.</typeparam>
public sealed record Evaluate<T>
    where T : class, ISignature<T>
{
    /// <summary>What is right.</summary>
    public required Metric<T> Metric { get; init; }

    /// <summary>The most examples at once; 8 by default. The result does not depend on it.</summary>
    public int MaxParallel { get; init; } = 8;

    /// <summary>The seed of the interval.</summary>
    public int Seed { get; init; }

    /// <summary>Evaluates a program.</summary>
    /// <param name="program">The program.</param>
    /// <param name="examples">The examples.</param>
    /// <param name="progress">Is told how many examples are done.</param>
    /// <param name="cancellationToken">Stops at once.</param>
    /// <returns>
    /// A result for every example. A reply that cannot be read is a failure of its example; every other exception (no connection, no
    /// authorization, a spent budget) ends the evaluation.
    /// </returns>
    public async Task<Evaluation<T>> RunAsync(
        IPromptProgram<T> program, IReadOnlyList<Example<T>> examples, IProgress<int>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(program);
        ArgumentNullException.ThrowIfNull(examples);
        int done = 0;
        ExampleResult<T>[] results = await Batch.RunAsync(
            examples,
            MaxParallel,
            async (example, token) =>
            {
                ExampleResult<T> result = await RunOneAsync(program, example, token).ConfigureAwait(false);
                progress?.Report(Interlocked.Increment(ref done));
                return result;
            },
            cancellationToken).ConfigureAwait(false);
        return new Evaluation<T>(ImmutableArray.Create(results), Seed);
    }

    internal async Task<ExampleResult<T>> RunOneAsync(IPromptProgram<T> program, Example<T> example, CancellationToken cancellationToken)
    {
        using Telemetry.Span span = Telemetry.Evaluation(T.Descriptor.Name);
        Prediction<T> prediction;
        try
        {
            prediction = await program.PredictAsync(T.InputsOf(example.Value), cancellationToken).ConfigureAwait(false);
        }
        catch (PromptParseException e)
        {
            span.Failed(e);
            return new(example, null, Score.Wrong, e);
        }

        Score score = await Metric(example.Value, prediction, cancellationToken).ConfigureAwait(false);
        span.With("gen_ai.evaluation.score.value", score.Value);
        return new(example, prediction, score, null);
    }
}
