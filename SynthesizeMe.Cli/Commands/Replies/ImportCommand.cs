using System.CommandLine;
using System.Text.Json;
using SynthesizeMe.Optimizers;

namespace SynthesizeMe.Cli;

/// <summary><c>replies import</c>: takes replies into a store.</summary>
internal static class ImportCommand
{
    private const string About =
        """
        Takes the answers of a batch, or the replies that export has written, into a store. Lines that hold no reply are named, and the
        good ones are kept; a reply that is in the store already stays as it is.
        """;

    private const string Notes =
        """
        Examples:
          synthesizeme replies import batch/answers.jsonl --store judges/replies.sqlite
          synthesizeme replies import output.jsonl --store judges/replies.sqlite --requests batch/requests.jsonl

        The exit code is 1 when a line holds no reply, or a request of --requests has none.
        """;

    /// <summary>Describes the command.</summary>
    public static Command Create(Surroundings surroundings, ModelOptions options)
    {
        var input = new Argument<string>("FILE") { Description = "Answers in the form of OpenAI's Batch API, or replies as export writes them; one JSON object a line." };
        Option<string> store = RepliesCommand.Store();
        store.Description = "The store of replies; it is made if need be.";
        var requests = new Option<string?>("--requests") { Description = "The requests of the batch, to name those that have no answer.", HelpName = "FILE" };
        var command = new DocumentedCommand("import", About, Notes) { input, store, requests };
        command.SetAction((parsed, cancellationToken) => RunAsync(
            new Invocation(surroundings, options, parsed),
            parsed.GetRequiredValue(input),
            parsed.GetRequiredValue(store),
            parsed.GetValue(requests),
            cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(Invocation call, string input, string path, string? requests, CancellationToken cancellationToken)
    {
        ReplyKey[] wanted = requests is null ? [] : await KeysAsync(RepliesCommand.Existing(requests), cancellationToken);
        using var lines = new StreamReader(RepliesCommand.Existing(input));
        using ReplyStore store = StoreOptions.OpenStore(call, path);
        ReplyImport import = await store.ImportAsync(lines, cancellationToken);
        string[] missing = [.. wanted.Where(k => store.Find(k) is null).Select(k => k.ToString())];
        if (call.Json)
        {
            call.Write(
                new ImportDocument(import.Added, import.Known, [.. import.Problems.Select(p => $"{input}{p}")], [.. missing], path),
                Documents.Readable.ImportDocument);
        }
        else
        {
            call.Out.Line($"{Figures.Count(import.Added)} {(import.Added == 1 ? "reply" : "replies")} added to {path}, {Figures.Count(import.Known)} had been there");
        }

        RepliesCommand.Report(call.Errors, input, import.Problems);
        if (missing.Length > 0)
        {
            call.Errors.Report(new InputException($"{Figures.Count(missing.Length, "request")} of {requests} {(missing.Length == 1 ? "has" : "have")} no answer: {PreferenceInput.Named(missing)}"));
        }

        return import.Problems.IsEmpty && missing.Length == 0 ? ExitCodes.Done : ExitCodes.BadInput;
    }

    private static async Task<ReplyKey[]> KeysAsync(string path, CancellationToken cancellationToken)
    {
        var keys = new List<ReplyKey>();
        await foreach (string line in File.ReadLinesAsync(path, cancellationToken))
        {
            try
            {
                keys.Add(BatchRequest.Read(line).Key);
            }
            catch (Exception e) when (e is JsonException or FormatException or InvalidOperationException or KeyNotFoundException)
            {
                throw new InputException($"{path}({keys.Count + 1}): this is no request of a batch. Name a file that --batch has written.");
            }
        }

        return [.. keys];
    }
}
