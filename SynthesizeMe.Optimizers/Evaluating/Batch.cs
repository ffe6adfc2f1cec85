namespace SynthesizeMe.Optimizers;

/// <summary>Runs independent work with a bound on how much at once; results come in the order of the items.</summary>
internal static class Batch
{
    /// <summary>Runs all; the first exception ends it.</summary>
    public static async Task<TResult[]> RunAsync<TItem, TResult>(
        IReadOnlyList<TItem> items, int maxParallel, Func<TItem, CancellationToken, Task<TResult>> run, CancellationToken cancellationToken)
    {
        var results = new TResult[items.Count];
        var options = new ParallelOptions { MaxDegreeOfParallelism = maxParallel, CancellationToken = cancellationToken };
        await Parallel.ForAsync(0, items.Count, options, async (i, token) => results[i] = await run(items[i], token).ConfigureAwait(false))
            .ConfigureAwait(false);
        return results;
    }

    /// <summary>Runs what the budget allows: where it refuses, the result is null, and what was paid for is kept.</summary>
    public static async Task<(TResult?[] Results, BudgetExceededException? Refusal)> RunWithinBudgetAsync<TItem, TResult>(
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
