using System.Collections.Immutable;
using Microsoft.Extensions.AI;
using SynthesizeMe.Signatures;

namespace SynthesizeMe.Optimizers;

/// <summary>Options that carry who pays, and who wants to know, to the reply store further in, which alone knows whether there is anything to pay.</summary>
internal sealed class PaidChatOptions : ChatOptions
{
    private PaidChatOptions(ChatOptions? options, ImmutableArray<Payment> payments, CallNote? note)
        : base(options) => (Payments, Note) = (payments, note);

    /// <summary>Who pays, the outermost first.</summary>
    public ImmutableArray<Payment> Payments { get; }

    /// <summary>What is to be noted of the call; <see langword="null"/> for nothing.</summary>
    public CallNote? Note { get; }

    public static PaidChatOptions With(ChatOptions? options, Payment payment) =>
        options is PaidChatOptions paid ? new(options, [.. paid.Payments, payment], paid.Note) : new(options, [payment], null);

    public static PaidChatOptions With(ChatOptions? options, CallNote note) => new(options, (options as PaidChatOptions)?.Payments ?? [], note);

    public override ChatOptions Clone() => new PaidChatOptions(this, Payments, Note);

    /// <summary>The same options, with nobody to pay or to know.</summary>
    public PaidChatOptions Free() => new(this, [], null);
}

/// <summary>What a store tells of a call.</summary>
internal sealed class CallNote
{
    /// <summary>The request's address.</summary>
    public ReplyKey? Key { get; set; }

    /// <summary>Whether the model was asked for this call: not when the store had the reply, or an equal call that was under way got it.</summary>
    public bool IsMade { get; set; }
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
            Note = paid.Note;
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

    /// <summary>What is to be noted of the call; <see langword="null"/> for nothing.</summary>
    public CallNote? Note { get; }

    /// <summary>Notes where the call is kept.</summary>
    public void NoteKey(ReplyKey key)
    {
        if (Note is not null)
        {
            Note.Key = key;
        }
    }

    /// <summary>Notes that the model is asked.</summary>
    public void NoteMade()
    {
        if (Note is not null)
        {
            Note.IsMade = true;
        }
    }
}
