using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;

namespace SynthesizeMe.Optimizers;

/// <summary>Options as OpenAI's chat API names them.</summary>
internal static class BatchOptions
{
    private const string Temperature = "temperature";
    private const string TopP = "top_p";
    private const string TopK = "top_k";
    private const string MaxTokens = "max_completion_tokens";
    private const string OlderMaxTokens = "max_tokens";
    private const string FrequencyPenalty = "frequency_penalty";
    private const string PresencePenalty = "presence_penalty";
    private const string Seed = "seed";
    private const string Stop = "stop";
    private const string Format = "response_format";
    private const string Effort = "reasoning_effort";

    /// <exception cref="NotSupportedException">One has no form there.</exception>
    public static void Write(Utf8JsonWriter json, ChatOptions? options)
    {
        if (options is null)
        {
            return;
        }

        if (options.Tools is { Count: > 0 } || options.ToolMode is RequiredChatToolMode)
        {
            throw new NotSupportedException("Tools cannot be written as a request of a batch: nobody would be there to run them.");
        }

        WriteNumber(Temperature, options.Temperature);
        WriteNumber(TopP, options.TopP);
        WriteCount(TopK, options.TopK);
        WriteCount(MaxTokens, options.MaxOutputTokens);
        WriteNumber(FrequencyPenalty, options.FrequencyPenalty);
        WriteNumber(PresencePenalty, options.PresencePenalty);
        WriteCount(Seed, options.Seed);
        if (options.StopSequences is { Count: > 0 } stops)
        {
            json.WriteStartArray(Stop);
            foreach (string stop in stops)
            {
                json.WriteStringValue(stop);
            }

            json.WriteEndArray();
        }

        if (options.Reasoning?.Effort is { } effort)
        {
            json.WriteString(Effort, effort == ReasoningEffort.ExtraHigh ? "xhigh" : effort.ToString().ToLowerInvariant());
        }

        WriteFormat(json, options.ResponseFormat);
        foreach ((string name, object? value) in options.AdditionalProperties ?? [])
        {
            json.WritePropertyName(name);
            WriteValue(json, name, value);
        }

        void WriteNumber(string name, float? value)
        {
            if (value is { } number)
            {
                json.WriteNumber(name, number);
            }
        }

        void WriteCount(string name, long? value)
        {
            if (value is { } number)
            {
                json.WriteNumber(name, number);
            }
        }
    }

    public static ChatOptions Read(JsonElement body)
    {
        var options = new ChatOptions();
        foreach (JsonProperty property in body.EnumerateObject())
        {
            JsonElement value = property.Value;
            switch (property.Name)
            {
                case "model" or "messages":
                    break;
                case Temperature:
                    options.Temperature = value.GetSingle();
                    break;
                case TopP:
                    options.TopP = value.GetSingle();
                    break;
                case TopK:
                    options.TopK = value.GetInt32();
                    break;
                case MaxTokens or OlderMaxTokens:
                    options.MaxOutputTokens = value.GetInt32();
                    break;
                case FrequencyPenalty:
                    options.FrequencyPenalty = value.GetSingle();
                    break;
                case PresencePenalty:
                    options.PresencePenalty = value.GetSingle();
                    break;
                case Seed:
                    options.Seed = value.GetInt64();
                    break;
                case Stop:
                    options.StopSequences = value.ValueKind == JsonValueKind.String ? [value.GetString()!] : [.. value.EnumerateArray().Select(s => s.GetString()!)];
                    break;
                case Effort when Enum.TryParse(value.GetString() == "xhigh" ? nameof(ReasoningEffort.ExtraHigh) : value.GetString(), ignoreCase: true, out ReasoningEffort effort):
                    options.Reasoning = new ReasoningOptions { Effort = effort };
                    break;
                case Format:
                    options.ResponseFormat = ReadFormat(value);
                    break;
                case "tools" or "functions":
                    throw new FormatException("it has tools, and nobody would be there to run them");
                default:
                    (options.AdditionalProperties ??= [])[property.Name] = value.Clone();
                    break;
            }
        }

        return options;
    }

    private static void WriteFormat(Utf8JsonWriter json, ChatResponseFormat? format)
    {
        if (format is null)
        {
            return;
        }

        json.WriteStartObject(Format);
        switch (format)
        {
            case ChatResponseFormatText:
                json.WriteString("type", "text");
                break;
            case ChatResponseFormatJson { Schema: { } schema } named:
                json.WriteString("type", "json_schema");
                json.WriteStartObject("json_schema");
                json.WriteString("name", named.SchemaName ?? "reply");
                if (named.SchemaDescription is not null)
                {
                    json.WriteString("description", named.SchemaDescription);
                }

                json.WritePropertyName("schema");
                schema.WriteTo(json);
                json.WriteEndObject();
                break;
            case ChatResponseFormatJson:
                json.WriteString("type", "json_object");
                break;
            default:
                throw new NotSupportedException($"A {format.GetType().Name} cannot be written as a request of a batch.");
        }

        json.WriteEndObject();
    }

    private static ChatResponseFormat ReadFormat(JsonElement json)
    {
        string? type = json.GetProperty("type").GetString();
        switch (type)
        {
            case "text":
                return ChatResponseFormat.Text;
            case "json_object":
                return ChatResponseFormat.Json;
            case "json_schema" when json.TryGetProperty("json_schema", out JsonElement schema):
                return ChatResponseFormat.ForJsonSchema(
                    schema.GetProperty("schema").Clone(),
                    schema.TryGetProperty("name", out JsonElement name) ? name.GetString() : null,
                    schema.TryGetProperty("description", out JsonElement description) ? description.GetString() : null);
            default:
                throw new FormatException($"the response format '{type}' is not understood");
        }
    }

    private static void WriteValue(Utf8JsonWriter json, string name, object? value)
    {
        switch (value)
        {
            case null:
                json.WriteNullValue();
                break;
            case string text:
                json.WriteStringValue(text);
                break;
            case bool truth:
                json.WriteBooleanValue(truth);
                break;
            case int or long:
                json.WriteNumberValue(Convert.ToInt64(value, null));
                break;
            case float number:
                json.WriteNumberValue(number);
                break;
            case double number:
                json.WriteNumberValue(number);
                break;
            case JsonElement element:
                element.WriteTo(json);
                break;
            case JsonNode node:
                node.WriteTo(json);
                break;
            default:
                throw new NotSupportedException($"The option '{name}', a {value.GetType().Name}, cannot be written as a request of a batch.");
        }
    }
}
