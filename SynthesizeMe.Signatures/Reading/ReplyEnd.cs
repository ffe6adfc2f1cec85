using Microsoft.Extensions.AI;

namespace SynthesizeMe.Signatures;

/// <summary>How a reply came to its end.</summary>
/// <param name="Problem">Why it may not be whole; <see langword="null"/> when the model came to its own end.</param>
/// <param name="IsFinal">Whether it would end so again, so that asking again does not help.</param>
internal readonly record struct ReplyEnd(string? Problem, bool IsFinal)
{
    /// <summary>What Microsoft.Extensions.AI's clients mark the words with by which a model refuses.</summary>
    private const string Refusal = "Refusal";

    /// <summary>How a response ended.</summary>
    /// <param name="finish">Why the model stopped.</param>
    /// <param name="contents">What it gave.</param>
    public static ReplyEnd Of(ChatFinishReason? finish, IEnumerable<AIContent> contents)
    {
        bool said = false;
        string? error = null;
        string? tool = null;
        foreach (AIContent content in contents)
        {
            said |= content is TextContent { Text: { } text } && !string.IsNullOrWhiteSpace(text);
            error ??= content is ErrorContent e ? $"{(e.ErrorCode == Refusal ? "the model refused" : "there was an error instead")}: {e.Message.TrimEnd('.')}" : null;
            tool ??= (content as FunctionCallContent)?.Name;
        }

        return error is not null ? new(error, IsFinal: true)
            : finish == ChatFinishReason.ContentFilter ? new("the provider's content filter stopped it", IsFinal: true)
            : finish == ChatFinishReason.Length ? new("it ended at the token limit before it was complete; answer more briefly", IsFinal: false)
            : tool is not null && !said ? new($"it calls the tool '{tool}' and says nothing; have the tools run (UseFunctionInvocation) before the reply is read", IsFinal: true)
            : default;
    }
}
