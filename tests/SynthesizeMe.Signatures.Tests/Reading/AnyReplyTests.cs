using CsCheck;
using SynthesizeMe.Signatures.Tests.Declared;
using SynthesizeMe.Signatures.Tests.RoundTrips;

namespace SynthesizeMe.Signatures.Tests.Reading;

/// <summary>Whatever a model writes, reading it gives a value or a <see cref="PromptParseException"/>, and nothing else.</summary>
public class AnyReplyTests
{
    private static readonly Gen<string> Piece = Gen.OneOf(
        Any.BrokenText,
        Gen.OneOf(
            "[[ ## answer ## ]]\n", "[[ ## note ## ]]\n", "[[ ## mood ## ]]\n", "[[ ## second ## ]]\n", "[[ ## sure ## ]]\n", "[[ ## score ## ]]\n",
            "[[ ## words ## ]]\n", "[[ ## items ## ]]\n", "[[ ## best ## ]]\n", "[[ ## completed ## ]]", "[[ ## reasoning ## ]]\n", "Bad\n\n", "true\n\n",
            "1e400", "\"", "[", "{", "}", "]", ":", ",", "\"\\ud800\"", "\"name\"", "[\"a\"]\n\n", "{\"name\":\"a\",\"mood\":\"Bad\"}\n\n", "<think>"));

    [Fact]
    public void Any_text_is_read_or_refused() => Piece.Array[0, 14].Select(string.Concat).Sample(AssertReadOrRefused, iter: 5_000);

    [Fact]
    public void A_good_reply_with_a_change_is_read_or_refused() =>
        Gen.Select(Any.Mixed, Any.Text, Gen.Int[0, 5_000], Gen.Int[0, 40], Piece).Sample(
            (value, reasoning, at, removed, inserted) =>
            {
                var demo = new Demo<Mixed>(value, reasoning);
                string reply = Offline.ChainOfThought<Mixed>(demo).Render(value.ToInputs()).Turns[2].Text;
                at %= reply.Length + 1;
                AssertReadOrRefused(reply.Remove(at, Math.Min(removed, reply.Length - at)).Insert(at, inserted));
            },
            iter: 5_000);

    private static void AssertReadOrRefused(string reply)
    {
        var inputs = new Mixed.Inputs("t");
        foreach (Predict<Mixed> predictor in (Predict<Mixed>[])[Offline.Predict<Mixed>(), Offline.ChainOfThought<Mixed>()])
        {
            try
            {
                predictor.Parse(inputs, reply);
            }
            catch (PromptParseException problem)
            {
                Assert.Equal(reply, problem.Reply);
                Assert.NotEmpty(problem.Hint);
            }
        }
    }
}
