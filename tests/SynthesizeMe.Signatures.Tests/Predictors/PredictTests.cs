using Microsoft.Extensions.AI;
using SynthesizeMe.Signatures.Tests.Declared;
using SynthesizeMe.Testing;

namespace SynthesizeMe.Signatures.Tests.Predictors;

public class PredictTests
{
    private static readonly Judge Example = Judge.Example;

    [Fact]
    public async Task A_typed_call_answers_with_a_complete_value()
    {
        string reply = Reply.Preferring("Second");
        var model = new ScriptedChatClient(reply);
        Prediction<Judge> prediction = await Judge.Predict(model).PredictAsync(
            Example.Conversation, Example.FirstCompletion, Example.SecondCompletion, TestContext.Current.CancellationToken);
        Assert.Equal(Example with { Preference = Preference.Second }, prediction.Value);
        Assert.Null(prediction.Reasoning);
        Assert.Equal(Models.UsageOf(model, reply), prediction.Usage);
        Assert.Empty(prediction.Repairs);
    }

    [Fact]
    public async Task Chain_of_thought_carries_its_reasoning()
    {
        var model = new ScriptedChatClient(Reply.Of(("reasoning", "Brevity wins."), ("preference", "First")));
        Prediction<Judge> prediction = await Judge.ChainOfThought(model).PredictAsync(Example.ToInputs(), TestContext.Current.CancellationToken);
        Assert.Equal(("Brevity wins.", Preference.First), (prediction.Reasoning, prediction.Value.Preference));
    }

    [Fact]
    public async Task Its_one_call_is_an_unverified_demo()
    {
        var model = new ScriptedChatClient(Reply.Of(("reasoning", "Brevity wins."), ("preference", "first")));
        Prediction<Judge> prediction = await Judge.ChainOfThought(model).PredictAsync(Example.ToInputs(), TestContext.Current.CancellationToken);
        PredictorCall call = Assert.Single(prediction.Calls);
        Assert.Equal(new Demo<Judge>(prediction.Value, "Brevity wins."), call.Demo);
        Assert.Equal(("self", prediction.Usage), (call.Predictor, call.Usage));
        Assert.Equal(prediction.Repairs.AsEnumerable(), call.Repairs);
    }

    [Fact]
    public async Task The_model_is_sent_what_rendering_shows()
    {
        var model = new ScriptedChatClient(Reply.Preferring("First"));
        Predict<Judge> judge = Judge.Predict(model).With(PredictorState.Empty.WithDemos(new Demo<Judge>(Example)));
        await judge.PredictAsync(Example.ToInputs(), TestContext.Current.CancellationToken);
        Assert.Equal(judge.Render(Example.ToInputs()).ToString(), Models.Conversation(Assert.Single(model.Requests)));
    }

    [Fact]
    public async Task Chat_options_are_passed_on_with_every_ask()
    {
        var seen = new List<ChatOptions?>();
        var model = new ScriptedChatClient((_, options) =>
        {
            seen.Add(options);
            return seen.Count == 1 ? "nonsense" : Reply.Preferring("First");
        });
        var options = new PredictOptions { ChatOptions = new ChatOptions { Temperature = 0.7f } };
        await Judge.Predict(model, options).PredictAsync(Example.ToInputs(), TestContext.Current.CancellationToken);
        Assert.Equal([options.ChatOptions, options.ChatOptions], seen);
    }

    [Fact]
    public async Task Cancellation_reaches_the_model()
    {
        using var source = new CancellationTokenSource();
        await source.CancelAsync();
        var model = new ScriptedChatClient(Reply.Preferring("First"));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Judge.Predict(model).PredictAsync(Example.ToInputs(), source.Token));
        Assert.Empty(model.Requests);
    }

    [Fact]
    public async Task What_the_model_throws_is_passed_on()
    {
        var model = new ScriptedChatClient((_, _) => throw new HttpRequestException("no route"));
        await Assert.ThrowsAsync<HttpRequestException>(
            () => Judge.Predict(model).PredictAsync(Example.ToInputs(), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task One_predictor_serves_many_callers_at_once()
    {
        var model = new ScriptedChatClient(messages => Reply.Answering(Section(messages[^1].Text)));
        Predict<Ask> ask = Ask.Predict(model).With(PredictorState.Empty.WithDemos(new Demo<Ask>(new Ask("Q", "A"))));
        await Parallel.ForEachAsync(Enumerable.Range(0, 200), TestContext.Current.CancellationToken, async (i, ct) =>
        {
            Prediction<Ask> prediction = await ask.PredictAsync($"question {i}", ct);
            Assert.Equal(new Ask($"question {i}", $"question {i}"), prediction.Value);
        });

        static string Section(string text) => text.Split('\n')[1];
    }

    [Fact]
    public async Task A_wrapped_client_stands_before_the_model()
    {
        var inner = new ScriptedChatClient(Reply.Preferring("First"));
        var outer = new ScriptedChatClient(Reply.Preferring("Second"));
        IPromptProgram<Judge> program = Judge.Predict(inner);
        IChatClient? given = null;
        IPromptProgram<Judge> wrapped = program.WithClient(client =>
        {
            given = client;
            return outer;
        });
        Prediction<Judge> prediction = await wrapped.PredictAsync(Example.ToInputs(), TestContext.Current.CancellationToken);
        Assert.Equal(Preference.Second, prediction.Value.Preference);
        Assert.Same(inner, given);
        Assert.Empty(inner.Requests);
    }

    [Fact]
    public async Task A_signature_without_inputs_is_asked_without_arguments()
    {
        Prediction<Motto> prediction = await Motto.Predict(new ScriptedChatClient(Reply.Of(("words", "Onwards"))))
            .PredictAsync(TestContext.Current.CancellationToken);
        Assert.Equal(new Motto("Onwards"), prediction.Value);
    }

    [Fact]
    public void Chain_of_thought_refuses_a_signature_with_a_reasoning_of_its_own()
    {
        ArgumentException problem = Assert.Throws<ArgumentException>(() => new ChainOfThought<OwnReasoning>(new ScriptedChatClient("")));
        Assert.Contains("'reasoning'", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Predict_takes_a_reasoning_of_its_own_as_any_field()
    {
        Prediction<OwnReasoning> read = Offline.Read(new OwnReasoning.Inputs("Q"), Reply.Of(("reasoning", "R"), ("answer", "A")));
        Assert.Equal((new OwnReasoning("Q", "R", "A"), null), (read.Value, read.Reasoning));
    }
}
