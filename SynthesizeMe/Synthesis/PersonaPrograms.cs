using System.Buffers;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using SynthesizeMe.Signatures;

namespace SynthesizeMe;

/// <summary>
/// Reads tuned states of <see cref="SynthesizePersona"/>, the program Θ of the paper (section 3.2): our own, and those of the reference
/// implementation, which DSPy saved.
/// </summary>
public static class PersonaPrograms
{
    private const string Dspy = "synthesize.predict";
    private const string Judgements = "judgements";
    private const string Persona = "persona";

    private static readonly IReadOnlyList<IPredictor> Predictors =
        ((IPromptProgram<SynthesizePersona>)SynthesizePersona.Predict(NoChatClient.Instance)).Predictors;

    /// <summary>Reads what <see cref="ProgramStateJson.Write(ProgramState)"/> wrote.</summary>
    /// <exception cref="ProgramStateException">The text is damaged, newer than this library, or of another program.</exception>
    public static ProgramState Read(string json) => ProgramStateJson.Read(json, Predictors);

    /// <summary>
    /// Reads a program that the reference implementation's <c>GeneratePersonaProgram</c> saved. Its <c>past_judgements</c>, one long text, are
    /// taken apart into judgements, and its <c>synthesized_persona</c> is the persona.
    /// </summary>
    /// <param name="json">The file's text.</param>
    /// <param name="skipUnreadable">Leaves out demonstrations that cannot be read, and reports them.</param>
    /// <exception cref="DspyStateException">It is no such program; everything that does not match is listed.</exception>
    public static DspyImport ReadDspy(string json, bool skipUnreadable = false) => DspyStateJson.Read(json, Predictors, new()
    {
        Predictors = ImmutableDictionary<string, string>.Empty.Add(Dspy, Predictors[0].Name),
        Fields = ImmutableDictionary<string, string>.Empty.Add("past_judgements", Judgements).Add("synthesized_persona", Persona),
        Convert = Convert,
        SkipUnreadable = skipUnreadable,
    });

    /// <summary>Names a state by its content: equal states have equal fingerprints.</summary>
    internal static string Fingerprint(ProgramState state) => System.Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(ProgramStateJson.Write(state))));

    private static JsonElement Convert(string field, JsonElement value)
    {
        if (field != Judgements || value.ValueKind != JsonValueKind.String)
        {
            return value;
        }

        var bytes = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(bytes))
        {
            writer.WriteStartArray();
            foreach (Judgement judgement in JudgementText.Parse(TextOf(value)))
            {
                writer.WriteStartObject();
                writer.WritePropertyName("conversation");
                JsonShape.WriteConversation(writer, judgement.Conversation);
                writer.WriteString("preferred", judgement.Preferred);
                writer.WriteString("other", judgement.Other);
                writer.WriteString("reasoning", judgement.Reasoning);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        }

        using JsonDocument document = JsonDocument.Parse(bytes.WrittenMemory);
        return document.RootElement.Clone();
    }

    private static string TextOf(JsonElement value)
    {
        try
        {
            return value.GetString()!;
        }
        catch (InvalidOperationException e)
        {
            throw new FormatException("half of a surrogate pair stands alone", e);
        }
    }
}
