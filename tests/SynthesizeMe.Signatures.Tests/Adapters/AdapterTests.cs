using CsCheck;
using Microsoft.Extensions.AI;
using SynthesizeMe.Signatures.Tests.Declared;
using SynthesizeMe.Signatures.Tests.RoundTrips;
using SynthesizeMe.Testing;

namespace SynthesizeMe.Signatures.Tests.Adapters;

/// <summary>The same signature in other layouts: prompts, round trips, and what the provider is told.</summary>
public class AdapterTests
{
    private const string InJson = """{"reasoning": "Short.", "preference": "First"}""";

    private static readonly Demo<Judge> Verified = new(Judge.Example, "Brevity wins & <b>counts</b>.", Verified: true);
    private static readonly Demo<Judge> Labelled = new(Judge.Example with { FirstCompletion = "It \"varies\".", Preference = Preference.Second });

    public static TheoryData<string> Adapters => ["chat", "json", "xml"];

    [Theory]
    [MemberData(nameof(Adapters))]
    public void The_whole_prompt_is_in_the_adapter_s_layout(string adapter) =>
        Snapshot.Match(Judging(adapter, Verified, Labelled).Render(Judge.Example.ToInputs()).ToString(), adapter);

    [Theory]
    [MemberData(nameof(Adapters))]
    public void Every_type_has_its_form_in_the_adapter_s_layout(string adapter) => Snapshot.Match(
        new Predict<Everything>(new ScriptedChatClient(""), Options(adapter))
            .With(PredictorState.Empty.WithDemos(new Demo<Everything>(Everything.Example)))
            .Render(Everything.Example.ToInputs()).Turns[2].Text,
        adapter);

    [Theory]
    [MemberData(nameof(Adapters))]
    public void The_shown_reply_is_read_as_the_same_value(string adapter) => Gen.Select(Any.Mixed, Any.Text).Sample((value, reasoning) =>
    {
        ChainOfThought<Mixed> predictor = new ChainOfThought<Mixed>(new ScriptedChatClient(""), Options(adapter))
            .With(PredictorState.Empty.WithDemos(new Demo<Mixed>(value, reasoning)));
        Prediction<Mixed> read = predictor.Parse(value.ToInputs(), predictor.Render(value.ToInputs()).Turns[2].Text);
        Assert.Equal(reasoning, read.Reasoning);
        Assert.Equal(value.Words, read.Value.Words);
        Assert.Equal(value.Items, read.Value.Items);
        Assert.Equal(value with { Words = read.Value.Words, Items = read.Value.Items }, read.Value);
        Assert.Empty(read.Repairs);
    }, iter: 2_000);

    [Theory]
    [MemberData(nameof(Adapters))]
    public void A_reply_in_another_layout_is_understood_and_listed(string adapter)
    {
        Prediction<Judge> read = Judging(adapter).Parse(Judge.Example.ToInputs(), InJson);
        Assert.Equal((Preference.First, "Short."), (read.Value.Preference, read.Reasoning));
        Assert.Equal(adapter == "json" ? [] : [RepairKind.WrittenAsJson], read.Repairs.Select(r => r.Kind));
    }

    [Fact]
    public async Task The_provider_is_given_the_schema_of_the_reply()
    {
        ChatOptions? seen = null;
        var model = new ScriptedChatClient((_, options) => { seen = options; return InJson; });
        await new ChainOfThought<Judge>(model, Options("json")).PredictAsync(Judge.Example.ToInputs(), TestContext.Current.CancellationToken);
        ChatResponseFormatJson format = Assert.IsType<ChatResponseFormatJson>(seen!.ResponseFormat);
        Assert.Equal("Judge", format.SchemaName);
        Snapshot.Match(format.Schema!.Value.ToString(), extension: "json");
    }

    [Fact]
    public async Task The_provider_is_told_nothing_when_structured_output_is_off_or_the_caller_chose_a_format()
    {
        var formats = new List<ChatResponseFormat?>();
        var model = new ScriptedChatClient((_, options) => { formats.Add(options?.ResponseFormat); return InJson; });
        PredictOptions json = Options("json");
        var own = new ChatOptions { ResponseFormat = ChatResponseFormat.Text };
        foreach (PredictOptions options in (PredictOptions[])[json with { StructuredOutput = false }, json with { ChatOptions = own }])
        {
            await new ChainOfThought<Judge>(model, options).PredictAsync(Judge.Example.ToInputs(), TestContext.Current.CancellationToken);
        }

        Assert.Equal([null, ChatResponseFormat.Text], formats);
    }

    [Fact]
    public async Task The_caller_s_options_are_left_as_they_are()
    {
        var own = new ChatOptions { Temperature = 0.5f };
        float? seen = null;
        var model = new ScriptedChatClient((_, options) => { seen = options?.Temperature; return InJson; });
        await new ChainOfThought<Judge>(model, Options("json") with { ChatOptions = own }).PredictAsync(Judge.Example.ToInputs(), TestContext.Current.CancellationToken);
        Assert.Equal((0.5f, null), (seen, own.ResponseFormat));
    }

    [Fact]
    public async Task An_adapter_is_chosen_for_a_predictor_or_for_one_call()
    {
        var model = new ScriptedChatClient(InJson);
        ChainOfThought<Judge> chat = new(model);
        ChainOfThought<Judge> json = chat.With(Options("json"));
        await json.PredictAsync(Judge.Example.ToInputs(), TestContext.Current.CancellationToken);
        await chat.PredictAsync(Judge.Example.ToInputs(), Options("xml"), TestContext.Current.CancellationToken);
        await chat.PredictAsync(Judge.Example.ToInputs(), TestContext.Current.CancellationToken);
        Assert.Equal(
            ["Reply with a JSON", "Reply with the el", "Reply with `reaso"],
            model.Requests.Select(r => r[^1].Text).Select(t => t.Substring(t.IndexOf("Reply with", StringComparison.Ordinal), 17)));
    }

    [Fact]
    public async Task The_second_ask_is_in_the_adapter_s_layout()
    {
        var model = new ScriptedChatClient("<preference>Neither</preference><reasoning/>", "<reasoning>So.</reasoning>\n<preference>First</preference>");
        Prediction<Judge> read = await new ChainOfThought<Judge>(model, Options("xml")).PredictAsync(Judge.Example.ToInputs(), TestContext.Current.CancellationToken);
        Assert.Equal(Preference.First, read.Value.Preference);
        Assert.Contains("<respond>", model.Requests[1][^1].Text, StringComparison.Ordinal);
    }

    private static ChainOfThought<Judge> Judging(string adapter, params Demo[] demos) =>
        new ChainOfThought<Judge>(new ScriptedChatClient(""), Options(adapter)).With(PredictorState.Empty.WithDemos(demos));

    private static PredictOptions Options(string adapter) => new()
    {
        Adapter = adapter switch { "json" => PromptAdapter.Json, "xml" => PromptAdapter.Xml, _ => PromptAdapter.Chat },
    };
}
