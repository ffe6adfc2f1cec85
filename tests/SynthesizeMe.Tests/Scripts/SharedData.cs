namespace SynthesizeMe.Tests;

/// <summary>The real preferences that lie beside the project: <c>../shared/data</c>.</summary>
internal static class SharedData
{
    /// <summary>The pairs of a file; where it is absent, the test is skipped.</summary>
    public static async Task<IReadOnlyList<PreferencePair>> ReadAsync(string name)
    {
        string? path = Folders()
            .Select(f => Path.Combine(f, "shared", "data", name))
            .FirstOrDefault(File.Exists);
        Assert.SkipWhen(path is null, $"The real preferences are absent: no ../shared/data/{name} beside the project or above it.");
        return await PreferencePairs.ReadAsync(path!, TestContext.Current.CancellationToken);
    }

    private static IEnumerable<string> Folders()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            yield return folder.FullName;
        }
    }
}
