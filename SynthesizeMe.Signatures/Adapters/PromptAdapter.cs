using System.Text;
using Microsoft.Extensions.AI;

namespace SynthesizeMe.Signatures;

/// <summary>
/// How fields are laid out in a prompt, and how the reply is asked for. Replies are read the same way under all of them: a model that chooses
/// another layout than the one it was asked for is understood, and the repair is listed.
/// </summary>
public abstract class PromptAdapter
{
    private protected PromptAdapter(FieldStyle inputs, FieldStyle outputs)
    {
        Inputs = inputs;
        Outputs = outputs;
    }

    /// <summary>Sections headed <c>[[ ## field ## ]]</c>, in the prompt and in the reply. The default, and the most robust with small models.</summary>
    public static PromptAdapter Chat { get; } = new ChatAdapter();

    /// <summary>
    /// Sections in the prompt, a JSON object in the reply. Unless <see cref="PredictOptions.StructuredOutput"/> is off, the provider is given the
    /// signature's JSON schema to hold the model to.
    /// </summary>
    public static PromptAdapter Json { get; } = new JsonAdapter();

    /// <summary>XML elements, in the prompt and in the reply.</summary>
    public static PromptAdapter Xml { get; } = new XmlAdapter();

    internal FieldStyle Inputs { get; }

    internal FieldStyle Outputs { get; }

    /// <summary>The repair that it is to read this adapter's own layout: none at all.</summary>
    internal virtual RepairKind? OwnLayout => null;

    /// <summary>Whether the layout's end has a sign that a model may forget.</summary>
    internal virtual bool HasClosingMarker => false;

    /// <summary>Says in what layout to reply.</summary>
    internal abstract string Format(SignatureDescriptor signature, ReadOnlySpan<FieldDescriptor> outputs);

    /// <summary>Asks for the reply, in a sentence at the end of each question.</summary>
    internal abstract string Request(ReadOnlySpan<FieldDescriptor> outputs);

    /// <summary>What the provider is told of the reply's form; null to tell nothing.</summary>
    internal virtual ChatResponseFormat? ResponseFormat(SignatureDescriptor signature, bool reasons) => null;

    /// <summary>Whether every output may be left out.</summary>
    internal static bool MayBeEmpty(ReadOnlySpan<FieldDescriptor> outputs)
    {
        foreach (FieldDescriptor field in outputs)
        {
            if (!field.Optional)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The names and types of the outputs, joined by <c>then</c>.</summary>
    private protected static string Listing(ReadOnlySpan<FieldDescriptor> outputs, Func<string, string> quote)
    {
        var text = new StringBuilder();
        for (int i = 0; i < outputs.Length; i++)
        {
            text.Append(i == 0 ? "" : ", then ").Append(quote(outputs[i].Name));
            if (outputs[i].ShortType is { } type)
            {
                text.Append(" (").Append(type).Append(')');
            }
        }

        return text.ToString();
    }
}
