using System.Collections.Immutable;
using System.Text;

namespace SynthesizeMe.Tests.Preferences;

public class LineTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    public async Task Lines_end_as_on_any_system(string end)
    {
        (IReadOnlyList<PreferencePair> pairs, ImmutableArray<PreferenceDataProblem> problems) =
            await Lines.ReadAsync(Lines.Line(item: 1) + end + Lines.Line(item: 2) + end);

        Assert.Empty(problems);
        Assert.Equal(["good 1", "good 2"], pairs.Select(p => p.Chosen));
    }

    [Fact]
    public async Task Blank_lines_are_skipped_and_counted()
    {
        (IReadOnlyList<PreferencePair> pairs, ImmutableArray<PreferenceDataProblem> problems) =
            await Lines.ReadAsync($"\n  \n{Lines.Line()}\n\t\n{{}}\n\n");

        Assert.Single(pairs);
        Assert.Equal(5, Assert.Single(problems).Line);
    }

    [Fact]
    public async Task An_empty_text_has_no_pairs_and_no_problems()
    {
        (IReadOnlyList<PreferencePair> pairs, ImmutableArray<PreferenceDataProblem> problems) = await Lines.ReadAsync("");

        Assert.Empty(pairs);
        Assert.Empty(problems);
    }

    [Fact]
    public async Task A_byte_order_mark_is_not_part_of_the_first_line()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder.File("marked.jsonl"), Lines.Line() + "\n", new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), Ct);

        Assert.Single(await PreferencePairs.ReadAsync(folder.File("marked.jsonl"), Ct));
    }

    [Fact]
    public async Task A_byte_order_mark_that_a_reader_passes_on_is_not_part_of_the_first_line() =>
        await Lines.ReadOneAsync("\uFEFF" + Lines.Line());

    [Fact]
    public async Task Text_of_any_script_is_read_as_written()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder.File("reader.jsonl"), Lines.Line().Replace("good 1", "日本 🙂 \\u00e9\\n", StringComparison.Ordinal), Ct);

        PreferencePair pair = Assert.Single(await PreferencePairs.ReadAsync(folder.File("reader.jsonl"), Ct));

        Assert.Equal("日本 🙂 é\n", pair.Chosen);
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_an_IO_error() =>
        await Assert.ThrowsAnyAsync<IOException>(() => PreferencePairs.ReadAsync("nowhere/reader.jsonl", Ct));
}
