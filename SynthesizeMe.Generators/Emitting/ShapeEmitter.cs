using static SynthesizeMe.Generators.CodeWriter;

namespace SynthesizeMe.Generators;

/// <summary>Emits how the types of a signature are described, written and read: its tables of labels, its records, its descriptor.</summary>
internal static class ShapeEmitter
{
    /// <summary>The nested class that holds a signature's tables; nested, so that it sees the private types that the signature sees.</summary>
    public static string ClassName(SignatureModel model) => model.Place.Name + "Shapes";

    public static void Emit(CodeWriter code, SignatureModel model)
    {
        code.Line(Runtime.Generated);
        code.Open($"private static class {ClassName(model)}");
        foreach (EnumModel type in model.Enums)
        {
            string entries = string.Join(", ", type.Labels.Select(l => $"({Literal(l.Label)}, {type.CSharp}.{Names.Escape(l.Member)})"));
            code.Line($"public static readonly {Runtime.Namespace}.Labels<{type.CSharp}> {type.Key} = new({entries});");
            code.Line();
        }

        EmitDescriptor(code, model);
        foreach (RecordModel type in model.Records)
        {
            code.Line();
            EmitRecord(code, model, type);
        }

        code.Close();
    }

    /// <summary>Writes each field as a section; the value at hand is called <c>value</c>.</summary>
    public static void WriteFields(CodeWriter code, SignatureModel model, IEnumerable<FieldModel> fields)
    {
        int index = 0;
        foreach (FieldModel field in fields)
        {
            WriteField(code, model, field.Type, index++, field.Parameter, $"value.{Names.Escape(field.Parameter)}");
        }
    }

    /// <summary>The expression that reads an output field from its section.</summary>
    public static string ReadField(SignatureModel model, FieldModel field, int index) => ReadField(model, field.Type, index);

    /// <summary>The statements that write a value as JSON; the name keeps the variables of neighbouring statements apart.</summary>
    public static void WriteJson(CodeWriter code, SignatureModel model, TypeModel type, string value, string writer, string name = "", int depth = 0)
    {
        switch (type.Shape)
        {
            case Shape.Text:
                code.Line($"{writer}.WriteStringValue({value});");
                break;
            case Shape.Boolean:
                code.Line($"{writer}.WriteBooleanValue({value});");
                break;
            case Shape.Number:
                code.Line($"{writer}.WriteNumberValue({value});");
                break;
            case Shape.Label:
                code.Line($"{writer}.WriteStringValue({ClassName(model)}.{type.Key}.Write({value}));");
                break;
            case Shape.Conversation:
                code.Line($"{Runtime.Shape}.WriteConversation({writer}, {value});");
                break;
            case Shape.Record:
                code.Line($"{ClassName(model)}.Write_{type.Key}({writer}, {value});");
                break;
            case Shape.Nullable:
                string some = $"some{name}{(depth > 0 ? depth : "")}";
                code.Open($"if ({value} is {{ }} {some})");
                WriteJson(code, model, type.Element!, some, writer, "", depth + 1);
                code.Close();
                code.Open("else");
                code.Line($"{writer}.WriteNullValue();");
                code.Close();
                break;
            case Shape.List:
                code.Line($"{writer}.WriteStartArray();");
                code.Open($"foreach (var item{depth} in {value})");
                WriteJson(code, model, type.Element!, $"item{depth}", writer, "", depth + 1);
                code.Close();
                code.Line($"{writer}.WriteEndArray();");
                break;
        }
    }

    /// <summary>The expression that reads a property of a JSON object.</summary>
    public static string ReadProperty(SignatureModel model, TypeModel type, string name, string json, string path)
    {
        bool optional = type.Shape == Shape.Nullable;
        string element = $"{Runtime.Shape}.Property({json}, {Literal(name)}, {path}{(optional ? ", optional: true" : "")})";
        string inner = path == "\"\"" ? Literal(name) : $"{path}.Property({Literal(name)})";
        return ReadJson(model, type, element, inner);
    }

    private static void WriteField(CodeWriter code, SignatureModel model, TypeModel type, int index, string name, string value)
    {
        switch (type.Shape)
        {
            case Shape.Text:
                code.Line($"writer.Text({index}, {value});");
                break;
            case Shape.Boolean:
                code.Line($"writer.Boolean({index}, {value});");
                break;
            case Shape.Number:
                code.Line($"writer.Number({index}, {value});");
                break;
            case Shape.Label:
                code.Line($"writer.Text({index}, {ClassName(model)}.{type.Key}.Write({value}));");
                break;
            case Shape.Conversation:
                code.Line($"writer.Conversation({index}, {value});");
                break;
            case Shape.Nullable:
                code.Open($"if ({value} is {{ }} some{name})");
                WriteField(code, model, type.Element!, index, name, $"some{name}");
                code.Close();
                break;
            case Shape.List or Shape.Record:
                code.Line($"writer.Json({index}, {value}, static (json, all) =>");
                code.Open();
                WriteJson(code, model, type, "all", "json");
                code.Close(");");
                break;
        }
    }

    private static string ReadField(SignatureModel model, TypeModel type, int index) => type.Shape switch
    {
        Shape.Text => $"reader.Text({index})",
        Shape.Boolean => $"reader.Boolean({index})",
        Shape.Number => $"reader.Number<{type.CSharp}>({index})",
        Shape.Label => $"reader.Label({index}, {ClassName(model)}.{type.Key})",
        Shape.Nullable when type.Element!.Shape == Shape.Text => $"reader.IsMissing({index}) ? null : reader.Text({index})",
        Shape.Nullable when type.Element!.Shape is Shape.List or Shape.Record => $"reader.IsAbsentJson({index}) ? null : {ReadAsJson(model, type, index)}",
        Shape.Nullable when type.Element!.Shape == Shape.Label =>
            $"reader.IsAbsent({index}, {ClassName(model)}.{type.Element!.Key}) ? ({type.CSharp})null : {ReadField(model, type.Element!, index)}",
        Shape.Nullable => $"reader.IsAbsent({index}) ? ({type.CSharp})null : {ReadField(model, type.Element!, index)}",
        _ => ReadAsJson(model, type, index),
    };

    private static string ReadAsJson(SignatureModel model, TypeModel type, int index) =>
        $"reader.Json({index}, static (json, path) => {ReadJson(model, type, "json", "path")})";

    private static string ReadJson(SignatureModel model, TypeModel type, string json, string path) => type.Shape switch
    {
        Shape.Text => $"{Runtime.Shape}.Text({json}, {path})",
        Shape.Boolean => $"{Runtime.Shape}.Boolean({json}, {path})",
        Shape.Number => $"{Runtime.Shape}.Number<{type.CSharp}>({json}, {path})",
        Shape.Label => $"{Runtime.Shape}.Label({json}, {path}, {ClassName(model)}.{type.Key})",
        Shape.Conversation => $"{Runtime.Shape}.Conversation({json}, {path})",
        Shape.Record => $"{ClassName(model)}.Read_{type.Key}({json}, {path})",
        Shape.Nullable => $"{Runtime.Shape}.IsNull({json}) ? ({type.CSharp})null : {ReadJson(model, type.Element!, json, path)}",
        _ => FromArray(type, $"{Runtime.Shape}.List({json}, {path}, static (json, path) => {ReadJson(model, type.Element!, "json", "path")})"),
    };

    private static string FromArray(TypeModel list, string array) => list.List switch
    {
        ListShape.List => $"new global::System.Collections.Generic.List<{list.Element!.CSharp}>({array})",
        ListShape.ImmutableArray => $"global::System.Collections.Immutable.ImmutableArray.Create<{list.Element!.CSharp}>({array})",
        _ => array,
    };

    private static void EmitRecord(CodeWriter code, SignatureModel model, RecordModel type)
    {
        code.Open($"public static void Write_{type.Key}({Runtime.JsonWriter} writer, {type.CSharp} value)");
        code.Line("writer.WriteStartObject();");
        foreach (PropertyModel property in type.Properties)
        {
            code.Line($"writer.WritePropertyName({Literal(property.Name)});");
            WriteJson(code, model, property.Type, $"value.{property.Property}", "writer", property.Parameter);
        }

        code.Line("writer.WriteEndObject();");
        code.Close();
        code.Line();
        code.Open($"public static {type.CSharp} Read_{type.Key}({Runtime.JsonElement} json, {Runtime.Namespace}.JsonPlace path)");
        code.Line("return new(");
        code.Indented(() =>
        {
            for (int i = 0; i < type.Properties.Count; i++)
            {
                PropertyModel property = type.Properties[i];
                string end = i < type.Properties.Count - 1 ? "," : ");";
                code.Line($"{Names.Escape(property.Parameter)}: {ReadProperty(model, property.Type, property.Name, "json", "path")}{end}");
            }
        });
        code.Close();
    }

    private static void EmitDescriptor(CodeWriter code, SignatureModel model)
    {
        string descriptor = $"{Runtime.Namespace}.SignatureDescriptor";
        code.Line($"public static readonly {descriptor} Descriptor = new(");
        code.Indented(() =>
        {
            code.Line($"{Literal(model.Place.Name.TrimStart('@'))},");
            code.Line($"{Literal(model.Instructions)},");
            EmitFields(code, model, model.Inputs);
            EmitFields(code, model, model.Outputs);
            code.Line($"{Literal(SchemaText.OfOutputs(model))});");
        });
    }

    private static void EmitFields(CodeWriter code, SignatureModel model, IEnumerable<FieldModel> fields)
    {
        code.Line("[");
        code.Indented(() =>
        {
            foreach (FieldModel field in fields)
            {
                string optional = field.Type.Shape == Shape.Nullable ? ", Optional: true" : "";
                code.Line($"new({Literal(field.Name)}, {Literal(SchemaText.InWords(model, field.Type))}, {Literal(field.Description)}{optional}),");
            }
        });
        code.Line("],");
    }
}
