using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using SynthesizeMe.Signatures;

namespace SynthesizeMe.Optimizers;

/// <summary>
/// Asks a <see cref="Budget"/> before every call, and pays it afterwards. A call that fails is paid as a call without tokens, one that a
/// budget further in refuses was not made. What a <see cref="ReplyStore"/> further in answers costs nothing: the store has the budget asked and paid
/// when it calls the model.
/// </summary>
/// <param name="innerClient">The model.</param>
/// <param name="budget">The budget; several clients may share it.</param>
public sealed class BudgetChatClient(IChatClient innerClient, Budget budget) : DelegatingChatClient(innerClient)
{
    /// <summary>Whether replies from a store are counted like others: for what a run has used, whoever paid for it and when.</summary>
    internal bool CountsReplays { get; init; }

    private bool IsPaidFurtherIn => !CountsReplays && InnerClient.GetService(typeof(ReplyStore)) is not null;

    /// <inheritdoc/>
    /// <exception cref="BudgetExceededException">The call would go over the budget; it was not made.</exception>
    public override async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        if (IsPaidFurtherIn)
        {
            var payment = new Payment(budget);
            ChatResponse paid = await base.GetResponseAsync(messages, PaidChatOptions.With(options, payment), cancellationToken).ConfigureAwait(false);
            payment.SettleUntaken(Usage.Of(paid.Usage));
            return paid;
        }

        IReadOnlyList<ChatMessage> prompt = messages as IReadOnlyList<ChatMessage> ?? [.. messages];
        Usage reserved = Reserve(prompt, options);
        Usage used = new(1, 0, 0);
        try
        {
            ChatResponse response = await base.GetResponseAsync(prompt, options, cancellationToken).ConfigureAwait(false);
            used = Usage.Of(response.Usage);
            return response;
        }
        catch (BudgetExceededException)
        {
            used = default;
            throw;
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
        if (IsPaidFurtherIn)
        {
            var payment = new Payment(budget);
            Usage paid = new(1, 0, 0);
            await foreach (ChatResponseUpdate update in base.GetStreamingResponseAsync(messages, PaidChatOptions.With(options, payment), cancellationToken).ConfigureAwait(false))
            {
                paid += UsageOf(update);
                yield return update;
            }

            payment.SettleUntaken(paid);
            yield break;
        }

        IReadOnlyList<ChatMessage> prompt = messages as IReadOnlyList<ChatMessage> ?? [.. messages];
        Usage reserved = Reserve(prompt, options);
        Usage used = new(1, 0, 0);
        try
        {
            IAsyncEnumerator<ChatResponseUpdate> updates =
                base.GetStreamingResponseAsync(prompt, options, cancellationToken).GetAsyncEnumerator(cancellationToken);
            await using ConfiguredAsyncDisposable disposal = updates.ConfigureAwait(false);
            while (await NextAsync(updates).ConfigureAwait(false))
            {
                used += UsageOf(updates.Current);
                yield return updates.Current;
            }
        }
        finally
        {
            budget.Settle(reserved, used);
        }

        async Task<bool> NextAsync(IAsyncEnumerator<ChatResponseUpdate> updates)
        {
            try
            {
                return await updates.MoveNextAsync().ConfigureAwait(false);
            }
            catch (BudgetExceededException)
            {
                used = default;
                throw;
            }
        }
    }

    private static Usage UsageOf(ChatResponseUpdate update) =>
        update.Contents.OfType<UsageContent>().Aggregate(default(Usage), (sum, c) => sum + Usage.Of(c.Details) with { Calls = 0 });

    private Usage Reserve(IReadOnlyList<ChatMessage> messages, ChatOptions? options)
    {
        Usage upcoming = budget.Tokens is null && budget.Cost is null
            ? new(1, 0, 0)
            : new(1, messages.Sum(m => (long)m.Text.Length), options?.MaxOutputTokens ?? budget.AssumedOutputTokens);
        budget.Reserve(upcoming);
        return upcoming;
    }
}
