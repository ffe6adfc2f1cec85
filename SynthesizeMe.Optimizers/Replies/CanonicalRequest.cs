using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;

namespace SynthesizeMe.Optimizers;

/// <summary>
/// Writes a request in the one form that is hashed. Texts and data are in it as their own hashes; what is not set is left out, so that an option that
/// is new to the library changes no address of a request without it.
/// </summary>
internal static class CanonicalRequest
{
    private const int Version = 1;

    private static readonly JsonWriterOptions Writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <summary>Writes it; false when it holds what cannot be known from here.</summary>
    public static bool TryWrite(IBufferWriter<byte> output, ChatClientMetadata? endpoint, IEnumerable<ChatMessage> messages, ChatOptions? options)
    {
        using var json = new Utf8JsonWriter(output, Writing);
        json.WriteStartObject();
        json.WriteNumber("version", Version);
        WriteText(json, "provider", endpoint?.ProviderName);
        WriteText(json, "endpoint", endpoint?.ProviderUri?.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped).TrimEnd('/'));
        WriteText(json, "model", options?.ModelId ?? endpoint?.DefaultModelId);
        if (options is not null && !TryWriteOptions(json, options))
        {
            return false;
        }

        json.WriteStartArray("messages");
        foreach (ChatMessage message in messages)
        {
            if (!TryWriteMessage(json, message))
            {
                return false;
            }
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.Flush();
        return true;
    }

    private static bool TryWriteOptions(Utf8JsonWriter json, ChatOptions options)
    {
        if (options.ConversationId is not null || options.ContinuationToken is not null || options.AllowBackgroundResponses == true || options.RawRepresentationFactory is not null)
        {
            return false;
        }

        WriteText(json, "instructions", options.Instructions);
        WriteNumber(json, "temperature", options.Temperature);
        WriteNumber(json, "max_output_tokens", options.MaxOutputTokens);
        WriteNumber(json, "top_p", options.TopP);
        WriteNumber(json, "top_k", options.TopK);
        WriteNumber(json, "frequency_penalty", options.FrequencyPenalty);
        WriteNumber(json, "presence_penalty", options.PresencePenalty);
        WriteNumber(json, "seed", options.Seed);
        if (options.StopSequences is { Count: > 0 } stops)
        {
            json.WriteStartArray("stop");
            foreach (string stop in stops)
            {
                json.WriteStringValue(stop);
            }

            json.WriteEndArray();
        }

        if (options.Reasoning is { } reasoning)
        {
            json.WriteString("reasoning", $"{reasoning.Effort} {reasoning.Output}");
        }

        return TryWriteFormat(json, options.ResponseFormat) && TryWriteTools(json, options) && TryWriteProperties(json, options.AdditionalProperties);
    }

    private static bool TryWriteFormat(Utf8JsonWriter json, ChatResponseFormat? format)
    {
        switch (format)
        {
            case null:
                return true;
            case ChatResponseFormatText:
                json.WriteString("format", "text");
                return true;
            case ChatResponseFormatJson schema:
                json.WriteStartObject("format");
                WriteText(json, "name", schema.SchemaName);
                WriteText(json, "description", schema.SchemaDescription);
                WriteElement(json, "schema", schema.Schema);
                json.WriteEndObject();
                return true;
            default:
                return false;
        }
    }

    private static bool TryWriteTools(Utf8JsonWriter json, ChatOptions options)
    {
        if (options.AllowMultipleToolCalls is { } several)
        {
            json.WriteBoolean("several_tool_calls", several);
        }

        switch (options.ToolMode)
        {
            case null or AutoChatToolMode:
                break;
            case NoneChatToolMode:
                json.WriteString("tool_mode", "none");
                break;
            case RequiredChatToolMode required:
                json.WriteString("tool_mode", $"required {required.RequiredFunctionName}");
                break;
            default:
                return false;
        }

        if (options.Tools is not { Count: > 0 } tools)
        {
            return true;
        }

        json.WriteStartArray("tools");
        foreach (AITool tool in tools)
        {
            if (tool is not AIFunctionDeclaration function)
            {
                return false;
            }

            json.WriteStartObject();
            json.WriteString("name", function.Name);
            json.WriteString("description", function.Description);
            WriteElement(json, "schema", function.JsonSchema);
            WriteElement(json, "returns", function.ReturnJsonSchema);
            if (!TryWriteProperties(json, function.AdditionalProperties))
            {
                return false;
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
        return true;
    }

    private static bool TryWriteMessage(Utf8JsonWriter json, ChatMessage message)
    {
        json.WriteStartObject();
        json.WriteString("role", message.Role.Value);
        WriteText(json, "name", message.AuthorName);
        json.WriteStartArray("contents");
        foreach (AIContent content in message.Contents)
        {
            json.WriteStartObject();
            if (!TryWriteContent(json, content))
            {
                return false;
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        return true;
    }

    private static bool TryWriteContent(Utf8JsonWriter json, AIContent content)
    {
        switch (content)
        {
            case TextContent text:
                WriteHash(json, "text", text.Text);
                return true;
            case TextReasoningContent reasoning:
                WriteHash(json, "reasoning", reasoning.Text);
                WriteText(json, "protected", reasoning.ProtectedData);
                return true;
            case DataContent data:
                WriteHash(json, "data", data.Data.Span);
                WriteText(json, "type", data.MediaType);
                WriteText(json, "name", data.Name);
                return true;
            case UriContent uri:
                WriteHash(json, "uri", uri.Uri.OriginalString);
                WriteText(json, "type", uri.MediaType);
                return true;
            case FunctionCallContent call:
                json.WriteString("call", call.Name);
                WriteText(json, "id", call.CallId);
                return TryWriteProperties(json, call.Arguments);
            case FunctionResultContent result:
                WriteText(json, "id", result.CallId);
                json.WritePropertyName("result");
                return TryWriteValue(json, result.Result);
            default:
                return false;
        }
    }

    private static bool TryWriteProperties(Utf8JsonWriter json, IEnumerable<KeyValuePair<string, object?>>? properties)
    {
        if (properties is null || !properties.Any())
        {
            return true;
        }

        json.WriteStartObject("properties");
        foreach ((string name, object? value) in properties.OrderBy(p => p.Key, StringComparer.Ordinal))
        {
            json.WritePropertyName(name);
            if (!TryWriteValue(json, value))
            {
                return false;
            }
        }

        json.WriteEndObject();
        return true;
    }

    private static bool TryWriteValue(Utf8JsonWriter json, object? value)
    {
        switch (value)
        {
            case null:
                json.WriteNullValue();
                return true;
            case string text:
                json.WriteStringValue(text);
                return true;
            case bool truth:
                json.WriteBooleanValue(truth);
                return true;
            case sbyte or byte or short or ushort or int or uint or long:
                json.WriteNumberValue(Convert.ToInt64(value, null));
                return true;
            case ulong number:
                json.WriteNumberValue(number);
                return true;
            case float number when float.IsFinite(number):
                json.WriteNumberValue(number);
                return true;
            case double number when double.IsFinite(number):
                json.WriteNumberValue(number);
                return true;
            case decimal number:
                json.WriteNumberValue(number);
                return true;
            case JsonElement element when element.ValueKind != JsonValueKind.Undefined:
                element.WriteTo(json);
                return true;
            case JsonNode node:
                node.WriteTo(json);
                return true;
            case IEnumerable<string> texts:
                json.WriteStartArray();
                foreach (string text in texts)
                {
                    json.WriteStringValue(text);
                }

                json.WriteEndArray();
                return true;
            default:
                return false;
        }
    }

    private static void WriteText(Utf8JsonWriter json, string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            json.WriteString(name, value);
        }
    }

    private static void WriteNumber(Utf8JsonWriter json, string name, float? value)
    {
        if (value is { } number)
        {
            json.WriteNumber(name, number);
        }
    }

    private static void WriteNumber(Utf8JsonWriter json, string name, long? value)
    {
        if (value is { } number)
        {
            json.WriteNumber(name, number);
        }
    }

    private static void WriteElement(Utf8JsonWriter json, string name, JsonElement? element)
    {
        if (element is { ValueKind: not JsonValueKind.Undefined } given)
        {
            json.WritePropertyName(name);
            given.WriteTo(json);
        }
    }

    private static void WriteHash(Utf8JsonWriter json, string name, string? text)
    {
        text ??= "";
        byte[] bytes = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(text.Length));
        int length = Encoding.UTF8.GetBytes(text, bytes);
        WriteHash(json, name, bytes.AsSpan(0, length));
        ArrayPool<byte>.Shared.Return(bytes);
    }

    private static void WriteHash(Utf8JsonWriter json, string name, ReadOnlySpan<byte> bytes)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes, hash);
        json.WriteBase64String(name, hash);
    }
}
