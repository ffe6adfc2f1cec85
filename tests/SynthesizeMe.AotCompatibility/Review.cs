using System.ComponentModel;
using System.Runtime.Serialization;
using SynthesizeMe.Signatures;

namespace SynthesizeMe.AotCompatibility;

/// <summary>How it reads.</summary>
public enum Tone
{
    [EnumMember(Value = "very warm")]
    Warm,

    Cool,
}

/// <summary>A part of a text, with what is to be said of it.</summary>
public sealed record Remark([Description("A quotation.")] string Quote, int Weight, Tone? Tone);

/// <summary>Review what was said: one field of each kind.</summary>
[Signature]
public partial record Review(
    [Input("What was said.")] Conversation Talk,
    [Input] IReadOnlyList<string> Points,
    [Output("In one sentence.")] string Summary,
    [Output] Tone Tone,
    [Output] bool Sure,
    [Output] double Share,
    [Output] decimal? Price,
    [Output] IReadOnlyList<Remark> Remarks)
{
    public static Inputs Asked { get; } = new(Conversation.FromUser("Say [[ ## hello ## ]], please."), ["short", "<clear>"]);

    public static Review Answered { get; } = new(
        Asked.Talk, Asked.Points, "It is \"short\".", Tone.Warm, true, 0.25, 9.90m, [new("please", 3, Tone.Cool), new("say", 1, null)]);

    /// <summary>Lists are compared by their items.</summary>
    public static bool Same(Review one, Review other) =>
        one.Points.SequenceEqual(other.Points) && one.Remarks.SequenceEqual(other.Remarks)
            && one == (other with { Points = one.Points, Remarks = one.Remarks });
}

/// <summary>Name the points to look at.</summary>
[Signature]
public partial record FindPoints([Input] Conversation Talk, [Output] IReadOnlyList<string> Points);

/// <summary>Finds points, and reviews by them.</summary>
[PromptProgram]
public sealed partial class Reviewer : PromptProgram<Review>
{
    [Predictor]
    public partial Predict<FindPoints> Find { get; }

    [Predictor]
    public partial ChainOfThought<Review> Judge { get; }

    private async Task<Review> ForwardAsync(Review.Inputs inputs, CancellationToken cancellationToken)
    {
        Prediction<FindPoints> found = await Find.PredictAsync(inputs.Talk, cancellationToken);
        return (await Judge.PredictAsync(inputs.Talk, [.. inputs.Points, .. found.Value.Points], cancellationToken)).Value;
    }
}
