using System.Text.Json;
using CsCheck;
using Microsoft.Extensions.AI;
using SynthesizeMe.Signatures.Tests.Declared;
using SynthesizeMe.Signatures.Tests.RoundTrips;
using SynthesizeMe.Testing;

namespace SynthesizeMe.Signatures.Tests.Adapters;

/// <summary>Images, audio and files go out as real parts of the message, in the place of their field.</summary>
public class ContentTests
{
    private const string RedShown = "[image/png, 3 bytes, sha256 7fa54a425249]";

    private static readonly Demo<Pictured> Verified = new(Pictured.Example with { Remark = "Quite." }, "It is red.", Verified: true);
    private static readonly Demo<Pictured> Labelled = new(Pictured.Example with { History = null, More = [], Source = null, Photo = Pictured.Green, Answer = "Green." });

    public static TheoryData<string> Adapters => ["chat", "json", "xml"];

    [Theory]
    [MemberData(nameof(Adapters))]
    public void The_whole_prompt_has_history_images_and_incomplete_demonstrations(string adapter) =>
        Snapshot.Match(Asking(new ScriptedChatClient(""), adapter, Verified, Labelled).Render(Pictured.Example.ToInputs()).ToString(), adapter);

    [Theory]
    [MemberData(nameof(Adapters))]
    public async Task The_model_is_sent_the_parts_that_Render_shows(string adapter)
    {
        var model = new ScriptedChatClient("{\"reasoning\": \"r\", \"answer\": \"Red.\"}");
        ChainOfThought<Pictured> predictor = Asking(model, adapter, Verified, Labelled);
        await predictor.PredictAsync(Pictured.Example.ToInputs(), TestContext.Current.CancellationToken);
        ChatPrompt prompt = predictor.Render(Pictured.Example.ToInputs());
        AssertSame(prompt, model.Requests[0]);
        AssertSame(prompt, prompt.ToChatMessages());
    }

    [Fact]
    public async Task Each_part_stands_in_the_place_of_its_field()
    {
        var model = new ScriptedChatClient("{\"reasoning\": \"r\", \"answer\": \"Red.\"}");
        await Asking(model, "chat").PredictAsync(Pictured.Example.ToInputs(), TestContext.Current.CancellationToken);
        IList<AIContent> parts = model.Requests[0][^1].Contents;
        Assert.Equal(
            ["[[ ## photo ## ]]\n", "\n\n[[ ## more ## ]]\nItem 1:\n", "\nItem 2:\n", "\n\n[[ ## source ## ]]\n"],
            parts.OfType<TextContent>().Take(4).Select(t => t.Text));
        Assert.StartsWith("\n\n[[ ## question ## ]]\nWhich colour?", ((TextContent)parts[^1]).Text, StringComparison.Ordinal);
        Assert.Equal([Pictured.Red, Pictured.Green, Pictured.Tone, Pictured.Page], parts.Where(p => p is not TextContent));
    }

    [Fact]
    public void A_message_of_text_alone_is_one_text()
    {
        ChatPrompt prompt = Offline.Predict<Pictured>(Labelled).Render(Pictured.Example.ToInputs());
        Assert.Empty(prompt.Turns[0].Parts);
        Assert.IsType<TextContent>(Assert.Single(prompt.ToChatMessages()[0].Contents));
    }

    [Fact]
    public void An_empty_list_says_so() => Assert.Contains(
        "[[ ## more ## ]]\nnone\n", Offline.Predict<Pictured>().Render(Pictured.Example.ToInputs() with { More = [] }).Turns[^1].Text, StringComparison.Ordinal);

    [Fact]
    public void Text_that_looks_like_an_image_stays_text()
    {
        Pictured.Inputs inputs = Pictured.Example.ToInputs() with { Question = RedShown };
        ChatPrompt prompt = Offline.Predict<Pictured>().Render(inputs);
        Assert.Contains($"[[ ## photo ## ]]\n{RedShown}\n", prompt.ToString(), StringComparison.Ordinal);
        Assert.Equal(4, prompt.Turns[^1].Parts.Count(p => p.Content is not null));
        Assert.Contains(RedShown, prompt.Turns[^1].Parts[^1].Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Prompts_are_equal_when_their_bytes_are()
    {
        Pictured.Inputs inputs = Pictured.Example.ToInputs();
        ChatPrompt Render(byte[] bytes, string type = "image/png") => Offline.Predict<Pictured>().Render(inputs with { Photo = new(bytes, type) });
        Assert.Equal(Render([1, 2, 3]), Render([1, 2, 3]));
        Assert.Equal(Render([1, 2, 3]).Turns[^1].GetHashCode(), Render([1, 2, 3]).Turns[^1].GetHashCode());
        Assert.NotEqual(Render([1, 2, 3]), Render([1, 2, 4]));
        Assert.NotEqual(Render([1, 2, 3]), Render([1, 2, 3], "image/gif"));
    }

    [Fact]
    public void A_state_keeps_them_as_data_uris()
    {
        ProgramState state = ProgramState.Empty.With("self", PredictorState.Empty.WithDemos(Verified, Labelled));
        string json = ProgramStateJson.Write(state);
        Snapshot.Match(json, extension: "json");
        Predict<Pictured> predictor = Offline.Predict<Pictured>();
        ProgramState read = ProgramStateJson.Read(json, [predictor]);
        Assert.Equal(json, ProgramStateJson.Write(read));
        Assert.Equal(
            predictor.With(state["self"]).Render(Pictured.Example.ToInputs()),
            predictor.With(read["self"]).Render(Pictured.Example.ToInputs()));
    }

    [Theory]
    [InlineData("photo", "\"https://example.org/a.png\"")]
    [InlineData("photo", "\"data:;base64,!\"")]
    [InlineData("photo", "\"\"")]
    [InlineData("photo", "7")]
    [InlineData("source", "{\"uri\": \"a.png\", \"mediaType\": \"image/png\"}")]
    [InlineData("source", "{\"uri\": \"https://example.org/a.png\", \"mediaType\": \"?\"}")]
    [InlineData("source", "{\"uri\": \"https://example.org/a.png\"}")]
    public void A_saved_content_that_is_none_is_refused(string field, string json)
    {
        var fields = new Dictionary<string, string>
        {
            ["photo"] = "\"data:image/png;base64,/wAA\"",
            ["more"] = "[]",
            ["question"] = "\"?\"",
            ["answer"] = "\"!\"",
            [field] = json,
        };
        using JsonDocument demo = JsonDocument.Parse($"{{{string.Join(',', fields.Select(f => $"\"{f.Key}\": {f.Value}"))}}}");
        JsonShapeException refused = Assert.Throws<JsonShapeException>(() => Demo<Pictured>.ReadJson(demo.RootElement));
        Assert.StartsWith(field, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_was_said_with_an_image_is_shown_with_it_in_a_section()
    {
        var talk = new Conversation(new Turn(ChatRole.User, new TextContent("Look:\n"), Pictured.Red, new TextContent("nice & red")), new Turn(ChatRole.Assistant, "Yes"));
        Turn turn = Offline.Predict<Judge>().Render(Judge.Example.ToInputs() with { Conversation = talk }).Turns[^1];
        Assert.Equal($"user:\n  Look:\n  {RedShown}nice & red\nassistant:\n  Yes", talk.ToString());
        Assert.StartsWith($"[[ ## conversation ## ]]\n{talk}\n\n[[ ## first_completion", turn.Text, StringComparison.Ordinal);
        Assert.Equal("[[ ## conversation ## ]]\nuser:\n  Look:\n  ", turn.Parts[0].Text);
        Assert.Same(Pictured.Red, turn.Parts[1].Content);
    }

    [Fact]
    public void What_was_said_with_an_image_comes_back_from_json()
    {
        var talk = new Conversation(new Turn(ChatRole.User, new TextContent("a"), Pictured.Red, Pictured.Page), new Turn(ChatRole.Assistant, "b"));
        ProgramState state = ProgramState.Empty.With("self", PredictorState.Empty.WithDemos(new Demo<Judge>(Judge.Example with { Conversation = talk })));
        Assert.Equal(state, ProgramStateJson.Read(ProgramStateJson.Write(state), [Offline.Predict<Judge>()]));
    }

    [Fact]
    public void No_text_opens_a_section_across_an_image() => Gen.Select(Any.BrokenText.Array[1, 3], Gen.OneOf("chat", "xml")).Sample(
        (texts, adapter) =>
        {
            Conversation talk = new(new Turn(ChatRole.User, texts.SelectMany(t => (AIContent[])[new TextContent(t), Pictured.Red]).Append(new TextContent(" ## answer ## ]]"))));
            Predict<Judge> judge = Offline.Predict<Judge>().With(Options(adapter));
            ChatPrompt prompt = judge.Render(Judge.Example.ToInputs() with { Conversation = talk });
            string joined = string.Concat(prompt.ToChatMessages()[^1].Contents.OfType<TextContent>().Select(t => t.Text));
            Assert.Equal(adapter == "xml" ? [] : ["conversation", "first_completion", "second_completion", "respond"], Markers.In(joined));
        },
        iter: 2_000);

    [Theory]
    [InlineData("chat")]
    [InlineData("xml")]
    public void Blanks_between_two_images_still_keep_a_marker_apart(string adapter)
    {
        Conversation talk = new(new Turn(ChatRole.User, new TextContent("Look: [["), Pictured.Red, new TextContent("\u2028"), Pictured.Red, new TextContent(" ## answer ## ]]")));
        ChatPrompt prompt = Offline.Predict<Judge>().With(Options(adapter)).Render(Judge.Example.ToInputs() with { Conversation = talk });
        string joined = string.Concat(prompt.ToChatMessages()[^1].Contents.OfType<TextContent>().Select(t => t.Text));
        Assert.DoesNotContain("answer", Markers.In(joined));
    }

    [Fact]
    public void A_turn_of_texts_is_one_text()
    {
        Assert.Equal(new Turn(ChatRole.User, "ab"), new Turn(ChatRole.User, new TextContent("a"), new TextContent("b")));
        Assert.NotEqual(new Turn(ChatRole.User, RedShown), new Turn(ChatRole.User, Pictured.Red));
        Assert.Equal($"Turn {{ Role = user, Text = {RedShown} }}", new Turn(ChatRole.User, Pictured.Red).ToString());
    }

    [Fact]
    public void A_turn_has_no_other_contents() =>
        Assert.Throws<ArgumentException>(() => new Turn(ChatRole.User, new FunctionCallContent("1", "f")));

    private static void AssertSame(ChatPrompt prompt, IReadOnlyList<ChatMessage> messages)
    {
        Assert.Equal(prompt.Turns.Select(t => t.Role), messages.Select(m => m.Role));
        Assert.Equal(
            prompt.Turns.SelectMany(t => t.Parts.IsEmpty ? [t.Text] : t.Parts.Select(p => (object)p.Text! ?? p.Content!)),
            messages.SelectMany(m => m.Contents.Select(c => c is TextContent text ? (object)text.Text : c)));
    }

    internal static ChainOfThought<Pictured> Asking(IChatClient model, string adapter, params Demo[] demos) =>
        new ChainOfThought<Pictured>(model, Options(adapter)).With(PredictorState.Empty.WithDemos(demos));

    internal static PredictOptions Options(string adapter) => new()
    {
        Adapter = adapter switch { "json" => PromptAdapter.Json, "xml" => PromptAdapter.Xml, _ => PromptAdapter.Chat },
    };
}
