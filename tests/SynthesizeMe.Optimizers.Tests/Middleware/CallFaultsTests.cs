using System.Net;
using System.Net.Sockets;
using SynthesizeMe.Testing;

namespace SynthesizeMe.Optimizers.Tests;

public class CallFaultsTests
{
    [Theory]
    [InlineData(429, FaultKind.RateLimited)]
    [InlineData(408, FaultKind.TimedOut)]
    [InlineData(504, FaultKind.TimedOut)]
    [InlineData(500, FaultKind.Unavailable)]
    [InlineData(503, FaultKind.Unavailable)]
    [InlineData(529, FaultKind.Unavailable)]
    [InlineData(400, FaultKind.Permanent)]
    [InlineData(401, FaultKind.Permanent)]
    [InlineData(403, FaultKind.Permanent)]
    [InlineData(404, FaultKind.Permanent)]
    [InlineData(422, FaultKind.Permanent)]
    [InlineData(501, FaultKind.Permanent)]
    public void A_status_tells_whether_to_try_again(int status, FaultKind kind) =>
        Assert.Equal(kind, CallFaults.Of(new HttpRequestException("no", null, (HttpStatusCode)status)).Kind);

    [Theory]
    [InlineData(SocketError.ConnectionReset, FaultKind.ConnectionLost)]
    [InlineData(SocketError.TimedOut, FaultKind.TimedOut)]
    [InlineData(SocketError.ConnectionRefused, FaultKind.Permanent)]
    [InlineData(SocketError.HostNotFound, FaultKind.Permanent)]
    public void A_connection_tells_whether_to_try_again(SocketError error, FaultKind kind) =>
        Assert.Equal(kind, CallFaults.Of(new HttpRequestException("no", new IOException("no", new SocketException((int)error)))).Kind);

    [Fact]
    public void Timeouts_are_transient_and_unknown_exceptions_are_not()
    {
        Assert.Equal(FaultKind.TimedOut, CallFaults.Of(new TimeoutException()).Kind);
        Assert.Equal(FaultKind.TimedOut, CallFaults.Of(new TaskCanceledException("HttpClient.Timeout", new TimeoutException())).Kind);
        Assert.Equal(FaultKind.Permanent, CallFaults.Of(new FormatException()).Kind);
        Assert.Equal(FaultKind.Permanent, CallFaults.Of(new BudgetExceededException("x", default)).Kind);
    }

    [Fact]
    public void The_callers_classifier_is_asked_first_and_about_every_cause()
    {
        CallFault? Classify(Exception e) => e is FormatException ? new CallFault(FaultKind.RateLimited, TimeSpan.FromSeconds(3)) : null;

        Assert.Equal(new(FaultKind.RateLimited, TimeSpan.FromSeconds(3)), CallFaults.Of(new InvalidOperationException("x", new FormatException()), Classify));
    }

    [Theory]
    [InlineData("7", 7.0)]
    [InlineData("0.5", .5)]
    [InlineData("0", 0.0)]
    [InlineData("Thu, 01 Jan 2026 12:01:30 GMT", 90.0)]
    [InlineData("Thu, 01 Jan 2026 11:00:00 GMT", 0.0)]
    [InlineData("soon", null)]
    [InlineData("-3", null)]
    [InlineData(null, null)]
    public void Retry_After_is_read_in_seconds_and_as_a_date(string? value, double? seconds)
    {
        var e = new HttpRequestException("no", null, HttpStatusCode.TooManyRequests) { Data = { [CallFaults.RetryAfterKey] = value } };

        Assert.Equal(seconds, CallFaults.Of(e, time: new InstantTime()).RetryAfter?.TotalSeconds);
    }
}
