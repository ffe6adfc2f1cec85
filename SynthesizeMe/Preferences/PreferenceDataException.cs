using System.Collections.Immutable;
using System.Globalization;

namespace SynthesizeMe;

/// <summary>A line of preference data that cannot be used.</summary>
/// <param name="File">The file.</param>
/// <param name="Line">The line, counted from 1.</param>
/// <param name="Reason">What is wrong, and what to do about it.</param>
public sealed record PreferenceDataProblem(string File, int Line, string Reason)
{
    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{File}({Line}): {Reason}");
}

/// <summary>Preference data have lines that cannot be used.</summary>
/// <param name="problems">The lines, in order.</param>
public sealed class PreferenceDataException(ImmutableArray<PreferenceDataProblem> problems)
    : Exception(Describe(problems))
{
    private const int MostShown = 10;

    /// <summary>The lines, in order.</summary>
    public ImmutableArray<PreferenceDataProblem> Problems { get; } = problems;

    private static string Describe(ImmutableArray<PreferenceDataProblem> problems)
    {
        string shown = string.Join('\n', problems.Take(MostShown));
        return problems.Length <= MostShown
            ? shown
            : string.Create(CultureInfo.InvariantCulture, $"{shown}\n… and {problems.Length - MostShown} more such lines");
    }
}
