using Microsoft.Extensions.AI;
using SynthesizeMe.Testing;

namespace SynthesizeMe.Signatures.Tests.Programs;

/// <summary>Answers a question with itself, the n-th one only when the n-th gate is open.</summary>
internal sealed class GatedChatClient(IReadOnlyList<TaskCompletionSource> gates)
    : DelegatingChatClient(new ScriptedChatClient(messages => Answer(messages[^1].Text.Split('\n')[1])))
{
    private int _asked = -1;

    public override async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        int turn = Interlocked.Increment(ref _asked);
        if (turn < gates.Count)
        {
            await gates[turn].Task;
        }

        return await base.GetResponseAsync(messages, options, cancellationToken);
    }

    private static string Answer(string question) => Reply.Of(("reasoning", $"R of {question}"), ("answer", question));
}
