namespace SynthesizeMe.Generators;

/// <summary>Emits how fields are written into sections and read from them.</summary>
internal static class FieldEmitter
{
    /// <summary>Writes each field as a section; the value at hand is called <c>value</c>.</summary>
    public static void Write(CodeWriter code, SignatureModel model, IEnumerable<FieldModel> fields)
    {
        int index = 0;
        foreach (FieldModel field in fields)
        {
            string value = $"value.{Names.Escape(field.Parameter)}";
            if (field.OmitFromDemos)
            {
                code.Open("if (!writer.IsExample)");
            }

            if (field.AsTurns)
            {
                code.Line($"writer.Turns({index++}, {value});");
            }
            else
            {
                Write(code, model, field.Type, index++, field, value);
            }

            if (field.OmitFromDemos)
            {
                code.Close();
            }
        }
    }

    /// <summary>The expression that reads an output field from its section.</summary>
    public static string Read(SignatureModel model, FieldModel field, int index)
    {
        ValueModel value = field.Value;
        TypeModel given = value.Given;
        string read = given.IsJson ? $"reader.Json<{JsonEmitter.ReadType(given)}>({index}, {ShapeEmitter.ReaderName(model, field)})" : ReadGiven(model, given, index);
        if (value.Constraints.Count > 0)
        {
            read = $"reader.Checked({index}, {read}, {JsonEmitter.Check(model, value)})";
        }

        if (!value.IsOptional)
        {
            return read;
        }

        string none = value.Default is { IsNull: false } byDefault
            ? $"reader.Default<{value.Type.CSharp}>({index}, {byDefault.Code})"
            : given.Shape == Shape.Text ? "null" : $"({value.Type.CSharp})null";
        return $"{IsAbsent(model, given, index)} ? {none} : {read}";
    }

    private static void Write(CodeWriter code, SignatureModel model, TypeModel type, int index, FieldModel field, string value)
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
            case Shape.Scalar or Shape.Label:
                code.Line($"writer.Text({index}, {JsonEmitter.Written(model, type, value)});");
                break;
            case Shape.Conversation:
                code.Line($"writer.Conversation({index}, {value});");
                break;
            case Shape.Content:
                code.Line($"writer.Content({index}, {value});");
                break;
            case Shape.List when type.IsContents:
                code.Line($"writer.Contents({index}, {value});");
                break;
            case Shape.Nullable:
                code.Open($"if ({value} is {{ }} some{field.Parameter})");
                Write(code, model, type.Element!, index, field, $"some{field.Parameter}");
                code.Close();
                break;
            default:
                code.Line($"writer.Json<{type.CSharp}>({index}, {value}, {ShapeEmitter.WriterName(model, field)});");
                break;
        }
    }

    private static string IsAbsent(SignatureModel model, TypeModel type, int index) => type.Shape switch
    {
        Shape.Text => $"reader.IsMissing({index})",
        Shape.Label => $"reader.IsAbsent({index}, {JsonEmitter.Table(model, type)})",
        _ when type.IsJson => $"reader.IsAbsentJson({index})",
        _ => $"reader.IsAbsent({index})",
    };

    private static string ReadGiven(SignatureModel model, TypeModel type, int index) => type.Shape switch
    {
        Shape.Text => $"reader.Text({index})",
        Shape.Boolean => $"reader.Boolean({index})",
        Shape.Number => $"reader.Number<{type.CSharp}>({index})",
        Shape.Scalar => $"reader.Scalar({index}, {JsonEmitter.Table(model, type)})",
        _ => $"reader.Label({index}, {JsonEmitter.Table(model, type)})",
    };
}
