using System.Collections.Immutable;
using SynthesizeMe.Testing;

namespace SynthesizeMe.Signatures.Tests;

public class DemoChoiceTests
{
    private static readonly PredictorState Pool = PredictorState.Empty.WithDemos(
        new Demo<Echo>(new("first?", "1")), new Demo<Echo>(new("second?", "2")), new Demo<Echo>(new("third?", "3")));

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_call_shows_the_demos_that_are_chosen_for_its_inputs_in_the_order_chosen()
    {
        var choice = new Choosing(2, 0);
        var client = new ScriptedChatClient("[[ ## answer ## ]]\nYes.\n\n[[ ## completed ## ]]");
        Predict<Echo> predictor = Echo.Predict(client, new() { DemoChoice = choice }).With(Pool);

        await predictor.PredictAsync(new Echo.Inputs("live?"), Ct);

        Assert.Equal(["third?", "first?", "live?"], client.Requests[0].Where(m => m.Text.Contains('?', StringComparison.Ordinal) && m.Role.Value == "user")
            .Select(m => m.Text.Split('\n')[1]));
        Assert.Equal("question: live?", choice.Inputs);
        Assert.Equal(["question: first?", "question: second?", "question: third?"], choice.Demos);
        Assert.Equal(Pool, predictor.State);
    }

    [Fact]
    public async Task RenderAsync_shows_what_is_sent_and_Render_says_why_it_cannot()
    {
        var client = new ScriptedChatClient("[[ ## answer ## ]]\nYes.\n\n[[ ## completed ## ]]");
        Predict<Echo> predictor = Echo.Predict(client, new() { DemoChoice = new Choosing(1) }).With(Pool);

        ChatPrompt prompt = await predictor.RenderAsync(new Echo.Inputs("live?"), Ct);
        await predictor.PredictAsync(new Echo.Inputs("live?"), Ct);

        Assert.Equal(prompt.Turns.Select(t => t.Text), client.Requests[0].Select(m => m.Text));
        Assert.Contains("RenderAsync", Assert.Throws<InvalidOperationException>(() => predictor.Render(new Echo.Inputs("live?"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_demos_nothing_is_chosen()
    {
        var choice = new Choosing(0);
        Predict<Echo> predictor = Echo.Predict(new ScriptedChatClient("[[ ## answer ## ]]\nYes.\n\n[[ ## completed ## ]]"), new() { DemoChoice = choice });

        await predictor.PredictAsync(new Echo.Inputs("live?"), Ct);

        Assert.Null(choice.Inputs);
    }

    [Fact]
    public async Task Every_predictor_of_a_program_can_be_given_options()
    {
        IPromptProgram<Echo> program = Echo.Predict(new ScriptedChatClient("?"), new() { MaxReasks = 0 });

        Assert.Equal(1, program.MaxCalls);
        Assert.Equal(4, program.WithOptions(o => o with { MaxReasks = o.MaxReasks + 3 }).MaxCalls);
        Assert.Equal(3, (await Assert.ThrowsAsync<PromptParseException>(
            () => Echo.Predict(new ScriptedChatClient("[[ ## other ## ]]\n\n[[ ## completed ## ]]"), new() { MaxReasks = 2 }).PredictAsync(new Echo.Inputs("?"), Ct))).Usage.Calls);
    }

    private sealed class Choosing(params int[] chosen) : IDemoChoice
    {
        public string? Inputs { get; private set; }

        public ImmutableArray<string> Demos { get; private set; }

        public ValueTask<ImmutableArray<int>> ChooseAsync(string inputs, ImmutableArray<string> demos, CancellationToken cancellationToken)
        {
            (Inputs, Demos) = (inputs, demos);
            return new([.. chosen]);
        }
    }
}
