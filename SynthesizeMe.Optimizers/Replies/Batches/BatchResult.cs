using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace SynthesizeMe.Optimizers;

/// <summary>An answer in the form of OpenAI's Batch API: a line of its result file.</summary>
/// <param name="Key">The request's address, its <c>custom_id</c>.</param>
/// <param name="Reply">The reply.</param>
public sealed record BatchResult(ReplyKey Key, ChatResponse Reply)
{
    private static readonly JsonWriterOptions Writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Reads a line.</summary>
    /// <exception cref="FormatException">There is no answer in it; the message says why.</exception>
    /// <exception cref="JsonException">It is not JSON.</exception>
    public static BatchResult Read(string line)
    {
        using JsonDocument document = JsonDocument.Parse(line);
        return Read(document.RootElement);
    }

    /// <summary>The line, without its end.</summary>
    public string ToLine()
    {
        using var output = new PooledBuffer();
        using (var json = new Utf8JsonWriter(output, Writing))
        {
            Write(json);
        }

        return Encoding.UTF8.GetString(output.Written);
    }

    internal static BatchResult Read(JsonElement json)
    {
        string? id = Text(json, "custom_id");
        if (!ReplyKey.TryParse(id, out ReplyKey key))
        {
            throw new FormatException($"its custom_id '{id}' is no address of a request");
        }

        if (Child(json, "error") is { ValueKind: JsonValueKind.Object } error)
        {
            throw new FormatException($"request {key} failed: {Text(error, "message") ?? Text(error, "code") ?? "no reason is given"}");
        }

        JsonElement response = Child(json, "response") ?? throw new FormatException($"there is no response to request {key}");
        JsonElement? body = Child(response, "body");
        if (Child(response, "status_code") is { ValueKind: JsonValueKind.Number } status && status.GetInt32() is not 200 and int code)
        {
            throw new FormatException(FormattableString.Invariant($"request {key} failed with status {code}: {Text(Child(body, "error"), "message") ?? "no reason is given"}"));
        }

        JsonElement[] choices = Child(body, "choices") is { ValueKind: JsonValueKind.Array } list ? [.. list.EnumerateArray()] : [];
        JsonElement? message = choices.Length > 0 ? Child(choices[0], "message") : null;
        string content = Text(message, "content")
            ?? throw new FormatException(Text(message, "refusal") is { } refusal ? $"request {key} was refused: {refusal}" : $"the response to request {key} has no text");
        var reply = new ChatResponse(new ChatMessage(ChatRole.Assistant, content))
        {
            ResponseId = Text(body, "id"),
            ModelId = Text(body, "model"),
            CreatedAt = Number(body, "created") is > 0 and <= LastSecond and var seconds ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null,
            FinishReason = Text(choices[0], "finish_reason") is { Length: > 0 } reason ? new ChatFinishReason(reason) : null,
            Usage = UsageOf(Child(body, "usage")),
        };
        return new(key, reply);
    }

    private static UsageDetails? UsageOf(JsonElement? usage) => usage is not { ValueKind: JsonValueKind.Object } ? null : new()
    {
        InputTokenCount = Number(usage, "prompt_tokens"),
        OutputTokenCount = Number(usage, "completion_tokens"),
        TotalTokenCount = Number(usage, "total_tokens"),
        CachedInputTokenCount = Number(Child(usage, "prompt_tokens_details"), "cached_tokens"),
        ReasoningTokenCount = Number(Child(usage, "completion_tokens_details"), "reasoning_tokens"),
    };

    private static JsonElement? Child(JsonElement? json, string name) =>
        json is { ValueKind: JsonValueKind.Object } parent && parent.TryGetProperty(name, out JsonElement child) && child.ValueKind != JsonValueKind.Null ? child : null;

    private static string? Text(JsonElement? json, string name) => Child(json, name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    /// <summary>The last second that there is, of the year 9999.</summary>
    private const long LastSecond = 253_402_300_799;

    private static long? Number(JsonElement? json, string name) =>
        Child(json, name) is { ValueKind: JsonValueKind.Number } number && number.TryGetInt64(out long value) ? value : null;

    private void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("id", $"batch_req_{Key.ToString()[..24]}");
        json.WriteString("custom_id", Key.ToString());
        json.WriteStartObject("response");
        json.WriteNumber("status_code", 200);
        json.WriteString("request_id", Reply.ResponseId ?? "");
        json.WriteStartObject("body");
        json.WriteString("id", Reply.ResponseId ?? "");
        json.WriteString("object", "chat.completion");
        json.WriteNumber("created", Reply.CreatedAt?.ToUnixTimeSeconds() ?? 0);
        json.WriteString("model", Reply.ModelId ?? "");
        json.WriteStartArray("choices");
        json.WriteStartObject();
        json.WriteNumber("index", 0);
        json.WriteStartObject("message");
        json.WriteString("role", "assistant");
        json.WriteString("content", Reply.Text);
        json.WriteEndObject();
        json.WriteString("finish_reason", (Reply.FinishReason ?? ChatFinishReason.Stop).Value);
        json.WriteEndObject();
        json.WriteEndArray();
        if (Reply.Usage is { } usage)
        {
            json.WriteStartObject("usage");
            json.WriteNumber("prompt_tokens", usage.InputTokenCount ?? 0);
            json.WriteNumber("completion_tokens", usage.OutputTokenCount ?? 0);
            json.WriteNumber("total_tokens", usage.TotalTokenCount ?? (usage.InputTokenCount ?? 0) + (usage.OutputTokenCount ?? 0));
            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteNull("error");
        json.WriteEndObject();
    }
}
