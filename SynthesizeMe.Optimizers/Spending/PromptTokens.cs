using System.Text;
using Microsoft.Extensions.AI;

namespace SynthesizeMe.Optimizers;

/// <summary>How many tokens a prompt has, told before the model counts them.</summary>
public static class PromptTokens
{
    /// <summary>What a chat template puts around a prompt, at most.</summary>
    private const int PerPrompt = 16;

    /// <summary>What a chat template puts around a message, at most: role, separators, end marks.</summary>
    private const int PerMessage = 8;

    /// <summary>What a provider says to its model once a call has tools, at most.</summary>
    private const int PerToolSet = 1024;

    /// <summary>
    /// No fewer than the model will count: the bytes of the prompt in UTF-8, since a tokenizer over bytes (those of GPT, Llama, Claude, Qwen and
    /// Mistral are) never makes more tokens than there are bytes, and an allowance for the chat template, tools and response format.
    /// </summary>
    /// <param name="messages">The prompt.</param>
    /// <param name="options">Its options.</param>
    /// <param name="perAttachment">The most that an image, a sound or a file counts; it depends on the model.</param>
    public static long AtMost(IEnumerable<ChatMessage> messages, ChatOptions? options, int perAttachment)
    {
        ArgumentNullException.ThrowIfNull(messages);
        long tokens = PerPrompt + OptionsAtMost(options);
        foreach (ChatMessage message in messages)
        {
            tokens += PerMessage + Bytes(message.AuthorName);
            foreach (AIContent content in message.Contents)
            {
                tokens += content switch
                {
                    TextContent text => Bytes(text.Text),
                    TextReasoningContent reasoning => Bytes(reasoning.Text) + Bytes(reasoning.ProtectedData),
                    FunctionCallContent call => PerMessage + Bytes(call.Name) + Bytes(call.CallId)
                        + (call.Arguments?.Sum(a => PerMessage + Bytes(a.Key) + Bytes(a.Value?.ToString())) ?? 0),
                    FunctionResultContent result => PerMessage + Bytes(result.CallId) + Bytes(result.Result?.ToString()),
                    UsageContent => 0,
                    _ => perAttachment,
                };
            }
        }

        return tokens;
    }

    /// <summary>About as many as the model will count, at four characters a token, as English has; 0 for what is not text.</summary>
    public static long Likely(IEnumerable<ChatMessage> messages)
    {
        ArgumentNullException.ThrowIfNull(messages);
        long characters = 0;
        foreach (ChatMessage message in messages)
        {
            foreach (AIContent content in message.Contents)
            {
                characters += content is TextContent text ? text.Text.Length : 0;
            }
        }

        return (characters + 3) / 4;
    }

    private static long OptionsAtMost(ChatOptions? options)
    {
        if (options is null)
        {
            return 0;
        }

        long tokens = Bytes(options.Instructions);
        if (options.ResponseFormat is ChatResponseFormatJson json)
        {
            tokens += PerMessage + Bytes(json.Schema?.GetRawText()) + Bytes(json.SchemaName) + Bytes(json.SchemaDescription);
        }

        if (options.Tools is { Count: > 0 } tools)
        {
            tokens += PerToolSet + tools.Sum(t => PerMessage + Bytes(t.Name) + Bytes(t.Description) + Bytes((t as AIFunctionDeclaration)?.JsonSchema.GetRawText()));
        }

        return tokens;
    }

    private static long Bytes(string? text) => text is null ? 0 : Encoding.UTF8.GetByteCount(text);
}
