using Microsoft.Extensions.AI;
using SynthesizeMe.Signatures;
using SynthesizeMe.Testing;

namespace SynthesizeMe.Tests.Judging;

public class CompareTests
{
    private static readonly PredictOptions AskOnce = new() { MaxReasks = 0 };

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Judges.Methods), MemberType = typeof(Judges))]
    public async Task What_is_sent_is_what_the_prompt_shows(JudgeMethod method)
    {
        var client = new ScriptedChatClient(_ => Model.Judge(Preference.First, "so"));
        var judge = new PersonalizedJudge(Judges.Of(method), client);

        await judge.CompareAsync(Judges.Eggs, Judges.First, Judges.Second, Ct);

        Assert.Equal(
            new[] { judge.ToJudgePrompt(Judges.Eggs, Judges.First, Judges.Second), judge.ToJudgePrompt(Judges.Eggs, Judges.Second, Judges.First) }
                .Select(p => p.ToString()).Order(StringComparer.Ordinal),
            client.Requests.Select(Prompt).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("good 1.", "bad 1.", Preference.First)]
    [InlineData("bad 1.", "good 1.", Preference.Second)]
    public async Task Both_orders_are_asked_and_agree(string first, string second, Preference preferred)
    {
        var model = Model.Perfect();

        Verdict verdict = await Generic(model).CompareAsync(Judges.Eggs, first, second, Ct);

        Assert.Equal(preferred, verdict.Preferred);
        Assert.True(verdict.Consistent);
        Assert.Equal([first, second], model.Asked.Select(a => a.First).OrderBy(f => f != first));
        Assert.Equal((preferred, preferred), (verdict.Forward.Preferred, verdict.Backward.Preferred));
        Assert.NotEqual(verdict.Forward.SaidFirst, verdict.Backward.SaidFirst);
    }

    [Fact]
    public async Task Orders_that_disagree_are_a_tie_at_one_half()
    {
        Verdict verdict = await Generic(Model.AlwaysFirst()).CompareAsync(Judges.Eggs, "good 1.", "bad 1.", Ct);

        Assert.Null(verdict.Preferred);
        Assert.False(verdict.Consistent);
        Assert.Equal(0.5, verdict.Confidence);
        Assert.Equal((Preference.First, Preference.Second), (verdict.Forward.Preferred, verdict.Backward.Preferred));
        Assert.True(verdict.Forward.SaidFirst && verdict.Backward.SaidFirst);
    }

    [Theory]
    [InlineData(0, 0, 0.5)]
    [InlineData(5, 5, 6.0 / 7)]
    [InlineData(4, 3, 4.0 / 6)]
    [InlineData(5, 0, 0.5)]
    public async Task Confidence_is_how_often_a_consistent_answer_was_right(int consistent, int right, double confidence)
    {
        var artefact = Judges.Generic with { Reliability = new Reliability(5, right, consistent, right) };

        Verdict verdict = await new PersonalizedJudge(artefact, Model.Perfect().Client).CompareAsync(Judges.Eggs, "good 1.", "bad 1.", Ct);

        Assert.Equal(confidence, verdict.Confidence, 12);
    }

    [Fact]
    public async Task An_unreadable_reply_is_an_exception_and_never_a_verdict()
    {
        var model = new Model(_ => Model.Nonsense);

        var e = await Assert.ThrowsAsync<PromptParseException>(() => Generic(model).CompareAsync(Judges.Eggs, "good 1.", "bad 1.", Ct));

        Assert.Equal(Model.Nonsense, e.Reply);
    }

    [Fact]
    public async Task One_unreadable_order_is_an_exception_too()
    {
        var model = new Model(a => a.Good == Preference.First ? Model.Judge(Preference.First, "so") : Model.Nonsense);

        await Assert.ThrowsAsync<PromptParseException>(() => Generic(model).CompareAsync(Judges.Eggs, "good 1.", "bad 1.", Ct));
    }

    [Theory]
    [InlineData("First or Second")]
    [InlineData("Tie")]
    [InlineData("neither")]
    public async Task An_answer_that_names_both_or_none_is_no_answer(string said)
    {
        var model = new Model(_ => $"[[ ## reasoning ## ]]\nhm\n\n[[ ## preference ## ]]\n{said}\n\n[[ ## completed ## ]]");

        var e = await Assert.ThrowsAsync<PromptParseException>(() => Generic(model).CompareAsync(Judges.Eggs, "good 1.", "bad 1.", Ct));

        Assert.Equal("preference", e.Field);
    }

    [Fact]
    public async Task The_verdict_carries_reasoning_and_usage_of_both_orders()
    {
        Verdict verdict = await Generic(Model.Perfect()).CompareAsync(Judges.Eggs, "good 1.", "bad 1.", Ct);

        Assert.Equal(("because of 1", "because of 1"), (verdict.Forward.Reasoning, verdict.Backward.Reasoning));
        Assert.Equal(2, verdict.Usage.Calls);
        Assert.Equal(verdict.Forward.Usage + verdict.Backward.Usage, verdict.Usage);
        Assert.True(verdict.Usage.TotalTokenCount > 0);
    }

    [Fact]
    public async Task A_cancelled_comparison_asks_nothing()
    {
        var model = Model.Perfect();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => Generic(model).CompareAsync(Judges.Eggs, "good 1.", "bad 1.", new CancellationToken(canceled: true)));

        Assert.Equal(0, model.Calls);
    }

    private static PersonalizedJudge Generic(Model model) => new(Judges.Generic, model.Client, AskOnce);

    private static string Prompt(IReadOnlyList<ChatMessage> messages) => new ChatPrompt([.. messages.Select(m => new Turn(m.Role, m.Text))]).ToString();
}
