using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace SynthesizeMe.Optimizers;

/// <summary>A request in the form of OpenAI's Batch API: a line of the file that a provider is given.</summary>
/// <param name="Key">The request's address, its <c>custom_id</c>.</param>
/// <param name="Model">The model's name.</param>
/// <param name="Messages">The messages.</param>
/// <param name="Options">The options.</param>
public sealed record BatchRequest(ReplyKey Key, string Model, IReadOnlyList<ChatMessage> Messages, ChatOptions? Options)
{
    private const string Url = "/v1/chat/completions";

    private static readonly JsonWriterOptions Writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Reads a line. Options that are not known here are in <see cref="ChatOptions.AdditionalProperties"/>.</summary>
    /// <exception cref="FormatException">It is no request to a chat model; the message says why.</exception>
    /// <exception cref="JsonException">It is not JSON.</exception>
    public static BatchRequest Read(string line)
    {
        using JsonDocument document = JsonDocument.Parse(line);
        JsonElement json = document.RootElement;
        if (json.ValueKind != JsonValueKind.Object || !ReplyKey.TryParse(Text(json, "custom_id"), out ReplyKey key))
        {
            throw new FormatException("its custom_id is no address of a request");
        }

        if (Text(json, "url") != Url || !json.TryGetProperty("body", out JsonElement body) || body.ValueKind != JsonValueKind.Object)
        {
            throw new FormatException($"it is no request to {Url} with a body");
        }

        if (!body.TryGetProperty("messages", out JsonElement messages) || messages.ValueKind != JsonValueKind.Array)
        {
            throw new FormatException("its body has no messages");
        }

        return new(key, Text(body, "model") ?? "", [.. messages.EnumerateArray().Select(Message)], BatchOptions.Read(body));
    }

    /// <summary>The line, without its end.</summary>
    /// <exception cref="NotSupportedException">A content or an option has no form there.</exception>
    public string ToLine()
    {
        using var output = new PooledBuffer();
        using (var json = new Utf8JsonWriter(output, Writing))
        {
            json.WriteStartObject();
            json.WriteString("custom_id", Key.ToString());
            json.WriteString("method", "POST");
            json.WriteString("url", Url);
            json.WriteStartObject("body");
            json.WriteString("model", Model);
            json.WriteStartArray("messages");
            if (Options?.Instructions is { Length: > 0 } instructions)
            {
                WriteMessage(json, new ChatMessage(ChatRole.System, instructions));
            }

            foreach (ChatMessage message in Messages)
            {
                WriteMessage(json, message);
            }

            json.WriteEndArray();
            BatchOptions.Write(json, Options);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(output.Written);
    }

    private static void WriteMessage(Utf8JsonWriter json, ChatMessage message)
    {
        json.WriteStartObject();
        json.WriteString("role", message.Role.Value);
        if (message.AuthorName is not null)
        {
            json.WriteString("name", message.AuthorName);
        }

        if (message.Contents is [TextContent only])
        {
            json.WriteString("content", only.Text);
            json.WriteEndObject();
            return;
        }

        json.WriteStartArray("content");
        foreach (AIContent content in message.Contents)
        {
            json.WriteStartObject();
            switch (content)
            {
                case TextContent text:
                    json.WriteString("type", "text");
                    json.WriteString("text", text.Text);
                    break;
                case DataContent data when data.HasTopLevelMediaType("image"):
                    WriteImage(json, data.Uri);
                    break;
                case UriContent uri when uri.HasTopLevelMediaType("image"):
                    WriteImage(json, uri.Uri.OriginalString);
                    break;
                default:
                    throw new NotSupportedException($"A {content.GetType().Name} cannot be written as a request of a batch.");
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteImage(Utf8JsonWriter json, string uri)
    {
        json.WriteString("type", "image_url");
        json.WriteStartObject("image_url");
        json.WriteString("url", uri);
        json.WriteEndObject();
    }

    private static ChatMessage Message(JsonElement json)
    {
        string role = Text(json, "role") ?? throw new FormatException("one of its messages has no role");
        if (!json.TryGetProperty("content", out JsonElement content))
        {
            throw new FormatException("one of its messages has no content");
        }

        IEnumerable<AIContent> contents = content.ValueKind switch
        {
            JsonValueKind.String => [new TextContent(content.GetString())],
            JsonValueKind.Array => content.EnumerateArray().Select(Content),
            _ => throw new FormatException("the content of one of its messages is neither a text nor a list"),
        };
        return new ChatMessage(new ChatRole(role), [.. contents]) { AuthorName = Text(json, "name") };
    }

    private static AIContent Content(JsonElement json)
    {
        if (Text(json, "text") is { } text)
        {
            return new TextContent(text);
        }

        string uri = json.TryGetProperty("image_url", out JsonElement image) && Text(image, "url") is { } url
            ? url
            : throw new FormatException($"a content of type '{Text(json, "type")}' is not understood");
        return uri.StartsWith("data:", StringComparison.Ordinal) ? new DataContent(uri) : new UriContent(uri, "image/*");
    }

    private static string? Text(JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out JsonElement text) && text.ValueKind == JsonValueKind.String ? text.GetString() : null;
}
