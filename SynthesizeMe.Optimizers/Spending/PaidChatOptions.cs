using System.Collections.Immutable;
using Microsoft.Extensions.AI;
using SynthesizeMe.Signatures;

namespace SynthesizeMe.Optimizers;

/// <summary>Options that carry who pays to the reply store further in, which alone knows whether there is anything to pay.</summary>
internal sealed class PaidChatOptions : ChatOptions
{
    private PaidChatOptions(ChatOptions? options, ImmutableArray<Payment> payments)
        : base(options) => Payments = payments;

    /// <summary>Who pays, the outermost first.</summary>
    public ImmutableArray<Payment> Payments { get; }

    public static PaidChatOptions With(ChatOptions? options, Payment payment) =>
        new(options, [.. (options as PaidChatOptions)?.Payments ?? [], payment]);

    public override ChatOptions Clone() => new PaidChatOptions(this, Payments);

    /// <summary>The same options, with nobody to pay.</summary>
    public PaidChatOptions Free() => new(this, []);
}

/// <summary>A budget that is to pay for a call if one is made.</summary>
internal sealed class Payment(Budget budget)
{
    /// <summary>The budget. Whoever takes it asks it, and pays from it.</summary>
    public Budget Take()
    {
        IsTaken = true;
        return budget;
    }

    private bool IsTaken { get; set; }

    /// <summary>Pays for a call that no store has seen, because something on the way has dropped the options.</summary>
    public void SettleUntaken(Usage used)
    {
        if (!IsTaken)
        {
            budget.Settle(default, used);
        }
    }
}

/// <summary>A call as a store makes it: paid by those who ride along, and without what only the store is to know.</summary>
internal sealed class PaidCall
{
    public PaidCall(IChatClient model, ChatOptions? options)
    {
        Client = model;
        Options = options;
        if (options is PaidChatOptions paid)
        {
            IsPaid = !paid.Payments.IsEmpty;
            Client = paid.Payments.Reverse().Aggregate(model, (client, payment) => new BudgetChatClient(client, payment.Take()));
            Options = paid.Free();
        }

        if (Rollout.Of(Options) > 0)
        {
            Options = Rollout.With(Options, 0);
        }
    }

    /// <summary>The model, behind the budgets.</summary>
    public IChatClient Client { get; }

    /// <summary>What the model is to be told.</summary>
    public ChatOptions? Options { get; }

    /// <summary>Whether a budget pays.</summary>
    public bool IsPaid { get; }
}
