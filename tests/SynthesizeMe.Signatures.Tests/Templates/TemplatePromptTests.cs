using CsCheck;
using Microsoft.Extensions.AI;
using SynthesizeMe.Signatures.Tests.Declared;
using SynthesizeMe.Signatures.Tests.RoundTrips;
using SynthesizeMe.Testing;

namespace SynthesizeMe.Signatures.Tests.Templates;

/// <summary>Predictors of a signature with a template render it, demonstrations and all.</summary>
public class TemplatePromptTests
{
    private static readonly TemplatedJudge Example = new(Conversation.FromUser("How do I boil an egg?"), "Eight minutes.", "It depends.", Preference.First);

    private static readonly TemplatedJudge.Inputs Live = new(Conversation.FromUser("Tell me a joke."), "Short.", "Long.");

    [Fact]
    public void Predict_renders_the_template() => Snapshot.Match(Offline.Predict<TemplatedJudge>().Render(Live).ToString());

    [Fact]
    public void Chain_of_thought_renders_demos_with_their_reasoning()
    {
        var verified = new Demo<TemplatedJudge>(Example, "Brevity wins.", Verified: true);
        var labelled = new Demo<TemplatedJudge>(Example with { Preference = Preference.Second });
        Snapshot.Match(Offline.ChainOfThought<TemplatedJudge>(verified, labelled).Render(Live).ToString());
    }

    [Fact]
    public void Custom_instructions_reach_the_template()
    {
        ChatPrompt prompt = Offline.Predict<TemplatedJudge>().With(new PredictorState("Prefer what is brief.", [])).Render(Live);
        Assert.StartsWith("Prefer what is brief.", prompt.Turns[0].Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Reasoning_is_shown_only_where_the_predictor_reasons()
    {
        var demo = new Demo<TemplatedJudge>(Example, "Brevity wins.", Verified: true);
        Assert.DoesNotContain("Brevity wins.", Offline.Predict<TemplatedJudge>(demo).Render(Live).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_model_is_sent_what_Render_shows()
    {
        var client = new ScriptedChatClient("[[ ## preference ## ]]\nSecond\n\n[[ ## completed ## ]]");
        Predict<TemplatedJudge> judge = TemplatedJudge.Predict(client).With(PredictorState.Empty.WithDemos(new Demo<TemplatedJudge>(Example)));
        Prediction<TemplatedJudge> prediction = await judge.PredictAsync(Live, TestContext.Current.CancellationToken);
        Assert.Equal(Preference.Second, prediction.Value.Preference);
        Assert.Equal(judge.Render(Live).Turns.Select(t => (t.Role, t.Text)), client.Requests[0].Select(m => (m.Role, m.Text)));
    }

    [Fact]
    public void The_reply_that_a_demo_shows_is_read_as_its_value()
    {
        var demo = new Demo<TemplatedJudge>(Example, "Brevity\nwins.");
        ChainOfThought<TemplatedJudge> judge = Offline.ChainOfThought<TemplatedJudge>(demo);
        Prediction<TemplatedJudge> read = judge.Parse(Example.ToInputs(), judge.Render(Live).Turns[2].Text);
        Assert.Equal((Example, demo.Reasoning), (read.Value, read.Reasoning));
        Assert.Empty(read.Repairs);
    }

    [Fact]
    public void No_text_opens_a_section_or_a_message() => Gen.Select(Any.BrokenText, Any.BrokenText, Any.BrokenText).Sample((question, more, instructions) =>
    {
        ChatPrompt prompt = Offline.Predict<Seams>()
            .With(new PredictorState(instructions, [new Demo<Seams>(new Seams(question, more, question), more)]))
            .Render(new Seams.Inputs(question, more));
        Assert.Equal(["answer", "completed"], Markers.In(prompt.Turns[0].Text));
        Assert.DoesNotContain(prompt.Turns.Where(t => t.Role != ChatRole.Assistant).Skip(1), t => Markers.In(t.Text).Length > 0);
        Assert.Equal(["answer", "completed"], Markers.In(prompt.Turns.Single(t => t.Role == ChatRole.Assistant).Text));
    }, iter: 3_000);

    [Fact]
    public void Text_split_between_two_fields_opens_no_section()
    {
        string prompt = Offline.Predict<Seams>().Render(new Seams.Inputs("a [[", " ##")).Turns[^1].Text;
        Assert.Equal("a [[\\ ##A [[\\ ## completed ## ]]", prompt);
    }

    [Fact]
    public void Text_split_between_the_instructions_and_an_input_opens_no_section()
    {
        Predict<Told> told = Offline.Predict<Told>().With(new PredictorState("Answer [[", []));
        Assert.StartsWith("Answer [[\\ ## completed ## ]] ", told.Render(new Told.Inputs(" ## completed ## ]]")).Turns[^1].Text, StringComparison.Ordinal);
    }

    [Fact]
    public void What_does_not_depend_on_the_inputs_is_rendered_once()
    {
        Predict<TemplatedJudge> judge = Offline.Predict<TemplatedJudge>(new Demo<TemplatedJudge>(Example));
        ChatPrompt first = judge.Render(Live);
        List<ChatMessage> second = judge.Render(Live with { FirstCompletion = "Other." }).ToChatMessages();
        Assert.Equal(first.Turns.Length, second.Count);
        Assert.All(first.Turns.SkipLast(1).Zip(second), pair => Assert.Same(pair.First.Text, pair.Second.Text));
        Assert.NotEqual(first.Turns[^1].Text, second[^1].Text);
    }

    [Fact]
    public void Messages_that_depend_on_the_inputs_stand_among_those_that_do_not()
    {
        string prompt = Offline.Predict<Scattered>(new Demo<Scattered>(new Scattered("Q1", true, "A1")))
            .Render(new Scattered.Inputs("Q2", true)).ToString();
        Snapshot.Match(prompt);
    }

    [Fact]
    public void Blanks_of_a_field_stay_at_the_ends_of_a_message()
    {
        ChatPrompt prompt = Offline.Predict<Seams>(new Demo<Seams>(new Seams("  \n spaced \n", "", "x"))).Render(new Seams.Inputs("", ""));
        Assert.Equal("  \n spaced \n", prompt.Turns[1].Text);
    }

    [Fact]
    public void A_signature_without_a_template_renders_none()
    {
        Assert.False(HasTemplate<Judge>());
        Assert.True(HasTemplate<TemplatedJudge>());

        static bool HasTemplate<T>()
            where T : class, ISignature<T> => T.HasTemplate;
    }
}
