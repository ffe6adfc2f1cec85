using System.Numerics.Tensors;
using Microsoft.Extensions.AI;
using SynthesizeMe.Signatures;

namespace SynthesizeMe.Cli;

/// <summary>Turns whatever a provider's client throws into one exception that names the model, the cause and the cure.</summary>
/// <param name="inner">The provider's client.</param>
/// <param name="model">The model it talks to.</param>
internal sealed class FaultNamingEmbeddings(IEmbeddingGenerator<string, Embedding<float>> inner, ModelChoice model)
    : DelegatingEmbeddingGenerator<string, Embedding<float>>(inner)
{
    private int _length;

    /// <inheritdoc/>
    /// <exception cref="PromptRefusedException">The model takes other texts, but not one of these.</exception>
    /// <exception cref="ModelFailedException">There are no embeddings, or not as many as texts, or they are none.</exception>
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
            throw ModelFault.Explain(e, model, "text");
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            throw new OperationCanceledException("The call was cancelled.", e, cancellationToken);
        }

        if (embeddings.Count != texts.Length)
        {
            throw new ModelFailedException($"{model.Where} gave {Figures.Count(embeddings.Count, "embedding")} for {Figures.Count(texts.Length, "text")}. Use a model that embeds every text.");
        }

        foreach (Embedding<float> embedding in embeddings)
        {
            Check(embedding.Vector.Span);
        }

        return embeddings;
    }

    private void Check(ReadOnlySpan<float> numbers)
    {
        int length = Interlocked.CompareExchange(ref _length, numbers.Length, 0);
        string? fault = numbers.IsEmpty ? "an embedding without numbers"
            : length != 0 && length != numbers.Length ? $"embeddings of {length} and of {Figures.Count(numbers.Length, "number")}"
            : !TensorPrimitives.IsFiniteAll(numbers) ? "an embedding with a number that is not finite"
            : null;
        if (fault is not null)
        {
            throw new ModelFailedException($"{model.Where} gave {fault}. Use another model.");
        }
    }
}
