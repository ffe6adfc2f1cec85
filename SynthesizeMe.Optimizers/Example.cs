using SynthesizeMe.Signatures;

namespace SynthesizeMe.Optimizers;

/// <summary>A labelled example to learn from or to be measured on.</summary>
/// <typeparam name="T">The signature.</typeparam>
/// <param name="Value">Inputs and the outputs that are right.</param>
/// <param name="Id">
/// A stable name. Examples with equal ids are views of one thing, such as the two orders of a preference pair:
/// a prompt shows at most one of them.
/// </param>
/// <param name="Group">
/// What the example belongs to, such as its conversation. Examples of one group are not independent, and intervals are computed over groups.
/// </param>
public sealed record Example<T>(T Value, string Id, string Group)
    where T : class, ISignature<T>
{
    /// <summary>An example that is a group of its own.</summary>
    public Example(T value, string id)
        : this(value, id, id)
    {
    }
}
