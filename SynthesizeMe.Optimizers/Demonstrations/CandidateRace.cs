using System.Collections.Immutable;
using SynthesizeMe.Signatures;

namespace SynthesizeMe.Optimizers;

/// <summary>
/// Tries candidates on validation examples. Those that stay, and the one that wins ties, are tried on all of them first; the others then race, all of
/// them on the first examples before any on the next. A candidate leaves when it could not win any more even if the rest went right: the winner
/// is the one that trying everything would find, for fewer calls.
/// </summary>
/// <param name="evaluate">How an answer is scored.</param>
/// <param name="validation">What the candidates are tried on.</param>
/// <param name="runsOf">The runs that demonstrations were made of, by the example's id.</param>
/// <param name="spending">What the runs are paid from.</param>
/// <param name="progress">Is told how many runs are done.</param>
internal sealed class CandidateRace<T>(
    Evaluate<T> evaluate,
    IReadOnlyList<Example<T>> validation,
    Func<string, ImmutableArray<ExampleResult<T>>> runsOf,
    Spending spending,
    IProgress<OptimizationEvent>? progress)
    where T : class, ISignature<T>
{
    private const int Rounds = 4;

    private readonly ILookup<string, Example<T>> _viewsById = validation.ToLookup(e => e.Id, StringComparer.Ordinal);

    /// <summary>Whether hopeless candidates leave.</summary>
    public bool LeaveEarly { get; init; } = true;

    /// <summary>Why the race ended before its end; null when it did not.</summary>
    public string? Stopped { get; private set; }

    /// <param name="program">The program whose states compete.</param>
    /// <param name="entries">The states by name, and whether they stay to the end whatever their chances.</param>
    /// <param name="cancellationToken">Stops at once.</param>
    public async Task<ImmutableArray<Candidate<T>>> RunAsync(
        IPromptProgram<T> program, IReadOnlyList<(string Name, ProgramState State, bool Stays)> entries, CancellationToken cancellationToken)
    {
        IPromptProgram<T> paid = spending.On(program);
        var runners = new List<Runner>();
        var finished = new Candidate<T>[entries.Count];
        for (int i = 0; i < entries.Count; i++)
        {
            (string name, ProgramState state, bool stays) = entries[i];
            Runner? twin = runners.Find(r => r.State.Equals(state));
            if (twin is null)
            {
                runners.Add(new Runner(i, name, state, paid.With(state)) { Stays = stays });
            }
            else
            {
                twin.Stays |= stays;
                finished[i] = new(name, state, CandidateStatus.Duplicate, SameAs: twin.Name);
            }
        }

        await RunRoundsAsync(runners, cancellationToken).ConfigureAwait(false);
        foreach (Runner runner in runners)
        {
            CandidateStatus status = runner switch
            {
                { IsOut: true } => CandidateStatus.OutOfReach,
                _ when runner.Results.Count == validation.Count && validation.Count > 0 => CandidateStatus.Evaluated,
                _ => CandidateStatus.NotEvaluated,
            };
            var evaluation = runner.Results.Count == 0 ? null : new Evaluation<T>([.. runner.Results], evaluate.Seed);
            finished[runner.Index] = new(runner.Name, runner.State, status, evaluation);
        }

        return [.. finished];
    }

    /// <summary>Best first: tried on more examples, the higher score, more verified demonstrations, more demonstrations, the earlier one.</summary>
    public static IEnumerable<Candidate<T>> Ranked(IEnumerable<Candidate<T>> candidates) => candidates
        .Where(c => c.Status != CandidateStatus.Duplicate)
        .OrderByDescending(c => c.Evaluation?.Results.Length ?? 0)
        .ThenByDescending(c => c.Score ?? 0)
        .ThenByDescending(c => Evidence(c.State));

    private static (int Verified, int All) Evidence(ProgramState state) => (state.VerifiedDemoCount, state.DemoCount);

    private async Task RunRoundsAsync(List<Runner> runners, CancellationToken cancellationToken)
    {
        Runner favourite = runners.Order(Comparer<Runner>.Create(Rank)).First();
        Runner[] openers = [.. runners.Where(r => !LeaveEarly || r.Stays || r == favourite)];
        int rounds = LeaveEarly ? Math.Min(Rounds, validation.Count) : 1;
        if (await RunHeatAsync(openers, runners, rounds, cancellationToken).ConfigureAwait(false))
        {
            await RunHeatAsync([.. runners.Except(openers)], runners, rounds, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Runs some of the runners to the end or out of the race; false when the budget does not allow it.</summary>
    private async Task<bool> RunHeatAsync(Runner[] heat, List<Runner> all, int rounds, CancellationToken cancellationToken)
    {
        for (int round = 0; round < rounds; round++)
        {
            int from = validation.Count * round / rounds;
            int to = validation.Count * (round + 1) / rounds;
            (Runner Runner, Example<T> Example)[] runs =
                [.. heat.Where(r => !r.IsOut).SelectMany(r => Enumerable.Range(from, to - from).Select(i => (r, validation[i])))];
            if (runs.Length == 0)
            {
                break;
            }

            if (spending.Affordable(runs[0].Runner.Program, runs.Length) < runs.Length)
            {
                Stopped = "The budget does not allow the next round of validation.";
                return false;
            }

            using var spans = new CandidateSpans(runs.Select(r => r.Runner.Name));
            (ExampleResult<T>?[] results, BudgetExceededException? refusal) = await Batch.RunWithinBudgetAsync(
                runs,
                evaluate.MaxParallel,
                (r, token) =>
                {
                    spans.Enter(r.Runner.Name);
                    return evaluate.RunOneAsync(WithoutOwn(r.Runner, r.Example), r.Example, token);
                },
                cancellationToken).ConfigureAwait(false);
            if (refusal is not null)
            {
                Stopped = refusal.Message;
                return false; // An unfinished round compares nobody; what it cost is counted.
            }

            for (int i = 0; i < runs.Length; i++)
            {
                runs[i].Runner.Results.Add(results[i]!);
            }

            if (LeaveEarly)
            {
                Retire(all);
            }

            int done = all.Sum(r => r.Results.Count);
            progress?.Report(new(OptimizationPhase.Validating, done, done + all.Where(r => !r.IsOut).Sum(r => validation.Count - r.Results.Count)));
        }

        return true;
    }

    /// <summary>The candidate's program without demonstrations of the example it is tried on: leave-one-out where training and validation overlap.</summary>
    private IPromptProgram<T> WithoutOwn(Runner runner, Example<T> example) =>
        DemoSet.Without(runner.Program, _viewsById[example.Id], runsOf(example.Id));

    /// <summary>Takes out whoever is not done and is beaten by what the leader has already, whatever the remaining examples bring.</summary>
    private void Retire(List<Runner> runners)
    {
        Runner leader = runners.OrderByDescending(r => r.Total).ThenBy(r => r, Comparer<Runner>.Create(Rank)).First();
        foreach (Runner runner in runners.Where(r => !r.Stays && r != leader && r.Results.Count < validation.Count))
        {
            double best = Totals.Of([runner.Total, validation.Count - runner.Results.Count]);
            runner.IsOut = best < leader.Total || (best == leader.Total && Rank(leader, runner) < 0);
        }
    }

    /// <summary>Negative when the first wins a tie.</summary>
    private static int Rank(Runner left, Runner right)
    {
        int evidence = Evidence(right.State).CompareTo(Evidence(left.State));
        return evidence != 0 ? evidence : left.Index.CompareTo(right.Index);
    }

    private sealed record Runner(int Index, string Name, ProgramState State, IPromptProgram<T> Program)
    {
        public bool Stays { get; set; }

        public bool IsOut { get; set; }

        public List<ExampleResult<T>> Results { get; } = [];

        public double Total => Totals.Of(Results);
    }
}
