using System.ComponentModel;
using Microsoft.Extensions.AI;

namespace SynthesizeMe.Signatures;

/// <summary>
/// The base of programs that are composed of several predictors. Mark the class <see cref="PromptProgramAttribute"/>, declare its predictors
/// as <see cref="PredictorAttribute"/> partial properties and write <c>ForwardAsync(T.Inputs, CancellationToken)</c>; the generator does the rest.
/// </summary>
/// <typeparam name="T">The signature that the program answers.</typeparam>
public abstract class PromptProgram<T> : IPromptProgram<T>
    where T : class, ISignature<T>
{
    /// <summary>Creates a program.</summary>
    /// <param name="chatClient">The model of every predictor.</param>
    /// <param name="options">How to call it.</param>
    protected PromptProgram(IChatClient chatClient, PredictOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(chatClient);
        ChatClient = chatClient;
        Options = options ?? PredictOptions.Default;
    }

    /// <inheritdoc/>
    public abstract IReadOnlyList<IPredictor> Predictors { get; }

    /// <inheritdoc/>
    public ProgramState State => Predictors.Aggregate(ProgramState.Empty, (state, p) => state.With(p.Name, p.State));

    /// <inheritdoc/>
    /// <remarks>Every predictor once. A program that may call one more often says so by overriding this.</remarks>
    public virtual int MaxCalls => Predictors.Sum(p => p.MaxCalls);

    /// <summary>The model that the predictors were created with.</summary>
    protected IChatClient ChatClient { get; }

    /// <summary>How the predictors call it.</summary>
    protected PredictOptions Options { get; }

    /// <inheritdoc/>
    public IPromptProgram<T> With(ProgramState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        Rebinding.RequireKnown(state, Predictors);
        return Copy(new ProgramRebinding(p => new Rebinding { State = state[p.Name] }));
    }

    /// <inheritdoc/>
    public IPromptProgram<T> WithClient(Func<IChatClient, IChatClient> wrap)
    {
        ArgumentNullException.ThrowIfNull(wrap);
        return Copy(new ProgramRebinding(_ => new Rebinding { Wrap = wrap }));
    }

    /// <inheritdoc/>
    public IPromptProgram<T> WithOptions(Func<PredictOptions, PredictOptions> change)
    {
        ArgumentNullException.ThrowIfNull(change);
        return Copy(new ProgramRebinding(_ => new Rebinding { Options = change }));
    }

    /// <inheritdoc/>
    public async Task<Prediction<T>> PredictAsync(IInputs<T> inputs, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        var log = new CallLog();
        PromptProgram<T> run = Copy(new ProgramRebinding(_ => new Rebinding { Log = log }));
        try
        {
            T value = await run.RunAsync(inputs, cancellationToken).ConfigureAwait(false);
            PredictorCall[] calls = log.Finished();
            string? reasoning = calls.LastOrDefault(c => c.Demo is Demo<T> demo && ReferenceEquals(demo.Value, value))?.Demo.Reasoning;
            return new Prediction<T>(value, reasoning, log.Spent(), [.. calls.SelectMany(c => c.Repairs)], [.. calls]);
        }
        catch (PromptParseException e)
        {
            e.Usage += log.Spent(thrown: e);
            throw;
        }
    }

    /// <summary>Calls the program's <c>ForwardAsync</c>. Implemented by the generator.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected abstract Task<T> RunAsync(IInputs<T> inputs, CancellationToken cancellationToken);

    /// <summary>A copy whose predictors are rebound. Implemented by the generator.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected abstract PromptProgram<T> Copy(ProgramRebinding rebinding);

    /// <summary>Names a new predictor.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected static TPredictor Named<TPredictor, TSignature>(TPredictor predictor, string name)
        where TPredictor : Predict<TSignature>
        where TSignature : class, ISignature<TSignature>
    {
        ArgumentNullException.ThrowIfNull(predictor);
        return (TPredictor)predictor.Rebind(new Rebinding { Name = name });
    }
}

/// <summary>How the predictors of a program are copied. Generated code passes it on.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class ProgramRebinding
{
    private readonly Func<IPredictor, Rebinding> _change;

    internal ProgramRebinding(Func<IPredictor, Rebinding> change) => _change = change;

    /// <summary>The copy of one predictor.</summary>
    public TPredictor Apply<TPredictor, TSignature>(TPredictor predictor)
        where TPredictor : Predict<TSignature>
        where TSignature : class, ISignature<TSignature>
    {
        ArgumentNullException.ThrowIfNull(predictor);
        return (TPredictor)predictor.Rebind(_change(predictor));
    }
}
