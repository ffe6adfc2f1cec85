using System.Collections.Immutable;
using System.Globalization;
using Microsoft.Extensions.AI;
using SynthesizeMe.Signatures;

namespace SynthesizeMe.Benchmarking;

/// <summary>One answer in a turn of PRISM.</summary>
internal readonly record struct PrismAnswer(string Text, double? Score, bool Chosen);

/// <summary>One turn of PRISM: what the person said, and the answers that they scored.</summary>
internal sealed class PrismTurn
{
    public string? Prompt { get; set; }

    public List<PrismAnswer> Answers { get; } = [];
}

/// <summary>One conversation of PRISM; its turns by number.</summary>
internal sealed record PrismConversation(string User, string Id, DateTimeOffset? Time, string File, int Row)
{
    public SortedDictionary<int, PrismTurn> Turns { get; } = [];

    public PrismTurn Turn(int number)
    {
        if (!Turns.TryGetValue(number, out PrismTurn? turn))
        {
            Turns.Add(number, turn = new());
        }

        return turn;
    }
}

/// <summary>
/// Makes pairs of PRISM's scores (1 to 100): of each turn every two answers whose scores are far enough apart, behind what was said before with the
/// answer that the person chose to go on with.
/// </summary>
internal static class PrismPairs
{
    /// <summary>Adds the pairs of a conversation.</summary>
    public static void Add(PairCollector collector, PrismConversation conversation, double minDifference)
    {
        var said = new List<Turn>();
        int next = 0;
        foreach ((int number, PrismTurn turn) in conversation.Turns)
        {
            if (number != next || turn.Prompt is null)
            {
                collector.Problem(conversation.File, conversation.Row, number != next ? Broken(next, "is missing") : Broken(number, "has no message of the user"));
                return;
            }

            next++;
            said.Add(new(ChatRole.User, turn.Prompt));
            AddTurn(collector, conversation, new Conversation(said), turn, minDifference);
            string[] chosen = [.. turn.Answers.Where(a => a.Chosen).Select(a => a.Text).Distinct(StringComparer.Ordinal)];
            if (chosen.Length == 1)
            {
                said.Add(new(ChatRole.Assistant, chosen[0]));
            }
            else if (number != conversation.Turns.Keys.Last())
            {
                string problem = chosen.Length == 0 ? "has no answer that was chosen" : "has several answers that were chosen";
                collector.Problem(conversation.File, conversation.Row, Broken(number, problem));
                return;
            }
        }
    }

    private static string Broken(int turn, string problem) =>
        string.Create(CultureInfo.InvariantCulture, $"turn {turn} {problem}, so that what follows cannot be told; the turns before it are kept");

    private static void AddTurn(PairCollector collector, PrismConversation conversation, Conversation context, PrismTurn turn, double minDifference)
    {
        List<PrismAnswer> answers = turn.Answers;
        for (int i = 0; i < answers.Count; i++)
        {
            for (int j = i + 1; j < answers.Count; j++)
            {
                if (answers[i].Score is not { } first || answers[j].Score is not { } second)
                {
                    collector.LeaveOut("an answer has no score");
                    continue;
                }

                if (first == second || Math.Abs(first - second) < minDifference)
                {
                    collector.LeaveOut(string.Create(CultureInfo.InvariantCulture, $"scores less than {minDifference:0.##} points apart"));
                    continue;
                }

                (PrismAnswer chosen, PrismAnswer rejected) = first > second ? (answers[i], answers[j]) : (answers[j], answers[i]);
                collector.Add(new PreferencePair(context, chosen.Text, rejected.Text)
                {
                    UserId = conversation.User,
                    ConversationId = conversation.Id,
                    Timestamp = conversation.Time,
                });
            }
        }
    }
}

/// <summary>Reads the values of PRISM.</summary>
internal static class PrismCells
{
    private const int MostTurns = 100_000;

    /// <summary>The number of a turn, from 0.</summary>
    /// <exception cref="JsonShapeException">It is none.</exception>
    public static int Turn(Cell cell, string place) => cell.Number(place) is not { } number ? throw new JsonShapeException(place, "there is none")
        : number is >= 0 and < MostTurns && Math.Truncate(number) == number ? (int)number
        : throw new JsonShapeException(place, string.Create(CultureInfo.InvariantCulture, $"{number} is not the number of a turn, which are 0, 1, 2 and so on"));

    /// <summary>The score of an answer; <see langword="null"/> where there is none.</summary>
    /// <exception cref="JsonShapeException">It is out of range.</exception>
    public static double? Score(Cell cell, string place) => cell.Number(place) is not { } score ? null
        : score is >= 0 and <= 100 ? score
        : throw new JsonShapeException(place, string.Create(CultureInfo.InvariantCulture, $"{score} is out of range; scores run from 1 to 100"));
}

/// <summary>Reads <c>conversations.jsonl</c>: one conversation a row, its messages and answers in <c>conversation_history</c>.</summary>
internal sealed class PrismConversationsReader(PairCollector collector, double minDifference)
{
    public static readonly ImmutableHashSet<string> Required = ["user_id", "conversation_id", "conversation_history"];

    public static readonly ImmutableHashSet<string> Columns = [.. Required, "generated_datetime"];

    public void Read(SourceRow row)
    {
        var conversation = new PrismConversation(
            Ids.Person(row.Value, "user_id"),
            row.Value["conversation_id"].Id("conversation_id") ?? throw new JsonShapeException("conversation_id", "there is none"),
            row.Value["generated_datetime"].Time("generated_datetime"),
            row.File,
            row.Number);
        IReadOnlyList<Cell> history = row.Value["conversation_history"].List("conversation_history");
        for (int i = 0; i < history.Count; i++)
        {
            string place = string.Create(CultureInfo.InvariantCulture, $"conversation_history[{i}]");
            Cell said = history[i];
            PrismTurn turn = conversation.Turn(PrismCells.Turn(said["turn"], $"{place}.turn"));
            string content = said["content"].Text($"{place}.content");
            switch (said["role"].Text($"{place}.role"))
            {
                case "user":
                    turn.Prompt = turn.Prompt is null ? content : throw new JsonShapeException($"{place}.role", "this is the second message of the user in the turn");
                    break;
                case "model" or "assistant":
                    turn.Answers.Add(new(content, PrismCells.Score(said["score"], $"{place}.score"), said["if_chosen"].Truth($"{place}.if_chosen") ?? false));
                    break;
                case var role:
                    throw new JsonShapeException($"{place}.role", $"'{role}' is neither 'user' nor 'model'");
            }
        }

        PrismPairs.Add(collector, conversation, minDifference);
    }
}

/// <summary>Reads <c>utterances.jsonl</c>: one answer a row. The pairs are there when all rows have been read.</summary>
internal sealed class PrismUtterancesReader(PairCollector collector, double minDifference)
{
    public static readonly ImmutableHashSet<string> Required = ["user_id", "conversation_id", "turn", "user_prompt", "model_response", "score", "if_chosen"];

    public static readonly ImmutableHashSet<string> Columns = [.. Required, "generated_datetime"];

    private readonly Dictionary<string, PrismConversation> _conversations = new(StringComparer.Ordinal);
    private readonly List<PrismConversation> _order = [];

    public void Read(SourceRow row)
    {
        Cell cell = row.Value;
        string user = Ids.Person(cell, "user_id");
        string id = cell["conversation_id"].Id("conversation_id") ?? throw new JsonShapeException("conversation_id", "there is none");
        int number = PrismCells.Turn(cell["turn"], "turn");
        string prompt = cell["user_prompt"].Text("user_prompt");
        var answer = new PrismAnswer(cell["model_response"].Text("model_response"), PrismCells.Score(cell["score"], "score"), cell["if_chosen"].Truth("if_chosen") ?? false);
        if (!_conversations.TryGetValue(id, out PrismConversation? conversation))
        {
            conversation = new(user, id, cell["generated_datetime"].Time("generated_datetime"), row.File, row.Number);
            _conversations.Add(id, conversation);
            _order.Add(conversation);
        }

        if (conversation.User != user)
        {
            throw new JsonShapeException("user_id", $"'{user}' is not whose conversation '{id}' is, which is '{conversation.User}'");
        }

        PrismTurn turn = conversation.Turn(number);
        turn.Prompt = turn.Prompt is null || turn.Prompt == prompt
            ? prompt
            : throw new JsonShapeException("user_prompt", "differs from that of the turn's other rows");
        turn.Answers.Add(answer);
    }

    public void Finish()
    {
        foreach (PrismConversation conversation in _order)
        {
            PrismPairs.Add(collector, conversation, minDifference);
        }
    }
}
