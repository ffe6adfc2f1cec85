using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.ExceptionServices;
using System.Text.Json;
using Microsoft.Extensions.AI;
using SynthesizeMe.Signatures;

namespace SynthesizeMe.Optimizers;

/// <summary>Makes one answer of several.</summary>
/// <typeparam name="T">The signature.</typeparam>
/// <param name="answers">The answers in the order of the members; not empty.</param>
public delegate Prediction<T> Reducer<T>(ImmutableArray<Prediction<T>> answers)
    where T : class, ISignature<T>;

/// <summary>Common reducers.</summary>
public static class Reducers
{
    /// <summary>The first answer of those that agree with the most others in a field; between equally many, those that were first to say so.</summary>
    /// <param name="field">The output that is voted on.</param>
    public static Reducer<T> Majority<T>(Func<T, object?> field)
        where T : class, ISignature<T>
    {
        ArgumentNullException.ThrowIfNull(field);
        return answers => answers.GroupBy(a => field(a.Value)).MaxBy(votes => votes.Count())!.First();
    }
}

/// <summary>
/// Asks several programs and makes one answer of theirs. The predictors of member <c>i</c>, from 0, are named <c>i.name</c>, so that one state
/// holds all members.
/// </summary>
/// <typeparam name="T">The signature.</typeparam>
/// <param name="Members">The programs; for several answers of one program, give it with several numbers to <see cref="Rollout.WithRollout"/>.</param>
/// <param name="Reduce">How one answer is made.</param>
/// <remarks>
/// A member without a readable answer has no vote and is listed (<see cref="RepairKind.RunLost"/>). Usage, repairs and calls are those of all members.
/// </remarks>
public sealed record Ensemble<T>(ImmutableArray<IPromptProgram<T>> Members, Reducer<T> Reduce) : IPromptProgram<T>
    where T : class, ISignature<T>
{
    /// <summary>The members that are asked at once; 8 by default. The answer does not depend on it.</summary>
    public int MaxParallel { get; init; } = 8;

    /// <inheritdoc/>
    public IReadOnlyList<IPredictor> Predictors =>
        [.. Members.SelectMany((m, i) => m.Predictors.Select(p => new MemberPredictor(NameOf(i, p.Name), p)))];

    /// <inheritdoc/>
    public ProgramState State => Predictors.Aggregate(ProgramState.Empty, (state, p) => state.With(p.Name, p.State));

    /// <inheritdoc/>
    public int MaxCalls => Members.Sum(m => m.MaxCalls);

    /// <inheritdoc/>
    public IPromptProgram<T> With(ProgramState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        HashSet<string> names = [.. Predictors.Select(p => p.Name)];
        if (state.Predictors.Keys.FirstOrDefault(n => !names.Contains(n)) is { } unknown)
        {
            throw new ArgumentException($"The ensemble has no predictor '{unknown}'; it has {string.Join(", ", names.Select(n => $"'{n}'"))}.", nameof(state));
        }

        return Each((member, i) => member.With(
            member.Predictors.Aggregate(ProgramState.Empty, (own, p) => own.With(p.Name, state[NameOf(i, p.Name)]))));
    }

    /// <inheritdoc/>
    public IPromptProgram<T> WithClient(Func<IChatClient, IChatClient> wrap) => Each((member, _) => member.WithClient(wrap));

    /// <inheritdoc/>
    public IPromptProgram<T> WithOptions(Func<PredictOptions, PredictOptions> change) => Each((member, _) => member.WithOptions(change));

    /// <summary>Asks every member once.</summary>
    /// <exception cref="PromptParseException">No member gave a readable answer.</exception>
    public async Task<Prediction<T>> PredictAsync(IInputs<T> inputs, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        (Prediction<T>? Answer, PromptParseException? Failure)[] runs = await Batch.RunAsync(
            Members, MaxParallel, (member, token) => TryAsync(member, inputs, token), cancellationToken).ConfigureAwait(false);
        Usage usage = runs.Aggregate(default(Usage), (sum, r) => sum + (r.Answer?.Usage ?? r.Failure!.Usage));
        ImmutableArray<Prediction<T>> answers = [.. runs.Select(r => r.Answer).OfType<Prediction<T>>()];
        if (answers.IsEmpty)
        {
            PromptParseException failure = runs[0].Failure!;
            failure.Usage = usage;
            failure.Predictor = NameOf(0, failure.Predictor);
            ExceptionDispatchInfo.Throw(failure);
        }

        return Reduce(answers) with
        {
            Usage = usage,
            Repairs = [.. runs.SelectMany((r, i) => r.Answer?.Repairs ?? [new Repair(RepairKind.RunLost, NameOf(i, "member"), 0)])],
            Calls = [.. runs.SelectMany((r, i) => (r.Answer?.Calls ?? []).Select(c => c with { Predictor = NameOf(i, c.Predictor) }))],
        };
    }

    private static async Task<(Prediction<T>? Answer, PromptParseException? Failure)> TryAsync(
        IPromptProgram<T> member, IInputs<T> inputs, CancellationToken cancellationToken)
    {
        try
        {
            return (await member.PredictAsync(inputs, cancellationToken).ConfigureAwait(false), null);
        }
        catch (PromptParseException e)
        {
            return (null, e);
        }
    }

    private static string NameOf(int member, string predictor) => string.Create(CultureInfo.InvariantCulture, $"{member}.{predictor}");

    private Ensemble<T> Each(Func<IPromptProgram<T>, int, IPromptProgram<T>> change) => this with { Members = [.. Members.Select(change)] };

    private sealed class MemberPredictor(string name, IPredictor inner) : IPredictor
    {
        public string Name => name;

        public SignatureDescriptor Signature => inner.Signature;

        public bool Reasons => inner.Reasons;

        public PredictorState State => inner.State;

        public int MaxCalls => inner.MaxCalls;

        public Demo ReadDemo(JsonElement json) => inner.ReadDemo(json);

        public Demo? LabelledDemo(object value) => inner.LabelledDemo(value);
    }
}
