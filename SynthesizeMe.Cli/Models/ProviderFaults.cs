using System.ClientModel;
using System.ClientModel.Primitives;
using Anthropic.Exceptions;
using SynthesizeMe.Optimizers;

namespace SynthesizeMe.Cli;

/// <summary>Reads what the providers' packages throw. Ollama's throws .NET's own exceptions.</summary>
internal static class ProviderFaults
{
    /// <summary>The fault; <see langword="null"/> for an exception that is none of theirs.</summary>
    public static CallFault? Classify(Exception exception, TimeProvider time) => exception switch
    {
        // An account without credit is told with the status of a limited rate, and waiting does not help.
        ClientResultException { Status: 429 } e when e.Message.Contains("insufficient_quota", StringComparison.Ordinal) => new(FaultKind.Permanent),
        ClientResultException { Status: > 0 } e => CallFaults.OfStatus(e.Status, RetryAfter(e.GetRawResponse()), time),
        AnthropicApiException e => CallFaults.OfStatus((int)e.StatusCode, null, time),
        MalformedReplyException { Status: { } status } => CallFaults.OfStatus(status, null, time),
        MalformedReplyException => new(FaultKind.Unavailable),
        _ => null,
    };

    private static string? RetryAfter(PipelineResponse? response) =>
        response?.Headers.TryGetValue("Retry-After", out string? value) == true ? value : null;
}
