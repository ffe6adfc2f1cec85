using System.Text;
using Microsoft.Extensions.AI;

namespace SynthesizeMe.Optimizers;

/// <summary>
/// Embeds texts without a model: the character n-grams of three to five characters, hashed with a sign into so many dimensions (Weinberger et al.,
/// Feature Hashing for Large Scale Multitask Learning, ICML 2009), each by the square root of its count, normalized to length 1. Texts are near
/// one another when they share words or parts of words. The same text gives the same numbers on every platform.
/// </summary>
public sealed class HashedNgramEmbeddings : IEmbeddingGenerator<string, Embedding<float>>
{
    private const int Shortest = 3;
    private const int Longest = 5;

    /// <summary>Creates the generator.</summary>
    /// <param name="dimensions">The length of an embedding; 512 by default. The fewer, the more n-grams fall together.</param>
    /// <exception cref="ArgumentOutOfRangeException">Not positive.</exception>
    public HashedNgramEmbeddings(int dimensions = 512)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(dimensions);
        Dimensions = dimensions;
    }

    /// <summary>The length of an embedding.</summary>
    public int Dimensions { get; }

    /// <inheritdoc/>
    public Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(values);
        var embeddings = new GeneratedEmbeddings<Embedding<float>>();
        foreach (string value in values)
        {
            cancellationToken.ThrowIfCancellationRequested();
            embeddings.Add(new Embedding<float>(Embed(value)));
        }

        return Task.FromResult(embeddings);
    }

    /// <inheritdoc/>
    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceKey is null && serviceType.IsInstanceOfType(this) ? this : null;
    }

    /// <summary>Does nothing: there is nothing to release.</summary>
    public void Dispose()
    {
    }

    private float[] Embed(string text)
    {
        var counts = new Dictionary<ulong, int>();
        string normal = Normalize(text);
        for (int length = Shortest; length <= Longest; length++)
        {
            for (int start = 0; start + length <= normal.Length; start++)
            {
                ulong hash = Hash(normal.AsSpan(start, length));
                counts[hash] = counts.GetValueOrDefault(hash) + 1;
            }
        }

        var sums = new double[Dimensions];
        foreach ((ulong hash, int count) in counts.OrderBy(c => c.Key))
        {
            double weight = Math.Sqrt(count);
            sums[(int)((hash >> 1) % (ulong)Dimensions)] += (hash & 1) == 0 ? weight : -weight;
        }

        double norm = Math.Sqrt(sums.Sum(s => s * s));
        return [.. sums.Select(s => norm > 0 ? (float)(s / norm) : 0)];
    }

    /// <summary>Lower case, one blank between words, one at each end.</summary>
    private static string Normalize(string text)
    {
        var normal = new StringBuilder(text.Length + 2).Append(' ');
        foreach (char c in text)
        {
            if (!char.IsWhiteSpace(c))
            {
                normal.Append(char.ToLowerInvariant(c));
            }
            else if (normal[^1] != ' ')
            {
                normal.Append(' ');
            }
        }

        return (normal[^1] == ' ' ? normal : normal.Append(' ')).ToString();
    }

    /// <summary>FNV-1a over UTF-16, stirred at the end so that every bit counts.</summary>
    private static ulong Hash(ReadOnlySpan<char> ngram)
    {
        ulong hash = 14695981039346656037;
        foreach (char c in ngram)
        {
            hash = (hash ^ c) * 1099511628211;
        }

        hash = (hash ^ (hash >> 32)) * 0x9E3779B97F4A7C15;
        return hash ^ (hash >> 29);
    }
}
