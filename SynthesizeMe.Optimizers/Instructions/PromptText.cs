using System.Globalization;
using System.Text;
using System.Text.Json;
using SynthesizeMe.Signatures;

namespace SynthesizeMe.Optimizers;

/// <summary>Programs, demonstrations and examples in words, for prompts that ask about them.</summary>
internal static class PromptText
{
    /// <summary>What a program answers, and its steps in order.</summary>
    public static string Of<T>(IPromptProgram<T> program)
        where T : class, ISignature<T>
    {
        var text = new StringBuilder("The program is given ").Append(Fields(T.Descriptor.Inputs));
        text.Append(" and answers with ").Append(Fields(T.Descriptor.Outputs)).Append(". Its steps:");
        for (int i = 0; i < program.Predictors.Count; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n{i + 1}. {Of(program.Predictors[i])}\n   Its instructions: {InstructionsOf(program.Predictors[i])}");
        }

        return text.ToString();
    }

    /// <summary>What one step is given, and what it answers with.</summary>
    public static string Of(IPredictor step) =>
        $"The step {step.Name} is given {Fields(step.Signature.Inputs)} and answers with {Fields(step.Signature.Outputs)}.";

    /// <summary>The instructions that a step has now.</summary>
    public static string InstructionsOf(IPredictor step) => step.State.Instructions ?? step.Signature.Instructions;

    /// <summary>Inputs and outputs of an example, a line a field.</summary>
    public static string Of<T>(T example)
        where T : class, ISignature<T> => Lines(new Demo<T>(example), _ => true);

    /// <summary>Inputs and outputs of a demonstration, a line a field.</summary>
    public static string Of(Demo demo) => Lines(demo, _ => true);

    /// <summary>What the signature's outputs are in a demonstration, its reasoning included.</summary>
    public static string OutputsOf(Demo demo, SignatureDescriptor signature) => Lines(demo, name => signature.Inputs.All(f => f.Name != name));

    /// <summary>What the signature's inputs are in a demonstration.</summary>
    public static string InputsOf(Demo demo, SignatureDescriptor signature) => Lines(demo, name => signature.Inputs.Any(f => f.Name == name));

    private static string Fields(IEnumerable<FieldDescriptor> fields) => string.Join(", ", fields.Select(f =>
        f.Description.Length == 0 ? $"`{f.Name}` ({f.Type})" : $"`{f.Name}` ({f.Type}: {f.Description})"));

    private static string Lines(Demo demo, Func<string, bool> shown)
    {
        using var bytes = new MemoryStream();
        using (var writer = new Utf8JsonWriter(bytes))
        {
            writer.WriteStartObject();
            (demo with { Verified = false }).WriteJson(writer);
            writer.WriteEndObject();
        }

        using JsonDocument json = JsonDocument.Parse(bytes.GetBuffer().AsMemory(0, (int)bytes.Length));
        return string.Join('\n', json.RootElement.EnumerateObject().Where(p => shown(p.Name)).Select(p =>
            $"{p.Name}: {(p.Value.ValueKind == JsonValueKind.String ? p.Value.GetString() : p.Value.GetRawText())}"));
    }
}
