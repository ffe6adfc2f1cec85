using System.Collections.Immutable;

namespace SynthesizeMe.Benchmarking;

/// <summary>Tells schemas by their columns.</summary>
internal static class DataSchema
{
    private static readonly ImmutableHashSet<string> Pairs = ["context", "chosen", "rejected"];

    /// <summary>The schema of a file.</summary>
    /// <param name="source">The file.</param>
    /// <param name="wanted">The schema it is said to have.</param>
    /// <param name="parquet">Whether it is a Parquet file.</param>
    /// <exception cref="DataSetException">It has none of the schemas, or not that one.</exception>
    public static DataFormat Find(IRowSource source, DataFormat wanted, bool parquet)
    {
        ImmutableHashSet<string> columns = [.. source.Columns];
        if (columns.IsEmpty)
        {
            throw new DataSetException($"{source.File}: there is no row in it that can be read. Name a Parquet file, or JSON Lines with one object a line.");
        }

        if (columns.Contains(PrismSurvey.Telling))
        {
            throw new DataSetException($"{source.File}: is PRISM's survey, which holds no choices. Name conversations.jsonl, or the directory with both.");
        }

        DataFormat format = wanted == DataFormat.Auto ? Detect(columns, parquet) : wanted;
        if (format == DataFormat.Auto)
        {
            throw new DataSetException(
                $"{source.File}: the columns are those of no known schema: {Shown(source.Columns)}. Known are the product's own and PersonalRewardBench (user_id, context, chosen, rejected), "
                + "PRISM (conversation_history, or user_prompt with model_response and score), Chatbot Arena and MT-Bench (judge, winner, conversation_a, conversation_b).");
        }

        if (format == DataFormat.Pairs && parquet)
        {
            throw new DataSetException($"{source.File}: the product's own format is JSON Lines, but this is a Parquet file. Read it as {nameof(DataFormat.PersonalRewardBench)}, whose columns are the same.");
        }

        ImmutableArray<string> missing = [.. Required(format, columns).Except(columns).Order(StringComparer.Ordinal)];
        return missing.IsEmpty
            ? format
            : throw new DataSetException($"{source.File}: it is no {format} file, for it has no column {string.Join(", ", missing)}; it has {Shown(source.Columns)}. Name another format, or fetch the file again.");
    }

    /// <summary>The schema that has such columns; <see cref="DataFormat.Auto"/> for none.</summary>
    public static DataFormat Detect(ImmutableHashSet<string> columns, bool parquet)
    {
        if (columns.Contains("conversation_a"))
        {
            return columns.Overlaps(BattleReader.Telling) ? DataFormat.ChatbotArena : DataFormat.MtBench;
        }

        if (columns.Contains("conversation_history") || columns.Contains("model_response"))
        {
            return DataFormat.Prism;
        }

        return !columns.IsSupersetOf(Pairs) ? DataFormat.Auto
            : parquet || (columns.Overlaps(PersonalRewardBenchReader.Telling) && columns.IsSupersetOf(PersonalRewardBenchReader.Required)) ? DataFormat.PersonalRewardBench
            : DataFormat.Pairs;
    }

    private static ImmutableHashSet<string> Required(DataFormat format, ImmutableHashSet<string> columns) => format switch
    {
        DataFormat.Pairs => Pairs,
        DataFormat.PersonalRewardBench => PersonalRewardBenchReader.Required,
        DataFormat.Prism => columns.Contains("conversation_history") ? PrismConversationsReader.Required : PrismUtterancesReader.Required,
        _ => BattleReader.Required,
    };

    private static string Shown(ImmutableArray<string> columns) => string.Join(", ", columns.Take(12)) + (columns.Length > 12 ? ", …" : "");
}
