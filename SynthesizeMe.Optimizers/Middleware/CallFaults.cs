using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Sockets;

namespace SynthesizeMe.Optimizers;

/// <summary>Reads faults from exceptions of .NET itself. What a provider's package throws, a classifier of the caller's reads first.</summary>
/// <remarks>
/// <see cref="HttpRequestException"/> carries no headers. Whoever throws it can leave the value of Retry-After in its <see cref="Exception.Data"/>
/// under the key <see cref="RetryAfterKey"/>.
/// </remarks>
public static class CallFaults
{
    /// <summary>Where an exception's data may hold the header.</summary>
    public const string RetryAfterKey = "Retry-After";

    /// <summary>The fault behind an exception. The exception and its causes are asked, from the outside in; the first that is known decides.</summary>
    /// <param name="exception">What the call threw.</param>
    /// <param name="classify">Knows exceptions that this class does not; <see langword="null"/> for what it does not know either.</param>
    /// <param name="time">What a Retry-After date is compared with; the system's by default.</param>
    /// <returns>The fault; <see cref="FaultKind.Permanent"/> for what nobody knows.</returns>
    public static CallFault Of(Exception exception, Func<Exception, CallFault?>? classify = null, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(exception);
        for (Exception? e = exception; e is not null; e = e is AggregateException several ? several.InnerExceptions[^1] : e.InnerException)
        {
            if ((classify?.Invoke(e) ?? Known(e, time ?? TimeProvider.System)) is { } fault)
            {
                return fault;
            }
        }

        return new(FaultKind.Permanent);
    }

    /// <summary>The fault behind an HTTP status.</summary>
    /// <param name="status">The status.</param>
    /// <param name="retryAfter">The value of the Retry-After header, if there is one.</param>
    /// <param name="time">What a date is compared with; the system's by default.</param>
    public static CallFault OfStatus(int status, string? retryAfter = null, TimeProvider? time = null)
    {
        FaultKind kind = status switch
        {
            429 => FaultKind.RateLimited,
            408 or 504 => FaultKind.TimedOut,
            501 or 505 or 511 => FaultKind.Permanent,
            >= 500 and < 600 => FaultKind.Unavailable,
            _ => FaultKind.Permanent,
        };
        return new(kind, kind == FaultKind.Permanent ? null : ReadRetryAfter(retryAfter, time));
    }

    /// <summary>How long a Retry-After header asks to wait, in seconds (fractions are understood) or until a date.</summary>
    /// <param name="value">The header's value.</param>
    /// <param name="time">What a date is compared with; the system's by default.</param>
    /// <returns>The wait, never negative; <see langword="null"/> when there is no such value or it cannot be read.</returns>
    public static TimeSpan? ReadRetryAfter(string? value, TimeProvider? time = null)
    {
        if (double.TryParse(value, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out double seconds))
        {
            return seconds < TimeSpan.MaxValue.TotalSeconds ? TimeSpan.FromSeconds(seconds) : TimeSpan.MaxValue;
        }

        return RetryConditionHeaderValue.TryParse(value, out RetryConditionHeaderValue? header) && header.Date is { } date
            ? TimeSpan.FromTicks(Math.Max(0, (date - (time ?? TimeProvider.System).GetUtcNow()).Ticks))
            : null;
    }

    private static CallFault? Known(Exception exception, TimeProvider time) => exception switch
    {
        BudgetExceededException => new(FaultKind.Permanent),
        RateLimitRejectedException e => new(FaultKind.RateLimited, e.RetryAfter),
        HttpRequestException { StatusCode: { } status } e => OfStatus((int)status, e.Data[RetryAfterKey] as string, time),
        HttpRequestException { HttpRequestError: HttpRequestError.ResponseEnded } => new(FaultKind.ConnectionLost),
        SocketException e => e.SocketErrorCode switch
        {
            SocketError.ConnectionReset or SocketError.ConnectionAborted or SocketError.Shutdown or SocketError.NetworkReset
                or SocketError.NetworkDown or SocketError.TryAgain => new(FaultKind.ConnectionLost),
            SocketError.TimedOut => new(FaultKind.TimedOut),
            _ => new(FaultKind.Permanent),
        },
        HttpIOException { HttpRequestError: HttpRequestError.ResponseEnded } => new(FaultKind.ConnectionLost),
        TimeoutException or OperationCanceledException => new(FaultKind.TimedOut),
        _ => null,
    };
}

/// <summary>A rate limiter does not take a call, and does not let it wait either.</summary>
/// <param name="retryAfter">When to try again, as far as the limiter knows.</param>
public sealed class RateLimitRejectedException(TimeSpan? retryAfter) : Exception("The rate limiter took no further call.")
{
    /// <summary>When to try again; <see langword="null"/> where the limiter does not know.</summary>
    public TimeSpan? RetryAfter { get; } = retryAfter;
}
