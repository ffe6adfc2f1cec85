using System.Buffers;
using System.Diagnostics;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace BenchScale;

/// <summary>A server that speaks OpenAI's API and takes its time over every call; what it prefers depends on the prompt by chance.</summary>
internal sealed class SlowServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ExactDelay _delay;
    private long _answered;
    private long _ticks;
    private int _now;
    private int _most;

    private SlowServer(WebApplication app, TimeSpan latency)
    {
        _app = app;
        _delay = new ExactDelay(latency);
    }

    /// <summary>Where it listens.</summary>
    public string Address => _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single() + "/v1";

    /// <summary>The calls that were answered since <see cref="Begin"/>.</summary>
    public long Answered => Interlocked.Read(ref _answered);

    /// <summary>The most calls that were under way at once since <see cref="Begin"/>.</summary>
    public int MostAtOnce => Volatile.Read(ref _most);

    public static async Task<SlowServer> StartAsync(TimeSpan latency)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        WebApplication app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        var server = new SlowServer(app, latency);
        app.MapPost("/v1/chat/completions", server.AnswerAsync);
        await app.StartAsync();
        return server;
    }

    /// <summary>What a call has taken since <see cref="Begin"/>, from its first byte to the end of its reply, on average.</summary>
    public TimeSpan Took => Stopwatch.GetElapsedTime(0, Interlocked.Read(ref _ticks) / Math.Max(1, Answered));

    /// <summary>Counts from here.</summary>
    public void Begin()
    {
        Interlocked.Exchange(ref _answered, 0);
        Interlocked.Exchange(ref _ticks, 0);
        Volatile.Write(ref _most, 0);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _delay.Dispose();
    }

    private async Task AnswerAsync(HttpContext call)
    {
        long begun = Stopwatch.GetTimestamp();
        int now = Interlocked.Increment(ref _now);
        for (int most = Volatile.Read(ref _most); now > most; most = Volatile.Read(ref _most))
        {
            Interlocked.CompareExchange(ref _most, now, most);
        }

        try
        {
            Task latency = _delay.WaitAsync();
            byte[] body = await ReadAsync(call.Request);
            string reply = Reply(body);
            await latency;
            call.Response.ContentType = "application/json";
            await call.Response.WriteAsync(
                $$"""{"id":"r","object":"chat.completion","created":0,"model":"slow","choices":[{"index":0,"message":{"role":"assistant","content":"{{reply}}"},"finish_reason":"stop"}],"usage":{"prompt_tokens":{{body.Length / 4}},"completion_tokens":{{reply.Length / 4}},"total_tokens":{{(body.Length + reply.Length) / 4}} } }""");
            Interlocked.Add(ref _ticks, Stopwatch.GetTimestamp() - begun);
            Interlocked.Increment(ref _answered);
        }
        finally
        {
            Interlocked.Decrement(ref _now);
        }
    }

    private static async Task<byte[]> ReadAsync(HttpRequest request)
    {
        var body = new ArrayBufferWriter<byte>();
        while (true)
        {
            int read = await request.Body.ReadAsync(body.GetMemory(16_384));
            if (read == 0)
            {
                return body.WrittenSpan.ToArray();
            }

            body.Advance(read);
        }
    }

    /// <summary>The reply as it stands in JSON.</summary>
    private static string Reply(byte[] body)
    {
        uint chance = body.Aggregate(2166136261u, (hash, b) => (hash ^ b) * 16777619) >> 8;
        return Asks(body, "rubric") ? @"[[ ## rubric ## ]]\n[{\""quality\"": \""short\"", \""weight\"": 5}, {\""quality\"": \""warm\"", \""weight\"": 2}]\n\n[[ ## completed ## ]]"
            : Asks(body, "scores") ? $@"[[ ## reasoning ## ]]\nSo.\n\n[[ ## scores ## ]]\n[{{\""quality\"": \""short\"", \""first\"": {(chance % 7) + 2}, \""second\"": 5}}, {{\""quality\"": \""warm\"", \""first\"": 5, \""second\"": 5}}]\n\n[[ ## completed ## ]]"
            : Asks(body, "preference") ? $@"[[ ## reasoning ## ]]\nThis person may care about length, and one is shorter than the other.\n\n[[ ## preference ## ]]\n{(chance % 2 == 0 ? "First" : "Second")}\n\n[[ ## completed ## ]]"
            : @"[[ ## persona ## ]]\nThis person likes some answers better than others.\n\n[[ ## completed ## ]]";
    }

    /// <summary>Whether the request ends by asking for this field.</summary>
    private static bool Asks(byte[] body, string field)
    {
        string end = Encoding.UTF8.GetString(body.AsSpan(Math.Max(0, body.Length - 400)));
        int asked = end.LastIndexOf("Reply with", StringComparison.Ordinal);
        return asked >= 0 && end.IndexOf(field, asked, StringComparison.Ordinal) >= 0;
    }
}
