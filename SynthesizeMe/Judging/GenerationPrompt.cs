using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Microsoft.Extensions.AI;
using SynthesizeMe.Signatures;

namespace SynthesizeMe;

/// <summary>Tells a model how to answer one person: by the persona, and by choices that the person made.</summary>
internal static class GenerationPrompt
{
    public static ChatPrompt Render(JudgeArtefact artefact)
    {
        ImmutableArray<(Conversation Context, string Preferred, string Other)> choices = artefact.Choices;
        var text = new StringBuilder("You are a helpful assistant, and you answer one person to their taste.");
        if (artefact.Persona is null && choices.IsEmpty)
        {
            text.Append(" Nothing is known about this person's taste.");
        }

        if (artefact.Persona is { } persona)
        {
            text.Append(" What is known about this person:\n\n");
            Section(text, "persona", persona);
        }

        if (!choices.IsEmpty)
        {
            text.Append("\n\nChoices this person has made. Write as in what they preferred, and avoid what sets the other text apart; do not repeat the texts.");
            for (int i = 0; i < choices.Length; i++)
            {
                string number = (i + 1).ToString(CultureInfo.InvariantCulture);
                text.Append("\n\n");
                Section(text, $"conversation {number}", choices[i].Context.ToString());
                text.Append("\n\n");
                Section(text, $"preferred {number}", choices[i].Preferred);
                text.Append("\n\n");
                Section(text, $"not preferred {number}", choices[i].Other);
            }
        }

        return new ChatPrompt([new Turn(ChatRole.System, text.ToString())]);
    }

    private static void Section(StringBuilder text, string name, string content) =>
        text.Append(SectionMarker.Open(name)).Append('\n').Append(SectionMarker.Escape(content));
}
