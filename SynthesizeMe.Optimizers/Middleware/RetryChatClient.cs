using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace SynthesizeMe.Optimizers;

/// <summary>
/// Makes a call again that failed for a passing reason, see <see cref="CallRetries"/>. A stream is made again as long as nothing of it was passed on.
/// </summary>
public sealed class RetryChatClient : DelegatingChatClient
{
    private readonly CallRetries _retries;

    /// <summary>Creates the client.</summary>
    /// <param name="innerClient">The model.</param>
    /// <param name="options">How to retry.</param>
    public RetryChatClient(IChatClient innerClient, RetryOptions? options = null)
        : base(innerClient)
    {
        _retries = new CallRetries(options);
    }

    /// <inheritdoc/>
    public override Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        _retries.RunAsync(
            static (call, token) => call.Client.GetResponseAsync(call.Prompt, call.Options, token),
            (Client: InnerClient, Prompt: messages as IReadOnlyList<ChatMessage> ?? [.. messages], Options: options),
            cancellationToken);

    /// <inheritdoc/>
    public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        IReadOnlyList<ChatMessage> prompt = messages as IReadOnlyList<ChatMessage> ?? [.. messages];
        (IAsyncEnumerator<ChatResponseUpdate> updates, bool any) = await _retries.RunAsync(
            async (client, token) =>
            {
                IAsyncEnumerator<ChatResponseUpdate> opened = client.GetStreamingResponseAsync(prompt, options, token).GetAsyncEnumerator(token);
                try
                {
                    return (opened, await opened.MoveNextAsync().ConfigureAwait(false));
                }
                catch
                {
                    await opened.DisposeAsync().ConfigureAwait(false);
                    throw;
                }
            },
            InnerClient,
            cancellationToken).ConfigureAwait(false);
        await using ConfiguredAsyncDisposable disposal = updates.ConfigureAwait(false);
        for (; any; any = await updates.MoveNextAsync().ConfigureAwait(false))
        {
            yield return updates.Current;
        }
    }
}
