using static SynthesizeMe.Generators.CodeWriter;

namespace SynthesizeMe.Generators;

/// <summary>Emits the wiring of one prompt program: its predictors, their names and states, and the bridge to its <c>ForwardAsync</c>.</summary>
internal static class ProgramEmitter
{
    public static string Emit(ProgramModel model)
    {
        string self = model.Place.FullName;
        string program = $"{Runtime.Namespace}.PromptProgram<{model.Signature}>";
        CodeWriter code = Begin(model.Place, model.Cautions);
        code.Open($"partial class {model.Place.Name}");
        foreach (PredictorModel predictor in model.Predictors)
        {
            code.Line($"private {predictor.Type}? {Field(predictor)};");
        }

        code.Line();
        if (model.NeedsConstructor)
        {
            code.Line("/// <summary>Creates the program.</summary>");
            code.Line("/// <param name=\"chatClient\">The model of every predictor.</param>");
            code.Line("/// <param name=\"options\">How to call it.</param>");
            code.Line($"public {model.Place.Name}({Runtime.ChatClient} chatClient, {Runtime.Options}? options = null)");
            code.Indented(() => code.Line(": base(chatClient, options)"));
            code.Open();
            code.Close();
            code.Line();
        }

        foreach (PredictorModel predictor in model.Predictors)
        {
            string created = $"Named<{predictor.Type}, {predictor.Signature}>(new(ChatClient, Options), {Literal(predictor.Name)})";
            code.Line($"{predictor.Modifiers} {predictor.Type} {Names.Escape(predictor.Name)} => {Field(predictor)} ??= {created};");
            code.Line();
        }

        string all = string.Join(", ", model.Predictors.Select(p => Names.Escape(p.Name)));
        code.Line("/// <inheritdoc/>");
        code.Line($"public override global::System.Collections.Generic.IReadOnlyList<{Runtime.Namespace}.IPredictor> Predictors => [{all}];");
        code.Line();
        code.Line($"/// <inheritdoc cref=\"{Runtime.Namespace}.PromptProgram{{T}}.With\"/>");
        code.Line($"public new {self} With({Runtime.Namespace}.ProgramState state) => ({self})base.With(state);");
        code.Line();
        code.Line("/// <inheritdoc/>");
        code.Line($"protected override {Runtime.Task}<{model.Signature}> RunAsync({Runtime.Namespace}.IInputs<{model.Signature}> inputs, {Runtime.CancellationToken} cancellationToken) =>");
        code.Indented(() => code.Line($"ForwardAsync(({model.Signature}.Inputs)inputs, cancellationToken);"));
        code.Line();
        code.Line("/// <inheritdoc/>");
        code.Open($"protected override {program} Copy({Runtime.Namespace}.ProgramRebinding rebinding)");
        code.Line($"var copy = ({self})MemberwiseClone();");
        foreach (PredictorModel predictor in model.Predictors)
        {
            code.Line($"copy.{Field(predictor)} = rebinding.Apply<{predictor.Type}, {predictor.Signature}>({Names.Escape(predictor.Name)});");
        }

        code.Line("return copy;");
        code.Close();
        code.Close();
        code.CloseContainers(model.Place);
        return code.ToString();
    }

    private static string Field(PredictorModel predictor) => "__" + Names.ToParameter(predictor.Name).TrimStart('@');
}
