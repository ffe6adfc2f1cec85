using System.Text;

namespace SynthesizeMe.Signatures;

internal sealed class XmlAdapter() : PromptAdapter(FieldStyle.Xml, FieldStyle.Xml)
{
    internal override RepairKind? OwnLayout => RepairKind.WrittenAsXml;

    internal override string Format(SignatureDescriptor signature, ReadOnlySpan<FieldDescriptor> outputs)
    {
        var text = new StringBuilder("Write the reply in exactly this layout:\n");
        foreach (FieldDescriptor field in outputs)
        {
            text.Append('\n').Append(FieldStyle.Xml.Header(field.Name)).Append('{').Append(field.Name).Append('}').Append(FieldStyle.Xml.Footer(field.Name)).Append('\n');
        }

        return text.Append("\nWithin an element, write < as &lt; and & as &amp;.").ToString();
    }

    internal override string Request(ReadOnlySpan<FieldDescriptor> outputs) =>
        $"Reply with the elements {Listing(outputs, name => $"`<{name}>`")}, and nothing else.";
}
