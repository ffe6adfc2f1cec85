using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;
using SynthesizeMe.Offline;

namespace SynthesizeMe.Cli.Tests;

/// <summary>What the server was sent.</summary>
internal sealed record Request(string Head, string Body);

/// <summary>What the server answers.</summary>
internal sealed record Response(int Status, string Body, string ContentType = "application/json", int RetryAfter = 0);

/// <summary>A tiny HTTP server on this machine with canned answers.</summary>
internal sealed class LoopbackServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Func<Request, Response> _answer;

    public LoopbackServer(Func<Request, Response> answer)
    {
        _answer = answer;
        _listener.Start();
        _ = AcceptAsync();
    }

    public LoopbackServer(int status, string body = """{"error": {"message": "no"}}""")
        : this(_ => new Response(status, body))
    {
    }

    public ConcurrentQueue<Request> Requests { get; } = [];

    public string Address => string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");

    /// <summary>An address where nothing listens.</summary>
    public static string Nowhere
    {
        get
        {
            using var server = new LoopbackServer(200);
            return server.Address;
        }
    }

    /// <summary>A reply as OpenAI's API wraps it.</summary>
    public static Response OpenAIReply(string text) => new(200, new JsonObject
    {
        ["id"] = "reply",
        ["object"] = "chat.completion",
        ["created"] = 0,
        ["model"] = "test",
        ["choices"] = new JsonArray(new JsonObject
        {
            ["index"] = 0,
            ["message"] = new JsonObject { ["role"] = "assistant", ["content"] = text },
            ["finish_reason"] = "stop",
        }),
        ["usage"] = new JsonObject { ["prompt_tokens"] = 10, ["completion_tokens"] = 5, ["total_tokens"] = 15 },
    }.ToJsonString());

    /// <summary>The offline model behind OpenAI's API.</summary>
    public static Response Offline(Request request)
    {
        using var model = new OfflineModel();
        IEnumerable<ChatMessage> messages = JsonNode.Parse(request.Body)!["messages"]!.AsArray().Select(m => new ChatMessage(
            new ChatRole(m!["role"]!.GetValue<string>()),
            m["content"] is JsonArray parts ? string.Concat(parts.Select(p => p!["text"]!.GetValue<string>())) : m["content"]!.GetValue<string>()));
        return OpenAIReply(model.GetResponseAsync(messages).GetAwaiter().GetResult().Text);
    }

    public void Dispose() => _listener.Dispose();

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _ = ServeAsync(await _listener.AcceptTcpClientAsync());
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task ServeAsync(TcpClient connection)
    {
        using TcpClient client = connection;
        await using NetworkStream stream = client.GetStream();
        Request request = await ReadAsync(stream);
        Requests.Enqueue(request);
        Response response = _answer(request);
        byte[] body = Encoding.UTF8.GetBytes(response.Body);
        string head = string.Create(
            CultureInfo.InvariantCulture,
            $"HTTP/1.1 {response.Status} X\r\nContent-Type: {response.ContentType}\r\nContent-Length: {body.Length}\r\nRetry-After: {response.RetryAfter}\r\nConnection: close\r\n\r\n");
        await stream.WriteAsync(Encoding.ASCII.GetBytes(head));
        await stream.WriteAsync(body);
    }

    private static async Task<Request> ReadAsync(NetworkStream stream)
    {
        var head = new StringBuilder();
        byte[] one = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            await stream.ReadExactlyAsync(one);
            head.Append((char)one[0]);
        }

        string text = head.ToString();
        string? length = text.Split("\r\n").FirstOrDefault(l => l.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase));
        if (length is null)
        {
            return text.Contains("chunked", StringComparison.OrdinalIgnoreCase) ? new Request(text, await ReadChunksAsync(stream)) : new Request(text, "");
        }

        byte[] body = new byte[int.Parse(length.Split(':')[1], CultureInfo.InvariantCulture)];
        await stream.ReadExactlyAsync(body);
        return new Request(text, Encoding.UTF8.GetString(body));
    }

    private static async Task<string> ReadChunksAsync(NetworkStream stream)
    {
        var body = new MemoryStream();
        while (true)
        {
            var size = new StringBuilder();
            byte[] one = new byte[1];
            while (size.Length < 2 || size[^1] != '\n')
            {
                await stream.ReadExactlyAsync(one);
                size.Append((char)one[0]);
            }

            byte[] chunk = new byte[int.Parse(size.ToString().Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture) + 2];
            await stream.ReadExactlyAsync(chunk);
            if (chunk.Length == 2)
            {
                return Encoding.UTF8.GetString(body.ToArray());
            }

            body.Write(chunk.AsSpan(0, chunk.Length - 2));
        }
    }
}
