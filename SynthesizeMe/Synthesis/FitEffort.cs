namespace SynthesizeMe;

/// <summary>How thoroughly a fit searches: fewer calls, or more certainty.</summary>
public enum FitEffort
{
    /// <summary>
    /// Every choice is judged without its own conversation being shown, in one order each, by few candidates: at most about a third of the calls
    /// that the reference implementation makes, for a better judge. <c>docs/method.md</c> has the comparison.
    /// </summary>
    Standard,

    /// <summary>As <see cref="Standard"/>, but the persona is not compared, and the winner is not asked in the other order: about half of its calls.</summary>
    Quick,

    /// <summary>As <see cref="Standard"/>, but in both orders, with the persona by itself, and with searches over subsets of demonstrations.</summary>
    Thorough,

    /// <summary>The paper's search: random subsets, compared on the validation pairs only.</summary>
    Published,
}
