using System.Collections.Immutable;
using Microsoft.Extensions.AI;
using SynthesizeMe.Signatures;

namespace SynthesizeMe.Benchmarking;

/// <summary>
/// Battles of two models: <c>conversation_a</c>, <c>conversation_b</c>, <c>winner</c> (<c>model_a</c>, <c>model_b</c>, <c>tie</c> or
/// <c>tie (bothbad)</c>) and <c>judge</c>, who is the person. In Chatbot Arena <c>question_id</c> is one battle, in MT-Bench one question for all.
/// </summary>
internal sealed class BattleReader(PairCollector collector, DataSetOptions options)
{
    /// <summary>The columns that must be there.</summary>
    public static readonly ImmutableHashSet<string> Required = ["judge", "winner", "conversation_a", "conversation_b"];

    /// <summary>The columns that are read.</summary>
    public static readonly ImmutableHashSet<string> Columns = [.. Required, "question_id", "turn", "tstamp"];

    /// <summary>Columns by which Chatbot Arena is told from MT-Bench.</summary>
    public static readonly ImmutableHashSet<string> Telling = ["tstamp", "anony", "language", "toxic_chat_tag"];

    /// <summary>Reads a row.</summary>
    /// <exception cref="JsonShapeException">It cannot be used.</exception>
    public void Read(SourceRow row)
    {
        Cell cell = row.Value;
        string judge = Ids.Person(cell, "judge");
        if (judge.StartsWith("gpt", StringComparison.OrdinalIgnoreCase))
        {
            collector.LeaveOut("judged by a model");
            return;
        }

        string winner = cell["winner"].Text("winner");
        if (winner is "tie" or "tie (bothbad)" or "both_bad")
        {
            collector.LeaveOut("a tie");
            return;
        }

        if (winner is not ("model_a" or "model_b"))
        {
            throw new JsonShapeException("winner", $"'{winner}' is none of 'model_a', 'model_b', 'tie' and 'tie (bothbad)'");
        }

        int turns = (int)(cell["turn"].Number("turn") ?? int.MaxValue);
        Turn[] a = Judged(Turns.ReadAll(cell["conversation_a"], "conversation_a"), "conversation_a", turns);
        Turn[] b = Judged(Turns.ReadAll(cell["conversation_b"], "conversation_b"), "conversation_b", turns);
        int common = Common(a, b);
        if (common == 0)
        {
            throw new JsonShapeException("conversation_b", "does not begin with the message that conversation_a begins with");
        }

        if (options.Parted == PartedConversations.LeaveOut && (a.Length > common + 1 || b.Length > common + 1))
        {
            collector.LeaveOut("the conversations part before their last answer");
            return;
        }

        (string left, string right) = (Rest(a, common), Rest(b, common));
        collector.Add(new PreferencePair(new Conversation(a[..common]), winner == "model_a" ? left : right, winner == "model_a" ? right : left)
        {
            UserId = judge,
            ConversationId = cell["question_id"].Id("question_id")!,
            Timestamp = cell["tstamp"].Time("tstamp"),
        });
    }

    /// <summary>The messages up to the answer that was judged.</summary>
    private static Turn[] Judged(Turn[] conversation, string place, int turns)
    {
        int asked = 0;
        int end = 0;
        while (end < conversation.Length && (conversation[end].Role != ChatRole.User || asked++ < turns))
        {
            end++;
        }

        return end > 0 && conversation[end - 1].Role == ChatRole.Assistant
            ? conversation[..end]
            : throw new JsonShapeException(place, "does not end with an answer of the assistant");
    }

    /// <summary>How many messages both share before the first answer that differs, up to a message of the user; the last answer is never among them.</summary>
    private static int Common(Turn[] a, Turn[] b)
    {
        int equal = 0;
        int common = 0;
        while (equal < a.Length - 1 && equal < b.Length - 1 && a[equal].Equals(b[equal]))
        {
            equal++;
            common = a[equal - 1].Role == ChatRole.User ? equal : common;
        }

        return common;
    }

    private static string Rest(Turn[] conversation, int common) =>
        conversation.Length == common + 1 ? conversation[common].Text : new Conversation(conversation[common..]).ToString();
}
