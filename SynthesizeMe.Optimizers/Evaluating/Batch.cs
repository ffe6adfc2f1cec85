namespace SynthesizeMe.Optimizers;

/// <summary>Runs independent work with a bound on how much at once; results come in the order of the items.</summary>
public static class Batch
{
    /// <summary>
    /// Runs all. A reply that is still to be had (<see cref="ReplyMissingException"/>) is thrown when all the rest has been run, so that a batch of
    /// requests holds as many as can be asked for at once; every other exception ends the run.
    /// </summary>
    /// <param name="items">What is worked on.</param>
    /// <param name="maxParallel">The most at once; positive.</param>
    /// <param name="run">Does the work of one item.</param>
    /// <param name="cancellationToken">Stops at once.</param>
    public static async Task<TResult[]> RunAsync<TItem, TResult>(
        IReadOnlyList<TItem> items, int maxParallel, Func<TItem, CancellationToken, Task<TResult>> run, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(items);
        ArgumentNullException.ThrowIfNull(run);
        ReplyMissingException? missing = null;
        var results = new TResult[items.Count];
        var options = new ParallelOptions { MaxDegreeOfParallelism = maxParallel, CancellationToken = cancellationToken };
        await Parallel.ForAsync(0, items.Count, options, RunOneAsync).ConfigureAwait(false);
        return missing is null ? results : throw missing;

        async ValueTask RunOneAsync(int i, CancellationToken token)
        {
            try
            {
                results[i] = await run(items[i], token).ConfigureAwait(false);
            }
            catch (ReplyMissingException e)
            {
                Interlocked.CompareExchange(ref missing, e, null);
            }
        }
    }

    /// <summary>Runs what the budget allows: where it refuses, the result is null, and what was paid for is kept.</summary>
    internal static async Task<(TResult?[] Results, BudgetExceededException? Refusal)> RunWithinBudgetAsync<TItem, TResult>(
        IReadOnlyList<TItem> items, int maxParallel, Func<TItem, CancellationToken, Task<TResult>> run, CancellationToken cancellationToken)
        where TResult : class
    {
        BudgetExceededException? refusal = null;
        TResult?[] results = await RunAsync<TItem, TResult?>(items, maxParallel, TryAsync, cancellationToken).ConfigureAwait(false);
        return (results, refusal);

        async Task<TResult?> TryAsync(TItem item, CancellationToken token)
        {
            try
            {
                return await run(item, token).ConfigureAwait(false);
            }
            catch (BudgetExceededException e)
            {
                Interlocked.CompareExchange(ref refusal, e, null);
                return null;
            }
        }
    }
}
