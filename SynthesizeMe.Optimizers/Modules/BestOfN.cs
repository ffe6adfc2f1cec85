using System.Globalization;
using System.Runtime.ExceptionServices;
using Microsoft.Extensions.AI;
using SynthesizeMe.Signatures;

namespace SynthesizeMe.Optimizers;

/// <summary>Says how good an answer is, without knowing what would be right.</summary>
/// <typeparam name="T">The signature.</typeparam>
/// <param name="prediction">The answer, with its inputs in <see cref="Prediction{T}.Value"/>.</param>
/// <param name="cancellationToken">Stops a reward that calls models itself.</param>
public delegate ValueTask<Score> Reward<T>(Prediction<T> prediction, CancellationToken cancellationToken)
    where T : class, ISignature<T>;

/// <summary>
/// Runs a program several times and answers with the best run; of equally good ones with the earliest. Attempt <c>i</c> is rollout <c>i</c>
/// (<see cref="Rollout"/>), from 1.
/// </summary>
/// <typeparam name="T">The signature.</typeparam>
/// <param name="Program">The program.</param>
/// <param name="Reward">How good an answer is.</param>
/// <remarks>
/// <para>Attempts are made one after the other, so that none is paid for once one is good enough. An attempt without a readable answer is
/// counted and listed (<see cref="RepairKind.RunLost"/>).</para>
/// <para>The state is the program's: what is tuned by itself can be loaded here, and the other way round.</para>
/// </remarks>
public record BestOfN<T>(IPromptProgram<T> Program, Reward<T> Reward) : IPromptProgram<T>
    where T : class, ISignature<T>
{
    /// <summary>The most attempts; 3 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not positive.</exception>
    public int N
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(value);
            field = value;
        }
    } = 3;

    /// <summary>The reward from which no further attempt is made; 1 by default.</summary>
    public double Threshold { get; init; } = 1;

    /// <summary>The temperature of the attempts; 1 by default.</summary>
    public float Temperature { get; init; } = 1;

    /// <inheritdoc/>
    public IReadOnlyList<IPredictor> Predictors => Program.Predictors;

    /// <inheritdoc/>
    public ProgramState State => Program.State;

    /// <inheritdoc/>
    public virtual int MaxCalls => N * Program.MaxCalls;

    /// <inheritdoc/>
    public IPromptProgram<T> With(ProgramState state) => this with { Program = Program.With(state) };

    /// <inheritdoc/>
    public virtual IPromptProgram<T> WithClient(Func<IChatClient, IChatClient> wrap) => this with { Program = Program.WithClient(wrap) };

    /// <inheritdoc/>
    public IPromptProgram<T> WithOptions(Func<PredictOptions, PredictOptions> change) => this with { Program = Program.WithOptions(change) };

    /// <summary>Answers with the best attempt; its usage is that of all.</summary>
    /// <exception cref="PromptParseException">No attempt gave a readable answer.</exception>
    public async Task<Prediction<T>> PredictAsync(IInputs<T> inputs, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        Usage usage = default;
        var repairs = new List<Repair>();
        PromptParseException? failure = null;
        (Prediction<T> Prediction, double Reward)? best = null;
        IPromptProgram<T> program = Program;
        for (int attempt = 1; attempt <= N; attempt++)
        {
            Attempt<T> made = await TryAsync(program, inputs, attempt, cancellationToken).ConfigureAwait(false);
            usage += made.Usage;
            if (made.Prediction is null)
            {
                failure ??= made.Failure;
                repairs.Add(new Repair(RepairKind.RunLost, string.Create(CultureInfo.InvariantCulture, $"attempt {attempt}"), 0));
            }
            else if (best is not { } b || made.Score.Value > b.Reward)
            {
                best = (made.Prediction, made.Score.Value);
            }

            if (attempt == N || (made.Prediction is not null && made.Score.Value >= Threshold))
            {
                break;
            }

            (program, Usage spent) = await NextAsync(program, made, repairs, cancellationToken).ConfigureAwait(false);
            usage += spent;
        }

        if (best is { } found)
        {
            return found.Prediction with { Usage = usage, Repairs = [.. repairs, .. found.Prediction.Repairs] };
        }

        failure!.Usage = usage;
        ExceptionDispatchInfo.Throw(failure);
        return null;
    }

    /// <summary>The program of the next attempt, and what it took to make it.</summary>
    private protected virtual Task<(IPromptProgram<T> Program, Usage Spent)> NextAsync(
        IPromptProgram<T> program, Attempt<T> made, List<Repair> repairs, CancellationToken cancellationToken) =>
        Task.FromResult((program, default(Usage)));

    private async Task<Attempt<T>> TryAsync(IPromptProgram<T> program, IInputs<T> inputs, int attempt, CancellationToken cancellationToken)
    {
        Prediction<T> prediction;
        try
        {
            prediction = await program.WithRollout(attempt, Temperature).PredictAsync(inputs, cancellationToken).ConfigureAwait(false);
        }
        catch (PromptParseException e)
        {
            return new(null, Score.Wrong, e);
        }

        return new(prediction, await Reward(prediction, cancellationToken).ConfigureAwait(false), null);
    }
}

/// <summary>One run, and what came of it.</summary>
internal sealed record Attempt<T>(Prediction<T>? Prediction, Score Score, PromptParseException? Failure)
    where T : class, ISignature<T>
{
    public Usage Usage => Prediction?.Usage ?? Failure!.Usage;
}
