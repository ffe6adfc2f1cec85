using CsCheck;
using SynthesizeMe.Signatures.Tests.Declared;

namespace SynthesizeMe.Signatures.Tests.RoundTrips;

/// <summary>What a demonstration shows as a reply is read as the same value: any text, any value, reasoning included.</summary>
public class RenderAndParseTests
{
    private const int Iterations = 3_000;

    [Fact]
    public void The_shown_reply_is_read_as_the_same_value() => Any.Mixed.Sample(value =>
    {
        Prediction<Mixed> read = Reread(Offline.Predict<Mixed>(new Demo<Mixed>(value)), value.ToInputs());
        AssertSame(value, read.Value);
        Assert.Empty(read.Repairs);
        Assert.Null(read.Reasoning);
    }, iter: Iterations);

    [Fact]
    public void The_shown_reasoning_is_read_as_the_same_text() => Gen.Select(Any.Mixed, Any.Text).Sample((value, reasoning) =>
    {
        Prediction<Mixed> read = Reread(Offline.ChainOfThought<Mixed>(new Demo<Mixed>(value, reasoning)), value.ToInputs());
        AssertSame(value, read.Value);
        Assert.Empty(read.Repairs);
        Assert.Equal(reasoning, read.Reasoning);
    }, iter: Iterations);

    [Fact]
    public void Text_with_halves_of_surrogate_pairs_comes_back_as_it_was() => Any.BrokenText.Sample(text =>
        Reread(Offline.Predict<Ask>(new Demo<Ask>(new Ask(text, text))), new Ask.Inputs(text)).Value.Answer == text, iter: Iterations);

    [Fact]
    public void An_example_of_every_type_comes_back()
    {
        Everything value = Everything.Example;
        Everything read = Reread(Offline.Predict<Everything>(new Demo<Everything>(value)), value.ToInputs()).Value;
        Assert.Equal(
            (value.Summary, value.Sure, value.Small, value.Total, value.Weight, value.Cost, value.Verdict, value.Remark, value.Share, value.Runner, value.Finding),
            (read.Summary, read.Sure, read.Small, read.Total, read.Weight, read.Cost, read.Verdict, read.Remark, read.Share, read.Runner, read.Finding));
        Assert.Equal(value.Words, read.Words);
        Assert.Equal(value.Ranks, read.Ranks);
        Assert.Equal(value.Reasons.AsEnumerable(), read.Reasons);
    }

    [Fact]
    public void No_text_opens_a_section_in_the_prompt() => Gen.Select(Any.Judge, Any.BrokenText).Sample((value, reasoning) =>
    {
        ChatPrompt prompt = Offline.ChainOfThought<Judge>(new Demo<Judge>(value, reasoning))
            .With(new PredictorState(reasoning, [new Demo<Judge>(value, reasoning)]))
            .Render(value.ToInputs());
        string[] layout = ["reasoning", "preference", "completed"];
        string[] question = ["conversation", "first_completion", "second_completion", "respond"];
        Assert.Equal([layout, question, layout, question], prompt.Turns.Select(t => Markers.In(t.Text)));
    }, iter: Iterations);

    private static Prediction<T> Reread<T>(Predict<T> predictor, IInputs<T> inputs)
        where T : class, ISignature<T> => predictor.Parse(inputs, predictor.Render(inputs).Turns[2].Text);

    private static void AssertSame(Mixed expected, Mixed actual)
    {
        Assert.Equal(expected.Words, actual.Words);
        Assert.Equal(expected.Items, actual.Items);
        Assert.Equal(expected with { Words = actual.Words, Items = actual.Items }, actual);
    }
}
