using CsCheck;
using SynthesizeMe.Signatures.Tests.Declared;
using SynthesizeMe.Signatures.Tests.Programs;
using SynthesizeMe.Signatures.Tests.RoundTrips;
using SynthesizeMe.Testing;

namespace SynthesizeMe.Signatures.Tests.States;

/// <summary>States are saved and loaded as JSON without loss, and a damaged file is named as such.</summary>
public class ProgramStateJsonTests
{
    private static readonly CriticThenJudge Program = new(new ScriptedChatClient(""));

    private static readonly ProgramState Sample = ProgramState.Empty
        .With("Critic", new PredictorState("Be \"kind\" & brief.\n", [new Demo<Critique>(new Critique("a", "b", "<é>"))]))
        .With("Decide", PredictorState.Empty.WithDemos(new Demo<JudgeByCritique>(new JudgeByCritique("c", Preference.Second), "R", Verified: true)));

    [Fact]
    public void Its_json_is_readable() => Snapshot.Match(ProgramStateJson.Write(Sample), extension: "json");

    [Fact]
    public void A_state_comes_back_as_it_was() => Assert.Equal(Sample, ProgramStateJson.Read(ProgramStateJson.Write(Sample), Program.Predictors));

    [Fact]
    public void Any_demonstrations_come_back_as_they_were() =>
        Gen.Select(Any.Text.Null(), Any.DemoOf(Any.Judge).Array[0, 4]).Sample(
            (instructions, demos) =>
            {
                IPromptProgram<Judge> program = Offline.ChainOfThought<Judge>().With(new PredictorState(instructions, [.. demos]));
                string json = ProgramStateJson.Write(program.State);
                ProgramState read = ProgramStateJson.Read(json, program.Predictors);
                Assert.Equal(program.State, read);
                Assert.Equal(json, ProgramStateJson.Write(read));
            },
            iter: 1_000);

    [Fact]
    public void Values_of_every_shape_are_written_alike_after_reading() => Any.DemoOf(Any.Mixed).Array[1, 3].Sample(
        demos =>
        {
            IPromptProgram<Mixed> program = Offline.Predict<Mixed>(demos);
            string json = ProgramStateJson.Write(program.State);
            Assert.Equal(json, ProgramStateJson.Write(ProgramStateJson.Read(json, program.Predictors)));
        },
        iter: 1_000);

    [Fact]
    public void A_reasoning_of_the_signature_s_own_is_a_field_like_any_other()
    {
        IPromptProgram<OwnReasoning> program = Offline.Predict<OwnReasoning>(new Demo<OwnReasoning>(new OwnReasoning("Q", "R", "A")));
        Assert.Equal(program.State, ProgramStateJson.Read(ProgramStateJson.Write(program.State), program.Predictors));
    }

    [Fact]
    public void Nothing_chosen_is_an_empty_state() =>
        Assert.Equal(ProgramState.Empty, ProgramStateJson.Read(ProgramStateJson.Write(ProgramState.Empty), Program.Predictors));

    [Fact]
    public void Equal_states_give_equal_text()
    {
        ProgramState reversed = ProgramState.Empty.With("Decide", Sample["Decide"]).With("Critic", Sample["Critic"]);
        Assert.Equal(Sample, reversed);
        Assert.Equal(Sample.GetHashCode(), reversed.GetHashCode());
        Assert.Equal(ProgramStateJson.Write(Sample), ProgramStateJson.Write(reversed));
    }

    [Theory]
    [InlineData("", "not valid JSON")]
    [InlineData("{", "not valid JSON")]
    [InlineData("[]", "state: an object was expected, but it is a list")]
    [InlineData("{}", "state: the property 'schemaVersion' is missing")]
    [InlineData("""{"schemaVersion":2,"predictors":{}}""", "it has schema version 2, and this library reads version 1")]
    [InlineData("""{"schemaVersion":"1","predictors":{}}""", "schemaVersion: a whole number that fits Int32 was expected, but it is a string")]
    [InlineData("""{"schemaVersion":1}""", "state: the property 'predictors' is missing")]
    [InlineData("""{"schemaVersion":1,"predictors":[]}""", "'predictors' is not an object")]
    [InlineData("""{"schemaVersion":1,"predictors":{"Other":{"demos":[]}}}""", "it has a predictor 'Other', and the program has only 'Critic', 'Decide'")]
    [InlineData("""{"schemaVersion":1,"predictors":{"\ud800":{}}}""", "half of a surrogate pair stands alone in a predictor's name")]
    [InlineData("""{"schemaVersion":1,"predictors":{"Critic":null}}""", "Critic: an object was expected, but it is null")]
    [InlineData("""{"schemaVersion":1,"predictors":{"Critic":{}}}""", "Critic: the property 'demos' is missing")]
    [InlineData("""{"schemaVersion":1,"predictors":{"Critic":{"demos":{}}}}""", "Critic.demos: a list was expected, but it is an object")]
    [InlineData(
        """{"schemaVersion":1,"predictors":{"Critic":{"instructions":7,"demos":[]}}}""",
        "Critic.instructions: a string was expected, but it is the number 7")]
    [InlineData("""{"schemaVersion":1,"predictors":{"Critic":{"demos":["x"]}}}""", "Critic.demos[0]: an object was expected, but it is a string")]
    [InlineData(
        """{"schemaVersion":1,"predictors":{"Critic":{"demos":[{"first_completion":"a"}]}}}""",
        "Critic.demos[0]: the property 'second_completion' is missing")]
    [InlineData(
        """{"schemaVersion":1,"predictors":{"Critic":{"demos":[{"first_completion":"a","second_completion":"b","verdict":3}]}}}""",
        "Critic.demos[0]: verdict: a string was expected, but it is the number 3")]
    [InlineData(
        """{"schemaVersion":1,"predictors":{"Decide":{"demos":[{"critique":"a","preference":"Both","augmented":"yes"}]}}}""",
        "Decide.demos[0]: augmented: true or false was expected, but it is a string")]
    [InlineData(
        """{"schemaVersion":1,"predictors":{"Decide":{"demos":[{"critique":"a","preference":"Both"}]}}}""",
        "Decide.demos[0]: preference: it names none of the labels: First; Second")]
    public void A_damaged_state_is_refused_with_its_problem(string json, string problem)
    {
        ProgramStateException e = Assert.Throws<ProgramStateException>(() => ProgramStateJson.Read(json, Program.Predictors));
        Assert.StartsWith($"The program state cannot be loaded: {problem}", e.Message, StringComparison.Ordinal);
    }
}
