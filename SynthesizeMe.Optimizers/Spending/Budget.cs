using System.Globalization;
using SynthesizeMe.Signatures;

namespace SynthesizeMe.Optimizers;

/// <summary>
/// What a run may spend: one object that every nested step shares and asks before it spends. A limit that is not set does not bind.
/// </summary>
/// <remarks>
/// Tokens and money are known only after a call, so a call reserves an upper bound first (its prompt's length in characters, and
/// <see cref="AssumedOutputTokens"/> where the call sets no limit of its own) and pays the true amount afterwards.
/// </remarks>
public sealed class Budget
{
    private readonly Lock _lock = new();
    private Usage _spent;
    private Usage _reserved;

    /// <summary>The most requests to the model.</summary>
    public long? Calls { get; init; }

    /// <summary>The most tokens, of prompts and replies together.</summary>
    public long? Tokens { get; init; }

    /// <summary>The most money, in the currency of <see cref="Price"/>.</summary>
    public decimal? Cost { get; init; }

    /// <summary>What tokens cost; without it <see cref="Cost"/> cannot be kept, and setting that alone is an error when the first call is made.</summary>
    public TokenPrice? Price { get; init; }

    /// <summary>The moment after which no call is started.</summary>
    public DateTimeOffset? Deadline { get; init; }

    /// <summary>What <see cref="Deadline"/> is compared with.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>The length of a reply that is reserved when a call sets no limit; 1,024 tokens by default.</summary>
    public int AssumedOutputTokens { get; init; } = 1024;

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
    public decimal SpentCost => Price?.Of(Spent) ?? 0;

    /// <summary>Whether so much more can be spent. Ask before a batch; nothing is reserved.</summary>
    public bool Allows(Usage upcoming)
    {
        lock (_lock)
        {
            return Refusal(upcoming) is null;
        }
    }

    /// <summary>Whether so many more calls can be made.</summary>
    public bool Allows(int calls) => Allows(new Usage(calls, 0, 0));

    /// <summary>Sets an amount aside for a call that is about to be made.</summary>
    /// <exception cref="BudgetExceededException">It would go over a limit.</exception>
    public void Reserve(Usage upcoming)
    {
        lock (_lock)
        {
            if (Refusal(upcoming) is { } reason)
            {
                throw new BudgetExceededException(reason, _spent);
            }

            _reserved += upcoming;
        }
    }

    /// <summary>Replaces what was set aside by what was used.</summary>
    public void Settle(Usage reserved, Usage used)
    {
        lock (_lock)
        {
            _reserved = new(
                _reserved.Calls - reserved.Calls,
                _reserved.InputTokenCount - reserved.InputTokenCount,
                _reserved.OutputTokenCount - reserved.OutputTokenCount);
            _spent += used;
        }
    }

    private string? Refusal(Usage upcoming)
    {
        Usage total = _spent + _reserved + upcoming;
        if (Cost is not null && Price is null)
        {
            throw new InvalidOperationException("The budget limits the cost but has no price: set Budget.Price.");
        }

        return this switch
        {
            { Deadline: { } deadline } when Time.GetUtcNow() >= deadline => string.Create(CultureInfo.InvariantCulture, $"the deadline {deadline:u} has passed"),
            { Calls: { } calls } when total.Calls > calls => string.Create(CultureInfo.InvariantCulture, $"{calls} calls are spent or under way"),
            { Tokens: { } tokens } when total.TotalTokenCount > tokens => string.Create(CultureInfo.InvariantCulture, $"{tokens} tokens would be exceeded"),
            { Cost: { } cost } when Price!.Of(total) > cost => string.Create(CultureInfo.InvariantCulture, $"a cost of {cost} would be exceeded"),
            _ => null,
        };
    }
}

/// <summary>What a model charges.</summary>
/// <param name="PerMillionInputTokens">For a million tokens of prompts.</param>
/// <param name="PerMillionOutputTokens">For a million tokens of replies.</param>
public sealed record TokenPrice(decimal PerMillionInputTokens, decimal PerMillionOutputTokens)
{
    /// <summary>The price of a usage.</summary>
    public decimal Of(Usage usage) =>
        ((usage.InputTokenCount * PerMillionInputTokens) + (usage.OutputTokenCount * PerMillionOutputTokens)) / 1_000_000m;
}

/// <summary>A call was not made because it would have gone over the budget.</summary>
/// <param name="reason">Which limit, and how.</param>
/// <param name="spent">What had been paid for.</param>
public sealed class BudgetExceededException(string reason, Usage spent) : Exception($"The budget is spent: {reason}.")
{
    /// <summary>What had been paid for.</summary>
    public Usage Spent { get; } = spent;
}
