using Microsoft.Extensions.AI;
using SynthesizeMe.Optimizers;

namespace SynthesizeMe.Cli;

/// <summary>What stands between a command and its model: telemetry, retries, a bound on calls at once that falls when the model is overloaded, limits of rate.</summary>
/// <param name="Parallel">The most calls at once.</param>
/// <param name="Retries">How often a failed call is made again.</param>
/// <param name="RequestsPerMinute">The most calls a minute.</param>
/// <param name="TokensPerMinute">The most tokens a minute.</param>
internal sealed record ModelPipeline(int Parallel, int Retries, int? RequestsPerMinute, int? TokensPerMinute)
{
    /// <summary>The model, called like this.</summary>
    public IChatClient Around(IChatClient model, TimeProvider time)
    {
        ChatClientBuilder builder = new ChatClientBuilder(model)
            .UseTelemetry()
            .UseRetry(RetryOptions(time))
            .UseConcurrencyBound(Bound(time));
        return RequestsPerMinute is null && TokensPerMinute is null
            ? builder.Build()
            : builder.UseRateLimit(new CallRateLimiter(RequestsPerMinute, TokensPerMinute, time)).Build();
    }

    /// <summary>The model that embeds texts, called like this.</summary>
    public IEmbeddingGenerator<string, Embedding<float>> Around(IEmbeddingGenerator<string, Embedding<float>> model, TimeProvider time) =>
        new PatientEmbeddings(model, Calls(time));

    /// <summary>How a model that is not the chat model is called. Limits of rate are the chat model's.</summary>
    public PatientCalls Calls(TimeProvider time) => new(Bound(time), new CallRetries(RetryOptions(time)));

    private ConcurrencyBound Bound(TimeProvider time) => new(Parallel) { Classify = e => ProviderFaults.Classify(e, time) };

    private RetryOptions RetryOptions(TimeProvider time) => new() { MaxRetries = Retries, Classify = e => ProviderFaults.Classify(e, time), Time = time };
}
