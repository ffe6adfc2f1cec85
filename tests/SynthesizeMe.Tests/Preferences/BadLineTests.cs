using System.Collections.Immutable;
using SynthesizeMe.Testing;

namespace SynthesizeMe.Tests.Preferences;

public class BadLineTests
{
    private const string Sound =
        """{"user_id": "ann", "context": [{"role": "user", "content": "q"}], "chosen": {"role": "assistant", "content": "a"}, "rejected": {"role": "assistant", "content": "b"}}""";

    /// <summary>What is wrong with a line, and the line.</summary>
    public static TheoryData<string, string> Bad => new()
    {
        { "bad JSON", "{\"user_id\": \"ann\", }" },
        { "half a line", Sound[..60] },
        { "two objects in a line", Sound + Sound },
        { "not an object", "[1, 2]" },
        { "no context", Sound.Replace("context", "contexts", StringComparison.Ordinal) },
        { "no chosen", Sound.Replace("chosen", "picked", StringComparison.Ordinal) },
        { "no rejected", Sound.Replace("rejected", "other", StringComparison.Ordinal) },
        { "chosen is null", Sound.Replace("{\"role\": \"assistant\", \"content\": \"a\"}", "null", StringComparison.Ordinal) },
        { "chosen is a string", Sound.Replace("{\"role\": \"assistant\", \"content\": \"a\"}", "\"a\"", StringComparison.Ordinal) },
        { "context is a string", Sound.Replace("[{\"role\": \"user\", \"content\": \"q\"}]", "\"q\"", StringComparison.Ordinal) },
        { "a turn is a string", Sound.Replace("{\"role\": \"user\", \"content\": \"q\"}", "\"q\"", StringComparison.Ordinal) },
        { "a turn without content", Sound.Replace(", \"content\": \"q\"", "", StringComparison.Ordinal) },
        { "a turn without role", Sound.Replace("\"role\": \"user\", ", "", StringComparison.Ordinal) },
        { "content is a number", Sound.Replace("\"a\"", "1", StringComparison.Ordinal) },
        { "content has half a surrogate pair", Sound.Replace("\"a\"", "\"\\ud83d\"", StringComparison.Ordinal) },
        { "another key has half a surrogate pair", Sound.Replace("{\"user_id\"", "{\"note\": [{\"x\": \"\\ud83d\"}], \"user_id\"", StringComparison.Ordinal) },
        { "the same texts", Sound.Replace("\"b\"", "\"a\"", StringComparison.Ordinal) },
        { "unknown role", Sound.Replace("\"user\"", "\"human\"", StringComparison.Ordinal) },
        { "a completion of the user", Sound.Replace("{\"role\": \"assistant\", \"content\": \"b\"}", "{\"role\": \"user\", \"content\": \"b\"}", StringComparison.Ordinal) },
        { "user id is a list", Sound.Replace("\"ann\"", "[\"ann\"]", StringComparison.Ordinal) },
        { "bad split", Sound.Replace("{\"user_id\"", "{\"split\": \"dev\", \"user_id\"", StringComparison.Ordinal) },
        { "bad timestamp", Sound.Replace("{\"user_id\"", "{\"timestamp\": \"yesterday\", \"user_id\"", StringComparison.Ordinal) },
        { "timestamp without a date", Sound.Replace("{\"user_id\"", "{\"timestamp\": \"10:30\", \"user_id\"", StringComparison.Ordinal) },
        { "timestamp is a number", Sound.Replace("{\"user_id\"", "{\"timestamp\": 1.5, \"user_id\"", StringComparison.Ordinal) },
        { "a key has half a surrogate pair", Sound.Replace("{\"user_id\"", "{\"\\ud83d\": 1, \"user_id\"", StringComparison.Ordinal) },
    };

    [Theory]
    [MemberData(nameof(Bad))]
    public async Task A_bad_line_is_named_with_file_line_and_reason(string problem, string line)
    {
        PreferenceDataProblem found = await Lines.RefuseAsync("\n" + line);

        Assert.Equal((Lines.File, 2), (found.File, found.Line));
        Snapshot.Match(found.ToString(), problem.Replace(' ', '-'));
    }

    [Fact]
    public async Task The_usable_lines_are_kept_beside_the_bad_ones()
    {
        (IReadOnlyList<PreferencePair> pairs, ImmutableArray<PreferenceDataProblem> problems) =
            await Lines.ReadAsync($"{Lines.Line(item: 1)}\nnot JSON\n{Lines.Line(item: 2)}\n{{}}\n{Lines.Line(item: 3)}");

        Assert.Equal(["good 1", "good 2", "good 3"], pairs.Select(p => p.Chosen));
        Assert.Equal([2, 4], problems.Select(p => p.Line));
    }

    [Fact]
    public async Task Where_every_line_must_be_usable_one_exception_names_all_bad_ones()
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("reader.jsonl");
        await File.WriteAllTextAsync(path, $"not JSON\n{Lines.Line()}\n{{}}", TestContext.Current.CancellationToken);

        var e = await Assert.ThrowsAsync<PreferenceDataException>(() => PreferencePairs.ReadAsync(path, TestContext.Current.CancellationToken));

        Assert.Equal([1, 3], e.Problems.Select(p => p.Line));
        Assert.Equal(
            $"{path}(1): not valid JSON at byte 2; each line is one JSON object\n{path}(3): the property 'context' is missing",
            e.Message);
    }

    [Fact]
    public void Ten_bad_lines_are_all_shown() => Snapshot.Match(new PreferenceDataException(Problems(10)).Message);

    [Fact]
    public void More_than_ten_bad_lines_are_summarised()
    {
        var e = new PreferenceDataException(Problems(25));

        Assert.Equal(25, e.Problems.Length);
        Snapshot.Match(e.Message);
    }

    private static ImmutableArray<PreferenceDataProblem> Problems(int count) =>
        [.. Enumerable.Range(1, count).Select(i => new PreferenceDataProblem(Lines.File, i, "the property 'chosen' is missing"))];
}
