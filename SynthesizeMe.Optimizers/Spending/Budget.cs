using System.Globalization;
using SynthesizeMe.Signatures;

namespace SynthesizeMe.Optimizers;

/// <summary>
/// What a run may spend: one object that every nested step shares and asks before it spends. A limit that is not set does not bind.
/// </summary>
/// <remarks>
/// Tokens and money are known only after a call, so a call reserves an upper bound first (<see cref="PromptTokens.AtMost"/> of its prompt, and the
/// longest reply that it allows) and pays the true amount afterwards. What is spent and reserved together never goes over a limit.
/// </remarks>
public sealed class Budget
{
    private readonly Lock _lock = new();
    private Usage _spent;
    private Usage _reserved;
    private decimal _spentCost;
    private decimal _reservedCost;
    private TaskCompletionSource? _settled;

    /// <summary>The most requests to the model.</summary>
    public long? Calls { get; init; }

    /// <summary>The most tokens, of prompts and replies together.</summary>
    public long? Tokens { get; init; }

    /// <summary>The most money, in the currency of the prices.</summary>
    public decimal? Cost { get; init; }

    /// <summary>
    /// What tokens cost, whichever the model; without it and <see cref="Prices"/>, <see cref="Cost"/> cannot be kept, and setting that alone is an
    /// error when the first call is made.
    /// </summary>
    public TokenPrice? Price { get; init; }

    /// <summary>What the tokens of each model cost, where <see cref="Price"/> is not set; a call to a model that is not in it is an error, and is not made.</summary>
    public PriceTable? Prices { get; init; }

    /// <summary>The moment after which no call is started; those that are under way then are broken off.</summary>
    public DateTimeOffset? Deadline { get; init; }

    /// <summary>What <see cref="Deadline"/> is compared with.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>
    /// The longest reply where a call sets no limit (<c>MaxOutputTokens</c>) itself; 1,024 tokens by default. Under a limit on tokens or money, the
    /// call is sent with it.
    /// </summary>
    public int AssumedOutputTokens { get; init; } = 1024;

    /// <summary>The most tokens that an image, a sound or a file counts in a prompt; 4,096 by default. Some models count more.</summary>
    public int AssumedAttachmentTokens { get; init; } = 4096;

    /// <summary>What has been paid for.</summary>
    public Usage Spent
    {
        get
        {
            lock (_lock)
            {
                return _spent;
            }
        }
    }

    /// <summary>The money that has been spent; 0 without a price.</summary>
    public decimal SpentCost
    {
        get
        {
            lock (_lock)
            {
                return _spentCost;
            }
        }
    }

    /// <summary>Whether tokens are limited, by themselves or by what they cost: then a call reserves them.</summary>
    internal bool LimitsTokens => Tokens is not null || Cost is not null;

    /// <summary>Whether so much more can be spent. Ask before a batch; nothing is reserved.</summary>
    /// <param name="upcoming">How much.</param>
    /// <param name="price">What its tokens cost; <see cref="Price"/> by default.</param>
    public bool Allows(Usage upcoming, TokenPrice? price = null)
    {
        lock (_lock)
        {
            return Refusal(_reserved + upcoming, _reservedCost + CostOf(upcoming, price)) is null;
        }
    }

    /// <summary>Whether so many more calls can be made.</summary>
    public bool Allows(int calls) => Allows(new Usage(calls, 0, 0));

    /// <summary>Sets an amount aside for a call that is about to be made.</summary>
    /// <param name="upcoming">The most that it may use.</param>
    /// <param name="price">What its tokens cost; <see cref="Price"/> by default.</param>
    /// <exception cref="BudgetExceededException">It would go over a limit.</exception>
    public void Reserve(Usage upcoming, TokenPrice? price = null)
    {
        lock (_lock)
        {
            if (TryReserve(upcoming, price) is { } reason)
            {
                throw new BudgetExceededException(reason, _spent);
            }
        }
    }

    /// <summary>
    /// Sets an amount aside for a call that is about to be made. Where it would fit if the calls under way used none of the tokens they reserved, it
    /// waits for them: a call is refused for what is spent, never for what is merely reserved.
    /// </summary>
    /// <param name="upcoming">The most that it may use.</param>
    /// <param name="price">What its tokens cost; <see cref="Price"/> by default.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="BudgetExceededException">It would go over a limit.</exception>
    public async ValueTask ReserveAsync(Usage upcoming, TokenPrice? price = null, CancellationToken cancellationToken = default)
    {
        while (true)
        {
            Task settled;
            lock (_lock)
            {
                if (TryReserve(upcoming, price) is null)
                {
                    return;
                }

                // A call under way is paid as a call whatever comes of it; its tokens may turn out to be fewer.
                if (Refusal(upcoming with { Calls = _reserved.Calls + upcoming.Calls }, CostOf(upcoming, price)) is { } reason)
                {
                    throw new BudgetExceededException(reason, _spent);
                }

                settled = (_settled ??= new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
            }

            await settled.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Replaces what was set aside by what was used.</summary>
    /// <param name="reserved">What was set aside.</param>
    /// <param name="used">What was used; where it is more, against the promise, it is paid all the same and the next call is refused.</param>
    /// <param name="price">The price that it was set aside with.</param>
    public void Settle(Usage reserved, Usage used, TokenPrice? price = null)
    {
        TaskCompletionSource? settled;
        lock (_lock)
        {
            _reserved = new(
                _reserved.Calls - reserved.Calls,
                _reserved.InputTokenCount - reserved.InputTokenCount,
                _reserved.OutputTokenCount - reserved.OutputTokenCount);
            _reservedCost -= CostOf(reserved, price);
            _spent += used;
            _spentCost += (price ?? Price)?.Of(used) ?? 0;
            settled = _settled;
            _settled = null;
        }

        settled?.SetResult();
    }

    /// <summary>What a model's tokens cost; <see langword="null"/> when that is not known and not needed.</summary>
    /// <exception cref="InvalidOperationException">It is needed and not known.</exception>
    internal TokenPrice? PriceOf(string? modelId) => Price ?? Prices?.Find(modelId) ?? (Cost is null ? null : throw new InvalidOperationException(
        Prices is null
            ? "The budget limits the cost but has no price: set Budget.Price or Budget.Prices."
            : $"The budget limits the cost, and its price table has no price for the model '{modelId}': add one."));

    private string? TryReserve(Usage upcoming, TokenPrice? price)
    {
        decimal cost = CostOf(upcoming, price);
        if (Refusal(_reserved + upcoming, _reservedCost + cost) is { } reason)
        {
            return reason;
        }

        _reserved += upcoming;
        _reservedCost += cost;
        return null;
    }

    private decimal CostOf(Usage upcoming, TokenPrice? price) => (price ?? Price)?.AtMost(upcoming) ?? 0;

    /// <summary>Why so much cannot be spent on top of what is spent.</summary>
    private string? Refusal(Usage more, decimal moreCost)
    {
        Usage total = _spent + more;
        if (Cost is not null && Price is null && Prices is null)
        {
            PriceOf(null);
        }

        return this switch
        {
            { Deadline: { } deadline } when Time.GetUtcNow() >= deadline => DeadlineReason(deadline),
            { Calls: { } calls } when total.Calls > calls => string.Create(CultureInfo.InvariantCulture, $"{calls} calls are spent or under way"),
            { Tokens: { } tokens } when total.TotalTokenCount > tokens => string.Create(CultureInfo.InvariantCulture, $"{tokens} tokens would be exceeded"),
            { Cost: { } cost } when _spentCost + moreCost > cost => string.Create(CultureInfo.InvariantCulture, $"a cost of {cost} would be exceeded"),
            _ => null,
        };
    }

    internal BudgetExceededException DeadlinePassed() => new(DeadlineReason(Deadline!.Value), Spent);

    private static string DeadlineReason(DateTimeOffset deadline) => string.Create(CultureInfo.InvariantCulture, $"the deadline {deadline:u} has passed");
}

/// <summary>A call was not made because it would have gone over the budget.</summary>
/// <param name="reason">Which limit, and how.</param>
/// <param name="spent">What had been paid for.</param>
public sealed class BudgetExceededException(string reason, Usage spent) : Exception($"The budget is spent: {reason}.")
{
    /// <summary>What had been paid for.</summary>
    public Usage Spent { get; } = spent;
}
