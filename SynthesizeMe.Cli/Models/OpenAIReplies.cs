using System.Collections.Frozen;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using SynthesizeMe.Signatures;

namespace SynthesizeMe.Cli;

/// <summary>A server says that all went well, and sends no reply.</summary>
/// <param name="what">What it sends instead.</param>
/// <param name="status">The HTTP status that it would have been, if it says so.</param>
internal sealed class MalformedReplyException(string what, int? status = null) : Exception(what)
{
    /// <summary>The HTTP status that it would have been; <see langword="null"/> where nothing says so.</summary>
    public int? Status { get; } = status;
}

/// <summary>
/// Looks at the replies of servers that speak OpenAI's language before OpenAI's package does, which stumbles over what they say a little differently, and
/// over an error that comes as a success.
/// </summary>
internal sealed class OpenAIReplies(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    /// <summary>How servers say why a reply ended, and what the package knows of that; whatever else they say is an end like others.</summary>
    private static readonly FrozenDictionary<string, string> Ends = new Dictionary<string, string>
    {
        ["length"] = "length",
        ["max_tokens"] = "length",
        ["max_length"] = "length",
        ["model_length"] = "length",
        ["content_filter"] = "content_filter",
        ["content_filtered"] = "content_filter",
        ["safety"] = "content_filter",
        ["recitation"] = "content_filter",
        ["tool_calls"] = "tool_calls",
        ["function_call"] = "function_call",
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenSet<string> BrokenOff = FrozenSet.Create(StringComparer.OrdinalIgnoreCase, "abort", "aborted", "cancelled", "canceled", "error");

    /// <inheritdoc/>
    /// <exception cref="MalformedReplyException">The server sends no reply.</exception>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        HttpResponseMessage response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        string path = request.RequestUri!.AbsolutePath;
        string? listed = path.EndsWith("/chat/completions", StringComparison.Ordinal) ? "choices" : path.EndsWith("/embeddings", StringComparison.Ordinal) ? "data" : null;
        if (response.StatusCode == HttpStatusCode.OK && listed is not null)
        {
            byte[] body = await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
            ReadOnlyMemory<byte> text = body.AsSpan().StartsWith("\uFEFF"u8) ? body.AsMemory(3) : body;
            ReadOnlyMemory<byte> understood = Mend(text, listed);
            if (!understood.Equals(body))
            {
                response.Content = new ReadOnlyMemoryContent(understood);
            }
        }

        return response;
    }

    /// <summary>The reply as the package understands it; mostly the reply itself.</summary>
    private static ReadOnlyMemory<byte> Mend(ReadOnlyMemory<byte> text, string listed)
    {
        using JsonDocument json = Parse(text);
        JsonElement root = json.RootElement;
        if (root.ValueKind != JsonValueKind.Object)
        {
            throw new MalformedReplyException("JSON that is no object");
        }

        if (!root.TryGetProperty(listed, out JsonElement list) || list.ValueKind != JsonValueKind.Array || (listed == "choices" && list.EnumerateArray().All(c => c.ValueKind != JsonValueKind.Object)))
        {
            throw root.TryGetProperty("error", out JsonElement error) && error.ValueKind is JsonValueKind.Object or JsonValueKind.String
                ? Reported(error)
                : new MalformedReplyException($"a reply without {listed}");
        }

        bool ends = listed != "choices" || list.EnumerateArray().All(c =>
            c.ValueKind != JsonValueKind.Object || !c.TryGetProperty("finish_reason", out JsonElement end) || (end.ValueKind == JsonValueKind.String && end.ValueEquals(EndOf(end.GetString()!))));
        bool counts = !root.TryGetProperty("usage", out JsonElement usage) || usage.ValueKind != JsonValueKind.Object || AreCounts(usage);
        return ends && counts ? text : Mend(JsonNode.Parse(text.Span)!.AsObject(), counts);
    }

    private static byte[] Mend(JsonObject reply, bool counts)
    {
        if (!counts)
        {
            reply.Remove("usage");
        }

        foreach (JsonObject choice in (reply["choices"] as JsonArray ?? []).OfType<JsonObject>().Where(c => c.ContainsKey("finish_reason")))
        {
            string end = choice["finish_reason"] is JsonValue value && value.TryGetValue(out string? said) ? said : "stop";
            choice["finish_reason"] = BrokenOff.Contains(end) ? throw new MalformedReplyException($"a reply that was broken off ({end})") : EndOf(end);
        }

        return JsonSerializer.SerializeToUtf8Bytes(reply);
    }

    private static string EndOf(string said) => Ends.GetValueOrDefault(said, "stop");

    private static JsonDocument Parse(ReadOnlyMemory<byte> text)
    {
        try
        {
            return JsonDocument.Parse(text);
        }
        catch (JsonException e)
        {
            ReadOnlySpan<byte> begin = text.Span.TrimStart(" \t\r\n"u8);
            throw new MalformedReplyException(begin.IsEmpty ? "an empty reply" : begin[0] == '<' ? "a web page" : $"what is no JSON, or not all of it ({JsonShape.Explain(e)})");
        }
    }

    private static MalformedReplyException Reported(JsonElement error)
    {
        string? said = error.ValueKind == JsonValueKind.String ? error.GetString()
            : error.TryGetProperty("message", out JsonElement message) && message.ValueKind == JsonValueKind.String ? message.GetString()
            : null;
        int? status = error.ValueKind == JsonValueKind.Object && error.TryGetProperty("code", out JsonElement code) && code.ValueKind == JsonValueKind.Number
            && code.TryGetInt32(out int number) && number is >= 400 and < 600 ? number : null;
        return new MalformedReplyException(string.IsNullOrWhiteSpace(said) ? "an error without a message" : $"an error: {said.Trim()}", status);
    }

    private static bool AreCounts(JsonElement usage)
    {
        foreach (JsonProperty count in usage.EnumerateObject())
        {
            if (count.Value.ValueKind == JsonValueKind.Object ? !AreCounts(count.Value) : count.Value.ValueKind == JsonValueKind.Number && !count.Value.TryGetInt32(out _))
            {
                return false;
            }
        }

        return true;
    }
}
