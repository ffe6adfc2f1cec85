using static SynthesizeMe.Generators.CodeWriter;

namespace SynthesizeMe.Generators;

/// <summary>Emits the methods that write and read one record or one union.</summary>
internal static class RecordEmitter
{
    public static void Emit(CodeWriter code, SignatureModel model, RecordModel type)
    {
        bool isCase = model.Unions.Any(u => u.Cases.Any(c => c.Record == type.Key));
        code.Open($"public static void Write_{type.Key}({Runtime.JsonWriter} writer, {type.CSharp} value)");
        code.Line("writer.WriteStartObject();");
        if (isCase)
        {
            code.Line($"WriteProperties_{type.Key}(writer, value);");
            code.Line("writer.WriteEndObject();");
            code.Close();
            code.Line();
            code.Open($"private static void WriteProperties_{type.Key}({Runtime.JsonWriter} writer, {type.CSharp} value)");
        }

        foreach (PropertyModel property in type.Properties)
        {
            JsonEmitter.WriteProperty(code, model, property.Value.Type, property.Name, $"value.{property.Property}", property.Parameter);
        }

        if (!isCase)
        {
            code.Line("writer.WriteEndObject();");
        }

        code.Close();
        code.Line();
        OpenRead(code, type.Key, type.CSharp, type.IsRecursive);
        code.Line("return new(");
        code.Indented(() =>
        {
            for (int i = 0; i < type.Properties.Count; i++)
            {
                PropertyModel property = type.Properties[i];
                string end = i < type.Properties.Count - 1 ? "," : ");";
                code.Line($"{Names.Escape(property.Parameter)}: {JsonEmitter.ReadProperty(model, property.Value, property.Name, i, "path")}{end}");
            }
        });
        code.Close();
    }

    public static void Emit(CodeWriter code, SignatureModel model, UnionModel type)
    {
        code.Open($"public static void Write_{type.Key}({Runtime.JsonWriter} writer, {type.CSharp} value)");
        code.Line("writer.WriteStartObject();");
        code.Open("switch (value)");
        foreach (CaseModel found in type.Cases.OrderByDescending(c => c.Depth))
        {
            code.Line($"case {model.Records.First(r => r.Key == found.Record).CSharp} some:");
            code.Indented(() =>
            {
                code.Line($"writer.WriteString({Literal(type.Discriminator)}, {Literal(found.Label)});");
                code.Line($"WriteProperties_{found.Record}(writer, some);");
                code.Line("break;");
            });
        }

        code.Line("default:");
        code.Indented(() => code.Line($"throw {Runtime.Shape}.UnknownCase(value);"));
        code.Close();
        code.Line("writer.WriteEndObject();");
        code.Close();
        code.Line();
        OpenRead(code, type.Key, type.CSharp, type.IsRecursive);
        string labels = string.Join(", ", type.Cases.Select(c => Literal(c.Label)));
        code.Open($"return {Runtime.Shape}.Case(json, path, {Literal(type.Discriminator)}, [{labels}]) switch");
        for (int i = 0; i < type.Cases.Count; i++)
        {
            code.Line($"{(i < type.Cases.Count - 1 ? i.ToString(System.Globalization.CultureInfo.InvariantCulture) : "_")} => Read_{type.Cases[i].Record}(json, path),");
        }

        code.Close(";");
        code.Close();
    }

    private static void OpenRead(CodeWriter code, string key, string type, bool isRecursive)
    {
        code.Open($"public static {type} Read_{key}({Runtime.JsonElement} json, {Runtime.Namespace}.JsonPlace path)");
        if (isRecursive)
        {
            code.Line($"{Runtime.Shape}.RequireDepth(path);");
        }
    }
}
