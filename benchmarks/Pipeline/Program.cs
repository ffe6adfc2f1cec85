using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Globalization;
using Microsoft.Extensions.AI;
using SynthesizeMe.Optimizers;

// What the middleware costs: calls that take a while against the same calls awaited bare, and calls over a model without latency.
// Usage: dotnet run -c Release --project benchmarks/Pipeline [ROUNDS] [AT ONCE]
const int Calls = 256;
const int Many = 10_000;
const int WarmUps = 3;
int atOnce = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 16;
int rounds = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 7;
using var spans = new ActivityListener
{
    ShouldListenTo = source => source.Name == Telemetry.Name,
    Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
};
ActivitySource.AddActivityListener(spans);
using var measurements = new MeterListener
{
    InstrumentPublished = (instrument, listener) =>
    {
        if (instrument.Meter.Name == Telemetry.Name)
        {
            listener.EnableMeasurementEvents(instrument);
        }
    },
};
measurements.SetMeasurementEventCallback<double>((_, _, _, _) => { });
measurements.SetMeasurementEventCallback<long>((_, _, _, _) => { });
measurements.Start();

ChatMessage[] prompt = [new(ChatRole.System, new string('s', 2000)), new(ChatRole.User, new string('u', 6000))];
var slow = new Latent(TimeSpan.FromMilliseconds(20));
var swift = new Latent(TimeSpan.Zero);
Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Environment.ProcessorCount} cores, load {Load()}"));
await AwaitAllAsync(() => slow.GetResponseAsync(prompt), Calls, atOnce);
await AwaitAllAsync(() => Pipeline(slow).GetResponseAsync(prompt), Calls, atOnce);
Console.WriteLine($"{Calls} calls of 20 ms at {atOnce} at once");
Console.WriteLine("round    bare ms   pipeline ms   ratio");
var ratios = new List<double>();
for (int round = 1; round <= rounds; round++)
{
    IChatClient pipeline = Pipeline(slow);
    double bare = 0, through = 0;

    // Which goes first alternates, so that a machine that gets slower favours neither.
    for (int half = 0; half < 2; half++)
    {
        if ((half == 0) == (round % 2 == 0))
        {
            bare = await AwaitAllAsync(() => slow.GetResponseAsync(prompt), Calls, atOnce);
        }
        else
        {
            through = await AwaitAllAsync(() => pipeline.GetResponseAsync(prompt), Calls, atOnce);
        }
    }

    ratios.Add(through / bare);
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{round,5} {bare,10:F1} {through,13:F1} {through / bare,7:F4}"));
}

ratios.Sort();
Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"median ratio {ratios[ratios.Count / 2]:F4}"));
Console.WriteLine();
Console.WriteLine($"{Many} calls without latency at {atOnce} at once, no two alike; µs a call");
Console.WriteLine("round      bare   without store   with store   from the store   bytes a call with store");
var costs = new List<double>();
ChatMessage[][] prompts = [.. Enumerable.Range(0, Many).Select(i => (ChatMessage[])[prompt[0], new(ChatRole.User, string.Create(CultureInfo.InvariantCulture, $"{prompt[1].Text}{i}"))])];
for (int round = 1 - WarmUps; round <= rounds; round++)
{
    string folder = Directory.CreateTempSubdirectory("synthesizeme-pipeline-").FullName;
    try
    {
        using ReplyStore store = ReplyStore.Open(Path.Combine(folder, "replies.sqlite"));
        double bare = await AskAllAsync(swift);
        double without = await AskAllAsync(Pipeline(swift));
        long before = GC.GetTotalAllocatedBytes();
        double with = await AskAllAsync(Pipeline(swift, store));
        long bytes = (GC.GetTotalAllocatedBytes() - before) / Many;
        double replayed = await AskAllAsync(Pipeline(swift, store));
        if (round > 0)
        {
            costs.Add(with);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{round,5} {bare,9:F2} {without,15:F2} {with,12:F2} {replayed,16:F2} {bytes,25}"));
        }
    }
    finally
    {
        Directory.Delete(folder, recursive: true);
    }
}

costs.Sort();
Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"median with store {costs[costs.Count / 2]:F2} µs a call; load {Load()}"));

async Task<double> AskAllAsync(IChatClient client)
{
    int next = 0;
    return await AwaitAllAsync(() => client.GetResponseAsync(prompts[Interlocked.Increment(ref next) - 1]), Many, atOnce) * 1000 / Many;
}

IChatClient Pipeline(IChatClient model, ReplyStore? store = null)
{
    ChatClientBuilder builder = new ChatClientBuilder(model)
        .UseBudget(new Budget { Calls = 1_000_000, Tokens = 1_000_000_000_000, Cost = 1_000_000_000, Price = new(1, 4), Deadline = DateTimeOffset.UtcNow.AddHours(1) })
        .UseTelemetry();
    return (store is null ? builder : builder.Use(client => client.UseReplyStore(store)))
        .UseRetry()
        .UseMeter(new UsageMeter())
        .UseConcurrencyBound(new ConcurrencyBound(atOnce))
        .UseRateLimit(new CallRateLimiter(1_000_000, int.MaxValue))
        .UseTimeout(TimeSpan.FromMinutes(1))
        .Build();
}

static async Task<double> AwaitAllAsync(Func<Task> call, int count, int atOnce)
{
    long start = Stopwatch.GetTimestamp();
    await Parallel.ForAsync(0, count, new ParallelOptions { MaxDegreeOfParallelism = atOnce }, async (_, _) => await call());
    return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
}

static string Load() => File.Exists("/proc/loadavg") ? string.Join(' ', File.ReadAllText("/proc/loadavg").Split(' ').Take(3)) : "unknown";

/// <summary>A model that answers the same after a while.</summary>
internal sealed class Latent(TimeSpan latency) : IChatClient
{
    private static readonly ChatClientMetadata Metadata = new("bench", new Uri("http://localhost"), "m");

    public async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        if (latency > TimeSpan.Zero)
        {
            await Task.Delay(latency, cancellationToken);
        }

        return new ChatResponse(new ChatMessage(ChatRole.Assistant, "Yes."))
        {
            ModelId = "m",
            FinishReason = ChatFinishReason.Stop,
            Usage = new() { InputTokenCount = 2000, OutputTokenCount = 2 },
        };
    }

    public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    public object? GetService(Type serviceType, object? serviceKey = null) => serviceType == typeof(ChatClientMetadata) ? Metadata : null;

    public void Dispose()
    {
    }
}
