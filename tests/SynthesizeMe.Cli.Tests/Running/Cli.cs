using Microsoft.Extensions.AI;
using SynthesizeMe.Offline;

namespace SynthesizeMe.Cli.Tests;

/// <summary>What a command line gave.</summary>
internal sealed record Outcome(int Code, string Out, string Error);

/// <summary>Runs the tool within the test's process, in a folder of its own.</summary>
internal sealed class Cli : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("synthesizeme-cli-").FullName;

    /// <summary>Environment variables; those of the machine are not seen.</summary>
    public Dictionary<string, string> Environment { get; } = [];

    /// <summary>Replaces the model, whatever <c>--model</c> says.</summary>
    public IChatClient? Model { get; set; }

    public string StandardInput { get; init; } = "";

    /// <summary>On a busy machine a run takes long enough to tell of its progress: by default no time passes, and only waits take some.</summary>
    public TimeProvider Time { get; init; } = new StandingClock();

    /// <summary>The path of a file in the folder.</summary>
    public string this[string name] => Path.Combine(_folder, name);

    /// <summary>Writes a file into the folder.</summary>
    public string Write(string name, params IEnumerable<string> lines)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(this[name])!);
        File.WriteAllText(this[name], string.Join('\n', lines));
        return this[name];
    }

    public Task<Outcome> RunAsync(params string[] args) => StoppableAsync(args, TestContext.Current.CancellationToken);

    public async Task<Outcome> StoppableAsync(string[] args, CancellationToken cancellationToken)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        string? Variable(string name) => Environment.GetValueOrDefault(name);
        var surroundings = new Surroundings
        {
            In = new StringReader(StandardInput),
            Out = new Screen(output),
            Error = new Screen(error),
            Environment = Variable,
            OpenModel = model => Model ?? new ModelFactory(Variable).Open(model),
            OpenEmbeddings = model => new ModelFactory(Variable).OpenEmbeddings(model),
            Time = Time,
        };
        int code = await new CommandLine(surroundings).RunAsync(args, cancellationToken);
        return new Outcome(code, output.ToString(), error.ToString());
    }

    /// <summary>Fits a person of the sample's data and gives the judge's file.</summary>
    public async Task<string> FitAsync(string user)
    {
        Outcome fit = await RunAsync("fit", People.Sample, "--user", user, "--output", this["judges"]);
        Assert.Equal((0, ""), (fit.Code, fit.Error));
        return this[Path.Combine("judges", $"{user}.judge.json")];
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}

/// <summary>Passes calls on to the offline model, and does something before each.</summary>
internal sealed class WatchedModel(Action<int>? before = null) : DelegatingChatClient(new OfflineModel())
{
    private int _calls;

    public int Calls => Volatile.Read(ref _calls);

    public override Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        int call = Interlocked.Increment(ref _calls);
        before?.Invoke(call);
        return base.GetResponseAsync(messages, options, cancellationToken);
    }
}

/// <summary>A clock that shows the time of day, and lets waits end, while nothing is ever said to have taken time.</summary>
internal sealed class StandingClock : TimeProvider
{
    public override long GetTimestamp() => 0;
}
