using System.Globalization;
using SynthesizeMe.Benchmarking;

namespace SynthesizeMe.Cli;

/// <summary>Reads data sets in any schema that is known.</summary>
internal static class DataSetInput
{
    private const int MostWarnings = 10;

    /// <summary>Reads a file or directory, and tells what was left out.</summary>
    /// <param name="path">The file or directory.</param>
    /// <param name="options">How to read it.</param>
    /// <param name="skipBadLines">Whether rows that cannot be used are warned of and left out.</param>
    /// <param name="errors">Takes the warnings.</param>
    /// <param name="cancellationToken">Stops at once.</param>
    /// <exception cref="DataSetException">It is not there, or in no known schema.</exception>
    /// <exception cref="InputException">There is no pair in it.</exception>
    /// <exception cref="PreferenceDataException">Rows cannot be used.</exception>
    public static async Task<PreferenceDataSet> ReadAsync(
        string path, DataSetOptions options, bool skipBadLines, ErrorReporter errors, CancellationToken cancellationToken)
    {
        PreferenceDataSet set = await PreferenceDataSets.ReadAsync(path, options, cancellationToken);
        if (!set.Problems.IsEmpty && !skipBadLines)
        {
            throw new PreferenceDataException(set.Problems);
        }

        foreach (PreferenceDataProblem problem in set.Problems.Take(MostWarnings))
        {
            errors.Warn($"{problem}");
        }

        if (!set.Problems.IsEmpty)
        {
            errors.Warn(string.Create(CultureInfo.InvariantCulture, $"{path}: {set.Problems.Length} rows that cannot be used are left out"));
        }

        foreach (LeftOut left in set.LeftOut)
        {
            errors.Note($"{path}: {Figures.Count(left.Count)} left out: {left.Reason}");
        }

        return set.Users.Length > 0 ? set : throw new InputException($"{path}: there is no usable preference pair in it.");
    }
}
