namespace SynthesizeMe.Optimizers.Tests;

public class EvaluateTests
{
    private static readonly Evaluate<Choice> Evaluate = new() { Metric = Pairs.Right };

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Right_answers_score_one_and_wrong_ones_zero()
    {
        var judge = Judge.RightOn(item => item != 1);

        Evaluation<Choice> evaluation = await Evaluate.RunAsync(judge.Program, Pairs.Of(3), cancellationToken: Ct);

        Assert.Equal([1, 0, 1], evaluation.Results.Select(r => r.Score.Value));
        Assert.Equal(2, evaluation.Total);
        Assert.Equal(2.0 / 3, evaluation.Accuracy.Mean);
    }

    [Fact]
    public async Task Results_come_in_the_order_of_the_examples_when_the_last_reply_arrives_first()
    {
        using var client = new GatedChatClient(q => Judge.Reply(q.Good, $"because of {q.Item}"));
        Task<Evaluation<Choice>> run = Evaluate.RunAsync(Choice.ChainOfThought(client), Pairs.Of(6), cancellationToken: Ct);
        await client.StartedAsync(6);
        for (int call = 5; call >= 0; call--)
        {
            client.Release(call);
        }

        Evaluation<Choice> evaluation = await run;

        Assert.Equal(Pairs.Of(6), evaluation.Results.Select(r => r.Example));
        Assert.All(evaluation.Results, r => Assert.Equal($"because of {Pairs.ItemOf(r.Example.Value)}", r.Prediction!.Reasoning));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(64)]
    public async Task The_evaluation_does_not_depend_on_MaxParallel(int maxParallel)
    {
        Evaluation<Choice> one = await (Evaluate with { MaxParallel = 8 }).RunAsync(
            Judge.Lucky(1, .5).OutOfOrder(), Pairs.Of(30), cancellationToken: Ct);
        Evaluation<Choice> other = await (Evaluate with { MaxParallel = maxParallel }).RunAsync(
            Judge.Lucky(1, .5).OutOfOrder(), Pairs.Of(30), cancellationToken: Ct);

        Assert.Equal(one.Results.Select(r => (r.Example, r.Score)), other.Results.Select(r => (r.Example, r.Score)));
        Assert.Equal(one.Accuracy, other.Accuracy);
        Assert.Equal(one.Usage, other.Usage);
    }

    [Fact]
    public async Task No_more_than_MaxParallel_examples_are_under_way()
    {
        using var client = new GatedChatClient(q => Judge.Reply(q.Good, "because"));
        Task<Evaluation<Choice>> run = (Evaluate with { MaxParallel = 3 }).RunAsync(
            Choice.ChainOfThought(client), Pairs.Of(9), cancellationToken: Ct);
        for (int call = 0; call < 9; call++)
        {
            await client.StartedAsync(Math.Min(call + 3, 9));
            client.Release(call);
        }

        await run;

        Assert.Equal(3, client.Peak);
    }

    [Fact]
    public async Task Cancelling_stops_what_is_under_way_and_starts_nothing_more()
    {
        using var client = new GatedChatClient(_ => "");
        using var cancellation = new CancellationTokenSource();
        Task<Evaluation<Choice>> run = (Evaluate with { MaxParallel = 2 }).RunAsync(
            Choice.ChainOfThought(client), Pairs.Of(9), cancellationToken: cancellation.Token);
        await client.StartedAsync(2);

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);
        Assert.Equal(2, client.Started);
    }

    [Fact]
    public async Task An_evaluation_that_is_cancelled_beforehand_makes_no_call()
    {
        var judge = Judge.Perfect();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => Evaluate.RunAsync(judge.Program, Pairs.Of(3), cancellationToken: new CancellationToken(canceled: true)));

        Assert.Equal(0, judge.Calls);
    }

    [Fact]
    public async Task Progress_counts_the_examples_that_are_done()
    {
        var told = new Told<int>();

        await Evaluate.RunAsync(Judge.Perfect().Program, Pairs.Of(20), told, Ct);

        Assert.Equal(Enumerable.Range(1, 20), told.Reports.Order());
    }

    [Fact]
    public async Task No_examples_give_no_results_and_no_call()
    {
        var judge = Judge.Perfect();

        Evaluation<Choice> evaluation = await Evaluate.RunAsync(judge.Program, [], cancellationToken: Ct);

        Assert.Empty(evaluation.Results);
        Assert.Equal(0, evaluation.Total);
        Assert.True(double.IsNaN(evaluation.Accuracy.Mean));
        Assert.Equal(0, judge.Calls);
    }

    [Fact]
    public async Task The_metric_sees_the_labelled_example_and_the_whole_prediction()
    {
        var evaluate = new Evaluate<Choice>
        {
            Metric = (expected, prediction, _) => new(new Score(.5, $"{expected.Question}: {prediction.Reasoning}")),
        };

        Evaluation<Choice> evaluation = await evaluate.RunAsync(Judge.Perfect().Program, Pairs.Of(1), cancellationToken: Ct);

        Assert.Equal(new Score(.5, "question 0: because of 0"), evaluation.Results[0].Score);
    }

    [Fact]
    public async Task The_metric_can_be_cancelled()
    {
        using var cancellation = new CancellationTokenSource();
        var evaluate = new Evaluate<Choice>
        {
            Metric = async (_, _, token) =>
            {
                await cancellation.CancelAsync();
                token.ThrowIfCancellationRequested();
                return Score.Right;
            },
        };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => evaluate.RunAsync(Judge.Perfect().Program, Pairs.Of(1), cancellationToken: cancellation.Token));
    }
}
