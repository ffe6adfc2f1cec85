using SynthesizeMe.Signatures.Tests.Declared;

namespace SynthesizeMe.Signatures.Tests.Predictors;

/// <summary>State is a value: a predictor with another state is another predictor.</summary>
public class PredictorStateTests
{
    private static readonly Demo<Judge> Demo = new(Judge.Example, "R", Verified: true);

    [Fact]
    public void With_leaves_the_original_unchanged()
    {
        ChainOfThought<Judge> original = Offline.ChainOfThought<Judge>();
        string before = original.Render(Judge.Example.ToInputs()).ToString();
        ChainOfThought<Judge> changed = original.With(new PredictorState("Other.", [Demo]));
        Assert.Equal(before, original.Render(Judge.Example.ToInputs()).ToString());
        Assert.Equal(PredictorState.Empty, original.State);
        Assert.Equal(new PredictorState("Other.", [Demo]), changed.State);
    }

    [Fact]
    public void A_demo_of_another_signature_is_refused()
    {
        var state = PredictorState.Empty.WithDemos(new Demo<Ask>(new Ask("Q", "A")));
        ArgumentException problem = Assert.Throws<ArgumentException>(() => Offline.Predict<Judge>().With(state));
        Assert.Equal("A Ask is no demonstration of Judge.", problem.Message);
    }

    [Fact]
    public void States_are_equal_when_instructions_and_demos_are()
    {
        Assert.Equal(new PredictorState("I", [Demo]), new PredictorState("I", [Demo with { }]));
        Assert.Equal(new PredictorState("I", [Demo]).GetHashCode(), new PredictorState("I", [Demo with { }]).GetHashCode());
        Assert.NotEqual(new PredictorState("I", [Demo]), new PredictorState("J", [Demo]));
        Assert.NotEqual(new PredictorState("I", [Demo]), new PredictorState("I", [Demo with { Reasoning = null }]));
    }

    [Fact]
    public void A_predictor_is_the_smallest_program()
    {
        IPromptProgram<Judge> program = Offline.Predict<Judge>(Demo);
        Assert.Equal(["self"], program.Predictors.Select(p => p.Name));
        Assert.Equal(ProgramState.Empty.With("self", PredictorState.Empty.WithDemos(Demo)), program.State);
        Assert.Equal(ProgramState.Empty, program.With(ProgramState.Empty).State);
        Assert.Throws<ArgumentException>(() => program.With(ProgramState.Empty.With("other", PredictorState.Empty.WithDemos(Demo))));
    }

    [Fact]
    public void Chain_of_thought_stays_one_through_program_operations()
    {
        IPromptProgram<Judge> program = Offline.ChainOfThought<Judge>();
        Assert.IsType<ChainOfThought<Judge>>(program.With(ProgramState.Empty.With("self", PredictorState.Empty.WithDemos(Demo))));
        Assert.IsType<ChainOfThought<Judge>>(program.WithClient(c => c));
    }

    [Fact]
    public void A_value_of_its_signature_makes_a_labelled_demo()
    {
        IPredictor predictor = Offline.Predict<Judge>();
        Assert.Equal(new Demo<Judge>(Judge.Example), predictor.LabelledDemo(Judge.Example));
        Assert.Null(predictor.LabelledDemo(new Ask("Q", "A")));
    }
}
