using SynthesizeMe.Signatures;
using SynthesizeMe.Testing;

namespace SynthesizeMe.Optimizers.Tests;

public class EvaluateFailureTests
{
    private static readonly Evaluate<Choice> Evaluate = new() { Metric = Pairs.Right };

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_unreadable_reply_is_a_named_failure_that_scores_zero()
    {
        Evaluation<Choice> evaluation = await Evaluate.RunAsync(SilentOn(1).Program, Pairs.Of(3), cancellationToken: Ct);

        ExampleResult<Choice> failure = Assert.Single(evaluation.Failures);
        Assert.Equal("pair 1", failure.Example.Id);
        Assert.Equal(Judge.Nonsense, failure.Failure!.Reply);
        Assert.Null(failure.Prediction);
        Assert.Equal(Score.Wrong, failure.Score);
        Assert.Equal(2.0 / 3, evaluation.Accuracy.Mean);
    }

    [Fact]
    public async Task A_failure_is_paid_for_like_any_answer()
    {
        Evaluation<Choice> evaluation = await Evaluate.RunAsync(SilentOn(1).Program, Pairs.Of(3), cancellationToken: Ct);

        Assert.Equal(3, evaluation.Usage.Calls);
        Assert.Equal(1, evaluation.Results[1].Usage.Calls);
        Assert.Equal(Judge.Nonsense.Length / 4, evaluation.Results[1].Usage.OutputTokenCount);
    }

    [Fact]
    public async Task A_failure_counts_its_second_ask()
    {
        Evaluation<Choice> evaluation = await Evaluate.RunAsync(
            Choice.ChainOfThought(new ScriptedChatClient(Judge.Nonsense)), Pairs.Of(1), cancellationToken: Ct);

        Assert.Equal(2, evaluation.Usage.Calls);
    }

    [Fact]
    public async Task A_failure_of_a_program_counts_the_calls_before_it()
    {
        var judge = new Judge(q => q.IsCritique ? "[[ ## reasoning ## ]]\nso\n[[ ## merits ## ]]\nnone\n[[ ## completed ## ]]" : Judge.Nonsense);
        var program = new CriticThenJudge(judge.Client, new PredictOptions { MaxReasks = 0 });

        Evaluation<Choice> evaluation = await Evaluate.RunAsync(program, Pairs.Of(1), cancellationToken: Ct);

        Assert.Single(evaluation.Failures);
        Assert.Equal(2, evaluation.Usage.Calls);
    }

    [Fact]
    public async Task A_failure_is_not_shown_to_the_metric()
    {
        var evaluate = new Evaluate<Choice> { Metric = (_, _, _) => throw new InvalidOperationException("There is nothing to measure.") };

        Evaluation<Choice> evaluation = await evaluate.RunAsync(SilentOn(0).Program, Pairs.Of(1), cancellationToken: Ct);

        Assert.Single(evaluation.Failures);
    }

    [Fact]
    public async Task A_lost_connection_ends_the_evaluation()
    {
        var judge = new Judge(q => q.Item == 1 ? throw new HttpRequestException("No route.") : Judge.Reply(q.Good, "because"));

        HttpRequestException e = await Assert.ThrowsAsync<HttpRequestException>(
            () => (Evaluate with { MaxParallel = 1 }).RunAsync(judge.Program, Pairs.Of(5), cancellationToken: Ct));

        Assert.Equal("No route.", e.Message);
        Assert.Equal(2, judge.Calls);
    }

    [Fact]
    public async Task A_spent_budget_ends_the_evaluation()
    {
        var judge = Judge.Perfect();
        IPromptProgram<Choice> program = judge.Program;
        program = program.WithClient(client => new BudgetChatClient(client, new Budget { Calls = 2 }));

        await Assert.ThrowsAsync<BudgetExceededException>(() => Evaluate.RunAsync(program, Pairs.Of(5), cancellationToken: Ct));

        Assert.Equal(2, judge.Calls);
    }

    [Fact]
    public async Task An_exception_of_the_metric_ends_the_evaluation()
    {
        var evaluate = new Evaluate<Choice> { Metric = (_, _, _) => throw new InvalidOperationException("No such field.") };

        await Assert.ThrowsAsync<InvalidOperationException>(
            () => evaluate.RunAsync(Judge.Perfect().Program, Pairs.Of(1), cancellationToken: Ct));
    }

    private static Judge SilentOn(int item) => new(q => q.Item == item ? Judge.Nonsense : Judge.Reply(q.Good, "because"));
}
