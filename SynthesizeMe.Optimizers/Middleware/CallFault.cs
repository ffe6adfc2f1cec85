namespace SynthesizeMe.Optimizers;

/// <summary>Why a call to a model gave no reply, as far as it matters for what to do next.</summary>
public enum FaultKind
{
    /// <summary>The same call would fail again: a bad request, a refused key, a wrong address, a spent budget.</summary>
    Permanent,

    /// <summary>The provider limits the rate (429).</summary>
    RateLimited,

    /// <summary>There was no reply in time (408, 504, or a timeout on this side).</summary>
    TimedOut,

    /// <summary>The provider has failed or has too much to do (5xx).</summary>
    Unavailable,

    /// <summary>The connection broke.</summary>
    ConnectionLost,
}

/// <summary>What a failed call's exception says.</summary>
/// <param name="Kind">Why there is no reply.</param>
/// <param name="RetryAfter">How long the provider asks to wait; <see langword="null"/> where it does not say.</param>
public readonly record struct CallFault(FaultKind Kind, TimeSpan? RetryAfter = null)
{
    /// <summary>Whether the same call may well succeed later.</summary>
    public bool IsTransient => Kind != FaultKind.Permanent;

    /// <summary>Whether fewer calls at once would have helped.</summary>
    public bool IsOverload => Kind is FaultKind.RateLimited or FaultKind.TimedOut;
}
