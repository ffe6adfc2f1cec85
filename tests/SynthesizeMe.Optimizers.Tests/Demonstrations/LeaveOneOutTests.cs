using SynthesizeMe.Signatures;

namespace SynthesizeMe.Optimizers.Tests;

public class LeaveOneOutTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Where_training_and_validation_overlap_an_example_is_never_shown_its_own_demo()
    {
        var judge = Judge.Lucky(5, .7);
        var search = new BootstrapFewShotWithRandomSearch<Choice> { Metric = Pairs.Right, Candidates = 6 };

        await search.OptimizeAsync(judge.Program, Pairs.Of(8), Pairs.Of(8), cancellationToken: Ct);

        Assert.Contains(judge.Asked, q => q.Shown.Length == 7);
        Assert.All(judge.Asked, q => Assert.DoesNotContain(q.Item, q.Shown));
    }

    [Fact]
    public async Task No_view_of_an_example_shows_a_demo_of_the_other_view()
    {
        var judge = Judge.Perfect();
        var search = new BootstrapFewShotWithRandomSearch<Choice> { Metric = Pairs.Right, Candidates = 6 };

        await search.OptimizeAsync(judge.Program, Pairs.BothOrders(6), Pairs.BothOrders(6), cancellationToken: Ct);

        Assert.All(judge.Asked, q => Assert.DoesNotContain(q.Item, q.Shown));
    }

    [Fact]
    public async Task A_demo_whose_outputs_differ_from_the_label_is_left_out_too()
    {
        var judge = new Judge(q => $"[[ ## sureness ## ]]\n{q.Item}\n\n{Judge.Reply(q.Good, "because")}");
        Example<SureChoice>[] examples = [.. Pairs.Of(6).Select(e => new Example<SureChoice>(
            new(e.Value.Question, e.Value.First, e.Value.Second, e.Value.Preferred, Sureness: 100), e.Id))];
        var search = new BootstrapFewShotWithRandomSearch<SureChoice> { Metric = Metrics.ExactMatch<SureChoice>(x => x.Preferred), Candidates = 2 };

        await search.OptimizeAsync(SureChoice.ChainOfThought(judge.Client), examples, examples, cancellationToken: Ct);

        Assert.All(judge.Asked, q => Assert.DoesNotContain(q.Item, q.Shown));
    }

    [Fact]
    public async Task Also_a_further_state_does_not_show_an_example_its_own_demo()
    {
        var judge = Judge.Perfect();
        ProgramState history = ProgramState.Empty.With("self", PredictorState.Empty.WithDemos(Pairs.Of(4).Select(e => new Demo<Choice>(e.Value))));
        var search = new BootstrapFewShotWithRandomSearch<Choice> { Metric = Pairs.Right, Candidates = 0, Also = [("history", history)] };

        OptimizationResult<Choice> result = await search.OptimizeAsync(judge.Program, Pairs.Of(4), Pairs.Of(4), cancellationToken: Ct);

        Assert.All(judge.Asked, q => Assert.DoesNotContain(q.Item, q.Shown));
        Assert.Equal(history, result.Candidates[1].State);
    }

    [Fact]
    public async Task The_winner_is_returned_with_all_its_demos()
    {
        var search = new BootstrapFewShotWithRandomSearch<Choice> { Metric = Pairs.Right, Candidates = 0, MaxLabeledDemos = 0 };

        OptimizationResult<Choice> result = await search.OptimizeAsync(
            Judge.Perfect().Program, Pairs.Of(4), Pairs.Of(4), cancellationToken: Ct);

        Assert.Equal([0, 1, 2, 3], Pairs.DemosOf(result.Program.State).Select(d => Pairs.ItemOf(d.Value)));
    }
}
