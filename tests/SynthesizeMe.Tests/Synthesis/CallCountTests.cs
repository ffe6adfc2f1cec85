using Microsoft.Extensions.AI;
using SynthesizeMe.Offline;

namespace SynthesizeMe.Tests.Synthesis;

/// <summary>
/// Fifteen pairs in fifteen conversations: 10 train, 5 validate, 10 candidates a search. The reference makes 260 calls with a judge that is
/// always right and 346 with one that never is (research, paper §3.3).
/// </summary>
public class CallCountTests
{
    private const int ReferenceAtBest = 260;
    private const int ReferenceAtWorst = 346;

    public static TheoryData<string> Judges => ["perfect", "wrong", "always first", .. Enumerable.Range(0, 20).Select(i => $"coin {i}")];

    [Theory]
    [MemberData(nameof(Judges))]
    public async Task A_fit_makes_no_more_calls_than_the_reference(string judge)
    {
        Model model = judge switch
        {
            "perfect" => Model.Perfect(),
            "wrong" => Model.Wrong(),
            "always first" => Model.AlwaysFirst(),
            _ => Model.Coin(int.Parse(judge.Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture)),
        };

        Fit fit = await model.FitAsync(Pairs.Of(15));

        Assert.Equal((10, 5), (fit.Split.Train.Length, fit.Split.Validation.Length));
        Assert.Equal(model.Calls, fit.Usage.Calls);
        Assert.InRange(model.Calls, 1, judge is "wrong" or "always first" ? ReferenceAtWorst : ReferenceAtBest);
        Report(judge, model.Calls);
    }

    [Fact]
    public async Task A_fit_of_the_offline_model_makes_no_more_calls_than_the_reference()
    {
        var client = new CountedClient(new OfflineModel());

        Fit fit = await new PersonaSynthesizer(client).FitAsync(Pairs.Of(15), cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(client.Calls, fit.Usage.Calls);
        Assert.InRange(client.Calls, 1, ReferenceAtWorst);
        Report("offline", client.Calls);
    }

    [Fact]
    public async Task Each_training_pair_is_judged_once_a_search_and_order_whatever_the_number_of_candidates()
    {
        var model = Model.Coin(6);

        await model.FitAsync(Pairs.Of(15), Fits.Published with { Candidates = 30 });

        Assert.Equal(10 * 2 * 2, model.Judged.Count(a => a.Item < 10));
    }

    [Fact]
    public async Task No_question_is_asked_twice()
    {
        var model = Model.Coin(7);

        await model.FitAsync(Pairs.Of(15));

        Assert.Distinct(model.Asked.Select(a => a.Text));
    }

    private static void Report(string judge, int calls) => TestContext.Current.TestOutputHelper!.WriteLine($"{judge}: {calls} calls");

    private sealed class CountedClient(IChatClient inner) : DelegatingChatClient(inner)
    {
        private int _calls;

        public int Calls => _calls;

        public override Task<ChatResponse> GetResponseAsync(
            IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
        {
            Interlocked.Increment(ref _calls);
            return base.GetResponseAsync(messages, options, cancellationToken);
        }
    }
}
