using System.Text;

namespace SynthesizeMe.Signatures;

internal sealed class ChatAdapter() : PromptAdapter(FieldStyle.Marked, FieldStyle.MarkedAndClosed)
{
    internal override bool HasClosingMarker => true;

    internal override string Format(SignatureDescriptor signature, ReadOnlySpan<FieldDescriptor> outputs)
    {
        var text = new StringBuilder("Write the reply in exactly this layout:\n");
        foreach (FieldDescriptor field in outputs)
        {
            text.Append('\n').Append(SectionMarker.Open(field.Name)).Append("\n{").Append(field.Name).Append("}\n");
        }

        return text.Append('\n').Append(SectionMarker.Open(SectionMarker.Completed)).ToString();
    }

    internal override string Request(ReadOnlySpan<FieldDescriptor> outputs) =>
        $"Reply with {Listing(outputs, name => $"`{name}`")}, and close with {SectionMarker.Completed}.";
}
