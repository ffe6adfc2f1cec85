using System.Globalization;
using SynthesizeMe.Benchmarking;

namespace SynthesizeMe.Cli;

/// <summary>Reads the data sets of a benchmark.</summary>
internal static class BenchmarkInput
{
    /// <summary>Reads files or directories, each a data set that is named after it, in whichever of the known schemas they are.</summary>
    /// <param name="paths">The files or directories.</param>
    /// <param name="skipBadLines">Whether lines that cannot be used are warned of and left out.</param>
    /// <param name="errors">Takes the warnings.</param>
    /// <param name="cancellationToken">Stops at once.</param>
    /// <exception cref="InputException">A file has no usable pair, or one that another has, too.</exception>
    /// <exception cref="PreferenceDataException">Lines cannot be used.</exception>
    /// <exception cref="DataSetException">A file is in none of these schemas, or damaged.</exception>
    public static async Task<IReadOnlyList<PreferenceDataSet>> ReadAsync(
        IReadOnlyList<string> paths, bool skipBadLines, ErrorReporter errors, CancellationToken cancellationToken)
    {
        var sets = new List<PreferenceDataSet>();
        var known = new Dictionary<(string User, string Pair), int>();
        foreach (string path in paths)
        {
            PreferenceDataSet set = await ReadAsync(path, skipBadLines, errors, cancellationToken);
            foreach (PreferencePair pair in set.Users.SelectMany(u => u.Pairs))
            {
                // A person who counts twice makes intervals narrower than they are.
                if (!known.TryAdd((pair.UserId, pair.Id), sets.Count) && known[(pair.UserId, pair.Id)] is var other && other < sets.Count)
                {
                    throw new InputException(paths[other] == path
                        ? $"{path} is named twice."
                        : $"{path} has a pair of {PreferenceInput.Name(pair.UserId)} that {paths[other]} has, too. Give each choice in one file.");
                }
            }

            string name = set.Name;
            for (int number = 2; sets.Any(s => s.Name == name); number++)
            {
                name = string.Create(CultureInfo.InvariantCulture, $"{set.Name} ({number})");
            }

            sets.Add(set with { Name = name });
        }

        return sets;
    }

    private static async Task<PreferenceDataSet> ReadAsync(string path, bool skipBadLines, ErrorReporter errors, CancellationToken cancellationToken)
    {
        PreferenceDataSet set = await PreferenceDataSets.ReadAsync(path, cancellationToken: cancellationToken);
        PreferenceInput.Require(path, set.Users.Sum(u => u.Pairs.Length), set.Problems, skipBadLines, errors);
        foreach (LeftOut left in set.LeftOut)
        {
            errors.Note($"{path}: {Figures.Count(left.Count)} left out: {left.Reason}");
        }

        return set;
    }
}
