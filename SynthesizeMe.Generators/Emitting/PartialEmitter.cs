using static SynthesizeMe.Generators.CodeWriter;

namespace SynthesizeMe.Generators;

/// <summary>Emits what is shown of a reply that is still being written.</summary>
internal static class PartialEmitter
{
    private const string Text = Runtime.Namespace + ".PartialText";

    /// <summary>The members of the base that an output may be called like.</summary>
    private static readonly HashSet<string> Inherited = ["Reasoning", "Ask", "Final"];

    public static void EmitType(CodeWriter code, SignatureModel model)
    {
        code.Line($"/// <summary>What can be read of the outputs of <see cref=\"{model.Place.Name}\"/> while a reply is being written.</summary>");
        code.Line(Runtime.Generated);
        code.Open($"public sealed record Partial : {Base(model)}");
        bool first = true;
        foreach (FieldModel field in model.Outputs)
        {
            if (!first)
            {
                code.Line();
            }

            first = false;
            bool grows = IsText(field);
            string hides = Inherited.Contains(field.Parameter) ? "new " : "";
            code.Line($"/// <summary>{Xml(field.Description.Length > 0 ? field.Description : $"The output {field.Name}.")}</summary>");
            code.Line($"public {hides}{(grows ? Text : $"{field.Value.Given.CSharp}?")} {Names.Escape(field.Parameter)} {{ get; init; }}");
        }

        code.Close();
        code.Line();
    }

    public static void EmitMembers(CodeWriter code, SignatureModel model)
    {
        string self = model.Place.FullName;
        string contract = $"{Runtime.Namespace}.ISignature<{self}>";
        List<FieldModel> outputs = [.. model.Outputs];
        code.Line();
        code.Line($"static {Base(model)} {contract}.NewPartial() => new Partial();");
        code.Line();
        code.Open($"static {Base(model)} {contract}.ReadPartial({Base(model)} partial, int output, {Text} text, ref {Runtime.Namespace}.FieldReader reader)");
        code.Line("var shown = (Partial)partial;");
        code.Open("return output switch");
        for (int i = 0; i < outputs.Count; i++)
        {
            string read = IsText(outputs[i]) ? "text" : FieldEmitter.Read(model, outputs[i], i);
            string key = i < outputs.Count - 1 ? i.ToString(System.Globalization.CultureInfo.InvariantCulture) : "_";
            code.Line($"{key} => shown with {{ {Names.Escape(outputs[i].Parameter)} = {read} }},");
        }

        code.Close(";");
        code.Close();
        code.Line();
        code.Line($"static {Base(model)} {contract}.Complete({Base(model)} partial, {self} value) => (Partial)partial with");
        code.Open();
        foreach (FieldModel field in outputs)
        {
            string name = Names.Escape(field.Parameter);
            code.Line(IsText(field) ? $"{name} = {Text}.Whole(value.{name}, ((Partial)partial).{name})," : $"{name} = value.{name},");
        }

        code.Close(";");
    }

    private static bool IsText(FieldModel field) => field.Value.Given.Shape == Shape.Text;

    private static string Base(SignatureModel model) => $"{Runtime.Namespace}.PartialPrediction<{model.Place.FullName}>";
}
