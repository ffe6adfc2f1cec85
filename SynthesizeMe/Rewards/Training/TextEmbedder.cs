using System.Globalization;
using System.Numerics.Tensors;
using Microsoft.Extensions.AI;
using SynthesizeMe.Signatures;

namespace SynthesizeMe.Rewards;

/// <summary>A text's embedding, or why it has none.</summary>
internal readonly record struct EmbeddedText(float[]? Vector, PromptRefusedException? Refusal)
{
    /// <summary>What is thrown where the text is needed.</summary>
    public PromptRefusedException Error => new(Refusal!.Message, Refusal);
}

/// <summary>Embeds many texts, equal ones once.</summary>
internal static class TextEmbedder
{
    /// <summary>The embeddings in the order of the texts; a text that is refused by itself has none.</summary>
    /// <param name="generator">Embeds.</param>
    /// <param name="texts">The texts.</param>
    /// <param name="batchSize">The most at once.</param>
    /// <param name="dimensions">The length that is expected; <see langword="null"/> for whatever the first has.</param>
    /// <param name="cancellationToken">Stops at once.</param>
    /// <exception cref="InvalidOperationException">The generator does not do what it is for.</exception>
    public static async Task<EmbeddedText[]> EmbedAsync(
        IEmbeddingGenerator<string, Embedding<float>> generator, IReadOnlyList<string> texts, int batchSize, int? dimensions, CancellationToken cancellationToken)
    {
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        var embedded = new List<EmbeddedText>();
        foreach (string text in texts)
        {
            places.TryAdd(text, places.Count);
        }

        foreach (string[] batch in places.Keys.Chunk(batchSize))
        {
            foreach (EmbeddedText text in await EmbedAsync(generator, batch, cancellationToken).ConfigureAwait(false))
            {
                if (text.Vector is { } vector)
                {
                    Check(vector, dimensions ??= vector.Length);
                }

                embedded.Add(text);
            }
        }

        return [.. texts.Select(t => embedded[places[t]])];
    }

    /// <summary>Embeds a batch; where it is refused, its halves, so that one text costs the others nothing but calls.</summary>
    private static async Task<IEnumerable<EmbeddedText>> EmbedAsync(
        IEmbeddingGenerator<string, Embedding<float>> generator, string[] batch, CancellationToken cancellationToken)
    {
        try
        {
            GeneratedEmbeddings<Embedding<float>> generated = await generator.GenerateAsync(batch, cancellationToken: cancellationToken).ConfigureAwait(false);
            return generated.Count == batch.Length ? generated.Select(e => new EmbeddedText(e.Vector.ToArray(), null)) : throw new InvalidOperationException(string.Create(
                CultureInfo.InvariantCulture, $"The embedding generator gave {generated.Count} embeddings for {batch.Length} texts."));
        }
        catch (PromptRefusedException e) when (batch.Length == 1)
        {
            return [new(null, e)];
        }
        catch (PromptRefusedException)
        {
            IEnumerable<EmbeddedText> first = await EmbedAsync(generator, batch[..(batch.Length / 2)], cancellationToken).ConfigureAwait(false);
            return first.Concat(await EmbedAsync(generator, batch[(batch.Length / 2)..], cancellationToken).ConfigureAwait(false));
        }
    }

    /// <summary>What the generator says of the model behind it; <see langword="null"/> when it says nothing.</summary>
    public static string? ModelOf(IEmbeddingGenerator<string, Embedding<float>> generator) =>
        (generator.GetService(typeof(EmbeddingGeneratorMetadata)) as EmbeddingGeneratorMetadata)?.DefaultModelId;

    private static void Check(float[] vector, int dimensions)
    {
        if (vector.Length != dimensions)
        {
            throw new InvalidOperationException(string.Create(
                CultureInfo.InvariantCulture,
                $"The embedding generator gave {vector.Length} numbers where {dimensions} were expected. Use the generator that the model was trained with."));
        }

        if (!TensorPrimitives.IsFiniteAll<float>(vector))
        {
            throw new InvalidOperationException("The embedding generator gave a number that is not finite.");
        }
    }
}
