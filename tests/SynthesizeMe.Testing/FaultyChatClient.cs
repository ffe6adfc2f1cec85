using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.AI;

namespace SynthesizeMe.Testing;

/// <summary>
/// Passes calls on to a model, and fails some of them instead: 10 % with 429 and a Retry-After, 5 % with 500, 5 % with a timeout, and
/// <paramref name="nonsense"/> are answered with nonsense. Which ones depends on the seed, the prompt and how often it was asked, not on the order of arrival.
/// </summary>
public sealed class FaultyChatClient(IChatClient innerClient, int seed, double nonsense = 0) : DelegatingChatClient(innerClient)
{
    private readonly ConcurrentDictionary<string, int> _asked = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> _answered = [];
    private int _failed;
    private int _nonsensical;

    /// <summary>The prompts that got an answer, sorted.</summary>
    public IReadOnlyList<string> Answered => [.. _answered.Order(StringComparer.Ordinal)];

    /// <summary>The calls that got none.</summary>
    public int Failed => _failed;

    /// <summary>The calls that were answered with nonsense.</summary>
    public int Nonsensical => _nonsensical;

    public override async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        IReadOnlyList<ChatMessage> prompt = [.. messages];
        string text = string.Join('\n', prompt.Select(m => $"{m.Role}: {m.Text}"));
        int times = _asked.AddOrUpdate(text, 1, (_, n) => n + 1);
        byte[] hash = SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{seed}/{times}/{text}")));
        double luck = BitConverter.ToUInt32(hash) / (double)uint.MaxValue;
        Exception? fault = luck switch
        {
            < .1 => new HttpRequestException("Slow down.", null, HttpStatusCode.TooManyRequests) { Data = { ["Retry-After"] = "2" } },
            < .15 => new HttpRequestException("Oops.", null, HttpStatusCode.InternalServerError),
            < .2 => new TaskCanceledException("The request timed out.", new TimeoutException()),
            _ => null,
        };
        await Task.Yield();
        if (fault is not null)
        {
            Interlocked.Increment(ref _failed);
            throw fault;
        }

        _answered.Enqueue(text);
        if (luck < .2 + nonsense)
        {
            Interlocked.Increment(ref _nonsensical);
            return new ChatResponse(new ChatMessage(ChatRole.Assistant, "Bananas are berries.")) { Usage = new() { InputTokenCount = 1, OutputTokenCount = 1 } };
        }

        return await base.GetResponseAsync(prompt, options, cancellationToken);
    }

    public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ChatResponse response = await GetResponseAsync(messages, options, cancellationToken);
        foreach (ChatResponseUpdate update in response.ToChatResponseUpdates())
        {
            yield return update;
        }
    }
}
