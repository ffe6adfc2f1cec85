using System.Collections.Immutable;

namespace SynthesizeMe.Benchmarking;

/// <summary>Reads published preference data in their own schemas, and the product's own; see <see cref="PublishedDataSet.All"/>.</summary>
public static class PreferenceDataSets
{
    /// <summary>The files of PRISM with choices, the one to prefer first.</summary>
    private static readonly ImmutableArray<string> Prism = ["conversations.jsonl", "utterances.jsonl"];

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
        string[] files = await FilesAsync(path, cancellationToken).ConfigureAwait(false);

        // One file alone may be called test.jsonl because it is somebody's first try.
        bool areSplits = files.Select(DataSplits.OfName).OfType<DataSplit>().Distinct().Count() > 1;
        foreach (string file in files)
        {
            await ReadFileAsync(file, options, collector, areSplits, files.Length > 1, cancellationToken).ConfigureAwait(false);
        }

        if (await SurveyAsync(files, options, cancellationToken).ConfigureAwait(false) is { } survey)
        {
            await PrismSurvey.ReadAsync(survey, collector, cancellationToken).ConfigureAwait(false);
        }

        return collector.ToDataSet(Path.GetFileNameWithoutExtension(Path.TrimEndingDirectorySeparator(path)));
    }

    private static async Task ReadFileAsync(
        string file, DataSetOptions options, PairCollector collector, bool isSplit, bool isOneOfSeveral, CancellationToken cancellationToken)
    {
        bool parquet = await ParquetSource.IsParquetAsync(file, cancellationToken).ConfigureAwait(false);
        IRowSource source = parquet
            ? await ParquetSource.OpenAsync(file, cancellationToken).ConfigureAwait(false)
            : await JsonLinesAsync(file, cancellationToken).ConfigureAwait(false);
        if (isOneOfSeveral && (source is JsonLinesSource { HasLines: false } || source.Columns.Contains(PrismSurvey.Telling)))
        {
            return;
        }

        DataFormat format = DataSchema.Find(source, options.Format, parquet);
        switch (format)
        {
            case DataFormat.Pairs:
                (IReadOnlyList<PreferencePair> pairs, ImmutableArray<PreferenceDataProblem> problems) =
                    await PreferencePairs.ReadUsableAsync(file, cancellationToken).ConfigureAwait(false);
                collector.AddProblems(problems);
                DataSplit? split = isSplit ? DataSplits.OfName(file) : null;
                foreach (PreferencePair pair in pairs)
                {
                    collector.Add(pair, split);
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

    private static Task<JsonLinesSource> JsonLinesAsync(string file, CancellationToken cancellationToken) =>
        JsonLinesSource.OpenAsync(file, columns => DataSchema.Detect(columns, parquet: false) != DataFormat.Auto || columns.Contains(PrismSurvey.Telling), cancellationToken);

    /// <summary>The files to read: those to train on before those to test on, else in the order of their names.</summary>
    private static async Task<string[]> FilesAsync(string path, CancellationToken cancellationToken)
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
            .Where(f => DataFiles.IsData(f) && !IsPassedOver(path, f))
            .OrderBy(DataSplits.OfName)
            .ThenBy(f => f, StringComparer.Ordinal)];
        if (files.Length == 0)
        {
            throw new DataSetException($"{path}: there is no Parquet or JSON Lines file in it ({string.Join(", ", DataFiles.Extensions)}). Fetch a data set into it first:\n{Catalogue()}");
        }

        // PRISM holds the same choices twice, beside files without choices: one is read, and nothing else.
        foreach (string file in Prism.SelectMany(name => files.Where(f => Path.GetFileName(f) == name)))
        {
            JsonLinesSource source = await JsonLinesAsync(file, cancellationToken).ConfigureAwait(false);
            if (DataSchema.Detect([.. source.Columns], parquet: false) == DataFormat.Prism)
            {
                return [file];
            }
        }

        return files;
    }

    /// <summary>What is hidden, or was left by an archive of a Mac, or is the output of a benchmark, is no data.</summary>
    private static bool IsPassedOver(string root, string file) =>
        Path.GetRelativePath(root, file).Split(Path.DirectorySeparatorChar).Any(part => part.StartsWith('.') || part == "__MACOSX")
        || File.Exists(Path.Combine(Path.GetDirectoryName(file)!, BenchmarkRun.RunFile));

    private static string Catalogue() => string.Join('\n', PublishedDataSet.All.Select(d => $"  {d}"));

    private static async Task<string?> SurveyAsync(string[] files, DataSetOptions options, CancellationToken cancellationToken)
    {
        if (options.SurveyPath is { } named)
        {
            return File.Exists(named) ? named : throw new DataSetException($"{named}: there is no such file. The survey is PRISM's {PrismSurvey.FileName}.");
        }

        foreach (string folder in files.Select(f => Path.GetDirectoryName(Path.GetFullPath(f))!).Distinct(StringComparer.Ordinal))
        {
            string beside = Path.Combine(folder, PrismSurvey.FileName);
            if (File.Exists(beside) && (await JsonLinesAsync(beside, cancellationToken).ConfigureAwait(false)).Columns.Contains(PrismSurvey.Telling))
            {
                return beside;
            }
        }

        return null;
    }
}
