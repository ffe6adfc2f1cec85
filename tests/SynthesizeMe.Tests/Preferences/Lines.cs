using System.Collections.Immutable;

namespace SynthesizeMe.Tests.Preferences;

/// <summary>Preference data as text.</summary>
internal static class Lines
{
    public const string File = "reader.jsonl";

    /// <summary>A line with the required keys, and what else is given: <c>"user_id": "ann"</c>.</summary>
    public static string Line(string? more = null, int item = 1) =>
        $$"""{"context": [{"role": "user", "content": "question {{item}}"}], "chosen": {"role": "assistant", "content": "good {{item}}"}, "rejected": {"role": "assistant", "content": "bad {{item}}"}{{(more is null ? "" : ", " + more)}}}""";

    public static async Task<(IReadOnlyList<PreferencePair> Pairs, ImmutableArray<PreferenceDataProblem> Problems)> ReadAsync(string text) =>
        await PreferencePairs.ReadUsableAsync(new StringReader(text), File, TestContext.Current.CancellationToken);

    /// <summary>The pair of a text with one usable line.</summary>
    public static async Task<PreferencePair> ReadOneAsync(string text)
    {
        (IReadOnlyList<PreferencePair> pairs, ImmutableArray<PreferenceDataProblem> problems) = await ReadAsync(text);
        Assert.Empty(problems);
        return Assert.Single(pairs);
    }

    /// <summary>The problem of a text with one line that cannot be used.</summary>
    public static async Task<PreferenceDataProblem> RefuseAsync(string text)
    {
        (IReadOnlyList<PreferencePair> pairs, ImmutableArray<PreferenceDataProblem> problems) = await ReadAsync(text);
        Assert.Empty(pairs);
        return Assert.Single(problems);
    }
}
