using System.Collections.Immutable;
using System.Globalization;

namespace SynthesizeMe.Cli;

/// <summary>Reads preference files and picks people from them.</summary>
internal static class PreferenceInput
{
    private const int MostWarnings = 10;
    private const int MostNamed = 5;

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="skipBadLines">Whether lines that cannot be used are warned of and left out.</param>
    /// <param name="errors">Takes the warnings.</param>
    /// <param name="cancellationToken">Stops at once.</param>
    /// <exception cref="InputException">There is no pair in it.</exception>
    /// <exception cref="PreferenceDataException">Lines cannot be used.</exception>
    public static async Task<IReadOnlyList<PreferencePair>> ReadAsync(string path, bool skipBadLines, ErrorReporter errors, CancellationToken cancellationToken)
    {
        if (Directory.Exists(path))
        {
            throw new InputException($"{path}: is a directory. Name a file of preference pairs.");
        }

        (IReadOnlyList<PreferencePair> pairs, ImmutableArray<PreferenceDataProblem> problems) =
            await PreferencePairs.ReadUsableAsync(path, cancellationToken);
        Require(path, pairs.Count, problems, skipBadLines, errors);
        return pairs;
    }

    /// <summary>Makes sure that there are pairs, and that nobody is surprised by what is left out.</summary>
    /// <param name="path">The file.</param>
    /// <param name="pairs">How many pairs can be used.</param>
    /// <param name="problems">The lines that cannot be used.</param>
    /// <param name="skipBadLines">Whether these are warned of and left out.</param>
    /// <param name="errors">Takes the warnings.</param>
    /// <exception cref="InputException">There is no pair.</exception>
    /// <exception cref="PreferenceDataException">Lines cannot be used.</exception>
    public static void Require(string path, int pairs, ImmutableArray<PreferenceDataProblem> problems, bool skipBadLines, ErrorReporter errors)
    {
        if (!problems.IsEmpty && !skipBadLines)
        {
            throw new PreferenceDataException(problems);
        }

        foreach (PreferenceDataProblem problem in problems.Take(MostWarnings))
        {
            errors.Warn($"{problem}");
        }

        if (!problems.IsEmpty)
        {
            errors.Warn(string.Create(CultureInfo.InvariantCulture, $"{path}: {problems.Length} of {problems.Length + pairs} lines are left out"));
        }

        if (pairs == 0)
        {
            throw new InputException($"{path}: there is no usable preference pair in it. Each line is one JSON object with context, chosen and rejected.");
        }
    }

    /// <summary>The pairs of each person, in the order of the file.</summary>
    public static PreferencePair[][] ByUser(IEnumerable<PreferencePair> pairs) =>
        [.. pairs.GroupBy(p => p.UserId, StringComparer.Ordinal).Select(g => g.ToArray())];

    /// <summary>The people that <c>--user</c> and <c>--all</c> pick.</summary>
    /// <exception cref="UsageException">There are several people, and nothing says which.</exception>
    /// <exception cref="InputException">The person is not in the file.</exception>
    public static PreferencePair[][] Pick(string path, IReadOnlyList<PreferencePair> pairs, string? user, bool all)
    {
        PreferencePair[][] people = ByUser(pairs);
        if (user is null)
        {
            return all || people.Length == 1 ? people : throw new UsageException(string.Create(
                CultureInfo.InvariantCulture,
                $"{path} has {people.Length} users ({Named(people.Select(p => p[0].UserId))}); pick one with --user ID, or fit each of them with --all"));
        }

        return [people.FirstOrDefault(p => p[0].UserId == user) ?? throw new InputException(Unknown(path, people, user))];
    }

    /// <summary>A few of the ids, and how many more there are.</summary>
    public static string Named(IEnumerable<string> users)
    {
        string[] ids = [.. users];
        string shown = string.Join(", ", ids.Take(MostNamed).Select(Name));
        return ids.Length <= MostNamed ? shown : string.Create(CultureInfo.InvariantCulture, $"{shown} and {ids.Length - MostNamed} more");
    }

    /// <summary>What to call a person; the data may have no id for their only one.</summary>
    public static string Name(string userId) => userId.Length == 0 ? "(no user_id)" : userId;

    private static string Unknown(string path, PreferencePair[][] people, string user)
    {
        string[] ids = [.. people.Select(p => p[0].UserId)];
        string[] near = [.. ids
            .Select(id => (Id: id, Distance: EditDistance(id, user)))
            .Where(c => c.Distance <= Math.Max(1, user.Length / 3))
            .OrderBy(c => c.Distance)
            .Take(3)
            .Select(c => c.Id)];
        string hint = near.Length > 0 ? $"Did you mean {string.Join(" or ", near)}?" : $"The file has {Named(ids)}.";
        return $"{path}: there is no user '{user}'. {hint}";
    }

    /// <summary>How many characters must be put in, taken out or changed, upper and lower case being the same (Levenshtein, 1966).</summary>
    private static int EditDistance(string left, string right)
    {
        int[] previous = [.. Enumerable.Range(0, right.Length + 1)];
        for (int i = 0; i < left.Length; i++)
        {
            int[] current = new int[right.Length + 1];
            current[0] = i + 1;
            for (int j = 0; j < right.Length; j++)
            {
                int change = char.ToUpperInvariant(left[i]) == char.ToUpperInvariant(right[j]) ? 0 : 1;
                current[j + 1] = Math.Min(previous[j] + change, Math.Min(previous[j + 1], current[j]) + 1);
            }

            previous = current;
        }

        return previous[^1];
    }
}
