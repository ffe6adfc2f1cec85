using Microsoft.Extensions.AI;
using SynthesizeMe.Testing;

namespace SynthesizeMe.Signatures.Tests.Predictors;

/// <summary>Usage as <see cref="ScriptedChatClient"/> reports it.</summary>
internal static class Models
{
    public static Usage UsageOf(ScriptedChatClient model, params IEnumerable<string> replies) => new(
        model.Requests.Count,
        model.Requests.Sum(r => r.Sum(m => m.Text.Length) / 4),
        replies.Sum(r => r.Length / 4));

    public static string Conversation(IReadOnlyList<ChatMessage> messages) =>
        new ChatPrompt([.. messages.Select(m => new Turn(m.Role, m.Text))]).ToString();
}
