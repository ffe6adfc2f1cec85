using System.Text.Json.Serialization;

namespace SynthesizeMe.Benchmarking;

/// <summary>What a method said of a test pair: a line of <c>results.jsonl</c>.</summary>
public sealed record ResultRecord
{
    /// <summary>The data set.</summary>
    public required string Data { get; init; }

    /// <summary>The person.</summary>
    public required string User { get; init; }

    /// <summary>The method.</summary>
    public required string Method { get; init; }

    /// <summary>The pair: a hash of conversation and content.</summary>
    public required string Pair { get; init; }

    /// <summary>Its conversation.</summary>
    public required string Conversation { get; init; }

    /// <summary>What was named with the chosen completion first: <c>first</c> is right.</summary>
    public required Said Forward { get; init; }

    /// <summary>What was named with the chosen completion second: <c>second</c> is right.</summary>
    public required Said Backward { get; init; }

    /// <summary>1 when both orders were right, 0 when both were wrong or failed; a tie counts half of its order.</summary>
    public required double Score { get; init; }

    /// <summary>
    /// The probability, 0.5 to 1, that the method gives its own answer; <see langword="null"/> from methods that give none. Where the orders disagree it is 0.5.
    /// </summary>
    public double? Confidence { get; init; }

    /// <summary>Why there was no answer forward; <see langword="null"/> when there was one.</summary>
    public string? ForwardFailure { get; init; }

    /// <summary>Why there was no answer backward; <see langword="null"/> when there was one.</summary>
    public string? BackwardFailure { get; init; }

    /// <summary>What both orders used.</summary>
    public required SpendRecord Spend { get; init; }

    /// <summary>The record as an outcome; all that was used is put down to the first order.</summary>
    public PairOutcome ToOutcome() => new(
        Pair,
        Conversation,
        OrderAnswer.Of(Forward, Said.First, Spend.ToUsage(), ForwardFailure),
        OrderAnswer.Of(Backward, Said.Second, default, BackwardFailure))
    {
        Confidence = Confidence,
    };

    internal static ResultRecord Of(string data, string user, string method, PairOutcome outcome, SpendRecord spend) => new()
    {
        Data = data,
        User = user,
        Method = method,
        Pair = outcome.PairId,
        Conversation = outcome.ConversationId,
        Forward = outcome.Forward.Said,
        Backward = outcome.Backward.Said,
        Score = outcome.Score,
        Confidence = outcome.Confidence,
        ForwardFailure = outcome.Forward.Failure,
        BackwardFailure = outcome.Backward.Failure,
        Spend = spend,
    };
}

/// <summary>What a method named in one order.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Said>))]
public enum Said
{
    /// <summary>Nothing: there was no answer.</summary>
    [JsonStringEnumMemberName("nothing")]
    Nothing,

    /// <summary>The completion it saw first.</summary>
    [JsonStringEnumMemberName("first")]
    First,

    /// <summary>The completion it saw second.</summary>
    [JsonStringEnumMemberName("second")]
    Second,

    /// <summary>Neither: both are equally good.</summary>
    [JsonStringEnumMemberName("tie")]
    Tie,
}
