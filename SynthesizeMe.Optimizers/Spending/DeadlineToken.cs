namespace SynthesizeMe.Optimizers;

/// <summary>A caller's token that is cancelled at the budget's deadline, too.</summary>
internal sealed class DeadlineToken : IDisposable
{
    /// <summary>The longest that a timer takes; a deadline further away needs none.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromDays(40);

    private readonly CancellationToken _caller;
    private readonly CancellationTokenSource? _timer;
    private readonly CancellationTokenSource? _linked;

    private DeadlineToken(TimeSpan? left, TimeProvider time, CancellationToken caller)
    {
        _caller = caller;
        if (left is { } delay && delay > TimeSpan.Zero && delay < Longest)
        {
            _timer = new CancellationTokenSource(delay, time);
            _linked = CancellationTokenSource.CreateLinkedTokenSource(caller, _timer.Token);
        }
    }

    public CancellationToken Token => _linked?.Token ?? _caller;

    /// <summary>Without a deadline, the caller's own token. One that has passed is for the budget to refuse.</summary>
    public static DeadlineToken Of(Budget budget, CancellationToken caller) => new(budget.Deadline - budget.Time.GetUtcNow(), budget.Time, caller);

    /// <summary>Whether it was the deadline that cancelled.</summary>
    public bool HasPassed(OperationCanceledException exception) =>
        exception is not null && _timer is { IsCancellationRequested: true } && !_caller.IsCancellationRequested;

    public void Dispose()
    {
        _linked?.Dispose();
        _timer?.Dispose();
    }
}
