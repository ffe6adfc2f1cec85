using SynthesizeMe.Signatures;

namespace SynthesizeMe.Optimizers.Tests;

public class CrossValidationTests
{
    [Fact]
    public async Task No_view_of_an_example_is_shown_though_its_views_are_of_different_groups()
    {
        Judge judge = Judge.Perfect();
        IPromptProgram<Choice> program = judge.Program;
        Example<Choice>[] examples = [.. Pairs.BothOrders(4).Select((e, i) => e with { Group = $"group {i}" })];
        Demo[] demos = [.. Pairs.Of(4).Select(e => new Demo<Choice>(e.Value))];
        ProgramState shown = program.State.With("self", judge.Program.State.WithDemos(demos));

        await new CrossValidation<Choice> { Metric = Pairs.Right }
            .RunAsync(program, [("labelled", shown)], examples, examples, cancellationToken: TestContext.Current.CancellationToken);

        Assert.All(judge.Asked, q => Assert.Equal(Enumerable.Range(0, 4).Except([q.Item]), q.Shown));
        Assert.Equal(8, judge.Calls);
    }
}
