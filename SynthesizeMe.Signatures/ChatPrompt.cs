using System.Collections.Immutable;
using System.Text;
using Microsoft.Extensions.AI;

namespace SynthesizeMe.Signatures;

/// <summary>A rendered prompt: the messages a chat client would be sent, as an immutable value.</summary>
/// <param name="Turns">The messages in order.</param>
public sealed record ChatPrompt(ImmutableArray<Turn> Turns)
{
    /// <summary>New messages for a chat client; the caller owns them, but not the images, audio and files in them.</summary>
    public List<ChatMessage> ToChatMessages()
    {
        var messages = new List<ChatMessage>(Turns.Length + 2);
        foreach (Turn turn in Turns)
        {
            messages.Add(turn.ToMessage());
        }

        return messages;
    }

    /// <inheritdoc/>
    public bool Equals(ChatPrompt? other) => other is not null && Turns.AsSpan().SequenceEqual(other.Turns.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() => Turns.IsDefaultOrEmpty ? 0 : HashCode.Combine(Turns.Length, Turns[^1]);

    /// <summary>
    /// Deterministic text for reading and for snapshot tests: each message under a line <c>--- role ---</c>, line ends as <c>\n</c>.
    /// An image, audio or a file is shown as its media type, size and hash.
    /// </summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (Turn turn in Turns)
        {
            text.Append("--- ").Append(turn.Role.Value).Append(" ---\n");
            text.Append(turn.Text.ReplaceLineEndings("\n")).Append('\n');
        }

        return text.ToString();
    }
}
