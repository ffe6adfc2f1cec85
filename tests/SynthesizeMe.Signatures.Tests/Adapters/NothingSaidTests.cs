using Microsoft.Extensions.AI;
using SynthesizeMe.Testing;

namespace SynthesizeMe.Signatures.Tests.Adapters;

[Signature("Help where you can.")]
public partial record Hinted([Input] string Question, [Output("A hint.")] string? Hint = null, [Output] DateOnly? Due = null);

/// <summary>A reply in which every output is left out.</summary>
public class NothingSaidTests
{
    private static readonly Hinted.Inputs Inputs = new("Tea or coffee?");

    [Theory]
    [InlineData("chat", "[[ ## completed ## ]]")]
    [InlineData("json", "{}")]
    [InlineData("xml", "<completed/>")]
    public void It_is_shown_and_read_in_each_layout(string adapter, string expected)
    {
        Predict<Hinted> predictor = Predictor(adapter).With(PredictorState.Empty.WithDemos([new Demo<Hinted>(new Hinted("Now or later?"))]));

        string shown = predictor.Render(Inputs).ToChatMessages().Single(m => m.Role == ChatRole.Assistant).Text;

        Assert.Equal(expected, shown);
        Prediction<Hinted> read = predictor.Parse(Inputs, shown);
        Assert.Equal(new Hinted("Tea or coffee?"), read.Value);
        Assert.Empty(read.Repairs);
    }

    [Theory]
    [InlineData("{ }")]
    [InlineData("{\n}")]
    [InlineData("```json\n{}\n```")]
    [InlineData("\n[[ ## completed ## ]]\n")]
    [InlineData("[[ ## Completed ## ]]")]
    [InlineData("<completed></completed>")]
    public void It_is_understood_as_a_model_may_write_it(string reply) => Assert.Equal(new Hinted("Tea or coffee?"), Predictor("chat").Parse(Inputs, reply).Value);

    [Theory]
    [InlineData("")]
    [InlineData("I cannot help with that.")]
    [InlineData("I cannot. [[ ## completed ## ]]")]
    [InlineData("{")]
    [InlineData("{\"error\": \"busy\"}")]
    [InlineData("completed")]
    public void Other_words_are_no_answer(string reply) => Assert.Throws<PromptParseException>(() => Predictor("chat").Parse(Inputs, reply));

    [Fact]
    public void Where_something_has_to_be_said_nothing_is_no_answer() =>
        Assert.Equal("answer", Offline.Refuse(new Declared.Ask.Inputs("Well?"), "[[ ## completed ## ]]").Field);

    [Fact]
    public void A_model_is_told_how_to_write_it_in_elements() => Assert.Contains(
        "Where all of them are left out, write <completed/>.", Predictor("xml").Render(Inputs).ToString(), StringComparison.Ordinal);

    private static Predict<Hinted> Predictor(string adapter) => Hinted.Predict(
        new ScriptedChatClient(""),
        new() { Adapter = adapter switch { "chat" => PromptAdapter.Chat, "json" => PromptAdapter.Json, _ => PromptAdapter.Xml } });
}
