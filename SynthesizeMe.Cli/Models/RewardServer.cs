using System.Net.Http.Headers;
using Polly;
using Polly.Retry;
using Polly.Timeout;
using SynthesizeMe.Benchmarking;
using SynthesizeMe.Optimizers;

namespace SynthesizeMe.Cli;

/// <summary>A served reward model as methods of the benchmark: told nothing of the person, and told persona and demonstrations.</summary>
internal sealed class RewardServer : IDisposable
{
    /// <summary>Its methods' names.</summary>
    public static readonly string[] Names = ["served", "served+persona"];

    /// <summary>The environment variable of its key; most servers need none.</summary>
    public const string KeyVariable = "REWARD_API_KEY";

    private readonly HttpClient _client;
    private readonly ServedRewardModel _model;

    public RewardServer(ServedRewardOptions options, string? key, int parallel, TimeProvider time)
    {
        _client = new HttpClient(new Patient(options.Endpoint, parallel, time)) { Timeout = Timeout.InfiniteTimeSpan };
        if (key is { Length: > 0 })
        {
            _client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        }

        _model = new ServedRewardModel(_client, options);
    }

    /// <summary>The methods.</summary>
    public IEnumerable<IBenchmarkMethod> Methods =>
    [
        new RewardMethod(Names[0], "A served reward model that is told nothing of the person.", BenchmarkNeeds.None, (_, _) => Task.FromResult<IRewardModel>(_model)),
        new RewardMethod(
            Names[1],
            "The served reward model, told the person's persona and demonstrations.",
            BenchmarkNeeds.Fit,
            (_, _) => Task.FromResult<IRewardModel>(_model),
            person => new RewardPerson(person.Id, RewardMethods.Known(person))),
    ];

    public void Dispose() => _client.Dispose();

    /// <summary>Asks again where that may help, and names the server where it does not.</summary>
    private sealed class Patient(Uri endpoint, int parallel, TimeProvider time) : DelegatingHandler(new SocketsHttpHandler { MaxConnectionsPerServer = parallel })
    {
        private static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

        private readonly ResiliencePipeline<HttpResponseMessage> _again = new ResiliencePipelineBuilder<HttpResponseMessage> { TimeProvider = time }
            .AddRetry(new RetryStrategyOptions<HttpResponseMessage>
            {
                MaxRetryAttempts = 4,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                Delay = TimeSpan.FromSeconds(1),
                ShouldHandle = new PredicateBuilder<HttpResponseMessage>()
                    .Handle<HttpRequestException>(e => CallFaults.Of(e).IsTransient)
                    .HandleResult(r => !r.IsSuccessStatusCode && FaultOf(r, time).IsTransient),
                DelayGenerator = a => new(a.Outcome.Result is { } response ? FaultOf(response, time).RetryAfter : null),
            })
            .Build();

        private readonly ResiliencePipeline _once = new ResiliencePipelineBuilder().AddTimeout(Longest).Build();

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            try
            {
                return await _again.ExecuteAsync(
                    token => _once.ExecuteAsync(async limited => await base.SendAsync(request, limited).ConfigureAwait(false), token), cancellationToken).ConfigureAwait(false);
            }
            catch (HttpRequestException e)
            {
                throw new ModelFailedException($"the reward model at {endpoint.WithoutCredentials()} cannot be reached: {e.Message.TrimEnd('.')}. Check --reward-endpoint, and that the server runs.", e);
            }
            catch (TimeoutRejectedException e)
            {
                throw new ModelFailedException($"the reward model at {endpoint.WithoutCredentials()} gave no answer within {Longest.TotalMinutes} minutes.", e);
            }
        }

        private static CallFault FaultOf(HttpResponseMessage response, TimeProvider time) =>
            CallFaults.OfStatus((int)response.StatusCode, response.Headers.RetryAfter?.ToString(), time);
    }
}
