using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
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

    /// <summary>Into what pieces a streamed reply is cut; one by default.</summary>
    public Func<string, IEnumerable<string>> Pieces { get; init; } = text => [text];

    /// <summary>How many pieces were asked for, of all streamed replies.</summary>
    public int Streamed { get; private set; }

    public async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        (string text, UsageDetails usage) = await AnswerAsync(messages, options, cancellationToken);
        return new ChatResponse(new ChatMessage(ChatRole.Assistant, text)) { FinishReason = FinishReason ?? ChatFinishReason.Stop, Usage = usage };
    }

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        (string text, UsageDetails usage) = await AnswerAsync(messages, options, cancellationToken);
        foreach (string piece in Pieces(text))
        {
            cancellationToken.ThrowIfCancellationRequested();
            Streamed++;
            yield return new ChatResponseUpdate(ChatRole.Assistant, piece);
        }

        yield return new ChatResponseUpdate(ChatRole.Assistant, [new UsageContent(usage)]) { FinishReason = FinishReason ?? ChatFinishReason.Stop };
    }

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose()
    {
    }

    private async Task<(string Text, UsageDetails Usage)> AnswerAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        IReadOnlyList<ChatMessage> asked = [.. messages];
        _requests.Enqueue(asked);
        if (Delay > TimeSpan.Zero)
        {
            await Task.Delay(Delay, cancellationToken);
        }

        string text = answer(asked, options);
        return (text, new UsageDetails { InputTokenCount = asked.Sum(m => m.Text.Length) / 4, OutputTokenCount = text.Length / 4 });
    }
}
