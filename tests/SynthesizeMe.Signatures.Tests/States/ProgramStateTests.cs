using SynthesizeMe.Signatures.Tests.Declared;

namespace SynthesizeMe.Signatures.Tests.States;

public class ProgramStateTests
{
    private static readonly PredictorState Chosen = PredictorState.Empty.WithDemos(new Demo<Ask>(new Ask("Q", "A")), new Demo<Ask>(new Ask("R", "B")));

    [Fact]
    public void A_predictor_that_nothing_was_chosen_for_has_the_empty_state() => Assert.Equal(PredictorState.Empty, ProgramState.Empty["any"]);

    [Fact]
    public void With_gives_another_state()
    {
        ProgramState one = ProgramState.Empty.With("a", Chosen);
        Assert.Empty(ProgramState.Empty.Predictors);
        Assert.Equal(Chosen, one["a"]);
        Assert.Equal(ProgramState.Empty, one.With("a", PredictorState.Empty));
    }

    [Fact]
    public void Demos_are_counted_over_all_predictors() => Assert.Equal(4, ProgramState.Empty.With("a", Chosen).With("b", Chosen).DemoCount);
}
