namespace SynthesizeMe.Optimizers;

/// <summary>How <see cref="DemoSearch{T}"/> comes by the subsets of demonstrations that it tries.</summary>
public enum DemoSearchStrategy
{
    /// <summary>
    /// Learns what each demonstration is worth from the subsets already tried, and tries next what a draw from that belief takes to be best (a Bayesian
    /// additive model with Thompson sampling).
    /// </summary>
    Worth,

    /// <summary>Uniform random subsets of uniform random size (Khattab et al., DSPy, ICLR 2024, appendix E.2).</summary>
    Random,

    /// <summary>
    /// Starts from nothing and adds in each step the best of four random demonstrations, as long as that does no harm (stochastic greedy: Mirzasoleiman
    /// et al., Lazier Than Lazy Greedy, AAAI 2015).
    /// </summary>
    Greedy,

    /// <summary>
    /// Random subsets race: all are tried on a part of the examples, the better half goes on to twice as many (successive halving: Jamieson and Talwalkar,
    /// AISTATS 2016). Barriers are batches, so the order of replies decides nothing.
    /// </summary>
    Halving,
}
