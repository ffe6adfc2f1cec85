using SynthesizeMe.Offline;
using SynthesizeMe.Signatures;
using SynthesizeMe.Testing;

namespace SynthesizeMe.Tests.Judging;

public class RubricJudgeTests
{
    private const string Two = """[{"quality": "short", "weight": 6}, {"quality": "warm", "weight": 2}]""";

    private static readonly Conversation Question = Conversation.FromUser("How do I boil an egg?");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_weighted_mean_of_the_points_decides()
    {
        var judge = new RubricJudge(Scripted(Two, """[{"quality": "short", "first": 8, "second": 4}, {"quality": "warm", "first": 1, "second": 9}]"""), null, []);

        Rubric rubric = await judge.WriteAsync(Question, Ct);
        RubricScores scores = await judge.ScoreAsync(rubric, Question, "a", "b", Ct);

        Assert.Equal([new Criterion("short", 6), new Criterion("warm", 2)], rubric.Criteria);
        Assert.Equal(((6 * 4) - (2 * 8)) / 8.0, scores.Lead);
        Assert.Equal((1, 1), (rubric.Usage.Calls, scores.Usage.Calls));
    }

    [Fact]
    public async Task Points_that_are_not_one_for_each_quality_are_no_answer()
    {
        var judge = new RubricJudge(Scripted(Two, """[{"quality": "short", "first": 8, "second": 4}]"""), null, [], new PredictOptions { MaxReasks = 0 });

        Rubric rubric = await judge.WriteAsync(Question, Ct);
        PromptParseException problem = await Assert.ThrowsAsync<PromptParseException>(() => judge.ScoreAsync(rubric, Question, "a", "b", Ct));

        Assert.Contains("1 entries for 2 qualities", problem.Message, StringComparison.Ordinal);
        Assert.Equal(1, problem.Usage.Calls);
    }

    [Theory]
    [InlineData("10 10 25000", "0 1")]
    [InlineData("10 25000 10", "0 2")]
    [InlineData("10 13000 13000 10", "0 2 3")]
    [InlineData("25000", "")]
    public async Task The_latest_choices_that_fit_are_shown(string lengths, string shown)
    {
        ScriptedChatClient client = Scripted(Two, "[]");
        PreferencePair[] pairs = [.. lengths.Split(' ').Select((length, i) => new PreferencePair(Conversation.FromUser($"number {i}?"), new string('x', int.Parse(length, null)), "y"))];

        await new RubricJudge(client, null, pairs).WriteAsync(Question, Ct);

        string prompt = client.Requests[0][^1].Text;
        Assert.Equal(shown, string.Join(' ', Enumerable.Range(0, pairs.Length).Where(i => prompt.Contains($"number {i}?", StringComparison.Ordinal))));
    }

    [Fact]
    public async Task An_empty_rubric_is_no_rubric()
    {
        var judge = new RubricJudge(Scripted("[]", ""), null, []);

        await Assert.ThrowsAsync<PromptParseException>(() => judge.WriteAsync(Question, Ct));
    }

    [Fact]
    public async Task The_rubric_is_written_from_persona_history_and_query_before_the_completions_are_seen()
    {
        ScriptedChatClient client = Scripted(Two, """[{"quality": "short", "first": 8, "second": 4}, {"quality": "warm", "first": 1, "second": 9}]""");
        var judge = new RubricJudge(client, "Likes it brief.", [new PreferencePair(Conversation.FromUser("Why?"), "So.", "Because of many things.")]);

        await judge.ScoreAsync(await judge.WriteAsync(Question, Ct), Question, "FIRST", "SECOND", Ct);

        Snapshot.Match(string.Join("\n\n==========\n\n", client.Requests.Select(r => string.Join("\n\n----------\n\n", r.Select(m => $"{m.Role}:\n{m.Text}")))));
    }

    [Theory]
    [InlineData("This person strongly prefers brief answers.")]
    [InlineData("This person hates long answers.")]
    public async Task The_offline_model_weighs_by_what_the_persona_says(string persona)
    {
        const string brief = "Eight minutes.";
        const string wordy = "Well, first you take a pot, and you fill it with water, and you bring the water to a boil, and then you put in the egg, and after eight minutes it is done.";
        using var model = new OfflineModel();
        var judge = new RubricJudge(model, persona, []);

        Rubric rubric = await judge.WriteAsync(Question, Ct);
        RubricScores there = await judge.ScoreAsync(rubric, Question, brief, wordy, Ct);
        RubricScores back = await judge.ScoreAsync(rubric, Question, wordy, brief, Ct);

        Assert.Contains(rubric.Criteria, c => c.Quality.Contains("brief", StringComparison.Ordinal) || c.Quality.Contains("not run long", StringComparison.Ordinal));
        Assert.True(there.Lead > 0);
        Assert.Equal(there.Lead, -back.Lead, 9);
    }

    [Fact]
    public async Task The_offline_model_scores_by_the_rubric_alone()
    {
        using var model = new OfflineModel();
        var judge = new RubricJudge(model, null, []);
        var lists = new Rubric([new Criterion("lists and bullet points", 10)], default);
        var prose = new Rubric([new Criterion("prose without lists", 10)], default);
        var sense = new Rubric([new Criterion("knowledge of the law of torts", 10)], default);

        Assert.True((await judge.ScoreAsync(lists, Question, "- a\n- b", "a and b", Ct)).Lead > 0);
        Assert.True((await judge.ScoreAsync(prose, Question, "- a\n- b", "a and b", Ct)).Lead < 0);
        Assert.Equal(0, (await judge.ScoreAsync(sense, Question, "- a\n- b", "a and b", Ct)).Lead);
    }

    private static ScriptedChatClient Scripted(string rubric, string scores) => new(messages =>
        messages[^1].Text.Contains("`scores`", StringComparison.Ordinal)
            ? $"[[ ## reasoning ## ]]\nSo.\n\n[[ ## scores ## ]]\n{scores}\n\n[[ ## completed ## ]]"
            : $"[[ ## rubric ## ]]\n{rubric}\n\n[[ ## completed ## ]]");
}
