using System.Collections.Immutable;
using SynthesizeMe.Signatures;

namespace SynthesizeMe.Benchmarking;

/// <summary>
/// PersonalRewardBench: <c>conversation_id</c>, <c>user_id</c>, <c>context</c>, <c>chosen</c>, <c>rejected</c> and <c>split</c>. The other columns, which
/// are the ratings and the judges' answers that the set was curated by, are not read.
/// </summary>
internal sealed class PersonalRewardBenchReader(PairCollector collector)
{
    /// <summary>The columns that must be there.</summary>
    public static readonly ImmutableHashSet<string> Required = ["user_id", "context", "chosen", "rejected"];

    /// <summary>Columns by which the set is told from the product's own format, none of which curation writes.</summary>
    public static readonly ImmutableHashSet<string> Telling =
        ["query_reasoning", "personalizable_query", "response_reasoning", "personalizable_responses", "chosen_score"];

    /// <summary>The columns that are read.</summary>
    public static readonly ImmutableHashSet<string> Columns = [.. Required, "conversation_id", "split", "timestamp"];

    /// <summary>Reads a row.</summary>
    /// <exception cref="JsonShapeException">It cannot be used.</exception>
    public void Read(SourceRow row)
    {
        Cell cell = row.Value;
        collector.Add(new PreferencePair(
            new Conversation(Turns.ReadAll(cell["context"], "context")),
            Turns.ReadCompletion(cell["chosen"], "chosen"),
            Turns.ReadCompletion(cell["rejected"], "rejected"))
        {
            UserId = Ids.Person(cell, "user_id"),
            ConversationId = cell["conversation_id"].Id("conversation_id")!,
            Split = Split(cell["split"]) ?? DataSplits.OfName(row.File),
            Timestamp = cell["timestamp"].Time("timestamp"),
        });
    }

    private static DataSplit? Split(Cell cell) => cell.Id("split") is { } named
        ? DataSplits.Of(named) ?? throw new JsonShapeException("split", $"'{named}' is not a split; use 'train', 'val' or 'test'")
        : null;
}

/// <summary>Reads the ids of people.</summary>
internal static class Ids
{
    /// <summary>Whose choice it is.</summary>
    /// <exception cref="JsonShapeException">Nobody's.</exception>
    public static string Person(Cell row, string column) =>
        row[column].Id(column) is { Length: > 0 } id ? id : throw new JsonShapeException(column, "there is none, so that it is not known whose choice this is");
}
