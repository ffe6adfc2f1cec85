using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Microsoft.Extensions.AI;
using SynthesizeMe.Signatures;

namespace SynthesizeMe.Optimizers;

/// <summary>
/// Answers from a <see cref="ReplyStore"/> what is in it, and adds to it what the model is asked. Equal concurrent calls are one, also those of other
/// processes. A failed call is not kept.
/// </summary>
/// <remarks>
/// A call goes on while anyone waits for it: a caller that is cancelled takes no other with it. What is answered from the store carries the usage of the
/// call that was paid, and charges no budget, wherever in the pipeline its client is.
/// </remarks>
public sealed class ReplyStoreChatClient : DelegatingChatClient
{
    private readonly ReplyStore _store;
    private readonly bool _ownsStore;
    private readonly ChatClientMetadata? _endpoint;

    /// <summary>Creates the client.</summary>
    /// <param name="innerClient">The model.</param>
    /// <param name="store">The store.</param>
    /// <param name="ownsStore">Whether the store is closed with the client.</param>
    public ReplyStoreChatClient(IChatClient innerClient, ReplyStore store, bool ownsStore = false)
        : base(innerClient)
    {
        ArgumentNullException.ThrowIfNull(store);
        (_store, _ownsStore) = (store, ownsStore);
        _endpoint = innerClient.GetService<ChatClientMetadata>();
    }

    /// <inheritdoc/>
    /// <exception cref="ReplyStoreException">The store cannot be read or written.</exception>
    public override async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        IReadOnlyList<ChatMessage> prompt = messages as IReadOnlyList<ChatMessage> ?? [.. messages];
        var call = new PaidCall(InnerClient, options);
        if (ReplyKey.Of(_endpoint, prompt, options) is not { } key)
        {
            call.NoteMade();
            return await call.Client.GetResponseAsync(prompt, call.Options, cancellationToken).ConfigureAwait(false);
        }

        return await AskAsync(key, call, AskModelAsync, cancellationToken).ConfigureAwait(false);

        Task<ChatResponse> AskModelAsync(CancellationToken stop)
        {
            call.NoteMade();
            return call.Client.GetResponseAsync(prompt, call.Options, stop);
        }
    }

    /// <inheritdoc/>
    /// <remarks>A reply from the store comes in one piece, with its usage. One from the model is passed on as it comes, and is in the store when it ends.</remarks>
    /// <exception cref="ReplyStoreException">The store cannot be read or written.</exception>
    public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        IReadOnlyList<ChatMessage> prompt = messages as IReadOnlyList<ChatMessage> ?? [.. messages];
        var call = new PaidCall(InnerClient, options);
        if (ReplyKey.Of(_endpoint, prompt, options) is not { } key)
        {
            call.NoteMade();
            await foreach (ChatResponseUpdate update in call.Client.GetStreamingResponseAsync(prompt, call.Options, cancellationToken).ConfigureAwait(false))
            {
                yield return update;
            }

            yield break;
        }

        var pieces = Channel.CreateUnbounded<ChatResponseUpdate>();
        using var leaving = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            Task<ChatResponse> whole = AskAsync(key, call, StreamAsync, leaving.Token);
            _ = whole.ContinueWith(_ => pieces.Writer.TryComplete(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
            bool streamed = false;
            await foreach (ChatResponseUpdate update in pieces.Reader.ReadAllAsync(CancellationToken.None).ConfigureAwait(false))
            {
                streamed = true;
                yield return update;
            }

            ChatResponse response = await whole.ConfigureAwait(false);
            foreach (ChatResponseUpdate update in streamed ? [] : response.ToChatResponseUpdates())
            {
                yield return update;
            }
        }
        finally
        {
            // Who reads no further leaves the call.
            await leaving.CancelAsync().ConfigureAwait(false);
        }

        async Task<ChatResponse> StreamAsync(CancellationToken stop)
        {
            call.NoteMade();
            var updates = new List<ChatResponseUpdate>();
            await foreach (ChatResponseUpdate update in call.Client.GetStreamingResponseAsync(prompt, call.Options, stop).ConfigureAwait(false))
            {
                updates.Add(update);
                pieces.Writer.TryWrite(update);
            }

            return updates.ToChatResponse();
        }
    }

    /// <inheritdoc/>
    public override object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceKey is null && serviceType == typeof(ReplyStore) ? _store : base.GetService(serviceType, serviceKey);

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing && _ownsStore)
        {
            _store.Dispose();
        }
    }

    private async Task<ChatResponse> AskAsync(
        ReplyKey key, PaidCall call, Func<CancellationToken, Task<ChatResponse>> askModel, CancellationToken cancellationToken)
    {
        call.NoteKey(key);
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (_store.Flights.Board(key) is not var (flight, leads))
            {
                await Task.Yield();
                continue;
            }

            try
            {
                if (leads)
                {
                    _store.Flights.Start(key, flight, stop => FlyAsync(key, askModel, stop));
                }

                Landing landing = await flight.Landed.WaitAsync(cancellationToken).ConfigureAwait(false);
                return leads ? landing.Reply : Follow(key, landing);
            }
            catch (BudgetExceededException) when (!leads)
            {
                // Who led could not pay, or not wait; this caller may, or is told so when it leads.
            }
            finally
            {
                flight.Leave();
            }
        }
    }

    private async Task<Landing> FlyAsync(ReplyKey key, Func<CancellationToken, Task<ChatResponse>> askModel, CancellationToken stop)
    {
        bool locked = await _store.Flights.Locks.LockAsync(key, () => _store.Contains(key), stop).ConfigureAwait(false);
        try
        {
            // Looked for only now: neither another call nor another process gets the reply meanwhile.
            if (_store.Take(key) is { } stored)
            {
                return stored;
            }

            ChatResponse reply = await askModel(stop).ConfigureAwait(false);
            _store.CountMiss();
            byte[]? json = ReplyJson.TryWrite(reply);
            if (json is not null)
            {
                await _store.AddNewAsync(key, reply, json, _endpoint?.ProviderName).ConfigureAwait(false);
            }

            return new(reply, json);
        }
        finally
        {
            if (locked)
            {
                _store.Flights.Locks.Unlock(key);
            }
        }
    }

    /// <summary>The reply for one who did not ask the model: a copy of their own.</summary>
    private ChatResponse Follow(ReplyKey key, Landing landing)
    {
        _store.CountHit(Usage.Of(landing.Reply.Usage));
        return landing.Json is { } json ? _store.Read(key, json) : landing.Reply;
    }
}
