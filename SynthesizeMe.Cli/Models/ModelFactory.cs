using System.ClientModel;
using System.ClientModel.Primitives;
using Anthropic;
using Microsoft.Extensions.AI;
using OllamaSharp;
using OpenAI;
using SynthesizeMe.Offline;

namespace SynthesizeMe.Cli;

/// <summary>Opens models. A key is read from its environment variable when a model needs it, and goes nowhere but to that model.</summary>
/// <param name="environment">Reads an environment variable.</param>
internal sealed class ModelFactory(Func<string, string?> environment)
{
    /// <summary>Sent where a server is given by address and may need no key; OpenAI's client insists on one.</summary>
    private const string NoKey = "none";

    /// <summary>A persona with its reasoning fits; Anthropic's API demands a limit.</summary>
    private const int MaxOutputTokens = 4096;

    /// <summary>Local models may take minutes for a long prompt.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    private static readonly Uri LocalOllama = new("http://localhost:11434");

    /// <summary>Opens a model. Nothing is sent yet.</summary>
    /// <exception cref="ModelFailedException">Its key is missing.</exception>
    public IChatClient Open(ModelChoice model) => model.Provider switch
    {
        ModelProvider.OpenAI => Named(model, Connect(model).GetChatClient(model.Name).AsIChatClient()),
        ModelProvider.Ollama => Named(model with { Endpoint = model.Endpoint ?? LocalOllama }, OpenOllama(model)),
        ModelProvider.Anthropic => Named(model, OpenAnthropic(model)),
        _ => new OfflineModel(),
    };

    /// <summary>Opens a model that embeds texts. Nothing is sent yet.</summary>
    /// <exception cref="ModelFailedException">Its key is missing.</exception>
    /// <exception cref="UsageException">The provider has no embeddings.</exception>
    public IEmbeddingGenerator<string, Embedding<float>> OpenEmbeddings(ModelChoice model) => model.Provider switch
    {
        ModelProvider.OpenAI => new FaultNamingEmbeddings(new OpenAIEmbeddings(Connect(model).GetEmbeddingClient(model.Name), model.Name), model),
        ModelProvider.Ollama => new FaultNamingEmbeddings(OpenOllama(model), model with { Endpoint = model.Endpoint ?? LocalOllama }),
        ModelProvider.Anthropic => throw new UsageException($"{model} has no embeddings; use offline, openai:NAME or ollama:NAME"),
        _ => new StyleEmbeddings(),
    };

    private static FaultNamingChatClient Named(ModelChoice model, IChatClient client) => new(client, model);

    private OpenAIClient Connect(ModelChoice model)
    {
        var options = new OpenAIClientOptions
        {
            Endpoint = model.Endpoint,
            NetworkTimeout = Patience,

            // ModelPipeline makes calls again: a client that did so, too, would multiply the attempts, and hide them from the limits.
            RetryPolicy = new ClientRetryPolicy(0),
            ClientLoggingOptions = new() { EnableLogging = false },

            // As the package would make it, whose own timeout is the one above.
            Transport = new HttpClientPipelineTransport(new HttpClient(new OpenAIReplies(new SocketsHttpHandler { AllowAutoRedirect = false })) { Timeout = Timeout.InfiniteTimeSpan }),
        };
        return new OpenAIClient(new ApiKeyCredential(Key(model)), options);
    }

    private static OllamaApiClient OpenOllama(ModelChoice model) =>
        new(new HttpClient { BaseAddress = model.Endpoint ?? LocalOllama, Timeout = Patience }, model.Name);

    private IChatClient OpenAnthropic(ModelChoice model)
    {
        var client = new AnthropicClient { ApiKey = Key(model), Timeout = Patience, MaxRetries = 0 };
        IAnthropicClient addressed = model.Endpoint is { } endpoint
            ? client.WithOptions(o => o with { BaseUrl = endpoint.AbsoluteUri.TrimEnd('/') })
            : client;
        return addressed.AsIChatClient(model.Name, MaxOutputTokens);
    }

    /// <summary>The key in an environment variable; <see langword="null"/> for none.</summary>
    /// <exception cref="ModelFailedException">It is none that can be sent.</exception>
    public static string? KeyOf(Func<string, string?> environment, string variable) => environment(variable)?.Trim() is not { Length: > 0 } key ? null
        : key.All(c => c is >= ' ' and <= '~') ? key
        : throw new ModelFailedException($"{variable} holds a line break or another character that is in no key. Set that environment variable to the key alone.");

    private string Key(ModelChoice model)
    {
        if (!model.IsCalled)
        {
            return NoKey;
        }

        string? key = KeyOf(environment, model.KeyVariable!);
        return key is not null ? key
            : model.Endpoint is not null ? NoKey
            : throw new ModelFailedException($"{model} needs a key, and {model.KeyVariable} is not set. Set that environment variable, or name a server that needs no key with {model.EndpointOption}.");
    }
}
