using System.CommandLine;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using SynthesizeMe.Optimizers;

namespace SynthesizeMe.Cli;

/// <summary>Where a run leaves its record, and whether it is only planned.</summary>
internal sealed class RunOptions
{
    /// <summary>The folder of records that nobody has named.</summary>
    public const string FolderName = "runs";

    private const string None = "none";

    private readonly Option<string?> _record;

    private readonly Option<bool> _dryRun;

    /// <summary>Adds them to a command.</summary>
    /// <param name="command">The command.</param>
    /// <param name="fallback">What the help says about the folder when none is named.</param>
    /// <param name="plan">What the help says that a dry run does; by default what it does for fits.</param>
    public RunOptions(Command command, string fallback, string? plan = null)
    {
        _dryRun = new("--dry-run")
        {
            Description = plan ?? "Print what would be done, the most calls that it takes, and about how many tokens; call no model and write nothing.",
        };
        _record = new("--record")
        {
            Description = $"The folder for the record of the run, which synthesizeme runs reads. '{None}' keeps none. [default: {fallback}]",
            HelpName = "FOLDER",
        };
        command.Add(_record);
        command.Add(_dryRun);
    }

    /// <summary>Whether the run is only planned.</summary>
    public bool IsDryRun(ParseResult parsed) => parsed.GetValue(_dryRun);

    /// <summary>Begins the record of a run.</summary>
    /// <param name="call">The invocation.</param>
    /// <param name="folder">The folder when none is named. Where it cannot be written to, a warning says so.</param>
    /// <param name="pairs">The data.</param>
    /// <exception cref="IOException">The record cannot be written to the folder that was named.</exception>
    public RunLog Begin(Invocation call, string folder, IEnumerable<PreferencePair> pairs)
    {
        string? named = call.Parsed.GetValue(_record);
        if (named == None)
        {
            return new RunLog(call, null);
        }

        var started = new RunStarted(
            call.Parsed.CommandResult.Command.Name,
            [.. call.Arguments],
            call.Errors.Redact(call.Model.ToString()),
            call.Options.Seed(call.Parsed),
            Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', pairs.Select(p => p.Id))))),
            typeof(RunOptions).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "",
            call.Surroundings.Time.GetUtcNow());
        try
        {
            return new RunLog(call, RunWriter.Create(named ?? folder, started));
        }
        catch (Exception e) when (named is null && e is IOException or UnauthorizedAccessException)
        {
            call.Errors.Warn($"the run is not recorded: {e.Message} Name another folder with --record, or '{None}'.");
            return new RunLog(call, null);
        }
    }
}
