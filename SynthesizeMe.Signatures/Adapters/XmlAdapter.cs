using System.Text;

namespace SynthesizeMe.Signatures;

internal sealed class XmlAdapter() : PromptAdapter(FieldStyle.Xml, FieldStyle.XmlReply)
{
    /// <summary>The reply in which every output is left out.</summary>
    public const string Nothing = $"<{SectionMarker.Completed}/>";

    /// <summary>The same, as a model may write it.</summary>
    public const string OpenNothing = $"<{SectionMarker.Completed}></{SectionMarker.Completed}>";

    internal override RepairKind? OwnLayout => RepairKind.WrittenAsXml;

    internal override string Format(SignatureDescriptor signature, ReadOnlySpan<FieldDescriptor> outputs)
    {
        var text = new StringBuilder("Write the reply in exactly this layout:\n");
        foreach (FieldDescriptor field in outputs)
        {
            text.Append('\n').Append(FieldStyle.Xml.Header(field.Name)).Append('{').Append(field.Name).Append('}').Append(FieldStyle.Xml.Footer(field.Name)).Append('\n');
        }

        text.Append("\nWithin an element, write < as &lt; and & as &amp;.");
        return MayBeEmpty(outputs) ? text.Append(" Where all of them are left out, write ").Append(Nothing).Append('.').ToString() : text.ToString();
    }

    internal override string Request(ReadOnlySpan<FieldDescriptor> outputs) =>
        $"Reply with the elements {Listing(outputs, name => $"`<{name}>`")}, and nothing else.";
}
