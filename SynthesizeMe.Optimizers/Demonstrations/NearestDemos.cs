using System.Collections.Immutable;
using Microsoft.Extensions.AI;
using SynthesizeMe.Signatures;

namespace SynthesizeMe.Optimizers;

/// <summary>
/// Shows the demonstrations whose inputs are nearest to the live ones by the cosine of their embeddings, the nearest last, next to the question
/// (Liu et al., What Makes Good In-Context Examples for GPT-3?, 2022). Of equally near ones the earlier goes first.
/// </summary>
/// <param name="embeddings">Embeds inputs; each demonstration's are embedded once for this object's life.</param>
/// <param name="k">The most demonstrations in a call.</param>
/// <exception cref="ArgumentOutOfRangeException"><paramref name="k"/> is negative.</exception>
public sealed class NearestDemos(IEmbeddingGenerator<string, Embedding<float>> embeddings, int k) : IDemoChoice
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Task<ReadOnlyMemory<float>>> _known = new(StringComparer.Ordinal);
    private readonly IEmbeddingGenerator<string, Embedding<float>> _embeddings =
        embeddings ?? throw new ArgumentNullException(nameof(embeddings));

    private readonly int _k = k >= 0 ? k : throw new ArgumentOutOfRangeException(nameof(k), k, "The number of demonstrations is not negative.");

    /// <inheritdoc/>
    public async ValueTask<ImmutableArray<int>> ChooseAsync(string inputs, ImmutableArray<string> demos, CancellationToken cancellationToken)
    {
        if (demos.Length <= _k)
        {
            return [.. Enumerable.Range(0, demos.Length)];
        }

        ReadOnlyMemory<float>[] pool = await Task.WhenAll(Known(demos)).WaitAsync(cancellationToken).ConfigureAwait(false);
        ReadOnlyMemory<float> live = (await _embeddings.GenerateAsync([inputs], cancellationToken: cancellationToken).ConfigureAwait(false))[0].Vector;
        return [.. Enumerable.Range(0, demos.Length)
            .OrderByDescending(i => Cosine(live.Span, pool[i].Span))
            .ThenBy(i => i)
            .Take(_k)
            .Reverse()];
    }

    private Task<ReadOnlyMemory<float>>[] Known(ImmutableArray<string> demos)
    {
        lock (_lock)
        {
            string[] missing = [.. demos.Distinct(StringComparer.Ordinal)
                .Where(d => !_known.TryGetValue(d, out Task<ReadOnlyMemory<float>>? known) || known.IsFaulted || known.IsCanceled)];
            if (missing.Length > 0)
            {
                // Several calls wait for one batch, so that none of them may cancel it.
                Task<GeneratedEmbeddings<Embedding<float>>> batch = _embeddings.GenerateAsync(missing, cancellationToken: CancellationToken.None);
                for (int i = 0; i < missing.Length; i++)
                {
                    _known[missing[i]] = VectorAsync(batch, i);
                }
            }

            return [.. demos.Select(d => _known[d])];
        }
    }

    private static async Task<ReadOnlyMemory<float>> VectorAsync(Task<GeneratedEmbeddings<Embedding<float>>> batch, int index) =>
        (await batch.ConfigureAwait(false))[index].Vector;

    /// <summary>Summed one by one, so that ties fall the same way on every machine.</summary>
    private static double Cosine(ReadOnlySpan<float> left, ReadOnlySpan<float> right)
    {
        double dot = 0, leftNorm = 0, rightNorm = 0;
        for (int i = 0; i < left.Length; i++)
        {
            dot += (double)left[i] * right[i];
            leftNorm += (double)left[i] * left[i];
            rightNorm += (double)right[i] * right[i];
        }

        return dot == 0 ? 0 : dot / Math.Sqrt(leftNorm * rightNorm);
    }
}
