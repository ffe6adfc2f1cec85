using System.ClientModel;
using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Anthropic.Exceptions;
using OllamaSharp.Models.Exceptions;
using SynthesizeMe.Optimizers;
using SynthesizeMe.Signatures;

namespace SynthesizeMe.Cli;

/// <summary>A model gave no reply.</summary>
/// <param name="message">Which model, why, and what to do about it.</param>
/// <param name="inner">The cause.</param>
internal sealed class ModelFailedException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>Says why a model gave no reply, and what to do about it.</summary>
internal static class ModelFault
{
    private const int LongestDetail = 300;

    /// <summary>What providers say of a prompt whose content they refuse.</summary>
    private static readonly ImmutableArray<string> Filtered = ["content_filter", "content filter", "content_policy", "content policy"];

    /// <summary>What providers say of a prompt that is too long.</summary>
    private static readonly ImmutableArray<string> TooLong = ["context_length", "context length", "prompt is too long", "string_above_max_length", "must have less than"];

    /// <summary>Explains what a provider's client threw: <see cref="PromptRefusedException"/> or <see cref="ModelFailedException"/>.</summary>
    /// <param name="exception">What was thrown.</param>
    /// <param name="model">The model.</param>
    /// <param name="what">What was sent.</param>
    public static Exception Explain(Exception exception, ModelChoice model, string what)
    {
        if (Refusal(exception, model.Where, what) is { } refusal)
        {
            return refusal;
        }

        Exception[] causes = [.. Causes(exception)];
        string message = causes.Select(Status).FirstOrDefault(s => s is not null) is { } status
            ? OfStatus(status, Detail(causes), model, CallFaults.Of(exception, e => ProviderFaults.Classify(e, TimeProvider.System)).RetryAfter)
            : Of(causes, model);
        return new ModelFailedException(message, exception);
    }

    /// <summary>What was thrown, if it says that this one prompt is refused, for its content or its length; else <see langword="null"/>.</summary>
    /// <param name="exception">What was thrown.</param>
    /// <param name="where">The model, and where it is.</param>
    /// <param name="what">What was sent.</param>
    public static PromptRefusedException? Refusal(Exception exception, string where, string what)
    {
        Exception[] causes = [.. Causes(exception)];
        if (causes.Select(Status).FirstOrDefault(s => s is not null) is not ({ } status and (400 or 413 or 422)))
        {
            return null;
        }

        string? reason = status == 413 || Says(TooLong) ? "it is too long for the model" : Says(Filtered) ? "its content is filtered" : null;
        return reason is null ? null : new PromptRefusedException($"{where} refuses this {what}: {reason} ({Number(status)}).", exception);

        bool Says(ImmutableArray<string> signs) => signs.Any(sign => causes.Any(c => Said(c).Contains(sign, StringComparison.OrdinalIgnoreCase)));
    }

    private static string Said(Exception exception) => exception is ServedRewardException served ? served.Body : exception.Message;

    private static string OfStatus(int status, string detail, ModelChoice model, TimeSpan? wait) => status switch
    {
        401 when model.KeyVariable is { } key => $"{model.Where} refuses the key (401). Set {key} to a valid one.",
        401 => $"{model.Where} asks for credentials (401), which this tool does not send to {model.Provider}.",
        403 => $"{model.Where} does not allow this (403). Check what the key{(model.KeyVariable is { } key ? $" in {key}" : "")} may be used for.",
        404 when model.Provider == ModelProvider.Ollama => $"{model.Where} is not there (404). Fetch it with: ollama pull {model.Name}",
        404 when model.Endpoint is not null =>
            $"{model.Where} is not there (404). Check the model's name, and that {model.EndpointOption} is the address of the API, such as http://localhost:8080/v1",
        404 => $"{model.Where} is not there (404). Check the model's name.",
        429 => $"{model.Where} limits the rate, or the quota is used up (429){Wish(wait)}. Wait a while, lower --parallel, or check the account's quota.",
        408 or 504 => $"{model.Where} took too long ({Number(status)}). Try again, or lower --parallel.",
        >= 500 => $"{model.Where} has failed ({Number(status)}): {detail}. Try again later.",
        >= 400 => $"{model.Where} refuses the request ({Number(status)}): {detail}. Check the model's name and that it takes prompts of this length.",
        _ => $"{model.Where} gave an unexpected answer ({Number(status)}): {detail}. Check {model.EndpointOption}.",
    };

    private static string Of(Exception[] causes, ModelChoice model)
    {
        if (causes.OfType<MalformedReplyException>().FirstOrDefault() is { } malformed)
        {
            return $"{model.Where} says that all is well and sends {OneSentence(malformed.Message)}. Try again later; if it stays so, check {model.EndpointOption} and the model's name.";
        }

        if (causes.OfType<SocketException>().FirstOrDefault() is { } socket)
        {
            string cure = model.Endpoint is null
                ? "Check the network."
                : model.Provider == ModelProvider.Ollama ? $"Start it with: ollama serve, or correct {model.EndpointOption}." : $"Start the server, or correct {model.EndpointOption}.";
            return $"{model.Where} cannot be reached: {socket.SocketErrorCode switch
            {
                SocketError.ConnectionRefused => "nothing listens there",
                SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain => "the host is not known",
                _ => OneSentence(socket.Message),
            }}. {cure}";
        }

        if (causes.Any(c => c is TimeoutException or OperationCanceledException))
        {
            return $"{model.Where} did not answer in time. Try again, lower --parallel, or use a faster model.";
        }

        return causes.Any(c => c is HttpRequestException or IOException)
            ? $"The connection to {model.Where} broke: {Detail(causes)}. Try again, or check {model.EndpointOption}."
            : $"{model.Where} answers with something else than its API promises: {Detail(causes)}. Check {model.EndpointOption} and the model's name.";
    }

    /// <summary>How long the provider asks to wait, if it does.</summary>
    private static string Wish(TimeSpan? wait) => wait is not { TotalSeconds: >= 1 } asked ? ""
        : string.Create(CultureInfo.InvariantCulture, $" and asks to wait {(asked.TotalMinutes < 2 ? $"{Math.Ceiling(asked.TotalSeconds)} seconds" : asked.TotalHours < 2 ? $"{Math.Ceiling(asked.TotalMinutes)} minutes" : "for hours")}");

    private static int? Status(Exception exception) => exception switch
    {
        ClientResultException { Status: > 0 } e => e.Status,
        AnthropicApiException e => (int)e.StatusCode,
        HttpRequestException { StatusCode: { } status } => (int)status,
        MalformedReplyException e => e.Status,
        OllamaException e when e.Message.Contains("not found", StringComparison.OrdinalIgnoreCase) => (int)HttpStatusCode.NotFound,
        _ => null,
    };

    private static string Detail(Exception[] causes) => OneSentence(causes[0].Message);

    private static string OneSentence(string text) => PlainText.Excerpt(text, LongestDetail).TrimEnd('.', ' ');

    private static string Number(int status) => status.ToString(CultureInfo.InvariantCulture);

    /// <summary>The exception and what caused it, from the outside in; of several attempts the last.</summary>
    private static IEnumerable<Exception> Causes(Exception exception)
    {
        for (Exception? e = exception; e is not null; e = e is AggregateException several ? several.InnerExceptions[^1] : e.InnerException)
        {
            if (e is not AggregateException)
            {
                yield return e;
            }
        }
    }
}
