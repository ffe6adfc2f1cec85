using Microsoft.Extensions.AI;
using SynthesizeMe.Signatures;

/// <summary>
/// Stands in for the language model that would write new instructions: it proposes, one after the other, those that somebody wrote down beforehand. The search does not take its
/// word for anything: instructions stay only if judges do better with the personas that come of them.
/// </summary>
internal sealed class Notebook(IReadOnlyList<string> instructions) : DelegatingChatClient(new SynthesizeMe.Offline.OfflineModel())
{
    private int _next;

    public override Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        string proposal = instructions[_next++ % instructions.Count];
        string reply = $"""
            {SectionMarker.Open("lessons")}
            None: this is a notebook.

            {SectionMarker.Open("new_instructions")}
            {proposal}

            {SectionMarker.Open(SectionMarker.Completed)}
            """;
        return Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, reply)));
    }
}
