using Microsoft.Extensions.AI;
using SynthesizeMe.Signatures;
using SynthesizeMe.Testing;

namespace SynthesizeMe.Tests.Synthesis;

/// <summary>Every option changes something that can be seen.</summary>
public class OptionTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(12)]
    public async Task Candidates_is_the_number_of_random_subsets_in_each_search(int candidates)
    {
        Fit fit = await Model.Coin(1).FitAsync(Pairs.Of(10), Fits.Published with { Candidates = candidates });

        Assert.Equal(candidates, Records(fit, "reasoning").Count(r => r.Name.StartsWith("random", StringComparison.Ordinal)));
        Assert.Equal(candidates, Records(fit, "informative demonstrations").Count(r => r.Name.StartsWith("random", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(6)]
    public async Task Labelled_demos_fill_up_to_their_maximum(int most)
    {
        var model = Model.Wrong();

        await model.FitAsync(Pairs.Of(10), Fits.Published with { MaxLabeledDemos = most });

        Assert.Contains(model.Judged, a => a.Shown.Length == most);
        Assert.All(model.Judged.Where(a => a.Shown.Length != 7), a => Assert.InRange(a.Shown.Length, 0, most));
    }

    [Fact]
    public async Task Without_labelled_demos_only_reasoning_is_shown_beside_the_history()
    {
        var model = Model.RightWhen(a => a.Item % 2 == 0);

        await model.FitAsync(Pairs.Of(10), Fits.Published with { MaxLabeledDemos = 0 });

        Assert.All(model.Judged.Where(a => a.Shown.Length > 0), a => Assert.Contains(a.Reasoned.Length, new[] { 0, a.Shown.Length }));
        Assert.All(model.Judged.Where(a => a.Reasoned.Length == 0 && a.Shown.Length > 0), a => Assert.Equal(7, a.Shown.Length));
    }

    [Fact]
    public async Task MaxPersonaTokens_bounds_what_the_persona_is_induced_from()
    {
        Model few = Model.Perfect(), all = Model.Perfect();

        await few.FitAsync(Pairs.Of(10), Fits.Published with { MaxPersonaTokens = 30 });
        await all.FitAsync(Pairs.Of(10), Fits.Published with { MaxPersonaTokens = 3000 });

        Assert.True(few.PersonaRequest.Judgements.Length < all.PersonaRequest.Judgements.Length);
    }

    [Fact]
    public async Task Another_seed_draws_other_subsets()
    {
        string[] subsets = [.. (await Task.WhenAll(Enumerable.Range(0, 5).Select(async seed =>
        {
            var model = Model.Coin(3);
            await model.FitAsync(Pairs.Of(10), Fits.Published with { Seed = seed });
            return string.Join('|', model.Judged.Select(a => string.Join(' ', a.Shown)).Distinct().Order(StringComparer.Ordinal));
        }))).Distinct()];

        Assert.True(subsets.Length > 1);
    }

    [Fact]
    public async Task The_chat_options_go_with_every_call()
    {
        var seen = new System.Collections.Concurrent.ConcurrentBag<float?>();
        var client = new ScriptedChatClient((messages, options) =>
        {
            seen.Add(options?.Temperature);
            var asked = new Asked(messages);
            return asked.WantsPersona ? Model.Tell(Model.Persona) : Model.Judge(asked.Good, "so");
        });

        await new PersonaSynthesizer(client, new SynthesisOptions { Predict = new PredictOptions { ChatOptions = new ChatOptions { Temperature = 0.25f } } })
            .FitAsync(Pairs.Of(10), cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(client.Requests.Count, seen.Count);
        Assert.All(seen, t => Assert.Equal(0.25f, t));
    }

    [Fact]
    public async Task No_more_calls_run_at_once_than_allowed()
    {
        var model = Model.Perfect();
        var counting = new CountingClient(model.Client);

        await new PersonaSynthesizer(counting, Fits.Published with { MaxParallel = 3 }).FitAsync(Pairs.Of(15), cancellationToken: TestContext.Current.CancellationToken);

        Assert.InRange(counting.Peak, 1, 3);
    }

    private static IEnumerable<CandidateRecord> Records(Fit fit, string stage) => fit.Judge.Artefact.Provenance.Candidates.Where(c => c.Stage == stage);

    private sealed class CountingClient(IChatClient inner) : DelegatingChatClient(inner)
    {
        private int _underWay;
        private int _peak;

        public int Peak => _peak;

        public override async Task<ChatResponse> GetResponseAsync(
            IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
        {
            int now = Interlocked.Increment(ref _underWay);
            int before;
            while ((before = _peak) < now && Interlocked.CompareExchange(ref _peak, now, before) != before)
            {
            }

            await Task.Yield();
            try
            {
                return await base.GetResponseAsync(messages, options, cancellationToken);
            }
            finally
            {
                Interlocked.Decrement(ref _underWay);
            }
        }
    }
}
