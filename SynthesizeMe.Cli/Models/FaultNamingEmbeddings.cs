using Microsoft.Extensions.AI;

namespace SynthesizeMe.Cli;

/// <summary>Turns whatever a provider's client throws into one exception that names the model, the cause and the cure.</summary>
/// <param name="inner">The provider's client.</param>
/// <param name="model">The model it talks to.</param>
internal sealed class FaultNamingEmbeddings(IEmbeddingGenerator<string, Embedding<float>> inner, ModelChoice model)
    : DelegatingEmbeddingGenerator<string, Embedding<float>>(inner)
{
    /// <inheritdoc/>
    /// <exception cref="ModelFailedException">There are no embeddings.</exception>
    public override async Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        string[] texts = [.. values];
        GeneratedEmbeddings<Embedding<float>> embeddings;
        try
        {
            embeddings = await base.GenerateAsync(texts, options, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            throw ModelFault.Explain(e, model);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            throw new OperationCanceledException("The call was cancelled.", e, cancellationToken);
        }

        return embeddings.Count == texts.Length
            ? embeddings
            : throw new ModelFailedException($"{model.Where} gave {Figures.Count(embeddings.Count, "embedding")} for {Figures.Count(texts.Length, "text")}. Use a model that embeds every text.");
    }
}
