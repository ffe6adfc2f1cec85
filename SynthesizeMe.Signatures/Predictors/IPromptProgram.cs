using Microsoft.Extensions.AI;

namespace SynthesizeMe.Signatures;

/// <summary>
/// Code plus a <see cref="ProgramState"/>: anything that answers a signature by calling models. A single predictor is the smallest program.
/// Programs are values: every <c>With</c> gives another one.
/// </summary>
/// <typeparam name="T">The signature that the program answers.</typeparam>
public interface IPromptProgram<T>
    where T : class, ISignature<T>
{
    /// <summary>The predictors in order of declaration.</summary>
    IReadOnlyList<IPredictor> Predictors { get; }

    /// <summary>The state of all predictors.</summary>
    ProgramState State { get; }

    /// <summary>
    /// The most requests to models that one run makes, second asks included: what optimizers state their worst case by, and are held to.
    /// </summary>
    int MaxCalls { get; }

    /// <summary>The same program with another state.</summary>
    /// <exception cref="ArgumentException">The state names a predictor the program lacks, or has a demonstration of another signature.</exception>
    IPromptProgram<T> With(ProgramState state);

    /// <summary>The same program over a wrapped chat client: how budgets, recorders and other sampling options are put around it.</summary>
    IPromptProgram<T> WithClient(Func<IChatClient, IChatClient> wrap);

    /// <summary>The same program whose predictors call their models in another way.</summary>
    /// <param name="change">Is given each predictor's options and returns those that replace them.</param>
    IPromptProgram<T> WithOptions(Func<PredictOptions, PredictOptions> change);

    /// <summary>Answers.</summary>
    /// <exception cref="PromptParseException">A reply could not be read, the second ask included.</exception>
    Task<Prediction<T>> PredictAsync(IInputs<T> inputs, CancellationToken cancellationToken = default);
}
