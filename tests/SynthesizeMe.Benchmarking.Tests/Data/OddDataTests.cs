using System.Text;

namespace SynthesizeMe.Benchmarking.Tests;

/// <summary>Data that are not quite as they should be: what is wrong is named, and what is good is kept.</summary>
public sealed class OddDataTests : IDisposable
{
    private readonly DataDirectory _data = new();

    public void Dispose() => _data.Dispose();

    [Theory]
    [InlineData("\"user_id\"", "agreement judges_with_person")]
    [InlineData("\"rater\"", "agreement judges_with_person personalizable_query rater")]
    public async Task The_products_own_lines_are_told_from_PersonalRewardBench_and_keep_their_other_keys(string key, string kept)
    {
        string query = key == "\"rater\"" ? """, "personalizable_query": "yes" """ : "";
        string line = Own("a", """, "agreement": 1, "judges_with_person": 0.5""" + query).Replace("\"user_id\"", key, StringComparison.Ordinal);

        PreferenceDataSet set = await ReadAsync(_data.Text("own.jsonl", line));

        Assert.Equal(kept, string.Join(' ', Assert.Single(set.Pairs).Extra.Keys));
    }

    [Theory]
    [InlineData("DECIMAL(18, 0)", "11529215046068469", "7", "8")]
    [InlineData("DECIMAL(28, 0)", "123456789012345678901234567", "1", "2")]
    [InlineData("UBIGINT", "1844674407370955161", "1", "2")]
    [InlineData("BIGINT", "900719925474099", "5", "7")]
    [InlineData("DOUBLE", "90071992547", "5", "7")]
    public async Task Ids_that_are_numbers_keep_their_digits(string type, string digits, string one, string other)
    {
        string file = _data.Parquet("ids.parquet", $$"""
            SELECT CAST('{{digits}}' || d AS {{type}}) user_id, [{'content': 'q', 'role': 'user'}] context, {'content': 'a', 'role': 'model'} chosen, {'content': 'b', 'role': 'model'} rejected
            FROM (VALUES ('{{one}}'), ('{{other}}')) v(d)
            """);

        Assert.Equal([digits + one, digits + other], (await ReadAsync(file)).Users.Select(u => u.Id));
    }

    [Fact]
    public async Task Files_that_are_named_after_splits_are_those_splits_and_what_is_trained_on_comes_first()
    {
        _data.Text("set/train.jsonl", Own("a") + "\n" + Own("b", """, "split": "val" """));
        _data.Text("set/test.jsonl", Own("c"));

        PreferenceDataSet set = await ReadAsync(Path.Combine(_data.Root, "set"));

        Assert.Equal([("a", DataSplit.Train), ("b", DataSplit.Validation), ("c", DataSplit.Test)], set.Pairs.Select(p => (p.Chosen, p.Split!.Value)));
        Assert.Null(Assert.Single((await ReadAsync(Path.Combine(_data.Root, "set", "test.jsonl"))).Pairs).Split);
    }

    [Theory]
    [InlineData("\"cut\\ud83d\": 1, ", "half of a surrogate pair stands alone in a key")]
    [InlineData("\"note\": [{\"x\": \"cut \\ud83d\"}], ", "note.x: half of a surrogate pair stands alone")]
    [InlineData("\"caf\u00e9\": 1, ", "not valid UTF-8; save the file as UTF-8")]
    public async Task A_line_with_text_that_is_none_is_named_and_the_others_are_kept(string key, string reason)
    {
        string file = _data.Text("own.jsonl", "");
        File.WriteAllText(file, $"{Own("a")}\n{{{key}{Own("b")[1..]}\n{Own("c")}\n", Encoding.Latin1);

        PreferenceDataSet set = await ReadAsync(file);

        Assert.Equal(["a", "c"], set.Pairs.Select(p => p.Chosen));
        Assert.Equal((2, reason), (Assert.Single(set.Problems).Line, set.Problems[0].Reason));
    }

    [Theory]
    [InlineData("not JSON")]
    [InlineData("{\"meta\": 1}")]
    public async Task Many_bad_lines_at_the_start_hide_none_of_the_good_ones(string bad)
    {
        PreferenceDataSet set = await ReadAsync(_data.Text("late.jsonl", string.Concat(Enumerable.Repeat($"{bad}\n", 30)) + Own("a")));

        Assert.Equal("a", Assert.Single(set.Pairs).Chosen);
        Assert.Equal(Enumerable.Range(1, 30), set.Problems.Select(p => p.Line));
    }

    [Theory]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    public async Task A_file_in_another_encoding_that_says_so_is_read(string encoding)
    {
        string battle = _data.Text("battles.jsonl", "");
        File.WriteAllText(
            battle,
            """{"judge": "ann", "winner": "model_a", "conversation_a": [{"role": "user", "content": "q"}, {"role": "assistant", "content": "good é"}], "conversation_b": [{"role": "user", "content": "q"}, {"role": "assistant", "content": "bad"}]}""",
            Encoding.GetEncoding(encoding));

        Assert.Equal("good é", Assert.Single((await ReadAsync(battle)).Pairs).Chosen);
    }

    [Fact]
    public async Task Files_that_are_named_after_splits_but_are_of_other_people_are_no_splits_of_theirs()
    {
        _data.Text("set/train.jsonl", Own("a", user: "ann") + "\n" + Own("b", user: "ben"));
        _data.Text("set/test.jsonl", Own("c", user: "ann") + "\n" + Own("d", user: "cleo"));

        PreferenceDataSet set = await ReadAsync(Path.Combine(_data.Root, "set"));

        Assert.Equal([("a", DataSplit.Train), ("c", DataSplit.Test), ("b", DataSplit.Train), ("d", null)], set.Pairs.Select(p => (p.Chosen, p.Split)));
    }

    [Theory]
    [InlineData("2023-11-20 16:35:22.123456+00:00")]
    [InlineData("2023-11-20T16:35:22Z")]
    [InlineData("2023/11/20 16:35")]
    [InlineData("Mon, 20 Nov 2023 16:35:22 GMT")]
    [InlineData("Nov 20, 2023 4:35 PM")]
    public async Task A_time_is_read_however_it_says_its_year(string time)
    {
        PreferenceDataSet set = await ReadAsync(_data.Text("battles.jsonl", $$"""{"tstamp": "{{time}}", "judge": "ann", "winner": "model_a", "conversation_a": [{"role": "user", "content": "q"}, {"role": "assistant", "content": "a"}], "conversation_b": [{"role": "user", "content": "q"}, {"role": "assistant", "content": "b"}]}"""));

        Assert.Equal("2023-11-20 16:35", Assert.Single(set.Pairs).Timestamp!.Value.UtcDateTime.ToString("yyyy-MM-dd HH:mm", System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task An_empty_file_beside_others_is_passed_over()
    {
        _data.Text("set/train.jsonl", Own("a"));
        _data.Text("set/val.jsonl", "\n");

        Assert.Single((await ReadAsync(Path.Combine(_data.Root, "set"))).Pairs);
    }

    [Fact]
    public async Task Files_that_are_only_named_like_PRISMs_are_read_like_any_others()
    {
        foreach (string name in (string[])["conversations", "utterances", "survey", "models", "more"])
        {
            _data.Text($"set/{name}.jsonl", Own(name));
        }

        // Neither are these data.
        _data.Text("set/__MACOSX/._conversations.jsonl", "\0\u0005");
        _data.Text("set/.cache/more.jsonl", "{}");
        _data.Text("set/out/run.json", "{}");
        _data.Text("set/out/results.jsonl", "{}");

        Assert.Equal(["conversations", "models", "more", "survey", "utterances"], (await ReadAsync(Path.Combine(_data.Root, "set"))).Pairs.Select(p => p.Chosen));
    }

    [Fact]
    public async Task PRISMs_survey_beside_other_data_tells_of_their_people()
    {
        _data.Text("set/people.jsonl", Own("a", user: "ann"));
        _data.Text("set/survey.jsonl", """{"user_id": "ann", "lm_familiarity": "x", "age": "18-24 years old"}""");

        Assert.Equal("18-24 years old", Assert.Single((await ReadAsync(Path.Combine(_data.Root, "set"))).Users).Demographics["age"]);
    }

    [Theory]
    [InlineData("10:30")]
    [InlineData("Mar 5")]
    [InlineData("5")]
    public async Task A_time_that_would_depend_on_the_day_is_refused(string time)
    {
        PreferenceDataSet set = await ReadAsync(_data.Text("battles.jsonl", $$"""{"tstamp": "{{time}}", "judge": "ann", "winner": "model_a", "conversation_a": [{"role": "user", "content": "q"}, {"role": "assistant", "content": "a"}], "conversation_b": [{"role": "user", "content": "q"}, {"role": "assistant", "content": "b"}]}"""));

        Assert.Contains("a time, as in 2026-01-31T09:00:00Z", Assert.Single(set.Problems).Reason, StringComparison.Ordinal);
    }

    private static string Own(string chosen, string more = "", string user = "ann") =>
        $$"""{"user_id": "{{user}}", "context": [{"role": "user", "content": "q"}], "chosen": {"role": "assistant", "content": "{{chosen}}"}, "rejected": {"role": "assistant", "content": "z"}{{more}}}""";

    private static Task<PreferenceDataSet> ReadAsync(string path) => PreferenceDataSets.ReadAsync(path, cancellationToken: TestContext.Current.CancellationToken);
}
