using System.Collections.Immutable;

namespace SynthesizeMe.Signatures;

/// <summary>The answer of a predictor or a program, with what it took to get it.</summary>
/// <typeparam name="T">The signature.</typeparam>
/// <param name="Value">Inputs and outputs, complete.</param>
/// <param name="Reasoning">The chain of thought; <see langword="null"/> where none was asked for.</param>
/// <param name="Usage">Calls and tokens, second asks included, and calls whose failure a program went on without.</param>
/// <param name="Repairs">What was not as asked for and was read all the same.</param>
/// <param name="Calls">One entry per predictor call, in the order in which the calls were started.</param>
public sealed record Prediction<T>(
    T Value,
    string? Reasoning,
    Usage Usage,
    ImmutableArray<Repair> Repairs,
    ImmutableArray<PredictorCall> Calls)
    where T : class, ISignature<T>;

/// <summary>One call of a predictor within a program: what an optimizer may turn into a demonstration.</summary>
/// <param name="Predictor">The predictor's name.</param>
/// <param name="Demo">Inputs, outputs and reasoning as an unverified demonstration.</param>
/// <param name="Usage">Calls and tokens.</param>
/// <param name="Repairs">What was repaired in the reply.</param>
public sealed record PredictorCall(string Predictor, Demo Demo, Usage Usage, ImmutableArray<Repair> Repairs);
