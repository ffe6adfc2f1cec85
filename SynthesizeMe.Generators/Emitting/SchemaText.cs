using System.Text;

namespace SynthesizeMe.Generators;

/// <summary>Describes types in words and as JSON schema. Recursive records and unions stand once, under <c>$defs</c>.</summary>
internal sealed class SchemaText
{
    private readonly SignatureModel _model;
    private readonly List<(string Name, string Schema)> _definitions = [];
    private readonly HashSet<string> _defined = [];

    private SchemaText(SignatureModel model) => _model = model;

    /// <summary>The type in words a model understands, with what is asked of the value.</summary>
    public static string InWords(SignatureModel model, ValueModel value, bool saysDefault)
    {
        string type = InWords(model, value.Given, value.Constraints);
        IEnumerable<string> constraints = value.Given.IsJson ? [] : value.Constraints.Select(c => c.Words).Where(w => w.Length > 0);
        if (value.Given.IsJson)
        {
            var schema = new SchemaText(model);
            type = "JSON of this schema: " + schema.WithDefinitions(schema.Schema(value.Given, "", value.Constraints));
        }

        string byDefault = saysDefault && value is { IsOptional: true, Default.Words.Length: > 0 } ? $", by default {value.Default!.Words}" : "";
        return string.Join(", ", [type, .. constraints]) + byDefault;
    }

    /// <summary>The JSON schema of an object with the output fields.</summary>
    public static string OfOutputs(SignatureModel model)
    {
        var schema = new SchemaText(model);
        return schema.Object(model.Outputs.Select(f => (f.Name, f.Description, f.Value)), isRoot: true);
    }

    /// <summary>Text as JSON.</summary>
    public static string Quote(string text)
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

    private static string InWords(SignatureModel model, TypeModel type, IEnumerable<ConstraintModel> constraints) => type.Shape switch
    {
        Shape.Text => "text",
        Shape.Boolean => "true or false",
        Shape.Number => type.IsWhole ? "whole number" : "number",
        Shape.Scalar => type.Scalar!.Words,
        Shape.Label => "one of: " + string.Join("; ", Labels(model, type, constraints)),
        Shape.Conversation => "conversation",
        Shape.Content => "image, audio or file",
        Shape.List => "list of images, audio or files",
        _ => "JSON",
    };

    private string Schema(ValueModel value, string description)
    {
        string extra = value is { IsOptional: true, Default.Json.Length: > 0 } ? $",\"default\":{value.Default!.Json}" : "";
        return value is { Type.Shape: Shape.Nullable, IsRequired: false }
            ? $"{{\"anyOf\":[{Schema(value.Given, "", value.Constraints)},{{\"type\":\"null\"}}]{Description(description)}{extra}}}"
            : Schema(value.Given, description, value.Constraints, extra);
    }

    private string Schema(TypeModel type, string description = "", IEnumerable<ConstraintModel>? constraints = null, string more = "")
    {
        List<ConstraintModel> own = [.. (constraints ?? []).Where(c => !c.OnItems)];
        string extra = string.Concat(own.Where(c => c.Schema.Length > 0).Select(c => "," + c.Schema)) + Description(description, own) + more;
        return type.Shape switch
        {
            Shape.Text => $"{{\"type\":\"string\"{extra}}}",
            Shape.Boolean => $"{{\"type\":\"boolean\"{extra}}}",
            Shape.Number => $"{{\"type\":\"{(type.IsWhole ? "integer" : "number")}\"{extra}}}",
            Shape.Scalar => $"{{\"type\":\"string\",{type.Scalar!.Schema}{extra}}}",
            Shape.Label => $"{{\"type\":\"string\",\"enum\":[{Quoted(Labels(_model, type, own))}]{extra}}}",
            Shape.List => $"{{\"type\":\"array\",\"items\":{Schema(type.Element!, "", (constraints ?? []).Where(c => c.OnItems).Select(c => c with { OnItems = false }))}{(type.IsSet ? ",\"uniqueItems\":true" : "")}{extra}}}",
            Shape.Map => $"{{\"type\":\"object\"{Keys(type.MapKey!)},\"additionalProperties\":{Schema(type.Element!)}{extra}}}",
            Shape.Nullable => $"{{\"anyOf\":[{Schema(type.Element!)},{{\"type\":\"null\"}}]{extra}}}",
            Shape.Conversation => "{\"type\":\"array\",\"items\":{\"type\":\"object\",\"properties\":{\"role\":{\"type\":\"string\"},\"content\":{\"type\":\"string\"}},\"required\":[\"role\",\"content\"]}}",
            Shape.Union => Union(_model.Unions.First(u => u.Key == type.Key), extra),
            _ => Record(_model.Records.First(r => r.Key == type.Key), extra),
        };
    }

    private string Keys(TypeModel key) =>
        key.Shape == Shape.Label ? $",\"propertyNames\":{{\"enum\":[{Quoted(Labels(_model, key, []))}]}}" : "";

    private string Record(RecordModel record, string extra) => record.IsRecursive
        ? Reference(record.Name, record.Key, extra, () => Object(Properties(record)))
        : Object(Properties(record), extra);

    private string Union(UnionModel union, string extra)
    {
        return union.IsRecursive ? Reference(union.Name, union.Key, extra, () => Cases("")) : Cases(extra);

        string Cases(string extra) => $"{{\"anyOf\":[{string.Join(",", union.Cases.Select(Case))}]{extra}}}";

        string Case(CaseModel found) => Object(
            Properties(_model.Records.First(r => r.Key == found.Record)),
            discriminator: (union.Discriminator, $"{{\"type\":\"string\",\"const\":{Quote(found.Label)}}}"));
    }

    private string Reference(string name, string key, string extra, Func<string> schema)
    {
        bool shared = _model.Records.Count(r => r.IsRecursive && r.Name == name) + _model.Unions.Count(u => u.IsRecursive && u.Name == name) > 1;
        string unique = shared ? key : name;
        if (_defined.Add(unique))
        {
            int place = _definitions.Count;
            _definitions.Add((unique, ""));
            _definitions[place] = (unique, schema());
        }

        return $"{{\"$ref\":\"#/$defs/{unique}\"{extra}}}";
    }

    private string WithDefinitions(string schema)
    {
        return $"{schema.Substring(0, schema.Length - 1)}{Definitions()}}}";
    }

    private string Definitions()
    {
        string all = string.Join(",", _definitions.Select(d => $"{Quote(d.Name)}:{d.Schema}"));
        return all.Length == 0 ? "" : $",\"$defs\":{{{all}}}";
    }

    private static IEnumerable<(string Name, string Description, ValueModel Value)> Properties(RecordModel record) =>
        record.Properties.Select(p => (p.Name, p.Description, p.Value));

    private string Object(
        IEnumerable<(string Name, string Description, ValueModel Value)> properties,
        string extra = "",
        (string Name, string Schema)? discriminator = null,
        bool isRoot = false)
    {
        List<(string Name, string Description, ValueModel Value)> all = [.. properties];
        IEnumerable<(string Name, string Schema)> first = discriminator is { } told ? [told] : [];
        string fields = string.Join(",", first.Select(f => $"{Quote(f.Name)}:{f.Schema}").Concat(all.Select(p => $"{Quote(p.Name)}:{Schema(p.Value, p.Description)}")));
        string required = Quoted(first.Select(f => f.Name).Concat(all.Where(p => !p.Value.IsOptional).Select(p => p.Name)));
        string definitions = isRoot ? Definitions() : "";
        return $"{{\"type\":\"object\",\"properties\":{{{fields}}}{definitions},\"required\":[{required}],\"additionalProperties\":false{extra}}}";
    }

    /// <summary>The description, with what a schema has no member for.</summary>
    private static string Description(string text, List<ConstraintModel> constraints)
    {
        string[] notes = [.. constraints.Where(c => c.IsNote).Select(c => c.Words)];
        return Description(notes.Length == 0 || text.Length == 0 ? text + string.Join(", ", notes) : $"{text.TrimEnd('.')}, {string.Join(", ", notes)}");
    }

    private static string Description(string text) => text.Length == 0 ? "" : $",\"description\":{Quote(text)}";

    private static string Quoted(IEnumerable<string> texts) => string.Join(",", texts.Select(Quote));

    /// <summary>The labels of an enum that may be answered.</summary>
    private static IEnumerable<string> Labels(SignatureModel model, TypeModel type, IEnumerable<ConstraintModel> constraints) =>
        model.Enums.First(e => e.Key == type.Key).Written.Except(constraints.SelectMany(c => c.Labels?.Excluded ?? default));
}
