using System.Collections.Concurrent;
using Microsoft.Extensions.AI;

namespace SynthesizeMe.Testing;

/// <summary>A chat client that answers by a function of the messages and remembers what it was asked.</summary>
public sealed class ScriptedChatClient(Func<IReadOnlyList<ChatMessage>, ChatOptions?, string> answer) : IChatClient
{
    private readonly ConcurrentQueue<IReadOnlyList<ChatMessage>> _requests = new();

    public ScriptedChatClient(Func<IReadOnlyList<ChatMessage>, string> answer)
        : this((messages, _) => answer(messages))
    {
    }

    /// <summary>Answers with these replies in turn; the last one repeats.</summary>
    public ScriptedChatClient(params string[] replies)
        : this(new Queue<string>(replies))
    {
    }

    private ScriptedChatClient(Queue<string> replies)
        : this((_, _) =>
        {
            lock (replies)
            {
                return replies.Count > 1 ? replies.Dequeue() : replies.Peek();
            }
        })
    {
    }

    public IReadOnlyList<IReadOnlyList<ChatMessage>> Requests => [.. _requests];

    public TimeSpan Delay { get; init; }

    public ChatFinishReason? FinishReason { get; init; }

    public async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        IReadOnlyList<ChatMessage> asked = [.. messages];
        _requests.Enqueue(asked);
        if (Delay > TimeSpan.Zero)
        {
            await Task.Delay(Delay, cancellationToken);
        }

        string text = answer(asked, options);
        return new ChatResponse(new ChatMessage(ChatRole.Assistant, text))
        {
            FinishReason = FinishReason ?? ChatFinishReason.Stop,
            Usage = new UsageDetails { InputTokenCount = asked.Sum(m => m.Text.Length) / 4, OutputTokenCount = text.Length / 4 },
        };
    }

    public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException("The scripted client answers whole replies only.");

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose()
    {
    }
}
