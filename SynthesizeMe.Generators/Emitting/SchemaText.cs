using System.Text;

namespace SynthesizeMe.Generators;

/// <summary>Describes types in words and as JSON schema.</summary>
internal static class SchemaText
{
    /// <summary>The type in words a model understands.</summary>
    public static string InWords(SignatureModel model, TypeModel type) => type.Shape switch
    {
        Shape.Text => "text",
        Shape.Boolean => "true or false",
        Shape.Number => type.IsWhole ? "whole number" : "number",
        Shape.Label => "one of: " + string.Join("; ", Labels(model, type)),
        Shape.Conversation => "conversation",
        Shape.Nullable => InWords(model, type.Element!),
        _ => "JSON of this schema: " + Schema(model, type),
    };

    /// <summary>The JSON schema of an object with the output fields.</summary>
    public static string OfOutputs(SignatureModel model) =>
        Object(model, model.Outputs.Select(f => (f.Name, f.Description, f.Type)));

    private static string Schema(SignatureModel model, TypeModel type, string description = "")
    {
        string extra = description.Length == 0 ? "" : $",\"description\":{Quote(description)}";
        return type.Shape switch
        {
            Shape.Text => $"{{\"type\":\"string\"{extra}}}",
            Shape.Boolean => $"{{\"type\":\"boolean\"{extra}}}",
            Shape.Number => $"{{\"type\":\"{(type.IsWhole ? "integer" : "number")}\"{extra}}}",
            Shape.Label => $"{{\"type\":\"string\",\"enum\":[{string.Join(",", Labels(model, type).Select(Quote))}]{extra}}}",
            Shape.List => $"{{\"type\":\"array\",\"items\":{Schema(model, type.Element!)}{extra}}}",
            Shape.Nullable => $"{{\"anyOf\":[{Schema(model, type.Element!)},{{\"type\":\"null\"}}]{extra}}}",
            Shape.Conversation => "{\"type\":\"array\",\"items\":{\"type\":\"object\",\"properties\":{\"role\":{\"type\":\"string\"},\"content\":{\"type\":\"string\"}},\"required\":[\"role\",\"content\"]}}",
            _ => Object(model, model.Records.First(r => r.Key == type.Key).Properties.Select(p => (p.Name, p.Description, p.Type)), extra),
        };
    }

    private static string Object(SignatureModel model, IEnumerable<(string Name, string Description, TypeModel Type)> properties, string extra = "")
    {
        List<(string Name, string Description, TypeModel Type)> all = [.. properties];
        string fields = string.Join(",", all.Select(p => $"{Quote(p.Name)}:{Schema(model, p.Type, p.Description)}"));
        string required = string.Join(",", all.Where(p => p.Type.Shape != Shape.Nullable).Select(p => Quote(p.Name)));
        return $"{{\"type\":\"object\",\"properties\":{{{fields}}},\"required\":[{required}],\"additionalProperties\":false{extra}}}";
    }

    private static IEnumerable<string> Labels(SignatureModel model, TypeModel type) => model.Enums.First(e => e.Key == type.Key).Written;

    private static string Quote(string text)
    {
        var json = new StringBuilder("\"");
        foreach (char c in text)
        {
            json.Append(c switch
            {
                '"' => "\\\"",
                '\\' => "\\\\",
                '\n' => "\\n",
                '\r' => "\\r",
                '\t' => "\\t",
                < ' ' => $"\\u{(int)c:x4}",
                _ => c.ToString(),
            });
        }

        return json.Append('"').ToString();
    }
}
