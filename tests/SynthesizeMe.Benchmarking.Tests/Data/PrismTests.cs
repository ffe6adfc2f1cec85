namespace SynthesizeMe.Benchmarking.Tests;

public sealed class PrismTests : IDisposable
{
    private const string Conversations = """
        {"conversation_id":"c0","user_id":"user0","conversation_type":"unguided","generated_datetime":"2023-11-22 15:12:55","conversation_history":[{"turn":0,"role":"user","content":"Hello"},{"turn":0,"role":"model","content":"A","model_name":"m1","score":90,"if_chosen":true,"within_turn_id":0},{"turn":0,"role":"model","content":"B","model_name":"m2","score":81,"if_chosen":false,"within_turn_id":1},{"turn":0,"role":"model","content":"C","model_name":"m3","score":20,"if_chosen":false,"within_turn_id":2},{"turn":0,"role":"model","content":"D","model_name":"m4","score":null,"if_chosen":false,"within_turn_id":3},{"turn":1,"role":"user","content":"More"},{"turn":1,"role":"model","content":"E","model_name":"m1","score":10,"if_chosen":false,"within_turn_id":0},{"turn":1,"role":"model","content":"F","model_name":"m1","score":70,"if_chosen":true,"within_turn_id":1}]}
        {"conversation_id":"c1","user_id":"user1","generated_datetime":null,"conversation_history":[{"turn":0,"role":"user","content":"Hi"},{"turn":0,"role":"model","content":"G","score":90,"if_chosen":false},{"turn":0,"role":"model","content":"H","score":1,"if_chosen":false},{"turn":1,"role":"user","content":"And"},{"turn":1,"role":"model","content":"I","score":2,"if_chosen":true},{"turn":1,"role":"model","content":"J","score":50,"if_chosen":false}]}
        {"conversation_id":"c2","user_id":"user1","conversation_history":[{"turn":0,"role":"user","content":"Hi"},{"turn":0,"role":"model","content":"G","score":"good","if_chosen":false}]}

        """;

    private const string Survey = """
        {"user_id":"user0","lm_familiarity":"Somewhat familiar","age":"25-34 years old","gender":"Prefer not to say","education":"University Bachelors Degree","religion":{"self_described":"none","categorised":"No religion","simplified":"No Affiliation"},"ethnicity":{"self_described":"x","categorised":"Asian","simplified":null},"location":{"birth_country":"Chile","reside_country":"Spain"},"self_description":"I like tea."}

        """;

    private readonly DataDirectory _data = new();

    public void Dispose() => _data.Dispose();

    [Fact]
    public async Task Scores_within_a_turn_become_pairs_behind_the_chosen_answers()
    {
        PreferenceDataSet set = await ReadAsync(_data.Text("conversations.jsonl", Conversations));

        Assert.Equal(["A>C", "B>C", "F>E"], set.Users[0].Pairs.Select(Said));
        Assert.Equal("user:\n  Hello\nassistant:\n  A\nuser:\n  More", set.Users[0].Pairs[2].Context.ToString());
        Assert.All(set.Users[0].Pairs, p => Assert.Equal(("c0", new DateTimeOffset(2023, 11, 22, 15, 12, 55, TimeSpan.Zero)), (p.ConversationId, p.Timestamp)));
        Assert.Equal([new LeftOut("an answer has no score", 3), new LeftOut("scores less than 10 points apart", 1)], set.LeftOut);
    }

    [Fact]
    public async Task A_turn_without_a_chosen_answer_ends_the_conversation_and_is_told_with_its_row()
    {
        PreferenceDataSet set = await ReadAsync(_data.Text("conversations.jsonl", Conversations));

        Assert.Equal(["G>H"], set.Users[1].Pairs.Select(Said));
        Assert.Equal(
            """
            2: turn 0 has no answer that was chosen, so that what follows cannot be told; the turns before it are kept
            3: conversation_history[1].score: text stands where a number is needed
            """,
            string.Join('\n', set.Problems.Select(p => $"{p.Line}: {p.Reason}")));
    }

    [Theory]
    [InlineData(2, "90", "", "A>B", "turn 1 is missing, so that what follows cannot be told; the turns before it are kept")]
    [InlineData(0.9, "90", "", "", "conversation_history[3].turn: 0.9 is not the number of a turn, which are 0, 1, 2 and so on")]
    [InlineData(1, "8000", "", "", "conversation_history[4].score: 8000 is out of range; scores run from 1 to 100")]
    [InlineData(1, "90", """,{"turn":1,"role":"user","content":"And?"}""", "", "conversation_history[6].role: this is the second message of the user in the turn")]
    public async Task A_conversation_that_does_not_hold_together_is_named(double turn, string score, string more, string kept, string reason)
    {
        string t = turn.ToString(System.Globalization.CultureInfo.InvariantCulture);
        string line = $$"""
            {"conversation_id":"c","user_id":"u","conversation_history":[{"turn":0,"role":"user","content":"Hi"},{"turn":0,"role":"model","content":"A","score":90,"if_chosen":true},{"turn":0,"role":"model","content":"B","score":1},{"turn":{{t}},"role":"user","content":"More"},{"turn":{{t}},"role":"model","content":"C","score":{{score}},"if_chosen":true},{"turn":{{t}},"role":"model","content":"D","score":5}{{more}}]}
            """;

        PreferenceDataSet set = await ReadAsync(_data.Text("conversations.jsonl", line));

        Assert.Equal(kept, string.Join(' ', set.Pairs.Select(Said)));
        Assert.Equal((1, reason), (Assert.Single(set.Problems).Line, set.Problems[0].Reason));
    }

    [Fact]
    public async Task Of_a_directory_one_file_of_choices_is_read_whatever_else_is_in_it()
    {
        string[] folders = ["a", "b"];
        foreach (string folder in folders)
        {
            _data.Text($"prism/{folder}/conversations.jsonl", Conversations);
        }

        _data.Text("prism/models.jsonl", """{"model_name": "m"}""");

        PreferenceDataSet set = await ReadAsync(Path.Combine(_data.Root, "prism"));

        Assert.Equal((await ReadAsync(Path.Combine(_data.Root, "prism", "a", "conversations.jsonl"))).Pairs.Count(), set.Pairs.Count());
    }

    [Fact]
    public async Task A_turn_whose_utterances_cannot_be_used_ends_the_conversation()
    {
        string[] lines = [.. Enumerable.Range(0, 6).Select(i =>
            $$"""{"conversation_id":"c","user_id":"u","turn":{{i / 2}},"user_prompt":"q{{i / 2}}","model_response":"{{"ABCDEF"[i]}}","score":{{(i / 2 == 1 ? "\"good\"" : i % 2 == 0 ? "90" : "10")}},"if_chosen":{{(i % 2 == 0 ? "true" : "false")}}}""")];

        PreferenceDataSet set = await ReadAsync(_data.Text("utterances.jsonl", string.Join('\n', lines)));

        Assert.Equal(["A>B"], set.Pairs.Select(Said));
        Assert.Equal([3, 4, 1], set.Problems.Select(p => p.Line));
        Assert.StartsWith("turn 1 is missing", set.Problems[2].Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, "A>B A>C B>C F>E G>H")]
    [InlineData(9, "A>B A>C B>C F>E G>H")]
    [InlineData(62, "A>C G>H")]
    public async Task How_far_apart_scores_must_be_is_a_parameter(double points, string pairs)
    {
        PreferenceDataSet set = await PreferenceDataSets.ReadAsync(
            _data.Text("conversations.jsonl", Conversations), new DataSetOptions { MinScoreDifference = points }, TestContext.Current.CancellationToken);

        Assert.Equal(pairs, string.Join(' ', set.Pairs.Select(Said)));
    }

    [Fact]
    public async Task The_survey_beside_the_conversations_gives_demographics_but_not_what_was_kept_back()
    {
        _data.Text("prism/conversations.jsonl", Conversations);
        _data.Text("prism/survey.jsonl", Survey);
        _data.Text("prism/utterances.jsonl", "not read, for it holds the same choices\n");

        PreferenceDataSet set = await ReadAsync(Path.Combine(_data.Root, "prism"));

        Assert.Equal(
            "age: 25-34 years old; birth_country: Chile; education: University Bachelors Degree; ethnicity: Asian; religion: No Affiliation; reside_country: Spain",
            string.Join("; ", set.Users[0].Demographics.Select(d => $"{d.Key}: {d.Value}")));
        Assert.Empty(set.Users[1].Demographics);
    }

    [Fact]
    public async Task The_survey_can_be_named_for_the_curated_set_too()
    {
        string pairs = _data.Text("curated.jsonl", """
            {"user_id":"user0","context":[{"role":"user","content":"q"}],"chosen":{"role":"model","content":"a"},"rejected":{"role":"model","content":"b"},"agreement":0.4}

            """);
        string survey = _data.Text("other/survey.jsonl", Survey);

        PreferenceDataSet set = await PreferenceDataSets.ReadAsync(pairs, new DataSetOptions { SurveyPath = survey }, TestContext.Current.CancellationToken);

        Assert.Equal("25-34 years old", set.Users[0].Demographics["age"]);
    }

    [Fact]
    public async Task Utterances_give_the_same_pairs_as_conversations()
    {
        string file = _data.Text("utterances.jsonl", """
            {"utterance_id":"ut1","interaction_id":"int0","conversation_id":"c0","user_id":"user0","turn":0,"within_turn_id":0,"user_prompt":"Hello","model_response":"A","model_name":"m1","score":90,"if_chosen":true}
            {"utterance_id":"ut2","interaction_id":"int0","conversation_id":"c0","user_id":"user0","turn":0,"within_turn_id":1,"user_prompt":"Hello","model_response":"B","model_name":"m2","score":81,"if_chosen":false}
            {"utterance_id":"ut3","interaction_id":"int1","conversation_id":"c0","user_id":"user0","turn":1,"within_turn_id":0,"user_prompt":"More","model_response":"E","model_name":"m1","score":10,"if_chosen":false}
            {"utterance_id":"ut4","interaction_id":"int0","conversation_id":"c0","user_id":"user0","turn":0,"within_turn_id":2,"user_prompt":"Hello","model_response":"C","model_name":"m3","score":20,"if_chosen":false}
            {"utterance_id":"ut5","interaction_id":"int1","conversation_id":"c0","user_id":"user0","turn":1,"within_turn_id":1,"user_prompt":"More","model_response":"F","model_name":"m1","score":70,"if_chosen":true}
            {"utterance_id":"ut6","interaction_id":"int0","conversation_id":"c0","user_id":"user9","turn":0,"within_turn_id":0,"user_prompt":"Hello","model_response":"Z","score":9,"if_chosen":true}

            """);

        PreferenceDataSet set = await ReadAsync(file);

        Assert.Equal(["A>C", "B>C", "F>E"], Assert.Single(set.Users).Pairs.Select(Said));
        Assert.Equal("user_id: 'user9' is not whose conversation 'c0' is, which is 'user0'", Assert.Single(set.Problems).Reason);
    }

    private static string Said(PreferencePair pair) => $"{pair.Chosen}>{pair.Rejected}";

    private static Task<PreferenceDataSet> ReadAsync(string path) => PreferenceDataSets.ReadAsync(path, cancellationToken: TestContext.Current.CancellationToken);
}
