using System.Collections.Immutable;

namespace SynthesizeMe.Benchmarking;

/// <summary>Reads PRISM's <c>survey.jsonl</c>: what people say of themselves. What somebody would rather not say, and free text, is left out.</summary>
internal static class PrismSurvey
{
    public const string FileName = "survey.jsonl";

    /// <summary>A column that only the survey has.</summary>
    public const string Telling = "lm_familiarity";

    private static readonly ImmutableArray<string> Plain =
        ["age", "gender", "employment_status", "education", "marital_status", "english_proficiency", "study_locale"];

    /// <summary>Columns whose answer was put into classes.</summary>
    private static readonly ImmutableArray<string> Classed = ["religion", "ethnicity"];

    private static readonly ImmutableArray<string> Places = ["birth_country", "reside_country"];

    private static readonly ImmutableHashSet<string> Columns = [.. Plain, .. Classed, "location", "user_id"];

    /// <summary>Reads the file.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static async Task ReadAsync(string file, PairCollector collector, CancellationToken cancellationToken)
    {
        JsonLinesSource source = await JsonLinesSource.OpenAsync(file, columns => columns.Contains(Telling), cancellationToken).ConfigureAwait(false);
        await foreach (SourceRow row in source.ReadAsync(Columns, cancellationToken).ConfigureAwait(false))
        {
            collector.Read(row, r => collector.Demographics[Ids.Person(r.Value, "user_id")] = Read(r.Value));
        }
    }

    private static ImmutableSortedDictionary<string, string> Read(Cell row)
    {
        ImmutableSortedDictionary<string, string>.Builder said = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (string column in Plain)
        {
            Add(column, row[column]);
        }

        foreach (string column in Classed)
        {
            Cell answer = row[column];
            Add(column, !answer.IsRecord ? answer : answer["simplified"].IsNull ? answer["categorised"] : answer["simplified"]);
        }

        foreach (string place in Places)
        {
            Add(place, row["location"][place]);
        }

        return said.ToImmutable();

        void Add(string name, Cell answer)
        {
            if (answer.Id(name) is { Length: > 0 } text && !text.Equals("prefer not to say", StringComparison.OrdinalIgnoreCase))
            {
                said[name] = text;
            }
        }
    }
}
