using System.CommandLine;
using SynthesizeMe.Optimizers;

namespace SynthesizeMe.Cli;

/// <summary><c>replies export</c>: takes replies out of a store.</summary>
internal static class ExportCommand
{
    private const string About = "Writes every reply of a store as a line of JSON, which import reads again. There are no prompts and no keys in it.";

    private const string Notes =
        """
        Examples:
          synthesizeme replies export --store judges/replies.sqlite --output replies.jsonl
          synthesizeme replies export --store judges/replies.sqlite | gzip > replies.jsonl.gz
        """;

    /// <summary>Describes the command.</summary>
    public static Command Create(Surroundings surroundings, ModelOptions options)
    {
        Option<string> store = RepliesCommand.Store();
        var output = new Option<string?>("--output", "-o") { Description = "The file for the replies. [default: the standard output]", HelpName = "FILE" };
        var command = new DocumentedCommand("export", About, Notes) { store, output };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var call = new Invocation(surroundings, options, parsed);
            using ReplyStore opened = StoreOptions.OpenStore(call, RepliesCommand.Existing(parsed.GetRequiredValue(store)));
            if (parsed.GetValue(output) is not { } path)
            {
                await opened.ExportAsync(call.Out.Writer, cancellationToken);
                return ExitCodes.Done;
            }

            string draft = $"{path}.tmp";
            using (var file = new StreamWriter(draft))
            {
                await opened.ExportAsync(file, cancellationToken);
            }

            File.Move(draft, path, overwrite: true);
            return ExitCodes.Done;
        });
        return command;
    }
}
