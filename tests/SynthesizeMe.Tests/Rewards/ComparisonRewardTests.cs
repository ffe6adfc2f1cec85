using Microsoft.Extensions.AI;
using SynthesizeMe.Signatures;
using SynthesizeMe.Testing;

namespace SynthesizeMe.Tests.Rewards;

public sealed class ComparisonRewardTests
{
    private static readonly Conversation Eggs = Conversation.FromUser("How long do eggs boil?");

    [Fact]
    public async Task Completions_are_compared_with_one_another_in_both_orders_and_ranked()
    {
        using ScriptedChatClient longer = Judge((a, b) => a.Length >= b.Length);

        Reranking ranking = await new ComparisonRewardModel(longer).RerankAsync(Eggs, ["bb", "dddd", "a", "ccc"], cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal([1, 3, 0, 2], ranking.Ranked.Select(r => r.Index));
        Assert.Equal("dddd", ranking.Best.Completion);
        Assert.Equal(ranking.Ranked[0].Score, -ranking.Ranked[3].Score, 0.001);
        Assert.Equal(12, longer.Requests.Count);
    }

    [Fact]
    public async Task A_judge_that_always_names_the_first_says_nothing()
    {
        using ScriptedChatClient first = Judge((_, _) => true);

        IReadOnlyList<double> scores = await ScoreAsync(first, new(), "a", "bb");

        Assert.All(scores, s => Assert.Equal(0, s, 0.0001));
    }

    [Fact]
    public async Task References_give_scores_that_can_be_told_apart_from_call_to_call()
    {
        using ScriptedChatClient longer = Judge((a, b) => a.Length >= b.Length);
        var options = new ComparisonRewardOptions { References = (_, _) => Task.FromResult<IReadOnlyList<string>>(["bb", "dddd"]) };

        double[] scores = [.. await ScoreAsync(longer, options, "ccc"), .. await ScoreAsync(longer, options, "eeeee"), .. await ScoreAsync(longer, options, "a")];

        Assert.Equal(12, longer.Requests.Count);
        Assert.True(scores[1] > scores[0] && scores[0] > scores[2], string.Join(' ', scores));
        Assert.Equal(0, scores[0], 0.0001);
    }

    [Fact]
    public async Task A_stronger_prior_brings_scores_nearer()
    {
        using ScriptedChatClient longer = Judge((a, b) => a.Length >= b.Length);

        IReadOnlyList<double> loose = await ScoreAsync(longer, new() { PriorWeight = 0.1 }, "a", "bb");
        IReadOnlyList<double> tight = await ScoreAsync(longer, new() { PriorWeight = 5 }, "a", "bb");

        Assert.True(loose[1] > tight[1] && tight[1] > 0, $"{loose[1]} {tight[1]}");
    }

    [Fact]
    public async Task Each_person_is_asked_about_by_their_own_judge()
    {
        using var client = new ScriptedChatClient(m => m.Any(t => t.Text.Contains("likes short answers", StringComparison.Ordinal)) ? Answer(m, (a, b) => a.Length <= b.Length) : Answer(m, (a, b) => a.Length >= b.Length));
        var brief = new RewardPerson("brief", new JudgeArtefact { Method = JudgeMethod.Persona, Persona = "This person likes short answers." });
        RewardRequest[] requests = [new(Eggs, "a") { Person = brief }, new(Eggs, "bb") { Person = brief }, new(Eggs, "a"), new(Eggs, "bb")];

        IReadOnlyList<double> scores = await new ComparisonRewardModel(client).ScoreAsync(requests, TestContext.Current.CancellationToken);

        Assert.True(scores[0] > scores[1] && scores[2] < scores[3], string.Join(' ', scores));
        Assert.Equal(4, client.Requests.Count);
    }

    [Fact]
    public async Task What_stands_alone_or_is_the_same_twice_costs_nothing_and_scores_zero()
    {
        using ScriptedChatClient longer = Judge((_, _) => true);

        Assert.Equal([0.0, 0.0], await ScoreAsync(longer, new(), "a", "a"));
        Assert.Empty(longer.Requests);
    }

    [Fact]
    public async Task An_unreadable_answer_is_never_a_score()
    {
        using var mute = new ScriptedChatClient("I would rather not say.");

        await Assert.ThrowsAsync<PromptParseException>(() => ScoreAsync(mute, new(), "a", "bb"));
    }

    [Fact]
    public async Task No_reference_where_some_were_promised_is_an_error()
    {
        using ScriptedChatClient longer = Judge((_, _) => true);
        var options = new ComparisonRewardOptions { References = (_, _) => Task.FromResult<IReadOnlyList<string>>([]) };

        await Assert.ThrowsAsync<InvalidOperationException>(() => ScoreAsync(longer, options, "a"));
    }

    [Fact]
    public async Task Equal_scores_stay_in_the_order_of_the_completions_and_broken_models_are_refused()
    {
        Reranking ranking = await new Fixed([1, 2, 2, double.MinValue]).RerankAsync(Eggs, ["a", "b", "c", "d"], cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal([1, 2, 0, 3], ranking.Ranked.Select(r => r.Index));
        await Assert.ThrowsAsync<InvalidOperationException>(() => new Fixed([1]).RerankAsync(Eggs, ["a", "b"], cancellationToken: TestContext.Current.CancellationToken));
        await Assert.ThrowsAsync<InvalidOperationException>(() => new Fixed([1, double.NaN]).RerankAsync(Eggs, ["a", "b"], cancellationToken: TestContext.Current.CancellationToken));
        await Assert.ThrowsAsync<ArgumentException>(() => new Fixed([]).RerankAsync(Eggs, [], cancellationToken: TestContext.Current.CancellationToken));
    }

    private static Task<IReadOnlyList<double>> ScoreAsync(IChatClient client, ComparisonRewardOptions options, params string[] completions) =>
        new ComparisonRewardModel(client, options).ScoreAsync([.. completions.Select(c => new RewardRequest(Eggs, c))], TestContext.Current.CancellationToken);

    private static ScriptedChatClient Judge(Func<string, string, bool> firstWins) => new(m => Answer(m, firstWins));

    private static string Answer(IReadOnlyList<ChatMessage> messages, Func<string, string, bool> firstWins)
    {
        MessageSections asked = MessageSections.Read(messages[^1].Text);
        string preference = firstWins(asked["first_completion"]!.Trim(), asked["second_completion"]!.Trim()) ? "First" : "Second";
        return $"[[ ## reasoning ## ]]\nSo it is.\n\n[[ ## preference ## ]]\n{preference}\n\n[[ ## completed ## ]]";
    }

    private sealed class Fixed(double[] scores) : IRewardModel
    {
        public Task<IReadOnlyList<double>> ScoreAsync(IReadOnlyList<RewardRequest> requests, CancellationToken cancellationToken = default) => Task.FromResult<IReadOnlyList<double>>(scores);
    }
}
