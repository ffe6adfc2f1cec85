using System.Collections.Immutable;
using SynthesizeMe.Signatures;

namespace SynthesizeMe.Optimizers;

/// <summary>What a program achieved on examples.</summary>
/// <typeparam name="T">The signature.</typeparam>
/// <param name="Results">One result an example, in the order of the examples.</param>
/// <param name="Seed">The seed of the interval.</param>
public sealed record Evaluation<T>(ImmutableArray<ExampleResult<T>> Results, int Seed)
    where T : class, ISignature<T>
{
    /// <summary>The mean score from 0 to 1, with its interval over groups; an example without an answer scores 0.</summary>
    public Interval Accuracy => Interval.Bootstrap(Results.Select(r => (r.Example.Group, r.Score.Value)), Seed);

    /// <summary>The sum of the scores.</summary>
    public double Total => Totals.Of(Results);

    /// <summary>The examples that got no answer, with the reason.</summary>
    public IEnumerable<ExampleResult<T>> Failures => Results.Where(r => r.Failure is not null);

    /// <summary>Calls and tokens, those of failures included.</summary>
    public Usage Usage => Results.Aggregate(default(Usage), (sum, r) => sum + r.Usage);
}

/// <summary>What became of one example.</summary>
/// <typeparam name="T">The signature.</typeparam>
/// <param name="Example">The example.</param>
/// <param name="Prediction">The answer; <see langword="null"/> when there is none.</param>
/// <param name="Score">The metric's verdict; 0 when there is no answer.</param>
/// <param name="Failure">Why there is no answer; <see langword="null"/> when there is one.</param>
public sealed record ExampleResult<T>(Example<T> Example, Prediction<T>? Prediction, Score Score, PromptParseException? Failure)
    where T : class, ISignature<T>
{
    /// <summary>Calls and tokens.</summary>
    public Usage Usage => Prediction?.Usage ?? Failure?.Usage ?? default;
}
