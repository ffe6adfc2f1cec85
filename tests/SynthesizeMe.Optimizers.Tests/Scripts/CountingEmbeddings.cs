using System.Collections.Concurrent;
using Microsoft.Extensions.AI;

namespace SynthesizeMe.Optimizers.Tests;

/// <summary>Embeds like the built-in generator, and knows the sizes of the batches that it was given.</summary>
internal sealed class CountingEmbeddings : DelegatingEmbeddingGenerator<string, Embedding<float>>
{
    private readonly ConcurrentQueue<int> _batches = new();

    public CountingEmbeddings()
        : base(new HashedNgramEmbeddings())
    {
    }

    public IEnumerable<int> Batches => _batches;

    public bool Fail { get; set; }

    public override async Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        string[] all = [.. values];
        _batches.Enqueue(all.Length);
        await Task.Yield();
        return Fail ? throw new HttpRequestException("No connection.") : await base.GenerateAsync(all, options, cancellationToken);
    }
}
