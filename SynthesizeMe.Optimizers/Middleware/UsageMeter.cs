using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using SynthesizeMe.Signatures;

namespace SynthesizeMe.Optimizers;

/// <summary>What a meter has counted.</summary>
/// <param name="Answered">Calls that were answered, with their tokens, of all models.</param>
/// <param name="Failed">Calls that were not answered, those that were cancelled or left included.</param>
/// <param name="ReasoningTokenCount">Tokens of the replies that were reasoning, where the provider reports them.</param>
/// <param name="ByModel">The answered calls by the model that answered, in the order of their ids; the id is empty where it is not known.</param>
public sealed record UsageReading(Usage Answered, long Failed, long ReasoningTokenCount, ImmutableSortedDictionary<string, Usage> ByModel);

/// <summary>Counts calls and tokens. It may be shared by any number of clients and threads: nothing is lost, and a reading is of one moment.</summary>
public sealed class UsageMeter
{
    private readonly Lock _lock = new();
    private ImmutableSortedDictionary<string, Usage> _byModel = ImmutableSortedDictionary.Create<string, Usage>(StringComparer.Ordinal);
    private Usage _answered;
    private long _failed;
    private long _reasoning;

    /// <summary>What has been counted so far.</summary>
    public UsageReading Read()
    {
        lock (_lock)
        {
            return new(_answered, _failed, _reasoning, _byModel);
        }
    }

    internal void Count(string? modelId, UsageDetails? details)
    {
        Usage usage = Usage.Of(details);
        string model = modelId ?? "";
        lock (_lock)
        {
            _answered += usage;
            _reasoning += details?.ReasoningTokenCount ?? 0;
            _byModel = _byModel.SetItem(model, _byModel.GetValueOrDefault(model) + usage);
        }
    }

    internal void CountFailure() => Interlocked.Increment(ref _failed);
}

/// <summary>Has every call counted by a <see cref="UsageMeter"/>: outside a <see cref="RetryChatClient"/> what was asked for, inside it every attempt.</summary>
/// <param name="innerClient">The model.</param>
/// <param name="meter">The meter; several clients may share it.</param>
public sealed class MeteredChatClient(IChatClient innerClient, UsageMeter meter) : DelegatingChatClient(innerClient)
{
    private readonly string? _defaultModel = (innerClient ?? throw new ArgumentNullException(nameof(innerClient))).GetService<ChatClientMetadata>()?.DefaultModelId;

    /// <inheritdoc/>
    public override async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        ChatResponse response;
        try
        {
            response = await base.GetResponseAsync(messages, options, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            meter.CountFailure();
            throw;
        }

        meter.Count(response.ModelId ?? options?.ModelId ?? _defaultModel, response.Usage);
        return response;
    }

    /// <inheritdoc/>
    public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        bool ended = false;
        string? model = null;
        UsageDetails? used = null;
        try
        {
            await foreach (ChatResponseUpdate update in base.GetStreamingResponseAsync(messages, options, cancellationToken).ConfigureAwait(false))
            {
                model ??= update.ModelId;
                StreamedUsage.Add(ref used, update);
                yield return update;
            }

            ended = true;
        }
        finally
        {
            if (ended)
            {
                meter.Count(model ?? options?.ModelId ?? _defaultModel, used);
            }
            else
            {
                meter.CountFailure();
            }
        }
    }
}
