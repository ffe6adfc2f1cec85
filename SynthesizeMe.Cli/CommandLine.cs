using System.CommandLine;
using System.CommandLine.Completions;
using System.CommandLine.Help;
using System.CommandLine.Parsing;

namespace SynthesizeMe.Cli;

/// <summary>The tool: parses a command line, runs the command, and turns every failure into a line and an exit code.</summary>
/// <param name="surroundings">What it touches outside itself.</param>
internal sealed class CommandLine(Surroundings surroundings)
{
    private const string About =
        """
        Learns what one person prefers from a handful of their choices between two answers: a persona, telling demonstrations,
        and a judge that predicts the next choice.
        """;

    private const string Notes =
        """
        Examples:
          synthesizeme fit people.jsonl --all --output judges
          synthesizeme judge judges/asha.judge.json --context question.txt --first a.txt --second b.txt
          synthesizeme evaluate people.jsonl --model openai:gpt-4o-mini --budget-calls 2000
          synthesizeme bench people.jsonl --methods all --output bench
          synthesizeme report bench
          synthesizeme prompt judges/asha.judge.json --for generation

        Exit codes:
          0    done
          1    the input cannot be used
          2    the command line cannot be understood
          3    the model cannot be reached or understood, or the budget is spent; what was finished is kept
          4    requests of a batch wait for their replies (--batch)
          130  stopped by Ctrl-C; what was finished is kept
        """;

    /// <summary>Runs a command line.</summary>
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    public async Task<int> RunAsync(IReadOnlyList<string> args, CancellationToken cancellationToken)
    {
        var root = new RootCommand(HelpPage.Paragraph(About)) { HelpName = "synthesizeme" };
        var options = new ModelOptions(root);
        root.Add(FitCommand.Create(surroundings, options));
        root.Add(JudgeCommand.Create(surroundings, options));
        root.Add(EvaluateCommand.Create(surroundings, options));
        root.Add(CurateCommand.Create(surroundings, options));
        root.Add(BenchCommand.Create(surroundings, options));
        root.Add(ReportCommand.Create(surroundings, options));
        root.Add(PromptCommand.Create(surroundings, options));
        root.Add(RepliesCommand.Create(surroundings, options));
        root.Add(RunsCommand.Create(surroundings, options));
        root.Add(ImportDspyCommand.Create(surroundings, options));
        HelpPage.Install(root, Notes);

        // A response file would let an argument such as a user's id name a file to read.
        ParseResult parsed = root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        var errors = new ErrorReporter(surroundings, options.Verbose(parsed));
        if (parsed.Errors.Count > 0 && parsed.Action is not (HelpPage or HelpAction))
        {
            return ReportUsage(parsed, errors);
        }

        try
        {
            return await parsed.InvokeAsync(
                new InvocationConfiguration
                {
                    Output = surroundings.Out.Writer,
                    Error = surroundings.Error.Writer,
                    EnableDefaultExceptionHandler = false,
                    ProcessTerminationTimeout = null,
                },
                cancellationToken);
        }
        catch (Exception e)
        {
            int code = errors.Report(e);
            if (code == ExitCodes.Usage)
            {
                PointToHelp(parsed, errors);
            }

            return code;
        }
    }

    private static int ReportUsage(ParseResult parsed, ErrorReporter errors)
    {
        string commands = "use fit, judge, evaluate, curate, bench, report, prompt, replies, runs or import-dspy";
        IEnumerable<string> messages = parsed.CommandResult.Command is not RootCommand ? parsed.Errors.Select(Told).Distinct()
            : parsed.UnmatchedTokens.Count > 0 ? [$"'{parsed.UnmatchedTokens[0]}' is not {(parsed.UnmatchedTokens[0].StartsWith('-') ? "an option" : "a command")}; {commands}"]
            : parsed.Errors.Count == 1 ? [$"there is no command; {commands}"]
            : parsed.Errors.Skip(1).Select(Told);
        foreach (string message in messages)
        {
            errors.Report(new UsageException(message));
        }

        PointToHelp(parsed, errors);
        return ExitCodes.Usage;
    }

    /// <summary>What is wrong, in the words of our own checks where the parser speaks of types, or leaves out the option.</summary>
    private static string Told(ParseError error)
    {
        if (error.SymbolResult is not OptionResult { Tokens: [{ Value: var given }], Option: { } option } || error.Message.StartsWith(option.Name, StringComparison.Ordinal))
        {
            return error.Message;
        }

        Type type = Nullable.GetUnderlyingType(option.ValueType) ?? option.ValueType;
        string[] choices = [.. option.GetCompletions(CompletionContext.Empty).Select(c => c.Label.ToLowerInvariant())];
        string? taken = type == typeof(int) || type == typeof(long) ? "a whole number"
            : type == typeof(double) || type == typeof(decimal) ? "a number"
            : choices.Length > 1 ? $"{string.Join(", ", choices[..^1])} or {choices[^1]}"
            : null;
        return taken is null ? error.Message : $"{option.Name} takes {taken}, and not {given}.";
    }

    private static void PointToHelp(ParseResult parsed, ErrorReporter errors)
    {
        string path = "";
        for (CommandResult? at = parsed.CommandResult; at is not null && at.Command is not RootCommand; at = at.Parent as CommandResult)
        {
            path = $" {at.Command.Name}{path}";
        }

        errors.Note($"See: synthesizeme{path} --help");
    }
}
