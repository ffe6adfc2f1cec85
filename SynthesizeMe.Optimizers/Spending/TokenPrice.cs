using SynthesizeMe.Signatures;

namespace SynthesizeMe.Optimizers;

/// <summary>What a model charges.</summary>
/// <param name="PerMillionInputTokens">For a million tokens of prompts.</param>
/// <param name="PerMillionOutputTokens">For a million tokens of replies.</param>
public sealed record TokenPrice(decimal PerMillionInputTokens, decimal PerMillionOutputTokens)
{
    /// <summary>For a million tokens of prompts that the provider has in its cache; <see langword="null"/> when they cost what others do.</summary>
    public decimal? PerMillionCachedInputTokens { get; init; }

    /// <summary>The price of a usage; <see langword="null"/> where not all of its tokens were reported.</summary>
    public decimal? IfCounted(Usage usage) => usage.UncountedCalls > 0 ? null : Of(usage);

    /// <summary>The price of the tokens of a usage.</summary>
    public decimal Of(Usage usage) => Sum(
        usage.InputTokenCount - usage.CachedInputTokenCount,
        PerMillionInputTokens,
        usage.CachedInputTokenCount,
        PerMillionCachedInputTokens ?? PerMillionInputTokens,
        usage.OutputTokenCount);

    /// <summary>The most that a usage costs, whichever of its prompts' tokens turn out to be cached.</summary>
    public decimal AtMost(Usage usage) => Sum(
        usage.InputTokenCount, Math.Max(PerMillionInputTokens, PerMillionCachedInputTokens ?? 0), 0, 0, usage.OutputTokenCount);

    private decimal Sum(long input, decimal inputPrice, long cached, decimal cachedPrice, long output) =>
        ((input * inputPrice) + (cached * cachedPrice) + (output * PerMillionOutputTokens)) / 1_000_000m;
}
