using System.Text.Json.Nodes;

namespace SynthesizeMe.Cli.Tests;

/// <summary>
/// A model behind OpenAI's API that notes what it was asked, independently of whoever asks. The number of a call is the id of its reply, by which the
/// reply is found again in a store.
/// </summary>
internal sealed class Ledger : IDisposable
{
    private readonly Lock _lock = new();
    private readonly List<string> _calls = [];
    private readonly HashSet<string> _kept = [];
    private readonly LoopbackServer _server;

    public Ledger() => _server = new LoopbackServer(Answer);

    public string Address => _server.Address;

    /// <summary>Called when a call has come in, with the number of calls since <see cref="Begin"/>.</summary>
    public Action<int> OnCall { get; set; } = _ => { };

    /// <summary>The requests that were paid although a store had their reply.</summary>
    public List<string> PaidTwice { get; } = [];

    /// <summary>The requests, each as often as it was paid.</summary>
    public string[] Calls
    {
        get
        {
            lock (_lock)
            {
                return [.. _calls];
            }
        }
    }

    private int First { get; set; }

    /// <summary>Begins to count the calls of a run.</summary>
    /// <param name="anew">Whether the run has a new store, so that nothing is kept.</param>
    public void Begin(bool anew)
    {
        lock (_lock)
        {
            First = _calls.Count;
            if (anew)
            {
                _kept.Clear();
            }
        }
    }

    /// <summary>Notes what a store has.</summary>
    /// <param name="export">The store's lines.</param>
    /// <returns>The number of calls since <see cref="Begin"/> whose replies are not in the store.</returns>
    public int Keep(string export)
    {
        lock (_lock)
        {
            foreach (string line in export.Split('\n', StringSplitOptions.RemoveEmptyEntries))
            {
                _kept.Add(_calls[int.Parse(JsonNode.Parse(line)!["reply"]!["responseId"]!.GetValue<string>(), System.Globalization.CultureInfo.InvariantCulture)]);
            }

            return _calls.Skip(First).Count(body => !_kept.Contains(body));
        }
    }

    public void Dispose() => _server.Dispose();

    private Response Answer(Request request)
    {
        int number;
        int ofRun;
        lock (_lock)
        {
            number = _calls.Count;
            ofRun = number - First + 1;
            _calls.Add(request.Body);
            if (_kept.Contains(request.Body))
            {
                PaidTwice.Add(request.Body);
            }
        }

        OnCall(ofRun);
        Response response = LoopbackServer.Offline(request);
        JsonNode body = JsonNode.Parse(response.Body)!;
        body["id"] = number.ToString(System.Globalization.CultureInfo.InvariantCulture);
        return response with { Body = body.ToJsonString() };
    }
}
