using static SynthesizeMe.Generators.CodeWriter;

namespace SynthesizeMe.Generators;

/// <summary>Emits how values are written as JSON and read from it.</summary>
internal static class JsonEmitter
{
    private const string Constraint = Runtime.Namespace + ".Constraint";
    private const string Immutable = "global::System.Collections.Immutable";

    /// <summary>The statements that write a value; the name keeps the variables of neighbouring statements apart.</summary>
    public static void Write(CodeWriter code, SignatureModel model, TypeModel type, string value, string writer, string name = "", int depth = 0)
    {
        switch (type.Shape)
        {
            case Shape.Text:
                code.Line($"{Runtime.Shape}.WriteText({writer}, {value});");
                break;
            case Shape.Boolean:
                code.Line($"{writer}.WriteBooleanValue({value});");
                break;
            case Shape.Number:
                code.Line($"{writer}.WriteNumberValue({value});");
                break;
            case Shape.Scalar or Shape.Label:
                code.Line($"{writer}.WriteStringValue({Written(model, type, value)});");
                break;
            case Shape.Conversation:
                code.Line($"{Runtime.Shape}.WriteConversation({writer}, {value});");
                break;
            case Shape.Content:
                code.Line($"{Runtime.Shape}.WriteContent({writer}, {value});");
                break;
            case Shape.Record or Shape.Union:
                code.Line($"{ShapeEmitter.ClassName(model)}.Write_{type.Key}({writer}, {value});");
                break;
            case Shape.Nullable:
                string some = $"some{name}{(depth > 0 ? depth : "")}";
                code.Open($"if ({value} is {{ }} {some})");
                Write(code, model, type.Element!, some, writer, "", depth + 1);
                code.Close();
                code.Open("else");
                code.Line($"{writer}.WriteNullValue();");
                code.Close();
                break;
            case Shape.List:
                code.Line($"{writer}.WriteStartArray();");
                code.Open($"foreach (var item{depth} in {Items(model, type, value)})");
                Write(code, model, type.Element!, $"item{depth}", writer, "", depth + 1);
                code.Close();
                code.Line($"{writer}.WriteEndArray();");
                break;
            case Shape.Map:
                code.Line($"{writer}.WriteStartObject();");
                code.Open($"foreach (var entry{depth} in {Runtime.Shape}.Entries({value}{KeyText(model, type.MapKey!)}))");
                code.Line($"{writer}.WritePropertyName(entry{depth}.Key);");
                Write(code, model, type.Element!, $"entry{depth}.Value", writer, "", depth + 1);
                code.Close();
                code.Line($"{writer}.WriteEndObject();");
                break;
        }
    }

    /// <summary>The statements that write a property of an object.</summary>
    public static void WriteProperty(CodeWriter code, SignatureModel model, TypeModel type, string name, string value, string parameter)
    {
        if (type.Shape == Shape.Text)
        {
            code.Line($"{Runtime.Shape}.WriteText(writer, {Literal(name)}, {value});");
            return;
        }

        code.Line($"writer.WritePropertyName({Literal(name)});");
        Write(code, model, type, value, "writer", parameter);
    }

    /// <summary>The text of a label or a scalar.</summary>
    public static string Written(SignatureModel model, TypeModel type, string value) => $"{Table(model, type)}.Write({value})";

    /// <summary>The table of an enum's labels, or the format of a scalar.</summary>
    public static string Table(SignatureModel model, TypeModel type) =>
        type.Shape == Shape.Label ? $"{ShapeEmitter.ClassName(model)}.{ShapeEmitter.LabelsName(type.Key)}" : $"{Runtime.Namespace}.ScalarFormats.{type.Scalar!.Name}";

    /// <summary>The expression that reads a property of a JSON object.</summary>
    /// <param name="model">The signature.</param>
    /// <param name="value">What the property holds.</param>
    /// <param name="name">Its name.</param>
    /// <param name="index">Keeps the variables of neighbours apart.</param>
    /// <param name="path">Where the object is; empty for a signature's own, whose constraints are not checked.</param>
    /// <param name="reader">The method that reads the value, when it has one of its own.</param>
    public static string ReadProperty(SignatureModel model, ValueModel value, string name, int index, string path = "", string reader = "")
    {
        string place = path.Length == 0 ? Literal(name) : $"{path}.Property({Literal(name)})";
        string outer = path.Length == 0 ? "\"\"" : path;
        string property = $"json, {Literal(name)}, {outer}";
        string some = $"some{index}";
        string Read(string json)
        {
            string read = reader.Length > 0 ? $"{reader}({json}, {place})" : ReadValue(model, value.Given, json, place);
            return path.Length == 0 || value.Constraints.Count == 0 ? read : $"{Runtime.Shape}.Checked({read}, {place}, {Check(model, value)})";
        }

        if (!value.IsOptional)
        {
            return Read($"{Runtime.Shape}.Property({property})");
        }

        string none = $"({value.Type.CSharp})null";
        if (value.Default is not { IsNull: false } byDefault)
        {
            return $"{Runtime.Shape}.TryProperty({property}, out var {some}) ? {Read(some)} : {none}";
        }

        string fallback = $"{Runtime.Shape}.Default<{value.Type.CSharp}>({place}, {byDefault.Code})";
        return value.Type.Shape == Shape.Nullable
            ? $"!{Runtime.Shape}.HasProperty({property}, out var {some}) ? {fallback} : {Runtime.Shape}.IsNull({some}) ? {none} : {Read(some)}"
            : $"{Runtime.Shape}.TryProperty({property}, out var {some}) ? {Read(some)} : {fallback}";
    }

    /// <summary>The expression that reads a JSON value.</summary>
    public static string ReadValue(SignatureModel model, TypeModel type, string json, string path) => type.Shape switch
    {
        Shape.Text => $"{Runtime.Shape}.Text({json}, {path})",
        Shape.Boolean => $"{Runtime.Shape}.Boolean({json}, {path})",
        Shape.Number => $"{Runtime.Shape}.Number<{type.CSharp}>({json}, {path})",
        Shape.Scalar => $"{Runtime.Shape}.Scalar({json}, {path}, {Table(model, type)})",
        Shape.Label => $"{Runtime.Shape}.Label({json}, {path}, {Table(model, type)})",
        Shape.Conversation => $"{Runtime.Shape}.Conversation({json}, {path})",
        Shape.Content => $"{Runtime.Shape}.{type.Key}({json}, {path})",
        Shape.Record or Shape.Union => $"{ShapeEmitter.ClassName(model)}.Read_{type.Key}({json}, {path})",
        Shape.Nullable => $"{Runtime.Shape}.IsNull({json}) ? ({type.CSharp})null : {ReadValue(model, type.Element!, json, path)}",
        Shape.Map => FromMap(type, $"{Runtime.Shape}.Map<{type.MapKey!.CSharp}, {type.Element!.CSharp}>({json}, {path}, {ReadKey(model, type.MapKey!)}, {Reader(model, type.Element!)})"),
        _ => FromArray(type, $"{Runtime.Shape}.{(type.IsSet ? "Set" : "List")}<{type.Element!.CSharp}>({json}, {path}, {Reader(model, type.Element!)})"),
    };

    /// <summary>What reading a list, a dictionary or a record makes: where an interface is asked for, a class that implements it, which constraints can count.</summary>
    public static string ReadType(TypeModel type) => type switch
    {
        { Shape: Shape.List, List: ListShape.Array } => $"{type.Element!.CSharp}[]",
        { Shape: Shape.List, List: ListShape.Set } => $"global::System.Collections.Generic.HashSet<{type.Element!.CSharp}>",
        { Shape: Shape.Map, Map: MapShape.Dictionary } => $"global::System.Collections.Generic.Dictionary<{type.MapKey!.CSharp}, {type.Element!.CSharp}>",
        _ => type.CSharp,
    };

    /// <summary>A function that says what is wrong with a value; null when nothing is.</summary>
    public static string Check(SignatureModel model, ValueModel value)
    {
        List<string> calls = [.. value.Constraints.Where(c => !c.OnItems).Select(Call)];
        List<string> ofItems = [.. value.Constraints.Where(c => c.OnItems).Select(Call)];
        if (ofItems.Count > 0)
        {
            calls.Add($"{Constraint}.Each(value, static value => {string.Join(" ?? ", ofItems)})");
        }

        return $"static value => {string.Join(" ?? ", calls)}";

        string Call(ConstraintModel constraint)
        {
            string tables = ShapeEmitter.ClassName(model);
            return $"{Constraint}." + constraint switch
            {
                { Pattern: { } pattern } => $"Pattern(value, {tables}.{ShapeEmitter.PatternName(model, pattern)})",
                { Labels: { } labels } => $"{labels.Method}(value, {tables}.{ShapeEmitter.LabelsName(labels.Key)}, {labels.Members})",
                _ => constraint.Check,
            };
        }
    }

    /// <summary>A method where there is one: the compiler binds a lambda several times over.</summary>
    private static string Reader(SignatureModel model, TypeModel type) => type.Shape is Shape.Record or Shape.Union
        ? $"{ShapeEmitter.ClassName(model)}.Read_{type.Key}"
        : $"static (json, path) => {ReadValue(model, type, "json", "path")}";

    private static string ReadKey(SignatureModel model, TypeModel key) => key.Shape == Shape.Label
        ? $"static (key, path) => {Runtime.Shape}.Key(key, path, {Table(model, key)})"
        : "static (key, path) => key";

    private static string KeyText(SignatureModel model, TypeModel key) =>
        key.Shape == Shape.Label ? $", static key => {Written(model, key, "key")}" : ", static key => key";

    /// <summary>The items of a list in an order of their own: a set is sorted.</summary>
    public static string Items(SignatureModel model, TypeModel list, string value) => list switch
    {
        { IsSet: false } => value,
        { Element.Shape: Shape.Number } => $"{Runtime.Shape}.Sorted({value})",
        { Element.Shape: Shape.Text } => $"{Runtime.Shape}.Sorted({value}, static item => item)",
        _ => $"{Runtime.Shape}.Sorted({value}, static item => {Written(model, list.Element!, "item")})",
    };

    private static string FromArray(TypeModel list, string array) => list.List switch
    {
        ListShape.List => $"new global::System.Collections.Generic.List<{list.Element!.CSharp}>({array})",
        ListShape.ImmutableArray => $"{Immutable}.ImmutableArray.Create<{list.Element!.CSharp}>({array})",
        ListShape.ImmutableList => $"{Immutable}.ImmutableList.Create<{list.Element!.CSharp}>({array})",
        ListShape.ImmutableSet => $"{Immutable}.ImmutableHashSet.CreateRange<{list.Element!.CSharp}>({array})",
        _ => array,
    };

    private static string FromMap(TypeModel map, string dictionary)
    {
        string types = $"<{map.MapKey!.CSharp}, {map.Element!.CSharp}>";
        string comparer = map.MapKey.Shape == Shape.Text ? "global::System.StringComparer.Ordinal, " : "";
        return map.Map switch
        {
            MapShape.Immutable => $"{Immutable}.ImmutableDictionary.CreateRange{types}({dictionary})",
            MapShape.ImmutableSorted => $"{Immutable}.ImmutableSortedDictionary.CreateRange{types}({comparer}{dictionary})",
            _ => dictionary,
        };
    }
}
