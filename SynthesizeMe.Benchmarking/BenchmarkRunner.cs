using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.Extensions.AI;
using SynthesizeMe.Optimizers;
using Preparation = System.Lazy<System.Threading.Tasks.Task<System.Collections.Immutable.ImmutableArray<SynthesizeMe.Benchmarking.BenchmarkRunner.Prepared>>>;

namespace SynthesizeMe.Benchmarking;

/// <summary>What became of one person.</summary>
/// <param name="User">The person, with the pairs that could be learned from.</param>
/// <param name="TestPairs">The number of pairs that were held back.</param>
/// <param name="Fit">The fit; <see langword="null"/> when none was needed, or the person was left out.</param>
/// <param name="Answers">The test pairs' outcomes by method.</param>
/// <param name="NotAvailable">The methods without outcomes, and why.</param>
/// <param name="Skipped">Why the person was left out; <see langword="null"/> when measured.</param>
internal sealed record PersonOutcome(
    BenchmarkUser User,
    int TestPairs,
    Fit? Fit,
    ImmutableDictionary<string, ImmutableArray<PairOutcome>> Answers,
    ImmutableSortedDictionary<string, string> NotAvailable,
    string? Skipped)
{
    /// <summary>Why there is no fit, where the model said nothing readable.</summary>
    public UnreadableRepliesException? Unreadable { get; init; }
}

/// <summary>What a measurement of a data set gave.</summary>
/// <param name="People">The people that were finished, in the order of the data.</param>
/// <param name="NotAvailable">The methods that these data, or the model, cannot have, and why.</param>
/// <param name="Interruption">Why not everyone was finished; <see langword="null"/> when everyone was.</param>
internal sealed record Measurement<T>(ImmutableArray<T> People, ImmutableSortedDictionary<string, string> NotAvailable, Exception? Interruption);

/// <summary>Fits every person of a data set once, on their earlier conversations, and asks all methods about their later ones.</summary>
/// <param name="chatClient">The model.</param>
/// <param name="methods">The methods.</param>
/// <param name="options">How people are measured.</param>
internal sealed class BenchmarkRunner(IChatClient chatClient, ImmutableArray<IBenchmarkMethod> methods, HeldOutOptions options) : IDisposable
{
    /// <summary>So many people of whom nothing readable is said, and nobody else, are no coincidence.</summary>
    private const int FewUnreadable = 5;

    private int _fitted;
    private int _unreadable;

    // Those who ask when there is no place wait in turn.
    private readonly SemaphoreSlim _questions = new(options.MaxParallelQuestions);

    /// <summary>Whether people are fitted.</summary>
    public bool NeedsFit { get; } = methods.Any(m => m.Needs.HasFlag(BenchmarkNeeds.Fit));

    /// <summary>Measures a data set.</summary>
    /// <typeparam name="T">What is kept of a person.</typeparam>
    /// <param name="data">The data set.</param>
    /// <param name="keep">Takes what is worth keeping, as soon as a person is done.</param>
    /// <param name="isLastChance">Whether nobody else is measured, so that it is the model's fault if it says nothing readable of anyone here, however few they are.</param>
    /// <param name="progress">Is told what is going on.</param>
    /// <param name="cancellationToken">Stops at once; who is done is kept.</param>
    public async Task<Measurement<T>> RunAsync<T>(
        PreferenceDataSet data, Func<PersonOutcome, T> keep, bool isLastChance, IProgress<HeldOutProgress>? progress, CancellationToken cancellationToken)
        where T : class
    {
        HeldOutPerson[] people = [.. data.Users.Select(u => HeldOutPerson.Of(u, options.TestFraction, NeedsFit))];
        var kept = new T?[people.Length];
        var waiting = new PersonOutcome?[people.Length];
        var fits = new Fit?[people.Length];
        var unreadable = new UnreadableRepliesException?[people.Length];
        int unfitted = people.Length;
        var refused = new ConcurrentDictionary<string, string>(StringComparer.Ordinal);
        bool late = methods.Any(m => StageOf(m) == Stage.Late);
        Exception? interruption = null;
        int done = 0;

        // Training takes a while: it waits until somebody has asked all other methods, and whoever has not asks them meanwhile.
        (Preparation atOnce, Preparation trained, Preparation rest) = (Prepare(Stage.AtOnce), Prepare(Stage.Trained), Prepare(Stage.Late));
        try
        {
            await atOnce.Value.ConfigureAwait(false);
            await EveryoneAsync(async (i, token) =>
            {
                string user = people[i].User.Id;
                var steps = progress is null ? null : new Steps(step => progress.Report(new(user, step, Volatile.Read(ref done), people.Length)));
                PersonOutcome outcome = await FitAsync(people[i], steps, token).ConfigureAwait(false);
                (fits[i], unreadable[i]) = (outcome.Fit, outcome.Unreadable);
                if (Interlocked.Decrement(ref unfitted) == 0 && late)
                {
                    _ = rest.Value;
                }

                outcome = await AskAsync(people[i], outcome, await atOnce.Value.ConfigureAwait(false), refused, token).ConfigureAwait(false);
                outcome = await AskAsync(people[i], outcome, await trained.Value.ConfigureAwait(false), refused, token).ConfigureAwait(false);
                if (late)
                {
                    waiting[i] = outcome;
                }
                else
                {
                    kept[i] = keep(outcome);
                }

                progress?.Report(new(user, null, Interlocked.Increment(ref done), people.Length) { Fitted = outcome.Fit });
            }).ConfigureAwait(false);
            if (isLastChance && unreadable.FirstOrDefault(u => u is not null) is { } first && people.Zip(unreadable).All(p => p.First.Skipped is not null || p.Second is not null))
            {
                // Not somebody's, but the model's fault.
                throw first;
            }

            if (late)
            {
                ImmutableArray<Prepared> last = await rest.Value.ConfigureAwait(false);
                await EveryoneAsync(
                    async (i, token) => kept[i] = keep(await AskAsync(people[i], waiting[i]!, last, refused, token).ConfigureAwait(false))).ConfigureAwait(false);
            }
        }
        catch (Exception e) when (e is not (ArgumentException or NullReferenceException or InvalidOperationException))
        {
            interruption = e;
            if (e is UnreadableRepliesException)
            {
                for (int i = 0; i < people.Length; i++)
                {
                    (kept[i], waiting[i]) = unreadable[i] is null ? (kept[i], waiting[i]) : (null, null);
                }
            }

            // They stop by themselves; if one failed, that is the interruption, or comes too late to be one.
            await ((Task)Task.WhenAll(new[] { trained, rest }.Where(p => p.IsValueCreated).Select(p => p.Value))).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (late)
            {
                // A method that not everyone was asked with has figures of nobody.
                string reason = Volatile.Read(ref unfitted) > 0 ? "the run was stopped before everyone was fitted" : "the run was stopped before everyone was asked";
                kept = [.. waiting.Select(outcome => outcome is null ? null : keep(Unfinished(outcome, reason)))];
            }
        }

        return new([.. kept.OfType<T>()], refused.ToImmutableSortedDictionary(StringComparer.Ordinal), interruption);

        Preparation Prepare(Stage stage) =>
            new(() => Task.Run(() => PrepareAsync(stage, data.Name, people, fits, refused, cancellationToken), CancellationToken.None));

        Task EveryoneAsync(Func<int, CancellationToken, Task> run) => Batch.RunAsync(
            [.. Enumerable.Range(0, people.Length)],
            options.MaxParallelUsers,
            async (i, token) =>
            {
                await run(i, token).ConfigureAwait(false);
                return i;
            },
            cancellationToken);
    }

    public void Dispose() => _questions.Dispose();

    private static Stage StageOf(IBenchmarkMethod method) =>
        method.Needs.HasFlag(BenchmarkNeeds.EveryonesFits) ? Stage.Late
        : method.Needs.HasFlag(BenchmarkNeeds.EveryonesPairs) ? Stage.Trained
        : Stage.AtOnce;

    private async Task<ImmutableArray<Prepared>> PrepareAsync(
        Stage stage,
        string name,
        HeldOutPerson[] people,
        Fit?[] fits,
        ConcurrentDictionary<string, string> refused,
        CancellationToken cancellationToken)
    {
        var training = new TrainingData(
            name,
            [.. people.Select((p, i) => (Person: p, Fit: stage == Stage.Late ? fits[i] : null))
                .Where(p => p.Person.Skipped is null && (stage != Stage.Late || p.Fit is not null))
                .Select(p => new BenchmarkPerson(p.Person.User, p.Fit))],
            options.Synthesis.Seed);
        var prepared = ImmutableArray.CreateBuilder<Prepared>();
        foreach (IBenchmarkMethod method in methods.Where(m => StageOf(m) == stage))
        {
            PreparedMethod ready = await method.PrepareAsync(training, cancellationToken).ConfigureAwait(false);
            if (ready.Take is { } take)
            {
                prepared.Add(new(method.Name, take));
            }
            else
            {
                refused[method.Name] = ready.NotAvailable!;
            }
        }

        return prepared.DrainToImmutable();
    }

    private async Task<PersonOutcome> FitAsync(HeldOutPerson person, IProgress<FitProgress>? progress, CancellationToken cancellationToken)
    {
        var outcome = new PersonOutcome(
            person.User,
            person.Held.Length,
            null,
            ImmutableDictionary<string, ImmutableArray<PairOutcome>>.Empty,
            ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal),
            person.Skipped);
        if (person.Skipped is not null || !NeedsFit)
        {
            return outcome;
        }

        try
        {
            Fit fit = await new PersonaSynthesizer(chatClient, options.Synthesis).FitAsync(person.User.Pairs, progress, cancellationToken).ConfigureAwait(false);
            Interlocked.Increment(ref _fitted);
            return fit.Stopped is null ? outcome with { Fit = fit } : throw new HeldOutStoppedException(fit.Stopped);
        }
        catch (UnreadableRepliesException e)
        {
            if (Interlocked.Increment(ref _unreadable) >= FewUnreadable && Volatile.Read(ref _fitted) == 0)
            {
                // Each further person would be paid for, too.
                throw;
            }

            return outcome with { Skipped = $"there is no fit: {e.Message}", Unreadable = e };
        }
    }

    /// <summary>Asks methods about everything that was held back, and adds what they say.</summary>
    private async Task<PersonOutcome> AskAsync(
        HeldOutPerson person,
        PersonOutcome outcome,
        ImmutableArray<Prepared> prepared,
        ConcurrentDictionary<string, string> refused,
        CancellationToken cancellationToken)
    {
        if (outcome.Skipped is not null)
        {
            return outcome;
        }

        var told = new BenchmarkPerson(person.User, outcome.Fit);
        var ready = new List<(string Name, PersonMethod Method)>();
        foreach (Prepared method in prepared)
        {
            ready.Add((method.Name, await method.Take(told, cancellationToken).ConfigureAwait(false)));
        }

        HashSet<string> own = [.. ready.Where(r => r.Method is { Answer: not null, SameAs: null }).Select(r => r.Name)];
        (string Name, AnswerPair Answer, PreferencePair Pair)[] asked = [.. ready
            .Where(r => r.Method.Answer is not null && !(r.Method.SameAs is { } same && own.Contains(same)))
            .SelectMany(r => person.Held.Select(p => (r.Name, r.Method.Answer!, p)))];
        PairOutcome?[] said = await Batch.RunAsync(
            asked, options.Synthesis.MaxParallel, (a, token) => AskInTurnAsync(a.Name, a.Answer, a.Pair, refused, token), cancellationToken).ConfigureAwait(false);
        ImmutableDictionary<string, ImmutableArray<PairOutcome>> answers = asked.Zip(said)
            .GroupBy(a => a.First.Name, a => a.Second)
            .Where(g => g.All(o => o is not null))
            .ToImmutableDictionary(g => g.Key, g => g.Select(o => o!.Value).ToImmutableArray());
        foreach ((string name, PersonMethod method) in ready)
        {
            if (method.SameAs is { } same && answers.TryGetValue(same, out ImmutableArray<PairOutcome> alike))
            {
                answers = answers.SetItem(name, alike);
            }
        }

        return outcome with
        {
            Answers = outcome.Answers.AddRange(answers),
            NotAvailable = outcome.NotAvailable.AddRange(ready.Where(r => r.Method.NotAvailable is not null).Select(r => KeyValuePair.Create(r.Name, r.Method.NotAvailable!))),
        };
    }

    private async Task<PairOutcome?> AskInTurnAsync(
        string name, AnswerPair answer, PreferencePair pair, ConcurrentDictionary<string, string> refused, CancellationToken cancellationToken)
    {
        await _questions.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await AskAsync(name, answer, pair, refused, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _questions.Release();
        }
    }

    private static async Task<PairOutcome?> AskAsync(
        string name, AnswerPair answer, PreferencePair pair, ConcurrentDictionary<string, string> refused, CancellationToken cancellationToken)
    {
        if (refused.ContainsKey(name))
        {
            return null;
        }

        // Which completion stands where tells nothing of which was chosen.
        string id = pair.Id;
        bool chosenIsOne = new SeededRandom(0, $"question {id}").Next(2) == 0;
        var question = new TestQuestion(id, pair.Context, chosenIsOne ? pair.Chosen : pair.Rejected, chosenIsOne ? pair.Rejected : pair.Chosen);
        MethodAnswer said;
        try
        {
            said = await answer(question, cancellationToken).ConfigureAwait(false);
        }
        catch (NotSupportedException e)
        {
            refused.TryAdd(name, e.Message);
            return null;
        }

        (OrderReply forward, OrderReply backward) = chosenIsOne ? (said.OneFirst, said.OtherFirst) : (said.OtherFirst, said.OneFirst);
        var outcome = new PairOutcome(
            id,
            pair.ConversationId,
            OrderAnswer.Of(forward.Said, Said.First, forward.Usage, forward.Failure),
            OrderAnswer.Of(backward.Said, Said.Second, backward.Usage, backward.Failure));
        return outcome with { Confidence = outcome.Consistent ? said.Confidence : 0.5 };
    }

    private PersonOutcome Unfinished(PersonOutcome outcome, string reason) => outcome with
    {
        NotAvailable = outcome.NotAvailable.AddRange(methods.Where(m => StageOf(m) == Stage.Late).Select(m => KeyValuePair.Create(m.Name, reason))),
    };

    /// <summary>When a method is prepared.</summary>
    private enum Stage
    {
        /// <summary>Before anyone is fitted.</summary>
        AtOnce,

        /// <summary>While people are fitted.</summary>
        Trained,

        /// <summary>When everyone is fitted.</summary>
        Late,
    }

    internal sealed record Prepared(string Name, TakePerson Take);

    private sealed class Steps(Action<FitProgress> report) : IProgress<FitProgress>
    {
        public void Report(FitProgress value) => report(value);
    }
}
