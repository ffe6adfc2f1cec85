namespace SynthesizeMe.Signatures;

/// <summary>A model's reply could not be read as the outputs of a signature.</summary>
public sealed class PromptParseException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="field">The output field that could not be read; empty when it is the reply as a whole.</param>
    /// <param name="reply">The reply, verbatim.</param>
    /// <param name="hint">What is wrong with it, in words that help the model to mend it.</param>
    public PromptParseException(string field, string reply, string hint)
        : base(field.Length == 0 ? $"The reply could not be read: {hint}" : $"The field '{field}' could not be read: {hint}")
    {
        Field = field;
        Reply = reply;
        Hint = hint;
    }

    /// <summary>There is no reply, because the prompt was refused.</summary>
    internal PromptParseException(PromptRefusedException refusal)
        : base(refusal.Message, refusal)
    {
        Field = Reply = "";
        Hint = refusal.Message;
    }

    /// <summary>The output field that could not be read; empty when it is the reply as a whole.</summary>
    public string Field { get; }

    /// <summary>Whether the same would come of asking again.</summary>
    internal bool IsFinal { get; init; }

    /// <summary>The name of the predictor that was answered, as its program knows it; empty where no predictor asked.</summary>
    public string Predictor { get; set; } = "";

    /// <summary>The reply, verbatim.</summary>
    public string Reply { get; }

    /// <summary>What is wrong with it.</summary>
    public string Hint { get; }

    /// <summary>
    /// What was used to get the unreadable replies, the second ask included. A program of several runs adds what the others used.
    /// </summary>
    public Usage Usage { get; set; }
}
