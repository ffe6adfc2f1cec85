using SynthesizeMe.Signatures;

namespace SynthesizeMe.Benchmarking.Tests;

public sealed class BattleTests : IDisposable
{
    private readonly DataDirectory _data = new();

    public void Dispose() => _data.Dispose();

    [Fact]
    public async Task A_battle_of_the_arena_is_a_choice_of_its_judge_and_ties_are_counted()
    {
        string file = _data.Parquet("data/train-00000-of-00001.parquet", """
            SELECT *, 'English' "language", true anony, {'flagged': false} openai_moderation FROM (VALUES
              ('q1', 'model_b', 'arena_user_973', [{'content': 'hi', 'role': 'user'}, {'content': 'A', 'role': 'assistant'}],
                [{'content': 'hi', 'role': 'user'}, {'content': 'B', 'role': 'assistant'}], 1, 1682351591.25),
              ('q2', 'tie', 'arena_user_973', [{'content': 'hi', 'role': 'user'}, {'content': 'A', 'role': 'assistant'}],
                [{'content': 'hi', 'role': 'user'}, {'content': 'B', 'role': 'assistant'}], 1, 1682351592),
              ('q3', 'tie (bothbad)', 'arena_user_973', [{'content': 'hi', 'role': 'user'}, {'content': 'A', 'role': 'assistant'}],
                [{'content': 'hi', 'role': 'user'}, {'content': 'B', 'role': 'assistant'}], 1, 1682351593),
              ('q4', 'model_a', 'arena_user_2', [{'content': 'hi', 'role': 'user'}, {'content': 'A', 'role': 'assistant'}],
                [{'content': 'ho', 'role': 'user'}, {'content': 'B', 'role': 'assistant'}], 1, NULL),
              ('q5', 'model_c', 'arena_user_2', [{'content': 'hi', 'role': 'user'}, {'content': 'A', 'role': 'assistant'}],
                [{'content': 'hi', 'role': 'user'}, {'content': 'B', 'role': 'assistant'}], 1, NULL),
              ('q6', 'model_a', 'arena_user_2', [{'content': 'hi', 'role': 'user'}], [{'content': 'hi', 'role': 'user'}], 1, NULL)
            ) t(question_id, winner, judge, conversation_a, conversation_b, turn, tstamp)
            """);

        PreferenceDataSet set = await ReadAsync(file);

        PreferencePair pair = Assert.Single(set.Pairs);
        Assert.Equal(("arena_user_973", "q1", "B", "A"), (pair.UserId, pair.ConversationId, pair.Chosen, pair.Rejected));
        Assert.Equal(new DateTimeOffset(2023, 4, 24, 15, 53, 11, 250, TimeSpan.Zero), pair.Timestamp);
        Assert.Equal([new LeftOut("a tie", 2)], set.LeftOut);
        Assert.Equal(
            """
            4: conversation_b: does not begin with the message that conversation_a begins with
            5: winner: 'model_c' is none of 'model_a', 'model_b', 'tie' and 'tie (bothbad)'
            6: conversation_a: does not end with an answer of the assistant
            """,
            string.Join('\n', set.Problems.Select(p => $"{p.Line}: {p.Reason}")));
    }

    [Fact]
    public async Task A_battle_of_several_turns_is_a_choice_between_what_followed_the_common_beginning()
    {
        string file = TwoTurns("model_a");

        PreferencePair pair = Assert.Single((await ReadAsync(file)).Pairs);

        Assert.Equal(Conversation.FromUser("hi"), pair.Context);
        Assert.Equal("assistant:\n  A\nuser:\n  more\nassistant:\n  AA", pair.Chosen);
        Assert.Equal("assistant:\n  B\nuser:\n  more\nassistant:\n  BB", pair.Rejected);
    }

    [Fact]
    public async Task Battles_of_several_turns_can_be_left_out()
    {
        PreferenceDataSet set = await PreferenceDataSets.ReadAsync(
            TwoTurns("model_a"), new DataSetOptions { Parted = PartedConversations.LeaveOut }, TestContext.Current.CancellationToken);

        Assert.Empty(set.Users);
        Assert.Equal([new LeftOut("the conversations part before their last answer", 1)], set.LeftOut);
    }

    [Fact]
    public async Task The_judgment_of_an_mt_bench_turn_is_about_that_turn_and_models_are_no_judges()
    {
        string file = _data.Text("human.jsonl", """
            {"question_id":81,"model_a":"x","model_b":"y","winner":"model_a","judge":"expert_12","turn":1,"conversation_a":[{"content":"q","role":"user"},{"content":"A","role":"assistant"},{"content":"r","role":"user"},{"content":"AA","role":"assistant"}],"conversation_b":[{"content":"q","role":"user"},{"content":"B","role":"assistant"},{"content":"r","role":"user"},{"content":"BB","role":"assistant"}]}
            {"question_id":81,"model_a":"x","model_b":"y","winner":"model_a","judge":"gpt4_pair","turn":1,"conversation_a":[{"content":"q","role":"user"},{"content":"A","role":"assistant"}],"conversation_b":[{"content":"q","role":"user"},{"content":"B","role":"assistant"}]}

            """);

        PreferenceDataSet set = await ReadAsync(file);

        PreferencePair pair = Assert.Single(set.Pairs);
        Assert.Equal(("expert_12", "81", "A", "B"), (pair.UserId, pair.ConversationId, pair.Chosen, pair.Rejected));
        Assert.Equal([new LeftOut("judged by a model", 1)], set.LeftOut);
    }

    private string TwoTurns(string winner) => _data.Text("two.jsonl", $$"""
        {"question_id":"q","winner":"{{winner}}","judge":"j","turn":2,"tstamp":1.5,"conversation_a":[{"content":"hi","role":"user"},{"content":"A","role":"assistant"},{"content":"more","role":"user"},{"content":"AA","role":"assistant"}],"conversation_b":[{"content":"hi","role":"user"},{"content":"B","role":"assistant"},{"content":"more","role":"user"},{"content":"BB","role":"assistant"}]}

        """);

    private static Task<PreferenceDataSet> ReadAsync(string path) => PreferenceDataSets.ReadAsync(path, cancellationToken: TestContext.Current.CancellationToken);
}
