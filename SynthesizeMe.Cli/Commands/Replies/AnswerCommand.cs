using System.CommandLine;
using System.Text.Json;
using Microsoft.Extensions.AI;
using SynthesizeMe.Optimizers;

namespace SynthesizeMe.Cli;

/// <summary><c>replies answer</c>: has a model answer a batch of requests.</summary>
internal static class AnswerCommand
{
    private const string About =
        """
        Has a model answer the requests that --batch has written, and writes the answers in the form of OpenAI's Batch API. What is in the
        output already is not asked for again, so that a command that was stopped goes on where it was.
        """;

    private const string Notes =
        """
        Examples:
          synthesizeme replies answer batch/requests.jsonl --model offline --output batch/answers.jsonl
          synthesizeme replies answer batch/requests.jsonl --model ollama:llama3.2 --output batch/answers.jsonl

        The model is the one that --model names, whatever the requests say.
        """;

    /// <summary>Describes the command.</summary>
    public static Command Create(Surroundings surroundings, ModelOptions options)
    {
        var input = new Argument<string>("FILE") { Description = "Requests, one JSON object a line, as --batch writes them." };
        var output = new Option<string>("--output", "-o") { Description = "The file for the answers.", HelpName = "FILE", Required = true };
        var command = new DocumentedCommand("answer", About, Notes) { input, output };
        command.SetAction((parsed, cancellationToken) => RunAsync(
            new Invocation(surroundings, options, parsed), parsed.GetRequiredValue(input), parsed.GetRequiredValue(output), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(Invocation call, string input, string output, CancellationToken cancellationToken)
    {
        (List<BatchRequest> requests, List<ReplyLineProblem> problems) = await ReadAsync(RepliesCommand.Existing(input), cancellationToken);
        RepliesCommand.Report(call.Errors, input, problems);
        using AnswerFile file = await AnswerFile.OpenAsync(output, cancellationToken);
        BatchRequest[] open = [.. requests.Where(r => !file.Contains(r.Key))];
        using (IChatClient client = call.OpenWithinBudget())
        {
            try
            {
                await call.Progress.ShowAsync("answering", progress => Batch.RunAsync(
                    open,
                    call.Options.Parallel(call.Parsed),
                    async (request, token) =>
                    {
                        ChatResponse reply = await client.GetResponseAsync(request.Messages, request.Options, token);
                        int done = file.Add(new BatchResult(request.Key, reply));
                        progress.Report(new($"{Figures.Count(done)} of {Figures.Count(open.Length, "request")} answered", (double)done / open.Length));
                        return done;
                    },
                    cancellationToken));
            }
            finally
            {
                // What was answered is kept, in the order of the requests, whatever ended the run.
                file.Finish(requests.Select(r => r.Key));
            }
        }

        if (call.Json)
        {
            call.Write(new AnswerDocument(open.Length, requests.Count - open.Length, problems.Count, output), Documents.Readable.AnswerDocument);
        }
        else
        {
            call.Out.Line($"{Figures.Count(open.Length, "request")} answered, {Figures.Count(requests.Count - open.Length)} had been before, in {output}");
        }

        return problems.Count == 0 ? ExitCodes.Done : ExitCodes.BadInput;
    }

    private static async Task<(List<BatchRequest> Requests, List<ReplyLineProblem> Problems)> ReadAsync(string path, CancellationToken cancellationToken)
    {
        var requests = new List<BatchRequest>();
        var problems = new List<ReplyLineProblem>();
        int number = 0;
        await foreach (string line in File.ReadLinesAsync(path, cancellationToken))
        {
            number++;
            if (string.IsNullOrWhiteSpace(line))
            {
                continue;
            }

            try
            {
                requests.Add(BatchRequest.Read(line));
            }
            catch (Exception e) when (e is JsonException or FormatException or InvalidOperationException or KeyNotFoundException)
            {
                problems.Add(new(number, e is FormatException ? e.Message : "it is not the JSON of a request"));
            }
        }

        return ([.. requests.DistinctBy(r => r.Key)], problems);
    }
}
