using Microsoft.Extensions.AI;

namespace SynthesizeMe.Signatures;

/// <summary>
/// The turns of an <see cref="InputAttribute.AsTurns"/> field as messages of the prompt. What the user and the assistant said has their roles.
/// Whoever else speaks is quoted by the user under a name, for a role such as <c>system</c> would lend what was said the weight of an instruction.
/// </summary>
internal static class HistoryTurns
{
    /// <param name="turn">A turn of the field's value.</param>
    /// <param name="guard">Knows what opens a section.</param>
    public static Turn Message(Turn turn, FieldGuard? guard)
    {
        if (turn.Role != ChatRole.User && turn.Role != ChatRole.Assistant)
        {
            turn = new(ChatRole.User, new Conversation(turn).ToParts());
        }

        if (!turn.HasContents)
        {
            return new(turn.Role, Protect(turn.Text, guard));
        }

        var contents = PlacedContents.Of(turn.Parts, out string text);
        string safe = Protect(text, guard);
        return contents.MovedTo(text, 0, safe).ToTurn(turn.Role, safe);
    }

    private static string Protect(string text, FieldGuard? guard)
    {
        text = SectionMarker.Escape(text);
        return guard is { GuardsElements: true } ? FieldGuard.Protect(guard, text, 0, [new(0, text.Length)]) : text;
    }
}
