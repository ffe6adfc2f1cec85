using System.Collections.Immutable;
using System.CommandLine;
using SynthesizeMe.Benchmarking;

namespace SynthesizeMe.Cli;

/// <summary><c>report</c>: shows a run of <c>bench</c> as a page to look at.</summary>
internal static class ReportCommand
{
    private const string About =
        """
        Writes what bench left in a directory as one HTML page: whether personalising helps, for whom and at what cost, and for each user
        the persona, the demonstrations and why the winner won. The page needs no network. No model is called.
        """;

    private const string Notes =
        """
        Examples:
          synthesizeme report bench
          synthesizeme report bench -o report.html
          synthesizeme report bench --figures figures

        The figures are accuracy, gain, training-pairs, people and cost, each as .svg and .png; those that the run has
        no figures for are left out. The same run gives the same page, and an interrupted run gives one about the
        users that were finished.
        """;

    /// <summary>Describes the command.</summary>
    public static Command Create(Surroundings surroundings, ModelOptions options)
    {
        var directory = new Argument<string>("RUN") { Description = "A directory that bench has written." };
        var output = new Option<string?>("--output", "-o") { Description = $"The page. [default: RUN/{BenchmarkReport.HtmlFile}]", HelpName = "FILE" };
        var figures = new Option<string?>("--figures") { Description = "Draw the charts for papers too, into this directory; it is made if need be.", HelpName = "DIR" };
        ModelOptions.RequireDirectory(figures);
        var command = new DocumentedCommand("report", About, Notes) { directory, output, figures };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var call = new Invocation(surroundings, options, parsed);
            string from = parsed.GetRequiredValue(directory);
            string to = parsed.GetValue(output) ?? Path.Combine(from, BenchmarkReport.HtmlFile);
            BenchmarkRun run = await ReadAsync(from, cancellationToken);
            await BenchmarkReport.WriteAsync(run, to);
            ImmutableArray<string> drawn = parsed.GetValue(figures) is { } folder ? PaperFigures.Write(run, folder) : [];
            var document = new ReportDocument(to, new FileInfo(to).Length, run.Users.Count(u => u.Skipped is null), drawn, run.Run.Interrupted);
            if (call.Json)
            {
                call.Write(document, Documents.Readable.ReportDocument);
            }
            else
            {
                call.Out.Line($"{to}: {Figures.Count(document.Users, "user")}, {Figures.Count((document.Bytes + 1023) / 1024)} KB");
                foreach (string file in drawn)
                {
                    call.Out.Line(file);
                }
            }

            if (document.Interrupted is not null)
            {
                call.Errors.Warn("the run was not finished; the page is about the users that were.");
            }

            return ExitCodes.Done;
        });
        return command;
    }

    private static async Task<BenchmarkRun> ReadAsync(string directory, CancellationToken cancellationToken)
    {
        if (!File.Exists(Path.Combine(directory, BenchmarkRun.RunFile)))
        {
            throw new InputException($"{directory}: there is no {BenchmarkRun.RunFile} in it. Name a directory that synthesizeme bench has written.");
        }

        try
        {
            return await BenchmarkRun.ReadAsync(directory, cancellationToken);
        }
        catch (BenchmarkRunException e)
        {
            throw new InputException($"{e.Message.TrimEnd('.')}. Run synthesizeme bench again to write it anew.");
        }
    }
}

/// <summary>What <c>report --json</c> writes.</summary>
/// <param name="File">The page.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="Users">The people that it is about, those who were left out not counted.</param>
/// <param name="Figures">The charts for papers.</param>
/// <param name="Interrupted">What ended the run early; <see langword="null"/> when nothing did.</param>
internal sealed record ReportDocument(string File, long Bytes, int Users, ImmutableArray<string> Figures, string? Interrupted);
