namespace SynthesizeMe.Benchmarking;

/// <summary>The schemas that are read.</summary>
public enum DataFormat
{
    /// <summary>Found out from the columns.</summary>
    Auto,

    /// <summary>The product's own JSON Lines, see <see cref="PreferencePairs"/>.</summary>
    Pairs,

    /// <summary>PersonalRewardBench: <c>chatbot_arena_personalized_0125</c> and <c>prism_personalized_0125</c>.</summary>
    PersonalRewardBench,

    /// <summary>PRISM as its authors published it: <c>conversations.jsonl</c> or <c>utterances.jsonl</c>, with <c>survey.jsonl</c> for demographics.</summary>
    Prism,

    /// <summary>Battles of Chatbot Arena with the ids of those who judged them.</summary>
    ChatbotArena,

    /// <summary>The human judgments of MT-Bench.</summary>
    MtBench,
}

/// <summary>What becomes of two conversations that part before their last answer, as battles of several turns do.</summary>
public enum PartedConversations
{
    /// <summary>
    /// The context is what both have in common up to a user's message; each completion is all that followed, in the text form of
    /// <see cref="SynthesizeMe.Signatures.Conversation"/> where that is more than one answer.
    /// </summary>
    WholeRest,

    /// <summary>They are left out, and counted.</summary>
    LeaveOut,
}

/// <summary>How a data set is read.</summary>
public sealed record DataSetOptions
{
    /// <summary>The schema; found out from the columns by default.</summary>
    public DataFormat Format { get; init; }

    /// <summary>
    /// PRISM only: how far apart two scores (1 to 100) of a turn must be to make a pair, in points; nearer ones count as ties. 10 by default, as in the
    /// re-run of the benchmark by P-GenRM (arXiv 2602.12116, App. B.1).
    /// </summary>
    public double MinScoreDifference { get; init; } = 10;

    /// <summary>Chatbot Arena and MT-Bench only: what becomes of battles of several turns.</summary>
    public PartedConversations Parted { get; init; }

    /// <summary>PRISM's survey, for demographics; by default <c>survey.jsonl</c> beside the data, where there is one.</summary>
    public string? SurveyPath { get; init; }
}
