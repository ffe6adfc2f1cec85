using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace SynthesizeMe.Optimizers;

/// <summary>
/// Records the prompts of a run by their hashes, with what they used. Where there is a reply store further in, it tells which of them a model was asked.
/// </summary>
/// <param name="innerClient">The model, behind its reply store where there is one.</param>
/// <param name="record">Takes the lines.</param>
public sealed class RunCallsChatClient(IChatClient innerClient, RunWriter record) : DelegatingChatClient(innerClient)
{
    private readonly ChatClientMetadata? _endpoint = innerClient.GetService<ChatClientMetadata>();
    private readonly bool _isStored = innerClient.GetService(typeof(ReplyStore)) is not null;

    /// <inheritdoc/>
    public override async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        IReadOnlyList<ChatMessage> prompt = messages as IReadOnlyList<ChatMessage> ?? [.. messages];
        var note = new CallNote();
        try
        {
            ChatResponse response = await base.GetResponseAsync(prompt, Noted(options, note), cancellationToken).ConfigureAwait(false);
            Answered(note, prompt, options, response.Usage);
            return response;
        }
        catch (Exception e) when (IsFailure(e))
        {
            Failed(note, prompt, options, e);
            throw;
        }
    }

    /// <inheritdoc/>
    public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        IReadOnlyList<ChatMessage> prompt = messages as IReadOnlyList<ChatMessage> ?? [.. messages];
        var note = new CallNote();
        UsageDetails? used = null;
        IAsyncEnumerator<ChatResponseUpdate> updates =
            base.GetStreamingResponseAsync(prompt, Noted(options, note), cancellationToken).GetAsyncEnumerator(cancellationToken);
        await using ConfiguredAsyncDisposable disposal = updates.ConfigureAwait(false);
        while (await NextAsync().ConfigureAwait(false))
        {
            StreamedUsage.Add(ref used, updates.Current);
            yield return updates.Current;
        }

        Answered(note, prompt, options, used);

        async Task<bool> NextAsync()
        {
            try
            {
                return await updates.MoveNextAsync().ConfigureAwait(false);
            }
            catch (Exception e) when (IsFailure(e))
            {
                Failed(note, prompt, options, e);
                throw;
            }
        }
    }

    private static bool IsFailure(Exception e) => e is not (OperationCanceledException or ReplyMissingException or BudgetExceededException);

    private ChatOptions? Noted(ChatOptions? options, CallNote note) => _isStored ? PaidChatOptions.With(options, note) : options;

    private void Answered(CallNote note, IReadOnlyList<ChatMessage> prompt, ChatOptions? options, UsageDetails? used) =>
        record.Append(new RunCall(Address(note, prompt, options), note.IsMade || !_isStored, used?.InputTokenCount ?? 0, used?.OutputTokenCount ?? 0));

    /// <summary>The kind of failure only: what a provider says may repeat a key.</summary>
    private void Failed(CallNote note, IReadOnlyList<ChatMessage> prompt, ChatOptions? options, Exception failure) =>
        record.Append(new RunCall(Address(note, prompt, options), Paid: false, 0, 0, failure.GetType().Name));

    private string? Address(CallNote note, IReadOnlyList<ChatMessage> prompt, ChatOptions? options) =>
        (note.Key ?? (_isStored ? null : ReplyKey.Of(_endpoint, prompt, options)))?.ToString();
}
