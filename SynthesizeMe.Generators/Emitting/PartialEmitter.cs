using System.Globalization;
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
        code.Open($"public sealed class Partial : {Base(model)}, {Contract(model)}");
        foreach (FieldModel field in model.Outputs)
        {
            bool grows = IsText(field);
            string hides = Inherited.Contains(field.Parameter) ? "new " : "";
            code.Line($"/// <summary>{Xml(field.Description.Length > 0 ? field.Description : $"The output {field.Name}.")}</summary>");
            code.Line($"public {hides}{(grows ? Text : $"{field.Value.Given.CSharp}?")} {Names.Escape(field.Parameter)} {{ get; private set; }}");
            code.Line();
        }

        EmitShow(code, model);
        code.Line();
        EmitShowAll(code, model);
        code.Close();
        code.Line();
    }

    private static void EmitShow(CodeWriter code, SignatureModel model)
    {
        List<FieldModel> outputs = [.. model.Outputs];
        code.Open($"void {Contract(model)}.Show(int output, {Text} text, ref {Runtime.Namespace}.FieldReader reader)");
        code.Open("switch (output)");
        for (int i = 0; i < outputs.Count; i++)
        {
            code.Line($"case {i.ToString(CultureInfo.InvariantCulture)}:");
            string read = IsText(outputs[i]) ? "text" : FieldEmitter.Read(model, outputs[i], i);
            code.Indented(() =>
            {
                code.Line($"{Property(outputs[i])} = {read};");
                code.Line("break;");
            });
        }

        code.Close();
        code.Close();
    }

    private static void EmitShowAll(CodeWriter code, SignatureModel model)
    {
        code.Open($"void {Contract(model)}.ShowAll({model.Place.FullName} value)");
        foreach (FieldModel field in model.Outputs)
        {
            string value = $"value.{Names.Escape(field.Parameter)}";
            code.Line($"{Property(field)} = {(IsText(field) ? $"{Text}.Whole({value}, {Property(field)})" : value)};");
        }

        code.Close();
    }

    /// <summary>The property, which an argument of the method that sets it may be called like.</summary>
    private static string Property(FieldModel field) => "this." + Names.Escape(field.Parameter);

    private static string Contract(SignatureModel model) => $"{Runtime.Namespace}.IPartialOutputs<{model.Place.FullName}>";

    private static bool IsText(FieldModel field) => field.Value.Given.Shape == Shape.Text;

    public static string Base(SignatureModel model) => $"{Runtime.Namespace}.PartialPrediction<{model.Place.FullName}>";
}
