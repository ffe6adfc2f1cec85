using System.Collections.Immutable;
using SynthesizeMe.Signatures;

namespace SynthesizeMe;

/// <summary>What a judge says of two completions, asked in both orders.</summary>
/// <param name="Preferred">The preferred one; <see langword="null"/> when the two orders disagree, which is a tie.</param>
/// <param name="Confidence">
/// The probability that <paramref name="Preferred"/> is right, from 0.5 to 1: how often the judge was right on validation pairs when both orders
/// agreed, with Laplace's correction. 0.5 for a tie.
/// </param>
/// <param name="Forward">The answer to the order as given.</param>
/// <param name="Backward">The answer to the swapped order, in terms of the order as given.</param>
public sealed record Verdict(Preference? Preferred, double Confidence, OrderedAnswer Forward, OrderedAnswer Backward)
{
    /// <summary>Whether both orders gave the same answer.</summary>
    public bool Consistent => Preferred is not null;

    /// <summary>Calls and tokens of both.</summary>
    public Usage Usage => Forward.Usage + Backward.Usage;
}

/// <summary>One order's answer.</summary>
/// <param name="Preferred">The preferred completion, in terms of the order as given.</param>
/// <param name="SaidFirst">Whether the model named the completion it saw first: what position bias is measured by.</param>
/// <param name="Reasoning">The chain of thought.</param>
/// <param name="Usage">Calls and tokens.</param>
/// <param name="Repairs">What was repaired in the reply.</param>
public sealed record OrderedAnswer(Preference Preferred, bool SaidFirst, string? Reasoning, Usage Usage, ImmutableArray<Repair> Repairs);
