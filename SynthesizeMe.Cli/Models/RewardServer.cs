using System.Net.Http.Headers;
using SynthesizeMe.Benchmarking;

namespace SynthesizeMe.Cli;

/// <summary>A served reward model as methods of the benchmark: told nothing of the person, and told persona and demonstrations.</summary>
internal sealed class RewardServer : IDisposable
{
    /// <summary>Its methods' names.</summary>
    public static readonly string[] Names = ["served", "served+persona"];

    /// <summary>The environment variable of its key; most servers need none.</summary>
    public const string KeyVariable = "REWARD_API_KEY";

    private readonly HttpClient _client;
    private readonly KeptNumbers? _kept;
    private readonly IRewardModel _model;

    /// <summary>Connects to a server. Nothing is sent yet.</summary>
    /// <param name="options">How it is asked.</param>
    /// <param name="key">Its key, if it needs one.</param>
    /// <param name="calls">How requests are made.</param>
    /// <param name="kept">Where its scores are kept; disposed with it. <see langword="null"/> for nowhere.</param>
    public RewardServer(ServedRewardOptions options, string? key, PatientCalls calls, KeptNumbers? kept)
    {
        _client = new HttpClient { Timeout = ModelFactory.Patience };
        if (key is not null)
        {
            _client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        }

        var model = new Patient(new ServedRewardModel(_client, options), options.Endpoint, calls);
        _kept = kept;
        _model = kept is null ? model : new KeptScores(model, options, kept);
    }

    /// <summary>The methods.</summary>
    public IEnumerable<IBenchmarkMethod> Methods =>
    [
        new RewardMethod(Names[0], "A served reward model that is told nothing of the person.", BenchmarkNeeds.None, (_, _) => Task.FromResult(_model)),
        new RewardMethod(
            Names[1],
            "The served reward model, told the person's persona and demonstrations.",
            BenchmarkNeeds.Fit,
            (_, _) => Task.FromResult(_model),
            person => new RewardPerson(person.Id, RewardMethods.Known(person))),
    ];

    public void Dispose()
    {
        _kept?.Dispose();
        _client.Dispose();
    }

    /// <summary>Asks again where that may help, and names the server where it does not.</summary>
    private sealed class Patient(IRewardModel model, Uri endpoint, PatientCalls calls) : IRewardModel
    {
        private readonly string _where = $"the reward model at {endpoint.WithoutCredentials()}";

        public async Task<IReadOnlyList<double>> ScoreAsync(IReadOnlyList<RewardRequest> requests, CancellationToken cancellationToken = default)
        {
            try
            {
                return await calls.RunAsync(model.ScoreAsync, requests, cancellationToken).ConfigureAwait(false);
            }
            catch (ServedRewardException e) when (ModelFault.Refusal(e, _where, "text") is { } refusal)
            {
                throw refusal;
            }
            catch (HttpRequestException e)
            {
                throw new ModelFailedException($"{_where} cannot be reached: {e.Message.TrimEnd('.')}. Check --reward-endpoint, and that the server runs.", e);
            }
            catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
            {
                throw new ModelFailedException($"{_where} gave no answer within {ModelFactory.Patience.TotalMinutes} minutes.", e);
            }
        }
    }
}
