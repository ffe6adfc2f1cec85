using Microsoft.Extensions.AI;
using SynthesizeMe.Signatures.Tests.Declared;
using SynthesizeMe.Signatures.Tests.Reading;
using SynthesizeMe.Testing;

namespace SynthesizeMe.Signatures.Tests.Predictors;

/// <summary>A reply that cannot be read is asked for again, then refused.</summary>
public class ReaskTests
{
    private static readonly Judge.Inputs Inputs = Judge.Example.ToInputs();
    private static readonly string Good = Reply.Preferring("Second");
    private static readonly string Bad = Reply.Preferring("Both");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_second_ask_shows_the_first_reply_and_names_the_problem()
    {
        var model = new ScriptedChatClient(Bad, Good);
        await Ask(model);
        Snapshot.Match(Models.Conversation(model.Requests[1].Skip(model.Requests[0].Count).ToList()));
    }

    [Fact]
    public async Task The_second_ask_names_a_constraint_that_was_broken()
    {
        var model = new ScriptedChatClient(ConstraintTests.Reply("share", "1.5"), ConstraintTests.Reply());
        await new Predict<Rated>(model).PredictAsync("t", cancellationToken: TestContext.Current.CancellationToken);
        Assert.StartsWith(
            "The field `share` of your reply could not be read: 1.5 is not from 0 to 1.", model.Requests[1][^1].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_second_reply_counts_and_both_are_paid_for()
    {
        var model = new ScriptedChatClient(Bad, Good);
        Prediction<Judge> prediction = await Ask(model);
        Assert.Equal(Preference.Second, prediction.Value.Preference);
        Assert.Equal([new Repair(RepairKind.AskedAgain, "", 0)], prediction.Repairs);
        Assert.Equal(Models.UsageOf(model, Bad, Good), prediction.Usage);
        Assert.Equal(2, prediction.Usage.Calls);
    }

    [Fact]
    public async Task A_reply_that_stays_unreadable_is_a_typed_exception()
    {
        var model = new ScriptedChatClient("nonsense", Bad);
        PromptParseException problem = await Assert.ThrowsAsync<PromptParseException>(() => Ask(model));
        Assert.Equal(("preference", Bad), (problem.Field, problem.Reply));
        Assert.Equal(Models.UsageOf(model, "nonsense", Bad), problem.Usage);
        Assert.Equal(2, model.Requests.Count);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    public async Task The_model_is_asked_again_as_often_as_the_options_say(int reasks)
    {
        var model = new ScriptedChatClient(Bad);
        PromptParseException problem = await Assert.ThrowsAsync<PromptParseException>(() => Ask(model, new PredictOptions { MaxReasks = reasks }));
        Assert.Equal(reasks + 1, model.Requests.Count);
        Assert.Equal(reasks + 1, problem.Usage.Calls);
    }

    [Fact]
    public async Task A_prompt_that_is_refused_has_no_answer_and_is_not_asked_again()
    {
        int asked = 0;
        var model = new ScriptedChatClient(_ => ++asked == 1 ? Bad : throw new PromptRefusedException("The model refuses it."));

        PromptParseException problem = await Assert.ThrowsAsync<PromptParseException>(() => Ask(model, new PredictOptions { MaxReasks = 3 }));

        Assert.Equal((2, 1, "The model refuses it."), (asked, problem.Usage.Calls, problem.Message));
    }

    [Fact]
    public void A_negative_number_of_asks_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new PredictOptions { MaxReasks = -1 });

    [Fact]
    public async Task A_marker_in_the_unreadable_reply_does_not_reach_the_problem_s_text()
    {
        var model = new ScriptedChatClient(Reply.Preferring("[[\\ ## completed ## ]]"), Good);
        await Ask(model);
        string again = model.Requests[1][^1].Text;
        Assert.Equal(["respond"], RoundTrips.Markers.In(again));
    }

    [Theory]
    [InlineData("filter", "I'm sorry, but ", "the provider's content filter stopped it")]
    [InlineData("error", "", "there was an error instead: quota exceeded")]
    [InlineData("refusal", "", "the model refused: I cannot help with that")]
    [InlineData("tool", "", "it calls the tool 'lookup' and says nothing; have the tools run (UseFunctionInvocation) before the reply is read")]
    public async Task A_reply_that_was_not_given_is_named_and_not_asked_for_again(string end, string text, string hint)
    {
        using var model = new Answering(new ChatResponse(new ChatMessage(ChatRole.Assistant, [new TextContent(text), .. Others(end)]))
        {
            FinishReason = end == "filter" ? ChatFinishReason.ContentFilter : ChatFinishReason.Stop,
        });

        PromptParseException whole = await Assert.ThrowsAsync<PromptParseException>(() => Judge.Predict(model).PredictAsync(Inputs, Cancel));
        PromptParseException streamed = await Assert.ThrowsAsync<PromptParseException>(
            async () => await Judge.Predict(model).PredictStreamingAsync<Judge.Partial>(Inputs, Cancel).LastAsync(Cancel));

        Assert.Equal((hint, hint, 2), (whole.Hint, streamed.Hint, model.Asked));
    }

    [Theory]
    [InlineData("filter")]
    [InlineData("error")]
    [InlineData("tool")]
    public async Task A_reply_that_is_whole_is_read_whatever_came_with_it(string end)
    {
        using var model = new Answering(
            new ChatResponse(new ChatMessage(ChatRole.Assistant, [.. Others(end), new TextContent(Good)])) { FinishReason = ChatFinishReason.ContentFilter });

        Assert.Equal(Preference.Second, (await Judge.Predict(model).PredictAsync(Inputs, Cancel)).Value.Preference);
    }

    [Fact]
    public async Task A_reply_cut_at_the_token_limit_is_refused_though_it_could_be_read()
    {
        var model = new ScriptedChatClient("[[ ## preference ## ]]\nFirst") { FinishReason = ChatFinishReason.Length };
        PromptParseException problem = await Assert.ThrowsAsync<PromptParseException>(() => Ask(model));
        Assert.Equal(("", "it ended at the token limit before it was complete; answer more briefly"), (problem.Field, problem.Hint));
        Assert.StartsWith("Your reply could not be read: it ended at the token limit", model.Requests[1][^1].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_complete_reply_that_ends_at_the_token_limit_is_read()
    {
        var model = new ScriptedChatClient(Good) { FinishReason = ChatFinishReason.Length };
        Assert.Equal(Preference.Second, (await Ask(model)).Value.Preference);
    }

    [Fact]
    public async Task Chain_of_thought_without_reasoning_is_asked_again()
    {
        var model = new ScriptedChatClient(Good, Reply.Of(("reasoning", "R"), ("preference", "First")));
        Prediction<Judge> prediction = await Judge.ChainOfThought(model).PredictAsync(Inputs, TestContext.Current.CancellationToken);
        Assert.Equal(("R", 2), (prediction.Reasoning, prediction.Usage.Calls));
    }

    private static IEnumerable<AIContent> Others(string end) => end switch
    {
        "error" => [new ErrorContent("quota exceeded.")],
        "refusal" => [new ErrorContent("I cannot help with that.") { ErrorCode = "Refusal" }],
        "tool" => [new FunctionCallContent("1", "lookup")],
        _ => [],
    };

    private static Task<Prediction<Judge>> Ask(ScriptedChatClient model, PredictOptions? options = null) =>
        Judge.Predict(model, options).PredictAsync(Inputs, TestContext.Current.CancellationToken);

    private sealed class Answering(ChatResponse response) : DelegatingChatClient(new ScriptedChatClient(""))
    {
        public int Asked { get; private set; }

        public override Task<ChatResponse> GetResponseAsync(
            IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
        {
            Asked++;
            return Task.FromResult(response);
        }

        public override IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
            IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
        {
            Asked++;
            return response.ToChatResponseUpdates().ToAsyncEnumerable();
        }
    }
}
