using System.Collections.Immutable;

namespace SynthesizeMe.Signatures;

/// <summary>What a prompt template sees besides the inputs. Generated code reads it.</summary>
/// <typeparam name="T">The signature.</typeparam>
public sealed class TemplateContext<T>
    where T : class, ISignature<T>
{
    private readonly Lazy<string[]> _replies;

    /// <param name="instructions">What the model is asked to do.</param>
    /// <param name="format">How it is to reply, in the words of the adapter.</param>
    /// <param name="reasoning">Whether it is to think aloud first.</param>
    /// <param name="demos">The demonstrations.</param>
    /// <param name="reply">A demonstration's reply as the adapter lays it out; the second argument is the reasoning to show, if any.</param>
    internal TemplateContext(
        string instructions, string format, bool reasoning, ImmutableArray<Demo<T>> demos, Func<Demo<T>, string?, string> reply)
    {
        Instructions = instructions;
        Format = format;
        Reasoning = reasoning;
        Demos = demos;
        _replies = new(() => [.. demos.Select(d => reply(d, ReasoningOf(d)))]);
    }

    /// <summary>What the model is asked to do: the signature's instructions, or those that replace them.</summary>
    public string Instructions { get; }

    /// <summary>How the model is to reply, in the words of the adapter.</summary>
    public string Format { get; }

    /// <summary>Whether the model is to think aloud before it answers.</summary>
    public bool Reasoning { get; }

    /// <summary>The demonstrations in the order in which the model sees them.</summary>
    public ImmutableArray<Demo<T>> Demos { get; }

    /// <summary>A demonstration's chain of thought; <see langword="null"/> when it has none, or when the model is not to think aloud.</summary>
    public string? ReasoningOf(Demo<T> demo)
    {
        ArgumentNullException.ThrowIfNull(demo);
        return Reasoning ? demo.Reasoning : null;
    }

    /// <summary>Refuses an input that is null although its type is not nullable: the template would send nothing in its place.</summary>
    /// <exception cref="ArgumentException">It is null; the message names it.</exception>
    public void Require(int input, string? value)
    {
        if (value is null)
        {
            throw JsonShape.Unwritable(T.Descriptor.Name, JsonShape.Null(T.Descriptor.Inputs[input].Name));
        }
    }

    /// <summary>The reply that the demonstration of that index shows, laid out as the adapter reads it.</summary>
    public string ReplyTo(int demo) => _replies.Value[demo];
}
