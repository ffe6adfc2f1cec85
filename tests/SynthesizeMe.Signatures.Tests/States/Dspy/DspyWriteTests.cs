using System.Collections.Immutable;
using System.Text.Json;
using CsCheck;
using SynthesizeMe.Signatures.Tests.Declared;
using SynthesizeMe.Signatures.Tests.Programs;
using SynthesizeMe.Signatures.Tests.RoundTrips;
using SynthesizeMe.Testing;

namespace SynthesizeMe.Signatures.Tests.States.Dspy;

/// <summary>Our states are written as DSPy saves its own, and come back as they were.</summary>
public class DspyWriteTests
{
    private static readonly CriticThenJudge Program = new(new ScriptedChatClient(""));

    private static readonly ProgramState Sample = ProgramState.Empty
        .With("Critic", new PredictorState("Be \"kind\" & brief.\n", [new Demo<Critique>(new Critique("a", "b", "<é>"))]))
        .With("Decide", PredictorState.Empty.WithDemos(new Demo<JudgeByCritique>(new JudgeByCritique("c", Preference.Second), "R", Verified: true)));

    [Fact]
    public void A_state_is_written_in_dspy_s_form() => Snapshot.Match(DspyStateJson.Write(Sample, Program.Predictors), extension: "json");

    [Fact]
    public void Every_predictor_is_written_for_dspy_wants_them_all()
    {
        using JsonDocument json = JsonDocument.Parse(DspyStateJson.Write(ProgramState.Empty, Program.Predictors));
        Assert.Equal(["critic", "decide.predict", "metadata"], json.RootElement.EnumerateObject().Select(p => p.Name));
    }

    [Theory]
    [InlineData(false, "self")]
    [InlineData(true, "predict")]
    public void A_program_of_one_predictor_has_the_name_that_dspy_gives_it(bool reasons, string name)
    {
        IPromptProgram<Ask> program = reasons ? Offline.ChainOfThought<Ask>() : Offline.Predict<Ask>();
        using JsonDocument json = JsonDocument.Parse(DspyStateJson.Write(program.State, program.Predictors));
        Assert.Equal(name, json.RootElement.EnumerateObject().First().Name);
    }

    [Fact]
    public void The_caller_may_name_the_predictors()
    {
        var names = new Dictionary<string, string> { ["Critic"] = "steps[0]", ["Decide"] = "steps[1].predict" };
        string json = DspyStateJson.Write(Sample, Program.Predictors, names);
        DspyImport back = DspyStateJson.Read(json, Program.Predictors, new() { Predictors = ImmutableDictionary.CreateRange(names.ToDictionary(n => n.Value, n => n.Key)) });
        Assert.Equal(Sample, back.State);
        Assert.Throws<ArgumentException>(() => DspyStateJson.Write(Sample, Program.Predictors, new Dictionary<string, string> { ["Critic"] = "decide.predict" }));
    }

    [Fact]
    public void A_state_of_another_program_is_not_written() =>
        Assert.Throws<ArgumentException>(() => DspyStateJson.Write(ProgramState.Empty.With("x", new PredictorState("i", [])), Program.Predictors));

    [Fact]
    public void A_prefix_is_what_dspy_infers_of_the_name()
    {
        IPromptProgram<Numbered> program = Offline.Predict<Numbered>();
        using JsonDocument json = JsonDocument.Parse(DspyStateJson.Write(program.State, program.Predictors));
        Assert.Equal(
            ["First Item 2:", "A 1 B:", "X:"],
            json.RootElement.GetProperty("self").GetProperty("signature").GetProperty("fields").EnumerateArray().Select(f => f.GetProperty("prefix").GetString()));
    }

    [Fact]
    public void Any_state_of_a_judge_comes_back() => RoundTrip(Offline.ChainOfThought<Judge>(), Any.Judge, 500);

    [Fact]
    public void Any_state_of_every_shape_comes_back() => RoundTrip(Offline.Predict<Mixed>(), Any.Mixed, 500);

    [Fact]
    public void Any_state_of_every_kind_comes_back() => RoundTrip(Offline.ChainOfThought<Kinds>(), AnyKind.Kinds, 300);

    [Fact]
    public void An_example_of_every_type_comes_back() => RoundTrip(Offline.Predict<Everything>(), Gen.Const(Everything.Example), 10);

    [Fact]
    public void Images_come_back() => RoundTrip(Offline.Predict<Pictured>(), Gen.Const(Pictured.Example), 10);

    /// <summary>Compared as our own JSON, for lists within demonstrations are equal only when they are the same.</summary>
    private static void RoundTrip<T>(IPromptProgram<T> program, Gen<T> value, long times)
        where T : class, ISignature<T> =>
        Gen.Select(Any.Text.Null(), Any.DemoOf(value).Array[0, 3]).Sample(
            (instructions, demos) =>
            {
                ProgramState state = ProgramState.Empty.With("self", new PredictorState(instructions, [.. demos]));
                string json = DspyStateJson.Write(state, program.Predictors);
                DspyImport back = DspyStateJson.Read(json, program.Predictors);
                Assert.Equal(ProgramStateJson.Write(state), ProgramStateJson.Write(back.State));
                Assert.Empty(back.Converted);
                Assert.All(back.LeftOut, n => Assert.Contains("not shown to the model", n.Text, StringComparison.Ordinal));
                Assert.Equal(json, DspyStateJson.Write(back.State, program.Predictors));
            },
            iter: times);
}

[Signature("Number it.")]
public partial record Numbered([Input] string FirstItem2, [Input] string A1b, [Output] string X);
