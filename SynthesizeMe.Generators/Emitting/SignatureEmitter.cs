using static SynthesizeMe.Generators.CodeWriter;

namespace SynthesizeMe.Generators;

/// <summary>Emits the code of one signature: its inputs record, its predictors, its rendering and reading, and its typed calls.</summary>
internal static class SignatureEmitter
{
    public static string Emit(CompiledSignature compiled)
    {
        SignatureModel model = compiled.Signature;
        TypePlace place = model.Place;
        string self = place.FullName;
        string shapes = ShapeEmitter.ClassName(model);
        CodeWriter code = Begin(place, model.Cautions);
        code.Open($"partial record {place.Name} : {Runtime.Namespace}.ISignature<{self}>");
        EmitInputs(code, model);
        PartialEmitter.EmitType(code, model);
        EmitPredictors(code, model);
        EmitSignature(code, model, shapes);
        if (compiled.Template is { } template)
        {
            EmitTemplate(code, model, template);
        }

        code.Line();
        ShapeEmitter.Emit(code, model);
        code.Close();
        code.CloseContainers(place);
        if (place.IsReachable)
        {
            code.Line();
            EmitCalls(code, model);
        }

        return code.ToString();
    }

    private static void EmitInputs(CodeWriter code, SignatureModel model)
    {
        string self = model.Place.FullName;
        code.Line($"/// <summary>The inputs of <see cref=\"{model.Place.Name}\"/>, without its outputs.</summary>");
        foreach (FieldModel field in model.Inputs)
        {
            code.Line($"/// <param name=\"{field.Parameter}\">{Xml(field.Description.Length > 0 ? field.Description : $"The input {field.Name}.")}</param>");
        }

        code.Line(Runtime.Generated);
        string parameters = string.Join(", ", model.Inputs.Select(f => $"{(f.IsParams ? "params " : "")}{f.Type.CSharp} {Names.Escape(f.Parameter)}{Default(f)}"));
        code.Line($"public sealed record Inputs({parameters}) : {Runtime.Namespace}.IInputs<{self}>;");
        code.Line();
        code.Line("/// <summary>The inputs alone.</summary>");
        string arguments = string.Join(", ", model.Inputs.Select(f => Names.Escape(f.Parameter)));
        code.Line($"public Inputs ToInputs() => new({arguments});");
        code.Line();
    }

    private static void EmitPredictors(CodeWriter code, SignatureModel model)
    {
        Factory("Predict", "A predictor that answers with one call to the model.");
        if (model.Fields.All(f => f.Name != "reasoning"))
        {
            Factory("ChainOfThought", "A predictor that has the model think aloud before it answers.");
        }

        void Factory(string type, string summary)
        {
            string predictor = $"{Runtime.Namespace}.{type}<{model.Place.FullName}>";
            code.Line($"/// <summary>{summary}</summary>");
            code.Line($"public static {predictor} {type}({Runtime.ChatClient} chatClient, {Runtime.Options}? options = null) => new(chatClient, options);");
            code.Line();
        }
    }

    private static void EmitSignature(CodeWriter code, SignatureModel model, string shapes)
    {
        string self = model.Place.FullName;
        string contract = $"{Runtime.Namespace}.ISignature<{self}>";
        string inputs = $"{Runtime.Namespace}.IInputs<{self}>";
        code.Line($"static {Runtime.Namespace}.SignatureDescriptor {contract}.Descriptor => {shapes}.Descriptor;");
        code.Line();
        code.Line($"static {inputs} {contract}.InputsOf({self} value) => value.ToInputs();");
        code.Line();

        code.Open($"static void {contract}.WriteInputs({inputs} inputs, ref {Runtime.Namespace}.FieldWriter writer)");
        if (model.Inputs.Any())
        {
            code.Line("var value = (Inputs)inputs;");
        }

        FieldEmitter.Write(code, model, model.Inputs);
        code.Close();
        code.Line();

        code.Open($"static void {contract}.WriteOutputs({self} value, ref {Runtime.Namespace}.FieldWriter writer)");
        FieldEmitter.Write(code, model, model.Outputs);
        code.Close();
        code.Line();

        code.Open($"static {self} {contract}.Read({inputs} inputs, ref {Runtime.Namespace}.FieldReader reader)");
        if (model.Inputs.Any())
        {
            code.Line("var value = (Inputs)inputs;");
        }

        List<FieldModel> outputs = [.. model.Outputs];
        Construct(code, model, f => f.IsOutput ? FieldEmitter.Read(model, f, outputs.IndexOf(f)) : $"value.{Names.Escape(f.Parameter)}");
        code.Close();
        code.Line();

        code.Line($"static {PartialEmitter.Base(model)} {contract}.NewPartial() => new Partial();");
        code.Line();

        code.Open($"static void {contract}.WriteJson({self} value, {Runtime.JsonWriter} writer)");
        foreach (FieldModel field in model.Fields)
        {
            EmitWriteJson(code, model, field);
        }

        code.Close();
        code.Line();

        List<FieldModel> fields = [.. model.Fields];
        code.Open($"static {self} {contract}.ReadJson({Runtime.JsonElement} json)");
        Construct(code, model, f => JsonEmitter.ReadProperty(
            model, f.Value, f.Name, fields.IndexOf(f), reader: f.IsOutput && f.Value.Given.IsJson ? ShapeEmitter.ReaderName(model, f) : ""));
        code.Close();
    }

    private static void EmitWriteJson(CodeWriter code, SignatureModel model, FieldModel field)
    {
        string value = $"value.{Names.Escape(field.Parameter)}";
        if (!field.Value.Given.IsJson)
        {
            JsonEmitter.WriteProperty(code, model, field.Type, field.Name, value, field.Parameter);
        }
        else if (field.Type.Shape != Shape.Nullable)
        {
            Write(value);
        }
        else
        {
            code.Open($"if ({value} is {{ }} some{field.Parameter})");
            Write($"some{field.Parameter}");
            code.Close();
            code.Open("else");
            code.Line($"writer.WriteNull({Literal(field.Name)});");
            code.Close();
        }

        void Write(string some) => code.Line(
            $"{Runtime.Shape}.WriteField<{field.Value.Given.CSharp}>(writer, {Literal(field.Name)}, {some}, {ShapeEmitter.WriterName(model, field)});");
    }

    private static void EmitTemplate(CodeWriter code, SignatureModel model, TemplateCode template)
    {
        string self = model.Place.FullName;
        string contract = $"{Runtime.Namespace}.ISignature<{self}>";
        code.Line();
        code.Line($"static bool {contract}.HasTemplate => true;");
        code.Line();
        string parameters = $"{Runtime.Namespace}.TemplateContext<{self}> context, ref {Runtime.Namespace}.TemplateWriter writer";
        if (template.Parts.Length > 0)
        {
            code.Open($"static void {contract}.RenderTemplateParts({parameters})");
            code.Block(template.Parts);
            code.Close();
            code.Line();
        }

        code.Open($"static void {contract}.RenderTemplate({Runtime.Namespace}.IInputs<{self}> inputs, {parameters})");
        if (model.Inputs.Any())
        {
            code.Line("var value = (Inputs)inputs;");
        }

        int index = 0;
        foreach (FieldModel field in model.Inputs)
        {
            if (field.Type.Shape == Shape.Text)
            {
                code.Line($"context.Require({index}, value.{Names.Escape(field.Parameter)});");
            }

            index++;
        }

        code.Block(template.Whole);
        code.Close();
    }

    private static void Construct(CodeWriter code, SignatureModel model, Func<FieldModel, string> argument)
    {
        code.Line("return new(");
        code.Indented(() =>
        {
            for (int i = 0; i < model.Fields.Count; i++)
            {
                FieldModel field = model.Fields[i];
                code.Line($"{Names.Escape(field.Parameter)}: {argument(field)}{(i < model.Fields.Count - 1 ? "," : ");")}");
            }
        });
    }

    private static void EmitCalls(CodeWriter code, SignatureModel model)
    {
        string self = model.Place.FullName;
        code.Line($"/// <summary>Typed calls of predictors of <see cref=\"{self}\"/>.</summary>");
        code.Line(Runtime.Generated);
        if (model.Place.IsForbidden)
        {
            code.Line("[global::System.Obsolete]");
        }

        code.Open($"{(model.Place.IsPublic ? "public" : "internal")} static class {model.Place.Calls}");
        bool endsInParams = model.Inputs.Any(f => f.IsParams); // They are followed by the token here, so they are an argument like others, and none before it has a default.
        string parameters = string.Concat(model.Inputs.Select(f => $"{f.Type.CSharp} {Names.ToParameter(f.Parameter)}{(endsInParams ? "" : Default(f))}, "));
        string arguments = string.Join(", ", model.Inputs.Select(f => Names.ToParameter(f.Parameter)));
        code.Line("/// <summary>Asks the model, and once more if its reply cannot be read.</summary>");
        code.Line($"/// <exception cref=\"{Runtime.Namespace}.PromptParseException\">No reply could be read.</exception>");
        code.Line($"public static {Runtime.Task}<{Runtime.Namespace}.Prediction<{self}>> PredictAsync(");
        code.Indented(() =>
        {
            code.Line($"this {Runtime.Namespace}.Predict<{self}> predictor, {parameters}{Runtime.CancellationToken} cancellationToken = default) =>");
            code.Line($"predictor.PredictAsync(new {self}.Inputs({arguments}), cancellationToken);");
        });
        code.Line();
        code.Line("/// <summary>Asks the model, and shows what can be read of its reply while it writes it; the last partial prediction carries the whole one.</summary>");
        code.Line($"/// <exception cref=\"{Runtime.Namespace}.PromptParseException\">No reply could be read.</exception>");
        code.Line($"public static {Runtime.AsyncEnumerable}<{self}.Partial> PredictStreamingAsync(");
        code.Indented(() =>
        {
            code.Line($"this {Runtime.Namespace}.Predict<{self}> predictor, {parameters}{Runtime.CancellationToken} cancellationToken = default) =>");
            code.Line($"predictor.PredictStreamingAsync<{self}.Partial>(new {self}.Inputs({arguments}), cancellationToken);");
        });
        code.Close();
    }

    private static string Default(FieldModel field) => field.Value.Default is { } byDefault ? $" = {byDefault.Code}" : "";
}
