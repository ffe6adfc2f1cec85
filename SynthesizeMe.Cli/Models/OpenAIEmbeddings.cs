using System.ClientModel;
using Microsoft.Extensions.AI;
using OpenAI.Embeddings;

namespace SynthesizeMe.Cli;

/// <summary>The embeddings of OpenAI's API, each where its index says: the order in which a server lists them says nothing.</summary>
/// <param name="client">The client.</param>
/// <param name="model">The model's name.</param>
internal sealed class OpenAIEmbeddings(EmbeddingClient client, string model) : IEmbeddingGenerator<string, Embedding<float>>
{
    /// <inheritdoc/>
    public async Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values, Microsoft.Extensions.AI.EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        ClientResult<OpenAIEmbeddingCollection> answer = await client.GenerateEmbeddingsAsync(values, cancellationToken: cancellationToken).ConfigureAwait(false);

        // A server that numbers none says 0 of all.
        OpenAIEmbedding[] placed = [.. answer.Value.OrderBy(e => e.Index)];
        return placed.Index().All(p => p.Item.Index == p.Index) || placed.All(e => e.Index == 0)
            ? new(placed.Select(e => new Embedding<float>(e.ToFloats()) { ModelId = answer.Value.Model }))
            : throw new InvalidDataException("two embeddings are of the same text");
    }

    /// <inheritdoc/>
    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceKey is not null ? null
        : serviceType == typeof(EmbeddingGeneratorMetadata) ? new EmbeddingGeneratorMetadata("openai", defaultModelId: model)
        : serviceType.IsInstanceOfType(this) ? this : null;

    /// <inheritdoc/>
    public void Dispose()
    {
        // The client holds nothing to dispose.
    }
}
