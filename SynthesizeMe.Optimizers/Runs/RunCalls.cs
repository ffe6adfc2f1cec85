using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using SynthesizeMe.Signatures;

namespace SynthesizeMe.Optimizers;

/// <summary>
/// Records the prompts of a run by their hashes, with what they used. Where there is a reply store, one layer stands around it and one within: what
/// reached the inner one was paid.
/// </summary>
/// <param name="record">Takes the lines.</param>
public sealed class RunCalls(RunWriter record)
{
    private readonly ConcurrentDictionary<ReplyKey, int> _paid = new();

    /// <summary>The layer next to the model.</summary>
    public IChatClient Inside(IChatClient model) => new Inner(model, this);

    /// <summary>The layer around the store, or around <see cref="Inside"/> when there is none.</summary>
    public IChatClient Outside(IChatClient client) => new Outer(client, this);

    private void Pay(ReplyKey? key)
    {
        if (key is { } paid)
        {
            _paid.AddOrUpdate(paid, 1, static (_, count) => count + 1);
        }
    }

    /// <summary>Whether somebody paid for this request and nobody has said so yet: of equal calls that were one, one is paid.</summary>
    private bool Claim(ReplyKey? key)
    {
        while (key is { } paid && _paid.TryGetValue(paid, out int count) && count > 0)
        {
            if (_paid.TryUpdate(paid, count - 1, count))
            {
                return true;
            }
        }

        return key is null; // What has no address is never in a store.
    }

    /// <summary>The address that the model sees: a store keeps rollouts apart, and a model is not told of them.</summary>
    private static ReplyKey? WithoutRollout(ChatClientMetadata? endpoint, IEnumerable<ChatMessage> prompt, ChatOptions? options) =>
        ReplyKey.Of(endpoint, prompt, Rollout.Of(options) > 0 ? Rollout.With(options, 0) : options);

    private sealed class Inner(IChatClient model, RunCalls calls) : DelegatingChatClient(model)
    {
        private readonly ChatClientMetadata? _endpoint = model.GetService<ChatClientMetadata>();

        public override async Task<ChatResponse> GetResponseAsync(
            IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
        {
            IReadOnlyList<ChatMessage> prompt = messages as IReadOnlyList<ChatMessage> ?? [.. messages];
            ChatResponse response = await base.GetResponseAsync(prompt, options, cancellationToken).ConfigureAwait(false);
            calls.Pay(WithoutRollout(_endpoint, prompt, options));
            return response;
        }

        public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
            IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            IReadOnlyList<ChatMessage> prompt = messages as IReadOnlyList<ChatMessage> ?? [.. messages];
            calls.Pay(WithoutRollout(_endpoint, prompt, options));
            await foreach (ChatResponseUpdate update in base.GetStreamingResponseAsync(prompt, options, cancellationToken).ConfigureAwait(false))
            {
                yield return update;
            }
        }
    }

    private sealed class Outer(IChatClient client, RunCalls calls) : DelegatingChatClient(client)
    {
        private readonly ChatClientMetadata? _endpoint = client.GetService<ChatClientMetadata>();

        public override async Task<ChatResponse> GetResponseAsync(
            IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
        {
            IReadOnlyList<ChatMessage> prompt = messages as IReadOnlyList<ChatMessage> ?? [.. messages];
            try
            {
                ChatResponse response = await base.GetResponseAsync(prompt, options, cancellationToken).ConfigureAwait(false);
                calls.Answered(_endpoint, prompt, options, response.Usage);
                return response;
            }
            catch (Exception e) when (e is not (OperationCanceledException or ReplyMissingException or BudgetExceededException))
            {
                calls.Failed(_endpoint, prompt, options, e);
                throw;
            }
        }

        public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
            IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            IReadOnlyList<ChatMessage> prompt = messages as IReadOnlyList<ChatMessage> ?? [.. messages];
            UsageDetails? used = null;
            await foreach (ChatResponseUpdate update in base.GetStreamingResponseAsync(prompt, options, cancellationToken).ConfigureAwait(false))
            {
                foreach (UsageContent content in update.Contents.OfType<UsageContent>())
                {
                    (used ??= new()).Add(content.Details);
                }

                yield return update;
            }

            calls.Answered(_endpoint, prompt, options, used);
        }
    }

    private void Answered(ChatClientMetadata? endpoint, IReadOnlyList<ChatMessage> prompt, ChatOptions? options, UsageDetails? used)
    {
        bool paid = Claim(WithoutRollout(endpoint, prompt, options));
        record.Append(new RunCall(ReplyKey.Of(endpoint, prompt, options)?.ToString(), paid, used?.InputTokenCount ?? 0, used?.OutputTokenCount ?? 0));
    }

    /// <summary>The kind of failure only: what a provider says may repeat a key.</summary>
    private void Failed(ChatClientMetadata? endpoint, IReadOnlyList<ChatMessage> prompt, ChatOptions? options, Exception failure) =>
        record.Append(new RunCall(ReplyKey.Of(endpoint, prompt, options)?.ToString(), Paid: false, 0, 0, failure.GetType().Name));
}
