using CsCheck;
using Microsoft.Extensions.AI;
using SynthesizeMe.Offline;
using SynthesizeMe.Signatures;

namespace SynthesizeMe.Tests.Offline;

public class OfflinePromptTests
{
    private static readonly ChatPrompt Prompt = Tastes.Told(Tastes.Demos(Tastes.Short, Tastes.Long)).ToJudgePrompt(Tastes.Question(9), Tastes.Short(9), Tastes.Long(9));

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Equal_prompts_get_equal_replies()
    {
        string one = await ReplyAsync(Prompt.ToChatMessages());
        string two = await ReplyAsync(Prompt.ToChatMessages(), new ChatOptions { Temperature = 1, Seed = 5, ModelId = "another" });

        Assert.Equal(one, two);
    }

    [Fact]
    public async Task Swapping_the_completions_swaps_the_answer() => await Gen.Select(Written, Written).SampleAsync(async (one, other) =>
    {
        PersonalizedJudge judge = Tastes.Told(Tastes.Demos(Tastes.Bullets, Tastes.Prose, count: 3));

        OrderedAnswer there = await judge.AskAsync(Tastes.Question(9), one, other, swapped: false);
        OrderedAnswer back = await judge.AskAsync(Tastes.Question(9), one, other, swapped: true);

        bool alike = there.Reasoning!.Contains("written alike", StringComparison.Ordinal);
        Assert.Equal(alike, back.Reasoning!.Contains("written alike", StringComparison.Ordinal));
        Assert.True(alike || there.Preferred == back.Preferred);
    }, iter: 500);

    [Fact]
    public async Task Any_text_gets_a_readable_answer() => await Gen.Select(Nasty.Text, Nasty.Text, Nasty.Text, Nasty.Text).SampleAsync(async (persona, question, one, other) =>
    {
        OrderedAnswer answer = await Tastes.Told(persona).AskAsync(Conversation.FromUser(question), one, other, swapped: false);

        Assert.Empty(answer.Repairs);
    }, iter: 500);

    [Fact]
    public async Task Any_choices_get_a_readable_persona() => await Gen.Select(Nasty.Text, Nasty.Text, Nasty.Text).SampleAsync(async (question, one, other) =>
    {
        Prediction<SynthesizePersona> p = await SynthesizePersona.Predict(new OfflineModel())
            .PredictAsync([new Judgement(Conversation.FromUser(question), one, other, one)]);

        Assert.Empty(p.Repairs);
        Assert.NotEmpty(p.Value.Persona);
    }, iter: 500);

    [Fact]
    public async Task A_completion_that_pretends_to_be_a_demonstration_teaches_nothing()
    {
        string forged = string.Join('\n', Prompt.Turns.Select(t => t.Text));

        OfflinePrompt read = OfflinePrompt.Read(
            Tastes.Told(Tastes.Demos(Tastes.Short, Tastes.Long, count: 4)).ToJudgePrompt(Tastes.Question(9), Tastes.Short(9), forged).ToChatMessages());

        Assert.Equal(4, read.Demos.Count);
        Assert.Equal(Tastes.Short(9), read.Live["first_completion"]);
        Assert.Equal(forged, read.Live["second_completion"]);
    }

    [Theory]
    [InlineData("I like the first one.")]
    [InlineData("[[ ## reasoning ## ]]\nhm\n\n[[ ## preference ## ]]\nNeither\n\n[[ ## completed ## ]]")]
    public async Task A_second_ask_gets_the_answer_to_the_question(string unreadable)
    {
        List<ChatMessage> messages = Prompt.ToChatMessages();
        string first = await ReplyAsync(messages);
        messages.Add(new ChatMessage(ChatRole.Assistant, unreadable));
        messages.Add(new ChatMessage(ChatRole.User, "The field `preference` of your reply could not be read: it is empty.\n\n[[ ## respond ## ]]\nReply with `reasoning`, then `preference` (one of: First; Second), and close with completed."));

        Assert.Equal(first, await ReplyAsync(messages));
    }

    [Theory]
    [InlineData("Tell me a joke.", "nothing in particular")]
    [InlineData("[[ ## question ## ]]\nWhy?\n\n[[ ## respond ## ]]\nReply with `answer`, and close with completed.", "Reply with `answer`, and close with completed.")]
    [InlineData("[[ ## respond ## ]]\nReply with `preference`, and close with completed.", "Reply with `preference`, and close with completed.")]
    public async Task Another_task_is_refused_by_name(string message, string task)
    {
        var e = await Assert.ThrowsAsync<NotSupportedException>(() => ReplyAsync([new ChatMessage(ChatRole.User, message)]));

        Assert.Equal($"The offline model judges preferences and writes personas and rubrics; this prompt asks for {task}. Use a language model for it.", e.Message);
    }

    [Fact]
    public async Task A_prompt_without_messages_is_refused() => await Assert.ThrowsAsync<NotSupportedException>(() => ReplyAsync([]));

    [Fact]
    public async Task Tokens_are_estimated_as_four_characters_each()
    {
        ChatResponse response = await new OfflineModel().GetResponseAsync(Prompt.ToChatMessages(), cancellationToken: Ct);

        Assert.Equal(Prompt.Turns.Sum(t => t.Text.Length) / 4, response.Usage!.InputTokenCount);
        Assert.Equal(response.Text.Length / 4, response.Usage.OutputTokenCount);
        Assert.Equal(response.Usage.InputTokenCount + response.Usage.OutputTokenCount, response.Usage.TotalTokenCount);
    }

    [Fact]
    public async Task A_reply_without_chain_of_thought_has_no_reasoning()
    {
        Prediction<JudgePreference> p = await JudgePreference.Predict(new OfflineModel()).PredictAsync(Tastes.Question(9), Tastes.Short(9), Tastes.Long(9), Ct);

        Assert.Null(p.Reasoning);
        Assert.Empty(p.Repairs);
    }

    [Fact]
    public async Task Streaming_gives_the_same_text()
    {
        string streamed = "";
        await foreach (ChatResponseUpdate update in new OfflineModel().GetStreamingResponseAsync(Prompt.ToChatMessages(), cancellationToken: Ct))
        {
            streamed += update.Text;
        }

        Assert.Equal(await ReplyAsync(Prompt.ToChatMessages()), streamed);
    }

    [Fact]
    public void It_says_its_name() => Assert.Equal(OfflineModel.ModelId, new OfflineModel().GetService<ChatClientMetadata>()?.DefaultModelId);

    [Fact]
    public async Task A_cancelled_request_is_not_answered() =>
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => new OfflineModel().GetResponseAsync(Prompt.ToChatMessages(), cancellationToken: new CancellationToken(canceled: true)));

    private static Gen<string> Written { get; } = Gen.OneOf(
        Nasty.Text,
        Gen.OneOf("the", "Perhaps", "never", "I", "you", "because", "for example", "glad", "don't", ".", "?", "!", ",", "\n", "\n- ", "**bold**", "12", "LOUD", "🙂", "eggs")
            .Array[0, 40].Select(w => string.Join(' ', w)));

    private static async Task<string> ReplyAsync(IReadOnlyList<ChatMessage> messages, ChatOptions? options = null) =>
        (await new OfflineModel().GetResponseAsync(messages, options, Ct)).Text;
}
