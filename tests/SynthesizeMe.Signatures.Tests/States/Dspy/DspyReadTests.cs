using System.Collections.Immutable;
using System.Text.Json;
using SynthesizeMe.Signatures.Tests.Declared;
using SynthesizeMe.Signatures.Tests.Programs;
using SynthesizeMe.Testing;

namespace SynthesizeMe.Signatures.Tests.States.Dspy;

/// <summary>Programs that DSPy saved are read, and what a state cannot hold is reported.</summary>
public class DspyReadTests
{
    private static readonly CriticThenJudge Program = new(new ScriptedChatClient(""));

    private static readonly ChainOfThought<Judge> Judging = Offline.ChainOfThought<Judge>();

    [Fact]
    public void A_judge_of_2_6_is_read() => Snapshot.Match(DspyFiles.Show(DspyStateJson.Read(
        DspyFiles.Read("judge-2.6.12.json"), Predictors(Judging), new() { Predictors = Map("judge.predict", "self") })));

    [Fact]
    public void A_program_of_3_3_is_read() =>
        Snapshot.Match(DspyFiles.Show(DspyStateJson.Read(DspyFiles.Read("critic-then-judge-3.3.1.json"), Program.Predictors)));

    [Fact]
    public void A_bare_chain_of_thought_of_3_0_is_read() =>
        Snapshot.Match(DspyFiles.Show(DspyStateJson.Read(DspyFiles.Read("single-3.0.4.json"), Predictors(Offline.ChainOfThought<Ask>()))));

    [Fact]
    public void What_is_read_fits_the_program_and_reaches_the_prompt()
    {
        ProgramState state = DspyStateJson.Read(DspyFiles.Read("critic-then-judge-3.3.1.json"), Program.Predictors).State;
        var program = (CriticThenJudge)Program.With(state);
        string prompt = program.Decide.Render(new JudgeByCritique.Inputs("c")).ToString();
        Assert.Contains("Short is good.", prompt, StringComparison.Ordinal);
        Assert.Contains("b is longer", prompt, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Critic")]
    [InlineData("critic")]
    [InlineData("CRITIC")]
    [InlineData("critic.predict")]
    [InlineData("Critic.predict")]
    public void A_predictor_is_found_by_its_name(string name)
    {
        string json = Both(name, "Decide");
        Assert.Equal("Do it.", DspyStateJson.Read(json, Program.Predictors).State["Critic"].Instructions);
    }

    [Fact]
    public void A_name_of_another_kind_is_found_by_the_map()
    {
        DspyImport import = DspyStateJson.Read(Both("steps[0]", "Decide"), Program.Predictors, new() { Predictors = Map("steps[0]", "Critic") });
        Assert.Equal("Do it.", import.State["Critic"].Instructions);
    }

    [Theory]
    [InlineData("""{"question": "Q", "answer": "A"}""")]
    [InlineData("""{"Question": "Q", "ANSWER": "A"}""")]
    [InlineData("""{"ques_tion": "Q", "an swer": "A"}""")]
    [InlineData("""{"frage": "Q", "answer": "A"}""")]
    public void A_field_is_found_by_its_name_or_by_the_map(string demo)
    {
        DspyImport import = DspyStateJson.Read(
            DspyFiles.Of("self", $"[{demo}]", "Question", "Answer"), Predictors(Offline.Predict<Ask>()), new() { Fields = Map("frage", "question") });
        Assert.Equal([new Demo<Ask>(new Ask("Q", "A"))], import.State["self"].Demos);
    }

    [Fact]
    public void Instructions_that_are_the_signature_s_own_become_none()
    {
        string json = DspyFiles.Of("self", "[]", "Question", "Answer").Replace("Do it.", "Answer the question.", StringComparison.Ordinal);
        Assert.Equal(ProgramState.Empty, DspyStateJson.Read(json, Predictors(Offline.Predict<Ask>())).State);
    }

    [Fact]
    public void Reasoning_that_is_a_field_stays_one()
    {
        DspyImport import = DspyStateJson.Read(
            DspyFiles.Of("self", """[{"question": "Q", "reasoning": "R", "answer": "A"}]""", "Question", "Reasoning", "Answer"), Predictors(Offline.Predict<OwnReasoning>()));
        Assert.Equal([new Demo<OwnReasoning>(new OwnReasoning("Q", "R", "A"))], import.State["self"].Demos);
        Assert.Empty(import.LeftOut);
    }

    [Fact]
    public void A_predictor_that_does_not_think_aloud_keeps_the_reasoning_and_says_that_it_is_not_shown()
    {
        DspyImport import = DspyStateJson.Read(
            DspyFiles.Of("self", """[{"question": "Q", "reasoning": "R", "answer": "A", "augmented": true}]""", "Question", "Reasoning", "Answer"), Predictors(Offline.Predict<Ask>()));
        Assert.Equal([new Demo<Ask>(new Ask("Q", "A"), "R", Verified: true)], import.State["self"].Demos);
        Assert.Equal(2, import.LeftOut.Length);
    }

    [Fact]
    public void A_value_can_be_converted_by_the_caller()
    {
        using JsonDocument better = JsonDocument.Parse("\"B\"");
        DspyImport import = DspyStateJson.Read(
            DspyFiles.Of("self", """[{"question": "Q", "answer": "A"}]""", "Question", "Answer"),
            Predictors(Offline.Predict<Ask>()),
            new() { Convert = (field, value) => field == "answer" ? better.RootElement : value });
        Assert.Equal([new Demo<Ask>(new Ask("Q", "B"))], import.State["self"].Demos);
    }

    [Fact]
    public void Demonstrations_that_cannot_be_read_are_left_out_on_demand()
    {
        string json = DspyFiles.Of("self", """[{"text": "t", "count": "many", "ratio": 1, "sure": true}, {"text": "t", "count": 1, "ratio": 1, "sure": true}]""", "Text", "Count", "Ratio", "Sure");
        DspyImport import = DspyStateJson.Read(json, Predictors(Offline.Predict<Measure>()), new() { SkipUnreadable = true });
        Assert.Single(import.State["self"].Demos);
        Assert.Equal("$.self.demos[0].count: the demonstration cannot be read: a whole number that fits Int32 was expected, but it is a string", Assert.Single(import.LeftOut).ToString());
        Assert.Throws<DspyStateException>(() => DspyStateJson.Read(json, Predictors(Offline.Predict<Measure>())));
    }

    internal static IReadOnlyList<IPredictor> Predictors<T>(IPromptProgram<T> program)
        where T : class, ISignature<T> => program.Predictors;

    private static ImmutableDictionary<string, string> Map(string dspy, string ours) => ImmutableDictionary<string, string>.Empty.Add(dspy, ours);

    private static string Both(string critic, string decide) =>
        $"{DspyFiles.Of(critic, "[]", "First Completion", "Second Completion", "Verdict")[..^1]}, {DspyFiles.Of(decide, "[]", "Critique", "Reasoning", "Preference")[1..]}";
}
