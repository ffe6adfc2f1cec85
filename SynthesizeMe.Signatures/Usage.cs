using System.Text.Json.Serialization;
using Microsoft.Extensions.AI;

namespace SynthesizeMe.Signatures;

/// <summary>What calls to a model have used.</summary>
/// <param name="Calls">The number of requests that were answered.</param>
/// <param name="InputTokenCount">Tokens of the prompts, as the model's provider counted them; 0 where it reports none.</param>
/// <param name="OutputTokenCount">Tokens of the replies, likewise.</param>
public readonly record struct Usage(int Calls, long InputTokenCount, long OutputTokenCount)
{
    /// <summary>Those tokens of the prompts that the provider read from its cache; part of <see cref="InputTokenCount"/>, 0 where it reports none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public long CachedInputTokenCount { get; init; }

    /// <summary>Those calls whose tokens the provider did not report, so that the counts of tokens are not all that was used.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int UncountedCalls { get; init; }

    /// <summary>Tokens of prompts and replies together.</summary>
    public long TotalTokenCount => InputTokenCount + OutputTokenCount;

    /// <summary>The usage of one answered request.</summary>
    public static Usage Of(UsageDetails? details) => new(1, Math.Max(0, details?.InputTokenCount ?? 0), Math.Max(0, details?.OutputTokenCount ?? 0))
    {
        CachedInputTokenCount = Math.Max(0, details?.CachedInputTokenCount ?? 0),
        UncountedCalls = details is { InputTokenCount: > 0, OutputTokenCount: >= 0 } ? 0 : 1,
    };

    /// <summary>The sum of two usages.</summary>
    public static Usage operator +(Usage left, Usage right) => Add(left, right);

    /// <summary>The sum of two usages.</summary>
    public static Usage Add(Usage left, Usage right) => new(
        left.Calls + right.Calls,
        left.InputTokenCount + right.InputTokenCount,
        left.OutputTokenCount + right.OutputTokenCount)
    {
        CachedInputTokenCount = left.CachedInputTokenCount + right.CachedInputTokenCount,
        UncountedCalls = left.UncountedCalls + right.UncountedCalls,
    };
}
