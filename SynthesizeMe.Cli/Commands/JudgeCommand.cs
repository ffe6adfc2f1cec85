using System.CommandLine;
using Microsoft.Extensions.AI;
using SynthesizeMe.Optimizers;

namespace SynthesizeMe.Cli;

/// <summary><c>judge</c>: asks a saved judge which of two completions its person prefers.</summary>
internal static class JudgeCommand
{
    private const string About =
        """
        Asks a judge that fit has saved which of two completions its person prefers. It is asked in both orders; where they disagree, there is
        no preference.
        """;

    private const string Notes =
        """
        Examples:
          synthesizeme judge judges/asha.judge.json --context question.txt --first a.txt --second b.txt
          echo "How do I boil an egg?" | synthesizeme judge asha.judge.json --context - --first a.txt --second b.txt

        The context is a JSON list of {"role", "content"}, a JSON object with such a list as "context", or plain
        text: one message of the user. One of the three can be '-', the standard input. A line end at the end of a
        file does not count.
        """;

    /// <summary>Describes the command.</summary>
    public static Command Create(Surroundings surroundings, ModelOptions options)
    {
        var artefact = new Argument<string>("ARTEFACT") { Description = "A *.judge.json file." };
        var context = new Option<string>("--context") { Description = "The conversation that leads up to the completions.", HelpName = "FILE", Required = true };
        var first = new Option<string>("--first") { Description = "One completion.", HelpName = "FILE", Required = true };
        var second = new Option<string>("--second") { Description = "The other one.", HelpName = "FILE", Required = true };
        var command = new DocumentedCommand("judge", About, Notes) { artefact, context, first, second };
        var replies = new StoreOptions(command, "none");
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var call = new Invocation(surroundings, options, parsed);
            replies.Require(call);
            JudgeArtefact loaded = await JudgeArtefact.LoadAsync(parsed.GetRequiredValue(artefact), cancellationToken);
            JudgeInput input = await JudgeInput.ReadAsync(
                parsed.GetRequiredValue(context), parsed.GetRequiredValue(first), parsed.GetRequiredValue(second), surroundings.In, cancellationToken);
            using ModelSession session = replies.Open(call, fallback: null);
            IChatClient client = call.WithinBudget(session.Client);
            try
            {
                Verdict verdict = await new PersonalizedJudge(loaded, client).CompareAsync(input.Context, input.First, input.Second, cancellationToken);
                _ = await session.WriteRequestsAsync(call.Errors, cancellationToken);
                Write(call, loaded, verdict);
                return ExitCodes.Done;
            }
            catch (ReplyMissingException)
            {
                return await session.WriteRequestsAsync(call.Errors, cancellationToken) ?? ExitCodes.Defect;
            }
        });
        return command;
    }

    private static void Write(Invocation call, JudgeArtefact judge, Verdict verdict)
    {
        if (call.Json)
        {
            call.Write(
                new VerdictDocument(
                    verdict.Preferred is { } preferred ? Name(preferred) : null,
                    verdict.Confidence,
                    verdict.Consistent,
                    judge.Provenance.UserId,
                    Figures.Name(judge.Method),
                    call.Model.ToString(),
                    Order(verdict.Forward),
                    Order(verdict.Backward),
                    verdict.Usage.Calls,
                    verdict.Usage.InputTokenCount,
                    verdict.Usage.OutputTokenCount),
                Documents.Readable.VerdictDocument);
            return;
        }

        call.Out.Line(verdict.Preferred is { } answer
            ? $"{Name(answer)} (confidence {Figures.Percent(verdict.Confidence)}; both orders agree)"
            : "no preference: the two orders disagree");
        Write(call.Out, "as given", verdict.Forward);
        Write(call.Out, "swapped", verdict.Backward);
        call.Out.Line();
        call.Out.Line($"Judged by {Figures.Name(judge.Method)}{(judge.Provenance.UserId.Length == 0 ? "" : $" for {PlainText.OneLine(judge.Provenance.UserId)}")}; {Figures.Spent(verdict.Usage)}");
    }

    private static void Write(Screen screen, string order, OrderedAnswer answer)
    {
        screen.Line();
        screen.Line($"Asked {order}: {Name(answer.Preferred)}");
        foreach (string line in PlainText.Wrap(answer.Reasoning ?? "", screen.TextWidth - 2).Where(l => l.Length > 0))
        {
            screen.Line($"  {line}");
        }
    }

    private static OrderDocument Order(OrderedAnswer answer) => new(Name(answer.Preferred), answer.Reasoning);

    private static string Name(Preference preference) => preference == Preference.First ? "first" : "second";
}
