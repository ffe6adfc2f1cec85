namespace SynthesizeMe.Signatures;

/// <summary>
/// How the outputs of a <see cref="PartialPrediction{T}"/> are filled in. The generator implements it explicitly on each signature's <c>Partial</c>, where
/// no output's name can get in its way; the library calls it on a copy that nobody has seen yet.
/// </summary>
/// <typeparam name="T">The signature.</typeparam>
public interface IPartialOutputs<T>
    where T : class, ISignature<T>
{
    /// <summary>Shows one more output: a text as far as it has come, anything else as a whole.</summary>
    /// <param name="output">The output, in order of declaration.</param>
    /// <param name="text">Its text, when it is one.</param>
    /// <param name="reader">What it is read from, when it is not.</param>
    /// <exception cref="PromptParseException">It cannot be read.</exception>
    void Show(int output, PartialText text, ref FieldReader reader);

    /// <summary>Shows every output of a complete value.</summary>
    void ShowAll(T value);
}
