using System.CommandLine;

namespace SynthesizeMe.Cli;

/// <summary><c>replies</c>: what is done with stores of replies and with batches of requests.</summary>
internal static class RepliesCommand
{
    private const string About =
        """
        Answers batches of requests, and takes replies into a store and out of it. The other commands keep models' replies in a store, and
        write batches with --batch.
        """;

    private const string Notes =
        """
        Examples:
          synthesizeme fit people.jsonl --all --output judges --model openai:gpt-4o-mini --batch batch
          synthesizeme replies answer batch/requests.jsonl --model ollama:llama3.2 --output batch/answers.jsonl
          synthesizeme replies import batch/answers.jsonl --store judges/replies.sqlite
          synthesizeme replies stats --store judges/replies.sqlite
        """;

    /// <summary>Describes the command.</summary>
    public static Command Create(Surroundings surroundings, ModelOptions options) => new DocumentedCommand("replies", About, Notes)
    {
        AnswerCommand.Create(surroundings, options),
        ImportCommand.Create(surroundings, options),
        ExportCommand.Create(surroundings, options),
        StatsCommand.Create(surroundings, options),
    };

    /// <summary>A store that is there already.</summary>
    public static Option<string> Store() => new("--store") { Description = "The store of replies.", HelpName = "FILE", Required = true };

    /// <summary>Names the lines that are of no use, a few of them.</summary>
    public static void Report(ErrorReporter errors, string path, IReadOnlyCollection<Optimizers.ReplyLineProblem> problems)
    {
        const int most = 20;
        foreach (Optimizers.ReplyLineProblem problem in problems.Take(most))
        {
            errors.Report(new InputException($"{path}{problem}"));
        }

        if (problems.Count > most)
        {
            errors.Note($"and {Figures.Count(problems.Count - most, "line")} more");
        }
    }

    /// <summary>The path, if there is a file.</summary>
    /// <exception cref="InputException">There is none.</exception>
    public static string Existing(string path) => File.Exists(path) ? path : throw new InputException($"{path}: there is no such file. Check the path.");
}
