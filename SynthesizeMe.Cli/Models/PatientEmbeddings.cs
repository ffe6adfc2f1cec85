using Microsoft.Extensions.AI;

namespace SynthesizeMe.Cli;

/// <summary>Asks again where that may help, and no more at once than the model bears.</summary>
/// <param name="inner">The model.</param>
/// <param name="calls">How it is called.</param>
internal sealed class PatientEmbeddings(IEmbeddingGenerator<string, Embedding<float>> inner, PatientCalls calls)
    : DelegatingEmbeddingGenerator<string, Embedding<float>>(inner)
{
    /// <inheritdoc/>
    public override Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default) => calls.RunAsync(
        (texts, token) => InnerGenerator.GenerateAsync(texts, options, token), values as IReadOnlyList<string> ?? [.. values], cancellationToken);
}
