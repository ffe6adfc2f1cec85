using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace SynthesizeMe.Optimizers;

/// <summary>Lets at most so many calls run at once, over everything that shares the client or its bound.</summary>
public sealed class BoundedChatClient : DelegatingChatClient
{
    private readonly ConcurrencyBound _bound;

    /// <summary>Creates the client with a fixed bound.</summary>
    /// <param name="innerClient">The model.</param>
    /// <param name="maxConcurrent">The most calls at once; positive.</param>
    public BoundedChatClient(IChatClient innerClient, int maxConcurrent)
        : this(innerClient, new ConcurrencyBound(maxConcurrent) { Adapts = false })
    {
    }

    /// <summary>Creates the client.</summary>
    /// <param name="innerClient">The model.</param>
    /// <param name="bound">The bound; several clients may share it.</param>
    public BoundedChatClient(IChatClient innerClient, ConcurrencyBound bound)
        : base(innerClient)
    {
        ArgumentNullException.ThrowIfNull(bound);
        _bound = bound;
    }

    /// <inheritdoc/>
    public override Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        _bound.RunAsync(static (asked, token) => asked.Inner.GetResponseAsync(asked.Messages, asked.Options, token), (Inner: InnerClient, Messages: messages, Options: options), cancellationToken);

    /// <inheritdoc/>
    public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        long entered = await _bound.EnterAsync(cancellationToken).ConfigureAwait(false);
        Exception? failure = null;
        bool answered = false;
        try
        {
            IAsyncEnumerator<ChatResponseUpdate> updates =
                base.GetStreamingResponseAsync(messages, options, cancellationToken).GetAsyncEnumerator(cancellationToken);
            await using ConfiguredAsyncDisposable disposal = updates.ConfigureAwait(false);
            while (await NextAsync(updates).ConfigureAwait(false))
            {
                yield return updates.Current;
            }

            answered = true;
        }
        finally
        {
            _bound.Leave(entered, answered, failure, sendsFirst: false);
        }

        async Task<bool> NextAsync(IAsyncEnumerator<ChatResponseUpdate> updates)
        {
            try
            {
                return await updates.MoveNextAsync().ConfigureAwait(false);
            }
            catch (Exception e) when (!cancellationToken.IsCancellationRequested)
            {
                failure = e;
                throw;
            }
        }
    }
}
