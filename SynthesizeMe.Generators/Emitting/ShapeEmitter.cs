using System.Globalization;
using static SynthesizeMe.Generators.CodeWriter;

namespace SynthesizeMe.Generators;

/// <summary>Emits the tables of a signature: its labels, its patterns, its descriptor, the methods of its records and unions.</summary>
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
            string entries = string.Join(", ", type.Labels.Select(l => $"({Literal(l.Label)}, {l.CSharp})"));
            code.Line($"public static readonly {Runtime.Namespace}.Labels<{type.CSharp}> {LabelsName(type.Key)} = new({entries});");
            code.Line();
        }

        foreach (string pattern in Patterns(model))
        {
            code.Line($"public static readonly global::System.Text.RegularExpressions.Regex {PatternName(model, pattern)} = {Runtime.Namespace}.Constraint.Whole({Literal(pattern)});");
            code.Line();
        }

        EmitDescriptor(code, model);
        foreach (FieldModel field in model.Fields.Where(f => f.Value.Given.IsJson))
        {
            EmitField(code, model, field);
        }

        foreach (RecordModel type in model.Records)
        {
            code.Line();
            RecordEmitter.Emit(code, model, type);
        }

        foreach (UnionModel type in model.Unions)
        {
            code.Line();
            RecordEmitter.Emit(code, model, type);
        }

        code.Close();
    }

    /// <summary>The field that holds the labels of an enum.</summary>
    public static string LabelsName(string key) => $"Labels_{key}";

    /// <summary>The method that writes a list, a dictionary or a record of a field.</summary>
    public static string WriterName(SignatureModel model, FieldModel field) => $"{ClassName(model)}.WriteField{IndexOf(model, field)}";

    /// <summary>The method that reads a list, a dictionary or a record of an output.</summary>
    public static string ReaderName(SignatureModel model, FieldModel field) => $"{ClassName(model)}.ReadField{IndexOf(model, field)}";

    /// <summary>The field that holds a regular expression; no key of a type ends like it.</summary>
    public static string PatternName(SignatureModel model, string pattern) => $"Pattern_{Patterns(model).IndexOf(pattern)}";

    private static List<string> Patterns(SignatureModel model) =>
    [
        .. model.Fields.Select(f => f.Value).Concat(model.Records.SelectMany(r => r.Properties).Select(p => p.Value))
            .SelectMany(v => v.Constraints).Select(c => c.Pattern).OfType<string>().Distinct(),
    ];

    /// <summary>What is said once of a field that is JSON: a prompt, a reply, a partial prediction and a saved value share it.</summary>
    private static void EmitField(CodeWriter code, SignatureModel model, FieldModel field)
    {
        TypeModel type = field.Value.Given;
        code.Line();
        code.Open($"public static void WriteField{IndexOf(model, field)}({Runtime.JsonWriter} writer, {type.CSharp} value)");
        JsonEmitter.Write(code, model, type, "value", "writer");
        code.Close();
        if (field.IsOutput)
        {
            string read = JsonEmitter.ReadValue(model, type, "json", "path");
            code.Line();
            code.Line($"public static {JsonEmitter.ReadType(type)} ReadField{IndexOf(model, field)}({Runtime.JsonElement} json, {Runtime.Namespace}.JsonPlace path) => {read};");
        }
    }

    private static string IndexOf(SignatureModel model, FieldModel field) =>
        model.Fields.TakeWhile(f => f.Parameter != field.Parameter).Count().ToString(CultureInfo.InvariantCulture);

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
                string optional = field.Value.IsOptional && (field.IsOutput || field.Type.Shape == Shape.Nullable) ? ", Optional: true" : "";
                code.Line($"new({Literal(field.Name)}, {Literal(SchemaText.InWords(model, field.Value, saysDefault: field.IsOutput))}, {Literal(field.Description)}{optional}{(field.AsTurns ? ", AsTurns: true" : "")}{(field.OmitFromDemos ? ", OmitFromDemos: true" : "")}),");
            }
        });
        code.Line("],");
    }
}
