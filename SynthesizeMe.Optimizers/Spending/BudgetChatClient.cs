using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using SynthesizeMe.Signatures;

namespace SynthesizeMe.Optimizers;

/// <summary>
/// Asks a <see cref="Budget"/> before every call, and pays it afterwards. A call that fails is paid as a call without tokens, one that a
/// budget further in refuses was not made. Where tokens are limited, a reply whose usage is not reported is paid at its upper bound, and so is a
/// stream that ends early. What a <see cref="ReplyStore"/> further in answers costs nothing: the store has the budget asked and paid when it calls
/// the model.
/// </summary>
/// <param name="innerClient">The model.</param>
/// <param name="budget">The budget; several clients may share it.</param>
public sealed class BudgetChatClient(IChatClient innerClient, Budget budget) : DelegatingChatClient(innerClient)
{
    private readonly string? _defaultModel = (innerClient ?? throw new ArgumentNullException(nameof(innerClient))).GetService<ChatClientMetadata>()?.DefaultModelId;

    /// <summary>Whether replies from a store are counted like others: for what a run has used, whoever paid for it and when.</summary>
    internal bool CountsReplays { get; init; }

    private bool IsPaidFurtherIn => !CountsReplays && InnerClient.GetService(typeof(ReplyStore)) is not null;

    /// <inheritdoc/>
    /// <exception cref="BudgetExceededException">The call would go over the budget and was not made, or it was under way at the deadline.</exception>
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
        using var deadline = DeadlineToken.Of(budget, cancellationToken);
        try
        {
            Bill bill = await ReserveAsync(prompt, options, deadline.Token).ConfigureAwait(false);
            Usage used = new(1, 0, 0);
            try
            {
                ChatResponse response = await base.GetResponseAsync(prompt, bill.Options, deadline.Token).ConfigureAwait(false);
                used = bill.Of(response.Usage);
                return response;
            }
            catch (BudgetExceededException)
            {
                used = default;
                throw;
            }
            finally
            {
                budget.Settle(bill.Reserved, used, bill.Price);
            }
        }
        catch (OperationCanceledException e) when (deadline.HasPassed(e))
        {
            throw budget.DeadlinePassed();
        }
    }

    /// <inheritdoc/>
    /// <exception cref="BudgetExceededException">The call would go over the budget and was not made, or it was under way at the deadline.</exception>
    public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        if (IsPaidFurtherIn)
        {
            var payment = new Payment(budget);
            UsageDetails? paid = null;
            await foreach (ChatResponseUpdate update in base.GetStreamingResponseAsync(messages, PaidChatOptions.With(options, payment), cancellationToken).ConfigureAwait(false))
            {
                StreamedUsage.Add(ref paid, update);
                yield return update;
            }

            payment.SettleUntaken(Usage.Of(paid));
            yield break;
        }

        IReadOnlyList<ChatMessage> prompt = messages as IReadOnlyList<ChatMessage> ?? [.. messages];
        using var deadline = DeadlineToken.Of(budget, cancellationToken);
        Bill bill = await BeforeDeadlineAsync(async () => await ReserveAsync(prompt, options, deadline.Token).ConfigureAwait(false)).ConfigureAwait(false);
        Usage used = new(1, 0, 0);
        UsageDetails? reported = null;
        try
        {
            IAsyncEnumerator<ChatResponseUpdate> updates =
                base.GetStreamingResponseAsync(prompt, bill.Options, deadline.Token).GetAsyncEnumerator(deadline.Token);
            await using ConfiguredAsyncDisposable disposal = updates.ConfigureAwait(false);
            while (await BeforeDeadlineAsync(() => NextAsync(updates)).ConfigureAwait(false))
            {
                StreamedUsage.Add(ref reported, updates.Current);
                used = bill.Of(reported);
                yield return updates.Current;
            }
        }
        finally
        {
            budget.Settle(bill.Reserved, used, bill.Price);
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

        async Task<TResult> BeforeDeadlineAsync<TResult>(Func<Task<TResult>> step)
        {
            try
            {
                return await step().ConfigureAwait(false);
            }
            catch (OperationCanceledException e) when (deadline.HasPassed(e))
            {
                throw budget.DeadlinePassed();
            }
        }
    }

    private async ValueTask<Bill> ReserveAsync(IReadOnlyList<ChatMessage> messages, ChatOptions? options, CancellationToken cancellationToken)
    {
        TokenPrice? price = budget.PriceOf(options?.ModelId ?? _defaultModel);
        Usage upcoming = new(1, 0, 0);
        if (budget.LimitsTokens)
        {
            int longest = options?.MaxOutputTokens ?? budget.AssumedOutputTokens;
            upcoming = new(1, PromptTokens.AtMost(messages, options, budget.AssumedAttachmentTokens), longest);
            if (options?.MaxOutputTokens is null)
            {
                options = options?.Clone() ?? new();
                options.MaxOutputTokens = longest;
            }
        }

        await budget.ReserveAsync(upcoming, price, cancellationToken).ConfigureAwait(false);
        return new(upcoming, price, options);
    }

    /// <summary>What a call reserved, and what it is sent with.</summary>
    private readonly record struct Bill(Usage Reserved, TokenPrice? Price, ChatOptions? Options)
    {
        /// <summary>What an answered call used: what the model reports, else all it reserved.</summary>
        public Usage Of(UsageDetails? reported) =>
            new(1, reported?.InputTokenCount ?? Reserved.InputTokenCount, reported?.OutputTokenCount ?? Reserved.OutputTokenCount)
            {
                CachedInputTokenCount = reported?.CachedInputTokenCount ?? 0,
            };
    }
}
