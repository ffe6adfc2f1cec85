using System.CommandLine;
using SynthesizeMe.Optimizers;

namespace SynthesizeMe.Cli;

/// <summary><c>runs show</c>: tells what a run did, and why the winner won.</summary>
internal static class ShowCommand
{
    private const string Notes =
        """
        Examples:
          synthesizeme runs show last --in judges
          synthesizeme runs show 20261124-141702-fit --in judges --json
        """;

    /// <summary>Describes the command.</summary>
    /// <param name="surroundings">What the tool touches.</param>
    /// <param name="options">The options of every command.</param>
    /// <param name="folder">Where records are.</param>
    public static Command Create(Surroundings surroundings, ModelOptions options, Option<string> folder)
    {
        var id = new Argument<string>("ID") { Description = "The run, or the beginning of its id; last for the newest." };
        var command = new DocumentedCommand("show", "Tells what a run did, candidate by candidate, and why the winner won.", Notes) { id };
        command.SetAction(parsed =>
        {
            var call = new Invocation(surroundings, options, parsed);
            var run = RunDocument.Of(RunRecord.Read(RunFolder.Find(parsed.GetRequiredValue(folder), parsed.GetRequiredValue(id))));
            if (call.Json)
            {
                call.Write(run, Documents.Readable.RunDocument);
            }
            else
            {
                RunText.Write(call.Out, run);
            }

            return ExitCodes.Done;
        });
        return command;
    }
}
