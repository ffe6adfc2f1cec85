using Microsoft.Extensions.AI;
using SynthesizeMe.Signatures;

namespace SynthesizeMe.Optimizers.Tests;

public class BootstrapRoundsTests
{
    private static readonly BootstrapFewShot<Choice> Bootstrap = new() { Metric = Pairs.Right, MaxBootstrappedDemos = 10, MaxLabeledDemos = 0 };

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_wrong_answer_is_tried_again_at_temperature_one_with_another_rollout_each_time()
    {
        var asked = new List<(float? Temperature, int Rollout)>();
        var judge = new Judge(q =>
        {
            asked.Add((q.Options?.Temperature, Rollout.Of(q.Options)));
            return q.Bad;
        });

        await (Bootstrap with { MaxRounds = 3 }).OptimizeAsync(judge.Program, Pairs.Of(1), [], cancellationToken: Ct);

        Assert.Equal([(null, 0), (1, 1), (1, 2)], asked);
    }

    [Fact]
    public async Task Right_answers_are_not_tried_again()
    {
        var judge = new Judge(q => q.Item % 2 == 0 || q.Options?.Temperature == 1 ? q.Good : q.Bad);

        OptimizationResult<Choice> result = await (Bootstrap with { MaxRounds = 5 }).OptimizeAsync(
            judge.Program, Pairs.Of(4), [], cancellationToken: Ct);

        Assert.Equal([0, 1, 1, 2, 3, 3], judge.Asked.Select(q => q.Item).Order());
        Assert.Equal(4, result.Verified.Length);
        Assert.Equal(6, result.Usage.Calls);
    }

    [Fact]
    public async Task By_default_a_wrong_answer_is_not_tried_again()
    {
        var judge = Judge.Hopeless();

        await Bootstrap.OptimizeAsync(judge.Program, Pairs.Of(4), [], cancellationToken: Ct);

        Assert.Equal(4, judge.Calls);
    }

    [Fact]
    public async Task An_unreadable_reply_is_tried_again_too()
    {
        var judge = new Judge(q => q.Options?.Temperature == 1 ? Judge.Reply(q.Good, "warmer") : Judge.Nonsense);

        OptimizationResult<Choice> result = await (Bootstrap with { MaxRounds = 2 }).OptimizeAsync(
            judge.Program, Pairs.Of(2), [], cancellationToken: Ct);

        Assert.Equal(["warmer", "warmer"], result.Verified.Select(v => v.Prediction!.Reasoning));
        Assert.Equal(4, result.Usage.Calls);
    }

    [Fact]
    public async Task A_later_round_is_not_shown_the_example_either()
    {
        var judge = Judge.Hopeless();

        await (Bootstrap with { MaxRounds = 2, MaxLabeledDemos = 16 }).OptimizeAsync(judge.Program, Pairs.Of(4), [], cancellationToken: Ct);

        Assert.Equal(8, judge.Calls);
        Assert.All(judge.Asked, q => Assert.DoesNotContain(q.Item, q.Shown));
    }

    [Fact]
    public async Task Later_rounds_keep_the_options_of_the_program()
    {
        var models = new List<string?>();
        var judge = new Judge(q =>
        {
            models.Add(q.Options?.ModelId);
            return q.Bad;
        });
        var program = Choice.ChainOfThought(judge.Client, new() { ChatOptions = new ChatOptions { ModelId = "small", Temperature = .2f } });

        await (Bootstrap with { MaxRounds = 2 }).OptimizeAsync(program, Pairs.Of(1), [], cancellationToken: Ct);

        Assert.Equal(["small", "small"], models);
    }
}
