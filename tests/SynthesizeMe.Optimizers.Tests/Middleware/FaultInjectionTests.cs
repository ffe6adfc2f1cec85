using Microsoft.Extensions.AI;
using SynthesizeMe.Signatures;
using SynthesizeMe.Testing;

namespace SynthesizeMe.Optimizers.Tests;

/// <summary>A model that fails, behind the whole pipeline, in time that passes at once.</summary>
public class FaultInjectionTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task A_search_over_failures_ends_like_one_without_and_pays_nothing_twice(int seed)
    {
        var sound = new FaultyNothing(Judging());
        string expected = Describe(await SearchAsync(sound, new Budget { Calls = 500 }), withUsage: true);

        var faulty = new FaultyChatClient(Judging(), seed);
        var budget = new Budget { Calls = 500 };
        var meter = new UsageMeter();
        OptimizationResult<Choice> result = await SearchAsync(Pipeline(faulty, meter), budget);

        Assert.Equal(expected, Describe(result, withUsage: true));
        Assert.Equal(sound.Answered, faulty.Answered);
        Assert.InRange(faulty.Failed, 5, 200);
        Assert.Equal((result.Usage, (long)faulty.Failed), (meter.Read().Answered, meter.Read().Failed));
        Assert.Equal(result.Usage, budget.Spent);
    }

    [Fact]
    public async Task With_nonsense_too_the_result_is_the_same_or_says_what_is_missing()
    {
        string expected = Describe(await SearchAsync(Judging(), null), withUsage: false);
        int same = 0, named = 0, nonsense = 0;
        for (int seed = 0; seed < 20; seed++)
        {
            var faulty = new FaultyChatClient(Judging(), seed, nonsense: .05);
            OptimizationResult<Choice> result = await SearchAsync(Pipeline(faulty, new UsageMeter()), null);

            nonsense += faulty.Nonsensical;
            Assert.Equal(faulty.Answered.Count, result.Usage.Calls);
            if (Describe(result, withUsage: false) == expected)
            {
                same++;
            }
            else
            {
                Assert.Contains(result.Candidates, c => c.Evaluation?.Failures.Any() == true);
                named++;
            }
        }

        Assert.True(nonsense > 20);
        Assert.True(same >= 10, $"{same} of 20 are the same, {named} say what is missing");
    }

    [Fact]
    public async Task A_failure_that_outlasts_its_retries_ends_the_search_with_its_cause()
    {
        using var dead = new ScriptedChatClient(_ => throw new HttpRequestException("Oops.", null, System.Net.HttpStatusCode.BadGateway));

        await Assert.ThrowsAsync<HttpRequestException>(() => SearchAsync(Pipeline(dead, new UsageMeter()), null));
    }

    private static ScriptedChatClient Judging() => Judge.RightOn(item => item % 3 != 0).Client;

    private static IChatClient Pipeline(IChatClient model, UsageMeter meter)
    {
        var time = new InstantTime();
        return new ChatClientBuilder(model)
            .UseTelemetry()
            .UseRetry(new RetryOptions { MaxRetries = 8, Time = time, Seed = 1 })
            .UseMeter(meter)
            .UseConcurrencyBound(new ConcurrencyBound(8))
            .UseRateLimit(new CallRateLimiter(40, 1_000_000, time))
            .Build();
    }

    private static Task<OptimizationResult<Choice>> SearchAsync(IChatClient client, Budget? budget) =>
        new BootstrapFewShotWithRandomSearch<Choice> { Metric = Metrics.ExactMatch<Choice>(x => x.Preferred), Candidates = 6, Seed = 3 }
            .OptimizeAsync(Choice.ChainOfThought(client), Pairs.Of(8), Pairs.Of(5, from: 100), budget, cancellationToken: Ct);

    private static string Describe(OptimizationResult<Choice> result, bool withUsage) => string.Join('\n', [
        result.Best.Name,
        ProgramStateJson.Write(result.Program.State),
        result.Stopped,
        .. result.Candidates.Select(c => $"{c.Name} {c.Status} {c.Score} {(withUsage ? c.Usage : null)}"),
        withUsage ? result.Usage.ToString() : null]);

    /// <summary>Remembers what was answered, as <see cref="FaultyChatClient"/> does.</summary>
    private sealed class FaultyNothing(IChatClient model) : DelegatingChatClient(model)
    {
        private readonly System.Collections.Concurrent.ConcurrentQueue<string> _answered = [];

        public IReadOnlyList<string> Answered => [.. _answered.Order(StringComparer.Ordinal)];

        public override Task<ChatResponse> GetResponseAsync(
            IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
        {
            IReadOnlyList<ChatMessage> prompt = [.. messages];
            _answered.Enqueue(string.Join('\n', prompt.Select(m => $"{m.Role}: {m.Text}")));
            return base.GetResponseAsync(prompt, options, cancellationToken);
        }
    }
}
