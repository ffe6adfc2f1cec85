using SynthesizeMe.Signatures;

namespace SynthesizeMe.Optimizers;

/// <summary>What one search spends: every call is counted, and the budget is asked first where there is one.</summary>
/// <param name="budget">What may be spent; null for no limit.</param>
/// <param name="worstCase">The most calls that the search said it would make.</param>
internal sealed class Spending(Budget? budget, long? worstCase = null)
{
    private readonly Budget _counted = new() { Calls = worstCase };

    /// <summary>Calls and tokens so far, those of runs that were broken off included.</summary>
    public Usage Usage => _counted.Spent;

    /// <summary>The program with its calls paid from here.</summary>
    public IPromptProgram<T> On<T>(IPromptProgram<T> program)
        where T : class, ISignature<T> => program.WithClient(client =>
        {
            var counting = new BudgetChatClient(client, _counted) { CountsReplays = true };
            return budget is null ? counting : new BudgetChatClient(counting, budget);
        });

    /// <summary>
    /// How many of so many runs the budget allows now, should each make all the calls it may. Asked before a batch, it decides what is run whatever
    /// the order in which the replies arrive: no call of these runs can be refused for want of calls.
    /// </summary>
    /// <param name="program">What is run.</param>
    /// <param name="runs">How many runs are wanted.</param>
    /// <param name="times">How often a run may run the program.</param>
    public int Affordable<T>(IPromptProgram<T> program, int runs, int times = 1)
        where T : class, ISignature<T>
    {
        long calls = Math.Max(1, (long)program.MaxCalls * times);
        while (runs > 0 && budget?.Allows(new Usage((int)Math.Min(runs * calls, int.MaxValue), 0, 0)) == false)
        {
            runs--;
        }

        return runs;
    }

    /// <summary>Runs as many of the items as the budget allows, in batches: what the last batch did not use of what it might have, the next one may.</summary>
    /// <param name="program">What a run runs.</param>
    /// <param name="items">The items.</param>
    /// <param name="maxParallel">The most runs at once.</param>
    /// <param name="run">Runs an item.</param>
    /// <param name="times">How often a run may run the program.</param>
    /// <param name="cancellationToken">Stops at once.</param>
    /// <returns>What the runs gave, null where none was made; whether all were made; and why one was refused, where one was.</returns>
    public async Task<(TResult?[] Results, bool All, BudgetExceededException? Refusal)> RunAffordableAsync<T, TItem, TResult>(
        IPromptProgram<T> program,
        TItem[] items,
        int maxParallel,
        Func<TItem, CancellationToken, Task<TResult>> run,
        int times = 1,
        CancellationToken cancellationToken = default)
        where T : class, ISignature<T>
        where TResult : class
    {
        var results = new TResult?[items.Length];
        int made = 0;
        BudgetExceededException? refusal = null;
        while (refusal is null && Affordable(program, items.Length - made, times) is > 0 and var affordable)
        {
            (TResult?[] batch, refusal) = await Batch.RunWithinBudgetAsync(items[made..(made + affordable)], maxParallel, run, cancellationToken).ConfigureAwait(false);
            batch.CopyTo(results, made);
            made += affordable;
        }

        return (results, refusal is null && made == items.Length, refusal);
    }
}
