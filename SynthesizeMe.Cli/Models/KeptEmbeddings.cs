using System.Runtime.InteropServices;
using Microsoft.Extensions.AI;

namespace SynthesizeMe.Cli;

/// <summary>Keeps embeddings, so that none is paid for twice, and lets whoever asks for a text that is asked for just now wait for it.</summary>
/// <param name="inner">The model.</param>
/// <param name="model">Its name and where it is: another one's embeddings are other numbers.</param>
/// <param name="kept">Where they are kept; disposed with it.</param>
internal sealed class KeptEmbeddings(IEmbeddingGenerator<string, Embedding<float>> inner, string model, KeptNumbers kept)
    : CachingEmbeddingGenerator<string, Embedding<float>>(inner)
{
    /// <summary>The file's usual name, in the directory of a run.</summary>
    public const string FileName = "embeddings.sqlite";

    /// <summary>What is kept there.</summary>
    public const string What = "embeddings";

    private readonly Dictionary<string, Task> _underWay = new(StringComparer.Ordinal);
    private int _length;

    /// <inheritdoc/>
    /// <exception cref="ModelFailedException">The model's embeddings are not as long as those that were kept.</exception>
    public override async Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        string[] texts = [.. values];
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        while (Begin(texts, done.Task) is { } other)
        {
            await other.WaitAsync(cancellationToken).ConfigureAwait(false);
        }

        try
        {
            return OfOneLength(await base.GenerateAsync(texts, options, cancellationToken).ConfigureAwait(false));
        }
        finally
        {
            End(texts);
            done.SetResult();
        }
    }

    /// <inheritdoc/>
    protected override string GetCacheKey(params ReadOnlySpan<object?> values) => AIJsonUtilities.HashDataToString([model, .. values]);

    /// <inheritdoc/>
    protected override Task<Embedding<float>?> ReadCacheAsync(string key, CancellationToken cancellationToken)
    {
        byte[]? numbers = kept.Find(key);
        return Task.FromResult(numbers is null ? null : new Embedding<float>(MemoryMarshal.Cast<byte, float>(numbers).ToArray()));
    }

    /// <inheritdoc/>
    protected override Task WriteCacheAsync(string key, Embedding<float> value, CancellationToken cancellationToken)
    {
        kept.Keep(key, MemoryMarshal.AsBytes(value.Vector.Span).ToArray());
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            kept.Dispose();
        }

        base.Dispose(disposing);
    }

    private GeneratedEmbeddings<Embedding<float>> OfOneLength(GeneratedEmbeddings<Embedding<float>> embeddings)
    {
        foreach (int length in embeddings.Select(e => e.Vector.Length))
        {
            int first = Interlocked.CompareExchange(ref _length, length, 0);
            if (first != 0 && first != length)
            {
                throw new ModelFailedException(
                    $"{model} gives embeddings of another length than those that {kept.Path} keeps of it ({Math.Min(first, length)} and {Math.Max(first, length)} numbers), so it is another model now. Move that file away.");
            }
        }

        return embeddings;
    }

    /// <summary>Takes all texts, or none where one of them is under way: then the end of that is returned.</summary>
    private Task? Begin(string[] texts, Task end)
    {
        lock (_underWay)
        {
            foreach (string text in texts)
            {
                if (_underWay.TryGetValue(text, out Task? other))
                {
                    return other;
                }
            }

            foreach (string text in texts)
            {
                _underWay[text] = end;
            }

            return null;
        }
    }

    private void End(string[] texts)
    {
        lock (_underWay)
        {
            foreach (string text in texts)
            {
                _underWay.Remove(text);
            }
        }
    }
}
