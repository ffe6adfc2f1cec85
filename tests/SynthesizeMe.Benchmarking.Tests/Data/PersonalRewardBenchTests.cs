using SynthesizeMe.Signatures;

namespace SynthesizeMe.Benchmarking.Tests;

public sealed class PersonalRewardBenchTests : IDisposable
{
    private const string Context = "[{'content': 'Family value', 'role': 'user'}]";

    private readonly DataDirectory _data = new();

    public void Dispose() => _data.Dispose();

    [Theory]
    [InlineData("")]
    [InlineData(", COMPRESSION zstd")]
    [InlineData(", COMPRESSION uncompressed, PARQUET_VERSION v2")]
    public async Task A_row_of_parquet_is_a_pair_whatever_the_encoding(string options)
    {
        string file = _data.Parquet("data/train-00000-of-00001.parquet", $$"""
            SELECT 'c2956' conversation_id, 'user549' user_id, {{Context}} context, {'content': 'Honesty.', 'role': 'model'} chosen,
              {'content': 'Control.', 'role': 'model'} rejected, 1 turns, 'values guided' "type", 'val' split, 90.0 chosen_score, true flip,
              'yes' personalizable_query, {'a': {'b': true} } reasoning, {'gemini': 0.5} agreement
            """, options);

        PreferenceDataSet set = await PreferenceDataSets.ReadAsync(file, cancellationToken: TestContext.Current.CancellationToken);

        PreferencePair pair = Assert.Single(Assert.Single(set.Users).Pairs);
        Assert.Equal("user549", pair.UserId);
        Assert.Equal("c2956", pair.ConversationId);
        Assert.Equal(Conversation.FromUser("Family value"), pair.Context);
        Assert.Equal(("Honesty.", "Control."), (pair.Chosen, pair.Rejected));
        Assert.Equal(DataSplit.Validation, pair.Split);
        Assert.Empty(set.Problems);
    }

    [Fact]
    public async Task Ids_that_are_numbers_stay_text()
    {
        string file = _data.Parquet("x.parquet", $$"""
            SELECT 9007199254740993::BIGINT user_id, 12.0::DOUBLE conversation_id, {{Context}} context,
              {'content': 'a', 'role': 'assistant'} chosen, {'content': 'b', 'role': 'assistant'} rejected, 'train' split
            """);

        PreferencePair pair = Assert.Single((await ReadAsync(file)).Pairs);

        Assert.Equal(("9007199254740993", "12"), (pair.UserId, pair.ConversationId));
    }

    [Fact]
    public async Task Odd_rows_are_problems_with_file_row_and_column_and_good_rows_are_kept()
    {
        string file = _data.Parquet("odd.parquet", """
            SELECT * FROM (VALUES
              ('u', [{'content': 'q', 'role': 'user'}], {'content': 'a', 'role': 'model'}, {'content': 'b', 'role': 'model'}, 'train'),
              (NULL, [{'content': 'q', 'role': 'user'}], {'content': 'a', 'role': 'model'}, {'content': 'b', 'role': 'model'}, 'train'),
              ('u', NULL, {'content': 'a', 'role': 'model'}, {'content': 'b', 'role': 'model'}, 'train'),
              ('u', [{'content': NULL, 'role': 'user'}], {'content': 'a', 'role': 'model'}, {'content': 'b', 'role': 'model'}, 'train'),
              ('u', [NULL], {'content': 'a', 'role': 'model'}, {'content': 'b', 'role': 'model'}, 'train'),
              ('u', [{'content': 'q', 'role': 'user'}], NULL, {'content': 'b', 'role': 'model'}, 'train'),
              ('u', [{'content': 'q', 'role': 'user'}], {'content': 'a', 'role': 'user'}, {'content': 'b', 'role': 'model'}, 'train'),
              ('u', [{'content': 'q', 'role': 'robot'}], {'content': 'a', 'role': 'model'}, {'content': 'b', 'role': 'model'}, 'train'),
              ('u', [{'content': 'q', 'role': 'user'}], {'content': 'a', 'role': 'model'}, {'content': 'b', 'role': 'model'}, 'dev'),
              ('u', [{'content': 'q', 'role': 'user'}], {'content': 'a', 'role': 'model'}, {'content': 'a', 'role': 'model'}, 'train'),
              ('', [{'content': 'q', 'role': 'user'}], {'content': 'a', 'role': 'model'}, {'content': 'b', 'role': 'model'}, 'train'),
              ('u', [], {'content': 'a', 'role': 'model'}, {'content': '', 'role': 'model'}, NULL),
              ('u', [{'content': 'q', 'role': 'user'}, {'content': 'r', 'role': 'model'}, {'content': 's', 'role': 'user'}],
                {'content': 'ä\n', 'role': 'model'}, {'content': 'b', 'role': 'model'}, 'test')
            ) t(user_id, context, chosen, rejected, split)
            """);

        PreferenceDataSet set = await ReadAsync(file);

        Assert.Equal(["a", "a", "ä\\n"], set.Pairs.Select(p => p.Chosen));
        Assert.Equal([1, 0, 3], set.Pairs.Select(p => p.Context.Turns.Length));
        Assert.Equal([DataSplit.Train, null, DataSplit.Test], set.Pairs.Select(p => p.Split));
        Assert.Equal([new LeftOut("both completions are the same", 1)], set.LeftOut);
        Assert.All(set.Problems, p => Assert.Equal(file, p.File));
        Assert.Equal(
            """
            2: user_id: there is none, so that it is not known whose choice this is
            3: context: there is none; a list is needed
            4: context[0].content: there is none; text is needed
            5: context[0]: there is none; a record of role and content is needed
            6: chosen: there is none; a record of role and content is needed
            7: chosen.role: a completion is the assistant's, but the role is 'user'
            8: context[0].role: 'robot' is not a role; use 'user', 'assistant', 'model' or 'system'
            9: split: 'dev' is not a split; use 'train', 'val' or 'test'
            11: user_id: there is none, so that it is not known whose choice this is
            """,
            string.Join('\n', set.Problems.Select(p => $"{p.Line}: {p.Reason}")));
    }

    [Fact]
    public async Task Rows_keep_their_numbers_across_row_groups()
    {
        string file = _data.Parquet("many.parquet", """
            SELECT 'u' || (i % 7) user_id, [{'content': 'q' || i, 'role': 'user'}] context,
              CASE WHEN i = 19999 THEN NULL ELSE {'content': 'a' || i, 'role': 'model'} END chosen, {'content': 'b', 'role': 'model'} rejected
            FROM range(20000) r(i)
            """, ", ROW_GROUP_SIZE 4096");

        PreferenceDataSet set = await ReadAsync(file);

        Assert.Equal(7, set.Users.Length);
        Assert.Equal(19999, set.Pairs.Count());
        Assert.Equal(20000, Assert.Single(set.Problems).Line);
        Assert.Equal(Enumerable.Range(0, 19999).Where(i => i % 7 == 3).Select(i => ($"a{i}", $"q{i}")), set.Users[3].Pairs.Select(p => (p.Chosen, p.Context.Turns[0].Text)));
    }

    [Fact]
    public async Task A_directory_is_read_file_by_file_and_the_names_give_the_split_where_no_column_does()
    {
        foreach (string split in (string[])["train", "val", "test"])
        {
            _data.Parquet($"set/data/{split}-00000-of-00001.parquet", $$"""
                SELECT 'u' user_id, [{'content': '{{split}}', 'role': 'user'}] context, [{'content': 'a', 'role': 'model'}] chosen, [{'content': 'b', 'role': 'model'}] rejected
                """);
        }

        _data.Text("set/README.md", "The card.");

        PreferenceDataSet set = await ReadAsync(Path.Combine(_data.Root, "set"));

        Assert.Equal("set", set.Name);
        Assert.Equal([DataSplit.Train, DataSplit.Validation, DataSplit.Test], set.Pairs.Select(p => p.Split));
    }

    [Fact]
    public async Task Json_lines_with_columns_of_the_curation_are_read_without_them()
    {
        string file = _data.Text("prism.jsonl", """
            {"user_id":"u","conversation_id":7,"context":[{"role":"user","content":"q"}],"chosen":{"role":"model","content":"a"},"rejected":{"role":"model","content":"b"},"agreement":0.4}
            {"user_id":"u","context":
            {"user_id":"u","context":[{"role":"user","content":"q"}],"chosen":{"role":"model","content":"c"},"rejected":{"role":"model","content":"d"},"agreement":null}

            """);

        PreferenceDataSet set = await ReadAsync(file);

        Assert.Equal([("a", "7"), ("c", set.Users[0].Pairs[1].ConversationId)], set.Pairs.Select(p => (p.Chosen, p.ConversationId)));
        Assert.Equal("not valid JSON at byte 26; each line is one JSON object", Assert.Single(set.Problems, p => p.Line == 2).Reason);
    }

    private static Task<PreferenceDataSet> ReadAsync(string path) => PreferenceDataSets.ReadAsync(path, cancellationToken: TestContext.Current.CancellationToken);
}
