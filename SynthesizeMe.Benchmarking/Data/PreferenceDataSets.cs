using System.Collections.Immutable;

namespace SynthesizeMe.Benchmarking;

/// <summary>Reads published preference data in their own schemas, and the product's own; see <see cref="PublishedDataSet.All"/>.</summary>
public static class PreferenceDataSets
{
    private static readonly ImmutableArray<string> Extensions = [".parquet", ".jsonl", ".ndjson"];

    /// <summary>Reads a file, or the files of a directory, in an automatically detected schema.</summary>
    /// <param name="path">A Parquet or JSON Lines file, or a directory of such files as it was downloaded.</param>
    /// <param name="format">The schema; found out from the columns by default.</param>
    /// <param name="cancellationToken">Stops at once.</param>
    /// <inheritdoc cref="ReadAsync(string, DataSetOptions, CancellationToken)" path="/exception"/>
    public static Task<PreferenceDataSet> ReadAsync(string path, DataFormat format = DataFormat.Auto, CancellationToken cancellationToken = default) =>
        ReadAsync(path, new DataSetOptions { Format = format }, cancellationToken);

    /// <summary>Reads a file, or the files of a directory. Rows that cannot be used are <see cref="PreferenceDataSet.Problems"/>; the others are kept.</summary>
    /// <param name="path">A Parquet or JSON Lines file, or a directory of such files as it was downloaded.</param>
    /// <param name="options">How to read.</param>
    /// <param name="cancellationToken">Stops at once.</param>
    /// <returns>The set, named after the file or directory.</returns>
    /// <exception cref="DataSetException">There is no such file, it is damaged, or its columns are those of no known schema.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static async Task<PreferenceDataSet> ReadAsync(string path, DataSetOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfNegative(options.MinScoreDifference);
        var collector = new PairCollector();
        string[] files = Files(path);
        foreach (string file in files)
        {
            await ReadFileAsync(file, options, collector, cancellationToken).ConfigureAwait(false);
        }

        if (Survey(files, options) is { } survey)
        {
            await PrismSurvey.ReadAsync(survey, collector, cancellationToken).ConfigureAwait(false);
        }

        return collector.ToDataSet(Path.GetFileNameWithoutExtension(Path.TrimEndingDirectorySeparator(path)));
    }

    private static async Task ReadFileAsync(string file, DataSetOptions options, PairCollector collector, CancellationToken cancellationToken)
    {
        bool parquet = await ParquetSource.IsParquetAsync(file, cancellationToken).ConfigureAwait(false);
        IRowSource source = parquet
            ? await ParquetSource.OpenAsync(file, cancellationToken).ConfigureAwait(false)
            : await JsonLinesSource.OpenAsync(file, cancellationToken).ConfigureAwait(false);
        DataFormat format = DataSchema.Find(source, options.Format, parquet);
        switch (format)
        {
            case DataFormat.Pairs:
                (IReadOnlyList<PreferencePair> pairs, ImmutableArray<PreferenceDataProblem> problems) =
                    await PreferencePairs.ReadUsableAsync(file, cancellationToken).ConfigureAwait(false);
                collector.AddProblems(problems);
                foreach (PreferencePair pair in pairs)
                {
                    collector.Add(pair);
                }

                break;
            case DataFormat.PersonalRewardBench:
                await ReadRowsAsync(PersonalRewardBenchReader.Columns, new PersonalRewardBenchReader(collector).Read).ConfigureAwait(false);
                break;
            case DataFormat.Prism when source.Columns.Contains("conversation_history"):
                await ReadRowsAsync(PrismConversationsReader.Columns, new PrismConversationsReader(collector, options.MinScoreDifference).Read).ConfigureAwait(false);
                break;
            case DataFormat.Prism:
                var utterances = new PrismUtterancesReader(collector, options.MinScoreDifference);
                await ReadRowsAsync(PrismUtterancesReader.Columns, utterances.Read).ConfigureAwait(false);
                utterances.Finish();
                break;
            default:
                await ReadRowsAsync(BattleReader.Columns, new BattleReader(collector, options).Read).ConfigureAwait(false);
                break;
        }

        async Task ReadRowsAsync(IReadOnlySet<string> columns, Action<SourceRow> read)
        {
            await foreach (SourceRow row in source.ReadAsync(columns, cancellationToken).ConfigureAwait(false))
            {
                collector.Read(row, read);
            }
        }
    }

    /// <summary>The files to read, in the order of their names. PRISM holds the same choices twice; then one of the two is read.</summary>
    private static string[] Files(string path)
    {
        if (File.Exists(path))
        {
            return [path];
        }

        if (!Directory.Exists(path))
        {
            throw new DataSetException($"{path}: there is no such file or directory. Check the path, or fetch a data set first:\n{Catalogue()}");
        }

        string[] files = [.. Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories)
            .Where(f => Extensions.Contains(Path.GetExtension(f).ToLowerInvariant()))
            .Order(StringComparer.Ordinal)];
        string? prism = files.FirstOrDefault(f => Path.GetFileName(f) == "conversations.jsonl") ?? files.FirstOrDefault(f => Path.GetFileName(f) == "utterances.jsonl");
        string[] read = prism is not null ? [prism] : [.. files.Where(f => Path.GetFileName(f) != PrismSurvey.FileName)];
        return read.Length > 0
            ? read
            : throw new DataSetException($"{path}: there is no Parquet or JSON Lines file in it ({string.Join(", ", Extensions)}). Fetch a data set into it first:\n{Catalogue()}");
    }

    private static string Catalogue() => string.Join('\n', PublishedDataSet.All.Select(d => $"  {d}"));

    private static string? Survey(string[] files, DataSetOptions options)
    {
        if (options.SurveyPath is { } named)
        {
            return File.Exists(named) ? named : throw new DataSetException($"{named}: there is no such file. The survey is PRISM's {PrismSurvey.FileName}.");
        }

        string beside = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(files[0]))!, PrismSurvey.FileName);
        return File.Exists(beside) ? beside : null;
    }
}
