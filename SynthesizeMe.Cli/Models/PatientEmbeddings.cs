using Microsoft.Extensions.AI;
using SynthesizeMe.Optimizers;

namespace SynthesizeMe.Cli;

/// <summary>Asks again where that may help, and no more at once than allowed.</summary>
/// <param name="inner">The model.</param>
/// <param name="parallel">The most calls at once.</param>
/// <param name="retries">How failed calls are made again.</param>
internal sealed class PatientEmbeddings(IEmbeddingGenerator<string, Embedding<float>> inner, int parallel, CallRetries retries)
    : DelegatingEmbeddingGenerator<string, Embedding<float>>(inner)
{
    private readonly SemaphoreSlim _places = new(parallel);

    /// <inheritdoc/>
    public override Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default) =>
        retries.RunAsync(AskAsync, (values as IReadOnlyList<string> ?? [.. values], options), cancellationToken);

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing)
        {
            _places.Dispose();
        }
    }

    private async Task<GeneratedEmbeddings<Embedding<float>>> AskAsync(
        (IReadOnlyList<string> Texts, EmbeddingGenerationOptions? Options) asked, CancellationToken cancellationToken)
    {
        await _places.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await InnerGenerator.GenerateAsync(asked.Texts, asked.Options, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _places.Release();
        }
    }
}
