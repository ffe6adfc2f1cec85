using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using SynthesizeMe.Signatures;

namespace SynthesizeMe.Optimizers;

/// <summary>Asks a <see cref="Budget"/> before every call, and pays it afterwards. A call that fails is paid as a call without tokens.</summary>
/// <param name="innerClient">The model.</param>
/// <param name="budget">The budget; several clients may share it.</param>
public sealed class BudgetChatClient(IChatClient innerClient, Budget budget) : DelegatingChatClient(innerClient)
{
    /// <inheritdoc/>
    /// <exception cref="BudgetExceededException">The call would go over the budget; it was not made.</exception>
    public override async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        IReadOnlyList<ChatMessage> prompt = messages as IReadOnlyList<ChatMessage> ?? [.. messages];
        Usage reserved = Reserve(prompt, options);
        Usage used = new(1, 0, 0);
        try
        {
            ChatResponse response = await base.GetResponseAsync(prompt, options, cancellationToken).ConfigureAwait(false);
            used = Usage.Of(response.Usage);
            return response;
        }
        finally
        {
            budget.Settle(reserved, used);
        }
    }

    /// <inheritdoc/>
    /// <exception cref="BudgetExceededException">The call would go over the budget; it was not made.</exception>
    public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        IReadOnlyList<ChatMessage> prompt = messages as IReadOnlyList<ChatMessage> ?? [.. messages];
        Usage reserved = Reserve(prompt, options);
        Usage used = new(1, 0, 0);
        try
        {
            await foreach (ChatResponseUpdate update in base.GetStreamingResponseAsync(prompt, options, cancellationToken).ConfigureAwait(false))
            {
                foreach (UsageContent content in update.Contents.OfType<UsageContent>())
                {
                    used += Usage.Of(content.Details) with { Calls = 0 };
                }

                yield return update;
            }
        }
        finally
        {
            budget.Settle(reserved, used);
        }
    }

    private Usage Reserve(IReadOnlyList<ChatMessage> messages, ChatOptions? options)
    {
        long characters = budget.Tokens is null && budget.Cost is null ? 0 : messages.Sum(m => (long)m.Text.Length);
        var upcoming = new Usage(1, characters, characters == 0 ? 0 : options?.MaxOutputTokens ?? budget.AssumedOutputTokens);
        budget.Reserve(upcoming);
        return upcoming;
    }
}
