using System.CommandLine;
using SynthesizeMe.Optimizers;

namespace SynthesizeMe.Cli;

/// <summary><c>runs</c>: lists the records of runs.</summary>
internal static class RunsCommand
{
    private const string About =
        """
        Lists the runs of a folder. Each fit and each evaluation leaves a record: what was asked for, every candidate with its score, every prompt
        by its hash, what was spent and how it ended.
        """;

    private const string Notes =
        """
        Examples:
          synthesizeme runs --in judges
          synthesizeme runs show last --in judges
          synthesizeme runs show 20261124-141702-fit --json > run.json

        Records are looked for in FOLDER itself, in its folders runs and *.runs, and in the runs of its folders.
        """;

    /// <summary>Describes the command.</summary>
    public static Command Create(Surroundings surroundings, ModelOptions options)
    {
        var folder = new Option<string>("--in") { Description = "Where to look for records.", HelpName = "FOLDER", DefaultValueFactory = _ => ".", Recursive = true };
        var command = new DocumentedCommand("runs", About, Notes) { folder };
        command.Add(ShowCommand.Create(surroundings, options, folder));
        command.SetAction(parsed =>
        {
            var call = new Invocation(surroundings, options, parsed);
            string where = parsed.GetRequiredValue(folder);
            RunRecord[] runs = Read(call, RunFolder.Records(where));
            if (call.Json)
            {
                call.Write(new RunsDocument([.. runs.Select(RunSummary.Of)]), Documents.Readable.RunsDocument);
            }
            else if (runs.Length > 0)
            {
                RunText.WriteList(call.Out, [.. runs.Select(RunSummary.Of)]);
            }
            else
            {
                call.Errors.Note($"{where}: there is no record of a run.");
            }

            return ExitCodes.Done;
        });
        return command;
    }

    /// <summary>Reads records; those that cannot be read are warned of.</summary>
    private static RunRecord[] Read(Invocation call, IEnumerable<string> paths)
    {
        var runs = new List<RunRecord>();
        foreach (string path in paths)
        {
            try
            {
                runs.Add(RunRecord.Read(path));
            }
            catch (RunRecordException e)
            {
                call.Errors.Warn(e.Message);
            }
        }

        return [.. runs];
    }
}
