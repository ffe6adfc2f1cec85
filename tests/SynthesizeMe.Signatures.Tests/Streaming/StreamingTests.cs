using Microsoft.Extensions.AI;
using SynthesizeMe.Signatures.Tests.Declared;
using SynthesizeMe.Testing;

namespace SynthesizeMe.Signatures.Tests.Streaming;

/// <summary>What is shown while a reply is written, piece by piece.</summary>
public class StreamingTests
{
    private const string Thought = "The first is [[ clear ]]: 1 < 2 & \"so\" on.\n\n- Yes.";

    private static readonly string Judged = Reply.Of(("reasoning", Thought), ("preference", "First"));

    public static TheoryData<string> Layouts => new(
        Judged,
        "Sure.\n" + Judged.Replace("## ]]", "##]]", StringComparison.Ordinal),
        "```\n" + Judged + "\n```",
        "<think>\n[[ ## reasoning ## ]]\nA draft.\n</think>\n" + Judged,
        "{\"reasoning\": \"The first is [[ clear ]]: 1 < 2 & \\\"so\\\" \\u006fn.\\n\\n- Yes.\", \"preference\": \"First\"}",
        "```json\n{\n  \"reasoning\": \"The first is [[ clear ]]: 1 < 2 & \\\"so\\\" on.\\n\\n- Yes.\",\n  \"preference\": \"First\"\n}\n```",
        "<reasoning>\nThe first is [[ clear ]]: 1 &lt; 2 &amp; \"so\" on.\n\n- Yes.\n</reasoning>\n\n<preference>\nFirst\n</preference>");

    [Theory]
    [MemberData(nameof(Layouts))]
    public async Task A_text_grows_and_a_label_appears_when_it_is_complete(string reply)
    {
        List<Judge.Partial> shown = await JudgeAsync(reply, Pieces.Of(1));
        string[] texts = [.. shown.Select(p => p.Reasoning.ToString()).Distinct()];
        Assert.True(texts.Length > 30, $"It grew in {texts.Length} steps.");
        Assert.All(texts, t => Assert.StartsWith(t, Thought, StringComparison.Ordinal));
        Assert.Equal(texts.OrderBy(t => t.Length), texts);
        Assert.Equal(Thought, texts[^1]);
        Assert.All(shown.Where(p => !p.Reasoning.IsComplete), p => Assert.Null(p.Preference));
        Assert.Equal(Preference.First, shown[^1].Preference);
        Assert.Equal(Thought, shown[^1].Final!.Reasoning);
        Assert.All(shown.SkipLast(1), p => Assert.Null(p.Final));
    }

    [Theory]
    [MemberData(nameof(Layouts))]
    public async Task What_was_added_adds_up_to_the_text(string reply)
    {
        for (int length = 1; length < 12; length++)
        {
            List<Judge.Partial> shown = await JudgeAsync(reply, Pieces.Of(length));
            Assert.Equal(Thought, string.Concat(shown.Select(p => p.Reasoning.Added.ToString())));
        }
    }

    [Fact]
    public async Task Each_output_appears_before_the_next_is_written()
    {
        string reply = Reply.Of(("count", "3"), ("ratio", "about 0.5"), ("sure", "yes"));
        List<Measure.Partial> shown = await ToListAsync(Measure.Predict(Model(reply, Pieces.Of(1))).PredictStreamingAsync("", Cancel));
        Assert.Equal(
            ["3, , ", "3, 0.5, ", "3, 0.5, True", "3, 0.5, True"],
            shown.Select(p => FormattableString.Invariant($"{p.Count}, {p.Ratio}, {p.Sure}")));
    }

    [Fact]
    public async Task A_value_that_cannot_be_read_is_not_shown_and_refused_in_the_end()
    {
        string reply = Reply.Of(("count", "many"), ("ratio", "0.5"), ("sure", "yes"));
        List<Measure.Partial> shown = [];
        PromptParseException problem = await Assert.ThrowsAsync<PromptParseException>(async () =>
        {
            await foreach (Measure.Partial partial in Measure.Predict(Model(reply, Pieces.Of(1)), new() { MaxReasks = 0 }).PredictStreamingAsync("", Cancel))
            {
                shown.Add(partial);
            }
        });
        Assert.Equal("count", problem.Field);
        Assert.Equal((null, 0.5, true), (shown[^1].Count, shown[^1].Ratio, shown[^1].Sure));
    }

    [Fact]
    public async Task A_second_ask_begins_anew()
    {
        var model = new ScriptedChatClient("[[ ## reasoning ## ]]\nHm.\n\n[[ ## preference ## ]]\nneither\n", Judged) { Pieces = Pieces.Of(7) };
        List<Judge.Partial> shown = await ToListAsync(StreamAsync(Judge.ChainOfThought(model)));
        Assert.Equal("Hm.", shown.Last(p => p.Ask == 1).Reasoning.ToString());
        Assert.StartsWith(shown.First(p => p.Ask == 2).Reasoning.ToString(), Thought, StringComparison.Ordinal);
        Assert.Equal(Thought, shown[^1].Reasoning.ToString());
        Assert.Equal(2, shown[^1].Final!.Usage.Calls);
        Assert.Contains("could not be read", model.Requests[1][^1].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_whole_prediction_is_the_one_that_is_read_without_streaming()
    {
        ScriptedChatClient model = Model(Judged, Pieces.Of(3));
        Prediction<Judge> whole = await Judge.ChainOfThought(model).PredictAsync(Judge.Example.ToInputs(), Cancel);
        Prediction<Judge> last = (await JudgeAsync(Judged, Pieces.Of(3)))[^1].Final!;
        Assert.Equal((whole.Value, whole.Reasoning, whole.Usage), (last.Value, last.Reasoning, last.Usage));
    }

    [Fact]
    public async Task A_reply_that_ends_at_the_token_limit_is_refused()
    {
        var model = new ScriptedChatClient(Judged[..40]) { Pieces = Pieces.Of(5), FinishReason = ChatFinishReason.Length };
        PromptParseException problem = await Assert.ThrowsAsync<PromptParseException>(() => ToListAsync(StreamAsync(Judge.ChainOfThought(model, new() { MaxReasks = 0 }))));
        Assert.Contains("token limit", problem.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Leaving_the_loop_stops_the_model()
    {
        ScriptedChatClient model = Model(Judged, Pieces.Of(1));
        await foreach (Judge.Partial partial in StreamAsync(Judge.ChainOfThought(model)))
        {
            Assert.Equal("T", partial.Reasoning.ToString());
            break;
        }

        Assert.True(model.Streamed < 30, $"{model.Streamed} pieces were asked for.");
    }

    [Fact]
    public async Task Cancellation_stops_the_model()
    {
        using var cancellation = new CancellationTokenSource();
        ScriptedChatClient model = Model(Judged, Pieces.Of(1));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (Judge.Partial partial in Judge.ChainOfThought(model).PredictStreamingAsync<Judge.Partial>(Judge.Example.ToInputs(), cancellation.Token))
            {
                await cancellation.CancelAsync();
            }
        });
        Assert.True(model.Streamed < 30, $"{model.Streamed} pieces were asked for.");
    }

    [Fact]
    public async Task Thoughts_whose_opening_tag_stood_in_the_prompt_are_taken_back()
    {
        List<Judge.Partial> shown = await JudgeAsync("I would say:\n[[ ## reasoning ## ]]\nA draft.\n</think>\n" + Judged, Pieces.Of(1));
        int back = shown.FindIndex(p => !p.Reasoning.HasBegun);
        Assert.All(shown.Take(back), p => Assert.StartsWith(p.Reasoning.ToString(), "A draft.\n</think>", StringComparison.Ordinal));
        Assert.All(shown.Skip(back), p => Assert.StartsWith(p.Reasoning.ToString(), Thought, StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_output_may_be_called_like_what_every_partial_prediction_has()
    {
        var model = new ScriptedChatClient(Reply.Of(("reasoning", "So."), ("answer", "Yes.")));
        OwnReasoning.Partial last = (await ToListAsync(OwnReasoning.Predict(model).PredictStreamingAsync("Really?", Cancel)))[^1];
        Assert.Equal(("So.", "Yes.", false), (last.Reasoning.ToString(), last.Answer.ToString(), ((PartialPrediction<OwnReasoning>)last).Reasoning.HasBegun));
    }

    [Fact]
    public async Task A_call_within_a_program_is_recorded()
    {
        Prediction<Judge> prediction = await new StreamingJudge(Model(Judged, Pieces.Of(4))).PredictAsync(Judge.Example.ToInputs(), Cancel);
        Assert.Equal("Judge", Assert.Single(prediction.Calls).Predictor);
        Assert.Equal(1, prediction.Usage.Calls);
    }

    [Fact]
    public void The_partial_prediction_of_another_signature_is_refused() => Assert.Throws<ArgumentException>(
        () => Judge.Predict(Model(Judged, Pieces.Of(1))).PredictStreamingAsync<Other>(Judge.Example.ToInputs(), Cancel));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static ScriptedChatClient Model(string reply, Func<string, IEnumerable<string>> pieces) => new(reply) { Pieces = pieces };

    private static Task<List<Judge.Partial>> JudgeAsync(string reply, Func<string, IEnumerable<string>> pieces) =>
        ToListAsync(StreamAsync(Judge.ChainOfThought(Model(reply, pieces))));

    private static IAsyncEnumerable<Judge.Partial> StreamAsync(Predict<Judge> judge) =>
        judge.PredictStreamingAsync(Judge.Example.Conversation, Judge.Example.FirstCompletion, Judge.Example.SecondCompletion, Cancel);

    private static async Task<List<TPartial>> ToListAsync<TPartial>(IAsyncEnumerable<TPartial> shown)
    {
        List<TPartial> all = [];
        await foreach (TPartial partial in shown)
        {
            all.Add(partial);
        }

        return all;
    }

    private sealed class Other : PartialPrediction<Judge>;
}

[PromptProgram]
public sealed partial class StreamingJudge : PromptProgram<Judge>
{
    [Predictor]
    public partial ChainOfThought<Judge> Judge { get; }

    private async Task<Judge> ForwardAsync(Judge.Inputs inputs, CancellationToken cancellationToken)
    {
        await foreach (Judge.Partial partial in Judge.PredictStreamingAsync<Judge.Partial>(inputs, cancellationToken))
        {
            if (partial.Final is { } whole)
            {
                return whole.Value;
            }
        }

        throw new InvalidOperationException("A stream ends with the whole prediction.");
    }
}
