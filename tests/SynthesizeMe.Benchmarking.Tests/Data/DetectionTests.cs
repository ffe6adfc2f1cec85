namespace SynthesizeMe.Benchmarking.Tests;

public sealed class DetectionTests : IDisposable
{
    private const string Own =
        """{"context":[{"role":"user","content":"q"}],"chosen":{"role":"assistant","content":"a"},"rejected":{"role":"assistant","content":"b"},"note":"kept"}""";

    private readonly DataDirectory _data = new();

    public void Dispose() => _data.Dispose();

    [Fact]
    public async Task The_products_own_lines_keep_their_other_keys()
    {
        PreferenceDataSet set = await PreferenceDataSets.ReadAsync(_data.Text("own.jsonl", $"\uFEFF{Own}\r\n\r\n{{\"context\":[]}}\n"), cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal("kept", Assert.Single(set.Pairs).Extra["note"].GetString());
        Assert.Equal(3, Assert.Single(set.Problems).Line);
        Assert.Equal("own", set.Name);
    }

    [Fact]
    public async Task A_line_longer_than_the_buffer_is_read_whole()
    {
        string text = new('x', 300_000);
        string line = $$"""{"user_id":"u","agreement":1,"context":[{"role":"user","content":"q"}],"chosen":{"role":"model","content":"{{text}}"},"rejected":{"role":"model","content":"b"} }""";

        PreferenceDataSet set = await PreferenceDataSets.ReadAsync(_data.Text("long.jsonl", $"{line}\n{line}"), cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal([text, text], set.Pairs.Select(p => p.Chosen));
    }

    [Fact]
    public async Task What_is_not_there_says_where_to_fetch_it_and_under_which_licence()
    {
        DataSetException e = await FailAsync(Path.Combine(_data.Root, "nowhere"));

        Assert.StartsWith($"{Path.Combine(_data.Root, "nowhere")}: there is no such file or directory.", e.Message, StringComparison.Ordinal);
        Assert.All(PublishedDataSet.All, d => Assert.Contains($"{d.Address}; licence: {d.Licence}", e.Message, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("a.jsonl", "{\"text\":\"x\",\"label\":1}\n", "the columns are those of no known schema: text, label.")]
    [InlineData("b.jsonl", "[1,2]\n", "there is no row in it that can be read.")]
    [InlineData("c.jsonl", "", "there is no row in it that can be read.")]
    [InlineData("d.jsonl", "{\"user_id\":1,\"lm_familiarity\":\"x\"}\n", "is PRISM's survey, which holds no choices.")]
    [InlineData("e.parquet", "PAR1 and no more", "is not a whole Parquet file")]
    public async Task A_file_that_is_none_of_them_is_named_with_what_is_wrong(string name, string content, string problem)
    {
        DataSetException e = await FailAsync(_data.Text(name, content));

        Assert.Contains($"{name}: {problem}", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_format_that_was_named_must_be_the_files()
    {
        string file = _data.Text("own.jsonl", Own + "\n");

        DataSetException e = await Assert.ThrowsAsync<DataSetException>(
            () => PreferenceDataSets.ReadAsync(file, DataFormat.ChatbotArena, TestContext.Current.CancellationToken));

        Assert.Contains("it is no ChatbotArena file, for it has no column conversation_a, conversation_b, judge, winner; it has context, chosen, rejected, note", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_column_that_cannot_be_read_is_named()
    {
        string file = _data.Parquet("map.parquet", """
            SELECT 'u' user_id, MAP {'role': 'user'} context, {'content': 'a', 'role': 'model'} chosen, {'content': 'b', 'role': 'model'} rejected
            """);

        DataSetException e = await FailAsync(file);

        Assert.Contains("map.parquet: the column 'context' cannot be read (the type Map is not read).", e.Message, StringComparison.Ordinal);
    }

    private static Task<DataSetException> FailAsync(string path) =>
        Assert.ThrowsAsync<DataSetException>(() => PreferenceDataSets.ReadAsync(path, cancellationToken: TestContext.Current.CancellationToken));
}
