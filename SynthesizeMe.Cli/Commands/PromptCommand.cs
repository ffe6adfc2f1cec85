using System.CommandLine;
using SynthesizeMe.Signatures;

namespace SynthesizeMe.Cli;

/// <summary><c>prompt</c>: shows the prompts that carry a person's taste to any other model.</summary>
internal static class PromptCommand
{
    private const string Judge = "judge";
    private const string Generation = "generation";

    private const string About =
        """
        Writes a prompt that carries what a judge knows to any other model: one that judges for the person, or one that answers to the
        person's taste. No model is called.
        """;

    private const string Notes =
        """
        Examples:
          synthesizeme prompt judges/asha.judge.json --for generation
          synthesizeme prompt judges/asha.judge.json --for judge --json > messages.json

        The judge's prompt has the slots {conversation}, {first_completion} and {second_completion} in its last
        message.
        """;

    /// <summary>Describes the command.</summary>
    public static Command Create(Surroundings surroundings, ModelOptions options)
    {
        var artefact = new Argument<string>("ARTEFACT") { Description = "A *.judge.json file." };
        var purpose = new Option<string>("--for") { Description = "What the other model is to do.", HelpName = $"{Judge}|{Generation}", Required = true };
        purpose.AcceptOnlyFromAmong(Judge, Generation);
        var command = new DocumentedCommand("prompt", About, Notes) { artefact, purpose };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var call = new Invocation(surroundings, options, parsed);
            JudgeArtefact loaded = await JudgeArtefact.LoadAsync(parsed.GetRequiredValue(artefact), cancellationToken);
            using var noModel = new Offline.OfflineModel();
            var judge = new PersonalizedJudge(loaded, noModel);
            ChatPrompt prompt = parsed.GetRequiredValue(purpose) == Judge ? judge.ToJudgePrompt() : judge.ToGenerationPrompt();
            if (call.Json)
            {
                call.Write(
                    new PromptDocument(
                        parsed.GetRequiredValue(purpose),
                        loaded.Provenance.UserId,
                        [.. prompt.Turns.Select(t => new MessageDocument(t.Role.Value, t.Text))]),
                    Documents.Readable.PromptDocument);
            }
            else
            {
                call.Out.Write(prompt.ToString());
            }

            return ExitCodes.Done;
        });
        return command;
    }
}
