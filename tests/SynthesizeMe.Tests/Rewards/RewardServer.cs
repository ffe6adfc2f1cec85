using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;

namespace SynthesizeMe.Tests.Rewards;

/// <summary>A server on this machine that answers each posted JSON by a function.</summary>
internal sealed class RewardServer : IDisposable
{
    private readonly HttpListener _listener = new();
    private readonly Func<JsonObject, (int Status, string Body)> _answer;

    public RewardServer(Func<JsonObject, (int Status, string Body)> answer)
    {
        _answer = answer;
        Address = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{FreePort()}/"));
        _listener.Prefixes.Add(Address.AbsoluteUri);
        _listener.Start();
        _ = ServeAsync();
    }

    public Uri Address { get; }

    public ConcurrentQueue<JsonObject> Requests { get; } = [];

    public void Dispose() => _listener.Close();

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    private async Task ServeAsync()
    {
        while (_listener.IsListening)
        {
            HttpListenerContext call;
            try
            {
                call = await _listener.GetContextAsync();
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
            {
                return;
            }

            JsonObject request = (await JsonNode.ParseAsync(call.Request.InputStream))!.AsObject();
            Requests.Enqueue(request);
            (int status, string body) = _answer(request);
            call.Response.StatusCode = status;
            call.Response.ContentType = "application/json";
            await call.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(body));
            call.Response.Close();
        }
    }
}
