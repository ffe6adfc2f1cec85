using Microsoft.Extensions.AI;
using SynthesizeMe.Signatures;

namespace SynthesizeMe.Benchmarking;

/// <summary>The steps of a curation that ask models. People with too few pairs are left out and splits are made in any case.</summary>
[Flags]
public enum CurationSteps
{
    /// <summary>None of them: no model is asked.</summary>
    None = 0,

    /// <summary>Keep what people could answer differently: each conversation is rated.</summary>
    Queries = 1,

    /// <summary>Keep pairs about whose completions people could differ: each pair is rated.</summary>
    Responses = 2,

    /// <summary>Drop pairs about which judges that know nothing of the person agree.</summary>
    Judges = 4,

    /// <summary>All of them.</summary>
    All = Queries | Responses | Judges,
}

/// <summary>
/// The thresholds of a curation. Those of PersonalRewardBench were not published; the defaults are ours, the shares of the splits are about those of its
/// Chatbot Arena part (23, 18 and 60 % of the pairs).
/// </summary>
public sealed record CurationOptions
{
    /// <summary>The steps that ask models.</summary>
    public CurationSteps Steps { get; init; } = CurationSteps.All;

    /// <summary>The fewest pairs of a person, at first and again at the end; 5 by default.</summary>
    public int MinPairs { get; init; } = 5;

    /// <summary>The lowest rating (1 to 5) of a conversation; 3 by default.</summary>
    public int MinQueryRating { get; init; } = 3;

    /// <summary>The lowest rating (1 to 5) of a pair's completions; 3 by default.</summary>
    public int MinResponseRating { get; init; } = 3;

    /// <summary>
    /// The highest agreement: the share of votes (two of each judge, one an order) that name the same completion, 0.5 to 1; 0.9 by default. Pairs above are consensus,
    /// whether with the person or against them.
    /// </summary>
    public double MaxAgreement { get; init; } = 0.9;

    /// <summary>The share of a person's pairs, in the earliest conversations, that is to learn from; 0.25 by default.</summary>
    public double TrainShare { get; init; } = 0.25;

    /// <summary>The share of a person's pairs, in the conversations after these, that is to choose by; 0.15 by default. The rest is to be measured on.</summary>
    public double ValidationShare { get; init; } = 0.15;

    /// <summary>Decides which completion is shown first to be rated.</summary>
    public int Seed { get; init; }

    /// <summary>The most calls at once; 8 by default. The result does not depend on it.</summary>
    public int MaxParallel { get; init; } = 8;

    /// <summary>How to call the models.</summary>
    public PredictOptions? Predict { get; init; }

    internal void Check()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(MinPairs, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxParallel, 1);
        Within(MinQueryRating, 1, 5, nameof(MinQueryRating));
        Within(MinResponseRating, 1, 5, nameof(MinResponseRating));
        Within(MaxAgreement, 0.5, 1, nameof(MaxAgreement));
        if (!(TrainShare > 0 && ValidationShare > 0 && TrainShare + ValidationShare < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(TrainShare), "The shares to learn from and to choose by are above 0, and together below 1.");
        }

        static void Within(double value, double low, double high, string name)
        {
            if (!(value >= low && value <= high))
            {
                throw new ArgumentOutOfRangeException(name, value, $"It is not between {low} and {high}.");
            }
        }
    }
}

/// <summary>A model that judges without knowing the person.</summary>
/// <param name="Name">What it is called in the report.</param>
/// <param name="Client">The model.</param>
public sealed record CurationJudge(string Name, IChatClient Client);
