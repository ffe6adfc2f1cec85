using System.Collections;
using System.Diagnostics;
using System.Reflection;
using CsCheck;
using SynthesizeMe.Signatures.Tests.Declared;
using SynthesizeMe.Signatures.Tests.Reading;
using SynthesizeMe.Testing;

namespace SynthesizeMe.Signatures.Tests.Streaming;

/// <summary>Whatever is shown of a reply is the beginning of what the whole of it says, however it is cut into pieces.</summary>
public class ConsistencyTests
{
    private const int Large = 1 << 17;

    private static readonly Gen<int[]> Lengths = Gen.Int[1, 40].Array[1, 6];

    private static readonly string[] Replies = [.. CaseTests.Replies()];

    [Fact]
    public async Task Every_case_is_shown_as_it_is_read()
    {
        List<string> wrong = [];
        foreach (string reply in Replies)
        {
            foreach (int length in (int[])[1, 8, 1000])
            {
                wrong.AddRange(await ContradictionsAsync(reply, Pieces.Of(length)));
            }
        }

        Assert.Empty(wrong);
    }

    [Fact]
    public Task Any_cut_of_a_changed_reply_is_shown_as_it_is_read() => Gen.Select(MutationTests.Mutated, Lengths).SampleAsync(
        async (reply, lengths) =>
        {
            await StreamAsync<Judge, Judge.Partial>(Judge.ChainOfThought(Model(reply, Pieces.Of(lengths))), Judge.Example.ToInputs());
            await StreamAsync<Mixed, Mixed.Partial>(Mixed.Predict(Model(reply, Pieces.Of(lengths))), new Mixed.Inputs(""));
        },
        iter: 3_000);

    /// <summary>A reader that begins anew with each piece takes minutes over the large reply; one that goes on takes milliseconds.</summary>
    [Theory]
    [MemberData(nameof(MutationTests.Repeated), MemberType = typeof(MutationTests))]
    public async Task A_large_reply_is_followed_in_linear_time(string piece)
    {
        string part = string.Concat(Enumerable.Repeat(piece, Large / piece.Length));
        foreach (string opening in (string[])["", "{\"reasoning\": \"", "[[ ## reasoning ## ]]\n", "<reasoning>"])
        {
            var watch = Stopwatch.StartNew();
            await StreamAsync<Judge, Judge.Partial>(Judge.ChainOfThought(Model(opening + part, Pieces.Of(4))), Judge.Example.ToInputs());
            Assert.True(watch.Elapsed < TimeSpan.FromSeconds(30), $"'{opening}' took {watch.Elapsed}.");
        }
    }

    private static async Task<List<string>> ContradictionsAsync(string reply, Func<string, IEnumerable<string>> pieces) =>
    [
        .. await StreamAsync<Judge, Judge.Partial>(Judge.ChainOfThought(Model(reply, pieces)), Judge.Example.ToInputs()),
        .. await StreamAsync<Measure, Measure.Partial>(Measure.Predict(Model(reply, pieces)), new Measure.Inputs("")),
        .. await StreamAsync<Mixed, Mixed.Partial>(Mixed.Predict(Model(reply, pieces)), new Mixed.Inputs("")),
        .. await StreamAsync<Tags, Tags.Partial>(Tags.Predict(Model(reply, pieces)), new Tags.Inputs("")),
        .. await StreamAsync<Ask, Ask.Partial>(Ask.Predict(Model(reply, pieces)), new Ask.Inputs("")),
    ];

    private static ScriptedChatClient Model(string reply, Func<string, IEnumerable<string>> pieces) => new(reply) { Pieces = pieces };

    /// <summary>Follows a reply; returns what was shown of it that the whole does not say. A reply that is refused contradicts nothing.</summary>
    private static async Task<List<string>> StreamAsync<T, TPartial>(Predict<T> predictor, IInputs<T> inputs)
        where T : class, ISignature<T>
        where TPartial : PartialPrediction<T>
    {
        List<TPartial> shown = [];
        try
        {
            await foreach (TPartial partial in predictor.With(new PredictOptions { MaxReasks = 0 }).PredictStreamingAsync<TPartial>(inputs))
            {
                shown.Add(partial);
            }
        }
        catch (PromptParseException)
        {
            return [];
        }

        TPartial last = shown[^1];
        Assert.NotNull(last.Final);
        List<string> wrong = [];
        if (last.Final.Repairs.Any(r => r.Kind is RepairKind.MissingCloser or RepairKind.WrittenAsLabels))
        {
            return wrong; // Where a text ends, such a reply tells at its own end.
        }

        foreach (PropertyInfo property in typeof(TPartial).GetProperties().Where(p => p.Name is not ("Final" or "Ask")))
        {
            int takenBack = shown.FindLastIndex(p => property.GetValue(p) is null or PartialText { HasBegun: false }); // Thoughts, as it turned out.
            foreach (TPartial partial in shown.Skip(takenBack + 1))
            {
                if (!IsBeginning(property.GetValue(partial), property.GetValue(last)))
                {
                    wrong.Add($"{typeof(T).Name}.{property.Name}: {Show(property.GetValue(partial))} but {Show(property.GetValue(last))} in {Show(shown[^1].Final!.Repairs.Select(r => r.Kind.ToString()))}");
                    break;
                }
            }
        }

        return wrong;
    }

    private static bool IsBeginning(object? shown, object? whole) => (shown, whole) switch
    {
        (null, _) => true,
        (PartialText { HasBegun: false }, _) => true,
        (PartialText text, PartialText all) => text.IsComplete ? text.ToString() == all.ToString() : all.ToString().StartsWith(text.ToString(), StringComparison.Ordinal),
        _ => Show(shown) == Show(whole),
    };

    private static string Show(object? value) => value switch
    {
        PartialText text => $"'{text}'{(text.IsComplete ? "" : "...")}",
        IEnumerable and not string => string.Join("; ", ((IEnumerable)value).Cast<object>()),
        _ => $"{value}",
    };
}
