using System.Globalization;

namespace SynthesizeMe.Cli;

/// <summary>Who serves a model.</summary>
internal enum ModelProvider
{
    /// <summary>The model inside this library, which needs no network.</summary>
    Offline,

    /// <summary>OpenAI, or any server that speaks its API.</summary>
    OpenAI,

    /// <summary>Ollama.</summary>
    Ollama,

    /// <summary>Anthropic.</summary>
    Anthropic,
}

/// <summary>A model as <c>--model</c> and <c>--endpoint</c> name it.</summary>
/// <param name="Provider">Who serves it.</param>
/// <param name="Name">Its name there; empty for the offline model.</param>
/// <param name="Endpoint">The address of the API; <see langword="null"/> for the provider's own.</param>
internal sealed record ModelChoice(ModelProvider Provider, string Name, Uri? Endpoint)
{
    /// <summary>The default.</summary>
    public static ModelChoice Offline { get; } = new(ModelProvider.Offline, "", null);

    /// <summary>Whether it is to be called; otherwise only its address is wanted, and no key is needed.</summary>
    public bool IsCalled { get; init; } = true;

    /// <summary>The option that names it.</summary>
    public string Option { get; init; } = "--model";

    /// <summary>The option that names its address.</summary>
    public string EndpointOption => Option == "--model" ? "--endpoint" : $"{Option}-endpoint";

    /// <summary>The environment variable that holds the key; <see langword="null"/> where there is none.</summary>
    public string? KeyVariable => Provider switch
    {
        ModelProvider.OpenAI => "OPENAI_API_KEY",
        ModelProvider.Anthropic => "ANTHROPIC_API_KEY",
        _ => null,
    };

    /// <summary>The model and its address, without credentials that the address may hold.</summary>
    public string Where => Endpoint is null
        ? ToString()
        : $"{this} at {Endpoint.WithoutCredentials()}";

    /// <summary>Reads <c>offline</c> or <c>PROVIDER:NAME</c>.</summary>
    /// <param name="model">What to read.</param>
    /// <param name="endpoint">The address of the API; <see langword="null"/> for the provider's own.</param>
    /// <param name="option">The option that it was given to.</param>
    /// <exception cref="UsageException">It is neither, or the address is none.</exception>
    public static ModelChoice Parse(string model, string? endpoint, string option = "--model")
    {
        int colon = model.IndexOf(':', StringComparison.Ordinal);
        string provider = colon < 0 ? model : model[..colon];
        string name = colon < 0 ? "" : model[(colon + 1)..].Trim();
        ModelChoice choice = provider.ToLowerInvariant() switch
        {
            "offline" when colon < 0 => Offline,
            "openai" => new(ModelProvider.OpenAI, name, null),
            "ollama" => new(ModelProvider.Ollama, name, null),
            "anthropic" => new(ModelProvider.Anthropic, name, null),
            _ => throw new UsageException($"'{model}' is not a model; use offline, openai:NAME, ollama:NAME or anthropic:NAME"),
        };
        if (choice.Provider != ModelProvider.Offline && name.Length == 0)
        {
            throw new UsageException($"'{model}' lacks the model's name; write it as in {provider}:NAME");
        }

        choice = choice with { Option = option };
        return endpoint is null ? choice : choice with { Endpoint = ParseEndpoint(choice, endpoint) };
    }

    /// <inheritdoc/>
    public override string ToString() =>
        Provider == ModelProvider.Offline ? "offline" : string.Create(CultureInfo.InvariantCulture, $"{Provider.ToString().ToLowerInvariant()}:{Name}");

    private static Uri ParseEndpoint(ModelChoice choice, string endpoint)
    {
        if (choice.Provider == ModelProvider.Offline)
        {
            throw new UsageException($"{choice.EndpointOption} has no meaning for the offline model; name the server's model, as in {choice.Option} openai:NAME");
        }

        return Addresses.Parse(choice.EndpointOption, endpoint, "http://localhost:8080/v1");
    }
}
