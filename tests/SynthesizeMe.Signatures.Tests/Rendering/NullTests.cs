using System.Text.Json;
using SynthesizeMe.Signatures.Tests.Declared;
using SynthesizeMe.Signatures.Tests.Templates;
using SynthesizeMe.Testing;

namespace SynthesizeMe.Signatures.Tests.Rendering;

/// <summary>A null where the type says that there is none is refused by name: neither a model nor a reader of a state could make anything of it.</summary>
public class NullTests
{
    private static readonly Ask Unanswered = JsonSerializer.Deserialize<Ask>("""{"Question":"Well?"}""")!;
    private static readonly Ask Unasked = JsonSerializer.Deserialize<Ask>("""{"Answer":"Yes."}""")!;

    [Fact]
    public async Task An_input_that_is_null_is_asked_of_nobody()
    {
        var model = new ScriptedChatClient("[[ ## answer ## ]]\nYes.");
        var e = await Assert.ThrowsAsync<ArgumentException>(() => Ask.Predict(model).PredictAsync((string)null!, TestContext.Current.CancellationToken));
        Assert.Equal("Ask cannot be written: question: it is null, and its type is not nullable.", e.Message);
        Assert.Empty(model.Requests);
    }

    [Theory]
    [InlineData("chat")]
    [InlineData("json")]
    [InlineData("xml")]
    public void An_input_that_is_null_is_rendered_in_no_layout(string adapter)
    {
        PromptAdapter layout = adapter switch { "chat" => PromptAdapter.Chat, "json" => PromptAdapter.Json, _ => PromptAdapter.Xml };
        Predict<Ask> predictor = Offline.Predict<Ask>().With(new PredictOptions { Adapter = layout });
        Assert.Contains("question", Assert.Throws<ArgumentException>(() => predictor.Render(new Ask.Inputs(null!))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_demo_without_a_field_is_not_shown()
    {
        var inputs = new Ask.Inputs("Now?");
        Assert.Equal(
            "Ask cannot be written: answer: it is null, and its type is not nullable.",
            Assert.Throws<ArgumentException>(() => Offline.Predict<Ask>(new Demo<Ask>(Unanswered)).Render(inputs)).Message);
        Assert.Contains(
            "question", Assert.Throws<ArgumentException>(() => Offline.Predict<Ask>(new Demo<Ask>(Unasked)).Render(inputs)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_demo_without_a_field_is_not_saved()
    {
        Assert.Equal("Ask cannot be written: answer: it is null, and its type is not nullable.", Refuse(Unanswered).Message);
        Assert.Equal("Ask cannot be written: question: it is null, and its type is not nullable.", Refuse(Unasked).Message);
    }

    [Fact]
    public void A_text_within_a_field_is_told_by_both_names()
    {
        Tags named = new("Some text", [new Tag("red", 1), new Tag(null!, 2)]);
        Assert.Equal("Tags cannot be written: found.name: it is null, and its type is not nullable.", Refuse(named).Message);
        Assert.Equal(
            Refuse(named).Message,
            Assert.Throws<ArgumentException>(() => Offline.Predict<Tags>(new Demo<Tags>(named)).Render(new Tags.Inputs("Other text"))).Message);
        Assert.Equal("Tags cannot be written: found: it is null, and its type is not nullable.", Refuse(named with { Found = null! }).Message);
    }

    [Fact]
    public void A_null_among_the_items_of_a_list_is_told_by_the_name_of_the_list() => Assert.Equal(
        "Everything cannot be written: words: it is null, and its type is not nullable.", Refuse(Everything.Example with { Words = ["one", null!] }).Message);

    [Fact]
    public void A_conversation_that_is_null_is_refused() => Assert.Contains(
        "talk",
        Assert.Throws<ArgumentException>(() => Offline.Predict<Everything>().Render((Everything.Example with { Talk = null! }).ToInputs())).Message,
        StringComparison.Ordinal);

    [Fact]
    public void A_template_sends_nothing_in_the_place_of_no_null()
    {
        var inputs = new Told.Inputs("Now?");
        Assert.Equal(
            "Told cannot be written: question: it is null, and its type is not nullable.",
            Assert.Throws<ArgumentException>(() => Offline.Predict<Told>().Render(new Told.Inputs(null!))).Message);
        Assert.Contains(
            "question",
            Assert.Throws<ArgumentException>(() => Offline.Predict<Told>(new Demo<Told>(new(null!, "Yes."))).Render(inputs)).Message,
            StringComparison.Ordinal);
        Assert.Contains(
            "answer",
            Assert.Throws<ArgumentException>(() => Offline.Predict<Told>(new Demo<Told>(new("Then?", null!))).Render(inputs)).Message,
            StringComparison.Ordinal);
    }

    private static ArgumentException Refuse<T>(T value)
        where T : class, ISignature<T> => Assert.Throws<ArgumentException>(
            () => ProgramStateJson.Write(ProgramState.Empty.With("self", PredictorState.Empty.WithDemos([new Demo<T>(value)]))));
}
