using System.Diagnostics;
using System.Text;
using CsCheck;
using SynthesizeMe.Signatures.Tests.Declared;

namespace SynthesizeMe.Signatures.Tests.Reading;

/// <summary>
/// Replies that went wrong in transit: whatever is inserted, deleted, doubled, swapped or cut, reading gives a value or a
/// <see cref="PromptParseException"/>, takes time in proportion to the reply, and no answer that is not in it.
/// </summary>
public class MutationTests
{
    private const int Large = 1 << 20;

    private static readonly string[] Replies = [.. CaseTests.Replies()];

    private static readonly Gen<string> Piece = Gen.OneOf(
        "{", "}", "[", "]", "\"", "'", ":", ",", "\n", "\\", "`", "```json\n", "```", "/*", "//", "#", "<", ">", "</", "[[", "##", "]]", "[[ ## preference ## ]]\n",
        "[[ ## completed ## ]]", "<think>", "</think>\n", "\"preference\": ", "Preference: ", "<preference>", "not ", "“", "\ud83d", "\0", "\ufeff", "| ", "null", "=", "(", "-", "7", " ");

    private static readonly Gen<Func<string, string>> Mutation = Gen.Select(Gen.Int[0, 5], Gen.Int[0, 9_999], Gen.Int[0, 9_999], Piece, Change);

    internal static readonly Gen<string> Mutated = Gen.Select(
        Gen.Int[0, Replies.Length - 1].Select(i => Replies[i]), Mutation.Array[1, 4], (reply, changes) => changes.Aggregate(reply, (text, change) => change(text)));

    public static TheoryData<string> Repeated =>
        ["[", "{", "\"", "{\"a\":", "<", "</", "[[", "[[ ##", ":", "[[ ## a", "<think>", "</think>\n", "<preference>", "<![CDATA[", "<!--", "preference: ", "\npreference: First", "First ", "not first ", "first, ", "```", "``` ", "\\", "\\\"", "'", "\" ", "\", ", "{\"preference\": \"First\"} ", "\"preference\":", "{\"preference\": ", "[1, ", ", ", "/*", "//", "# ", "\n", " ", "7 ", "7,", "a=", "(preference=", "{a ", "{\"a\": b\n", "\" \n"];

    [Fact]
    public void A_changed_reply_is_read_or_refused_and_never_answers_what_it_does_not_say() => Mutated.Sample(AssertJudged, iter: 30_000);

    [Fact]
    public void A_changed_reply_is_read_or_refused_whatever_is_asked() => Mutated.Sample(reply =>
    {
        Read(Offline.Predict<Measure>(), new Measure.Inputs(""), reply);
        Read(Offline.Predict<Mixed>(), new Mixed.Inputs(""), reply);
        Read(Offline.Predict<Tags>(), new Tags.Inputs(""), reply);
        Read(Offline.Predict<Ask>(), new Ask.Inputs(""), reply);
    }, iter: 10_000);

    [Fact]
    public void Any_bytes_are_read_or_refused() => Gen.Byte.Array[0, 200].Sample(bytes =>
    {
        AssertJudged(Encoding.Latin1.GetString(bytes));
        AssertJudged(Encoding.UTF8.GetString(bytes));
    }, iter: 10_000);

    /// <summary>A reader that goes back and forth takes minutes over the large reply; one that does not takes milliseconds.</summary>
    [Theory]
    [MemberData(nameof(Repeated))]
    public void A_large_reply_takes_linear_time(string piece)
    {
        AssertQuick(string.Concat(Enumerable.Repeat(piece, Large / piece.Length)));
        string part = string.Concat(Enumerable.Repeat(piece, Large / 8 / piece.Length));
        foreach (string opening in (string[])["{\"preference\": ", "{\"preference\": \"", "[[ ## preference ## ]]\n", "preference: ", "<preference>", "First "])
        {
            AssertQuick(opening + part);
        }
    }

    private static void AssertQuick(string reply)
    {
        var watch = Stopwatch.StartNew();
        Read(Offline.Predict<Judge>(), Judge.Example.ToInputs(), reply);
        Read(Offline.Predict<Tags>(), new Tags.Inputs(""), reply);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(30), $"{watch.Elapsed} for '{reply[..40]}'");
    }

    private static void AssertJudged(string reply)
    {
        Prediction<Judge>?[] answers = [Read(Offline.Predict<Judge>(), Judge.Example.ToInputs(), reply), Read(Offline.ChainOfThought<Judge>(), Judge.Example.ToInputs(), reply)];
        foreach (Prediction<Judge> answer in answers.OfType<Prediction<Judge>>())
        {
            Assert.Contains(answer.Value.Preference.ToString(), reply, StringComparison.OrdinalIgnoreCase);
        }
    }

    private static Prediction<T>? Read<T>(Predict<T> predictor, IInputs<T> inputs, string reply)
        where T : class, ISignature<T>
    {
        try
        {
            return predictor.Parse(inputs, reply);
        }
        catch (PromptParseException)
        {
            return null;
        }
    }

    private static Func<string, string> Change(int kind, int one, int two, string piece) => text =>
    {
        int from = one % (text.Length + 1);
        int length = Math.Min(two % 12, text.Length - from);
        return kind switch
        {
            0 => text.Insert(from, piece),
            1 => text.Remove(from, length),
            2 => text.Insert(from, text.Substring(from, length)),
            3 => text.Remove(from, length).Insert(two % (text.Length - length + 1), text.Substring(from, length)),
            4 => text[..from],
            _ => text + piece + text[from..],
        };
    };
}
