using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.AI;

namespace SynthesizeMe.Optimizers;

/// <summary>A reply as it is kept: messages, finish reason, usage, model and ids, in Microsoft.Extensions.AI's own JSON.</summary>
internal static class ReplyJson
{
    private static readonly JsonWriterOptions Writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly JsonTypeInfo<ChatResponse> Type = (JsonTypeInfo<ChatResponse>)AIJsonUtilities.DefaultOptions.GetTypeInfo(typeof(ChatResponse));

    /// <summary>Writes a reply; null when it is none that could be given again: it reports an error, is not finished, or holds what has no JSON form.</summary>
    public static byte[]? TryWrite(ChatResponse reply)
    {
        if (reply.ContinuationToken is not null || reply.Messages.Any(m => m.Contents.Any(c => c is ErrorContent)))
        {
            return null;
        }

        using var output = new PooledBuffer();
        try
        {
            using var json = new Utf8JsonWriter(output, Writing);
            JsonSerializer.Serialize(json, Lasting(reply), Type);
        }
        catch (Exception e) when (e is NotSupportedException or ArgumentException or JsonException)
        {
            return null;
        }

        return output.Written.ToArray();
    }

    /// <summary>Reads what <see cref="TryWrite"/> wrote.</summary>
    /// <exception cref="JsonException">It is damaged.</exception>
    public static ChatResponse Read(ReadOnlySpan<byte> json) =>
        JsonSerializer.Deserialize(json, Type) ?? throw new JsonException("There is no reply.");

    /// <summary>The reply without what holds for the moment only.</summary>
    private static ChatResponse Lasting(ChatResponse reply) => new([.. reply.Messages.Select(Lasting)])
    {
        ResponseId = reply.ResponseId,
        ModelId = reply.ModelId,
        CreatedAt = reply.CreatedAt,
        FinishReason = reply.FinishReason,
        Usage = reply.Usage,
        AdditionalProperties = Lasting(reply.AdditionalProperties),
    };

    private static ChatMessage Lasting(ChatMessage message)
    {
        ChatMessage lasting = message.Clone();
        lasting.RawRepresentation = null;
        lasting.AdditionalProperties = Lasting(message.AdditionalProperties);
        return lasting;
    }

    private static AdditionalPropertiesDictionary? Lasting(AdditionalPropertiesDictionary? properties)
    {
        KeyValuePair<string, object?>[] simple = [.. (properties ?? []).Where(p =>
            p.Value is null or string or bool or int or long or JsonElement { ValueKind: not JsonValueKind.Undefined } or JsonNode || p.Value is double number && double.IsFinite(number))];
        return simple.Length == 0 ? null : new(simple);
    }
}
