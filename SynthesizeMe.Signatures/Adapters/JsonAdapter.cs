using System.Text.Json;
using Microsoft.Extensions.AI;

namespace SynthesizeMe.Signatures;

internal sealed class JsonAdapter() : PromptAdapter(FieldStyle.Marked, FieldStyle.Json)
{
    private const string Properties = "\"properties\":{";
    private const string Required = "\"required\":[";

    internal override RepairKind? OwnLayout => RepairKind.WrittenAsJson;

    internal override string Format(SignatureDescriptor signature, ReadOnlySpan<FieldDescriptor> outputs) =>
        $"Write the reply as one JSON object of this schema, with its keys in this order, and nothing else:\n\n{Schema(signature, outputs.Length > signature.Outputs.Length)}";

    internal override string Request(ReadOnlySpan<FieldDescriptor> outputs) =>
        $"Reply with a JSON object with the keys {Listing(outputs, name => $"`{name}`")}, and nothing else.";

    internal override ChatResponseFormat ResponseFormat(SignatureDescriptor signature, bool reasons)
    {
        using JsonDocument schema = JsonDocument.Parse(Schema(signature, reasons));
        return ChatResponseFormat.ForJsonSchema(schema.RootElement.Clone(), signature.Name);
    }

    /// <summary>The schema of the outputs, with the chain of thought before them where there is one.</summary>
    private static string Schema(SignatureDescriptor signature, bool reasons)
    {
        string schema = signature.OutputSchema;
        return reasons
            ? Insert(Insert(schema, Properties, $"\"{SectionMarker.Reasoning}\":{{\"type\":\"string\"}}", '}'), Required, $"\"{SectionMarker.Reasoning}\"", ']')
            : schema;
    }

    /// <summary>Puts an entry before the others; the signature's own lists are the outermost, so the first of each kind.</summary>
    private static string Insert(string schema, string opening, string entry, char closing)
    {
        int at = opening == Properties ? schema.IndexOf(opening, StringComparison.Ordinal) : schema.LastIndexOf(opening, StringComparison.Ordinal);
        at += opening.Length;
        return schema.Insert(at, schema[at] == closing ? entry : entry + ",");
    }
}
