using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace SynthesizeMe.Optimizers;

/// <summary>
/// Calls nobody: answers from a <see cref="ReplyStore"/>, and notes every request that it cannot answer, to be answered in a batch.
/// </summary>
/// <remarks>
/// Work that waits for the answer ends with <see cref="ReplyMissingException"/>; work that does not goes on (<see cref="Batch"/>). A run whose
/// <see cref="BatchRound"/> is not empty at its end has no result: have the requests answered, add the replies to the store, and run it again.
/// </remarks>
/// <param name="model">The model that would be called: its address decides the requests' addresses.</param>
/// <param name="store">The store.</param>
/// <param name="round">Takes the requests.</param>
/// <param name="ownsStore">Whether the store is closed with the client.</param>
public sealed class BatchChatClient(IChatClient model, ReplyStore store, BatchRound round, bool ownsStore = false) : DelegatingChatClient(model)
{
    private readonly ChatClientMetadata? _endpoint = model.GetService<ChatClientMetadata>();

    /// <inheritdoc/>
    /// <exception cref="ReplyMissingException">There is no reply yet.</exception>
    /// <exception cref="NotSupportedException">The request has no form in OpenAI's Batch API.</exception>
    public override Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(messages);
        cancellationToken.ThrowIfCancellationRequested();
        IReadOnlyList<ChatMessage> prompt = messages as IReadOnlyList<ChatMessage> ?? [.. messages];
        var call = new PaidCall(InnerClient, options);
        ChatOptions? told = call.Options;
        ReplyKey key = ReplyKey.Of(_endpoint, prompt, options)
            ?? throw new NotSupportedException("The request holds what decides its answer but is not known here, so that it cannot be answered in a batch.");
        call.NoteKey(key);
        if (store.Find(key) is { } reply)
        {
            return Task.FromResult(reply);
        }

        round.Add(new BatchRequest(key, told?.ModelId ?? _endpoint?.DefaultModelId ?? "", prompt, told));
        return Task.FromException<ChatResponse>(new ReplyMissingException(key));
    }

    /// <inheritdoc/>
    /// <exception cref="ReplyMissingException">There is no reply yet.</exception>
    /// <exception cref="NotSupportedException">The request has no form in OpenAI's Batch API.</exception>
    public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ChatResponse response = await GetResponseAsync(messages, options, cancellationToken).ConfigureAwait(false);
        foreach (ChatResponseUpdate update in response.ToChatResponseUpdates())
        {
            yield return update;
        }
    }

    /// <inheritdoc/>
    public override object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceKey is null && serviceType == typeof(ReplyStore) ? store : base.GetService(serviceType, serviceKey);

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing && ownsStore)
        {
            store.Dispose();
        }
    }
}
