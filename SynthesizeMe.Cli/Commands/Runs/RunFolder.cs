using SynthesizeMe.Optimizers;

namespace SynthesizeMe.Cli;

/// <summary>Finds the records of a folder.</summary>
internal static class RunFolder
{
    private const string Newest = "last";

    /// <summary>The paths of the records, the oldest first.</summary>
    /// <exception cref="InputException">There is no such folder.</exception>
    public static string[] Records(string folder)
    {
        if (!Directory.Exists(folder))
        {
            throw new InputException($"{folder}: there is no such folder. Check the path.");
        }

        IEnumerable<string> folders = Directory.EnumerateDirectories(folder)
            .Select(f => IsOfRecords(f) ? f : Path.Combine(f, RunOptions.FolderName))
            .Where(Directory.Exists)
            .Prepend(folder);
        return [.. folders.SelectMany(f => RunRecord.In(f)).OrderBy(Id, StringComparer.Ordinal).ThenBy(p => p, StringComparer.Ordinal)];
    }

    /// <summary>The record that an id, its beginning, or <c>last</c> names. The id is compared, and never becomes a path.</summary>
    /// <exception cref="InputException">It names none, or several.</exception>
    public static string Find(string folder, string id)
    {
        string[] paths = Records(folder);
        string[] found = id == Newest ? [.. paths.TakeLast(1)]
            : paths.Where(p => Id(p) == id).ToArray() is { Length: > 0 } exact ? exact
            : [.. paths.Where(p => Id(p).StartsWith(id, StringComparison.Ordinal))];
        return found.Length switch
        {
            1 => found[0],
            0 => throw new InputException($"{folder}: there is no run '{id}'. See: synthesizeme runs --in {folder}"),
            _ => throw new InputException($"{folder}: '{id}' fits {Figures.Count(found.Length, "run")}, such as {Id(found[0])} and {Id(found[1])}. Write more of the id, or name the folder that it is in."),
        };
    }

    private static string Id(string path) => Path.GetFileName(path)[..^RunWriter.Extension.Length];

    private static bool IsOfRecords(string folder) =>
        Path.GetFileName(folder) == RunOptions.FolderName || folder.EndsWith($".{RunOptions.FolderName}", StringComparison.Ordinal);
}
